"""What outputs are to say: how each chapter is to be read, from its tree."""
