"""What is in each file: its pages in order, their folios, where links lead out of it."""
