"""Embedding of fonts."""
