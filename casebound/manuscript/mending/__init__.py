"""Mending: misplaced toctrees move in the source text; what is read again proves that nothing else has changed."""
