"""Faces, which face draws a character, and how its glyphs are chosen and written."""
