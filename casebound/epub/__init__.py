"""Packs the book's chapters into one EPUB 3.3 file."""

from casebound.epub.edition import Edition, pack

__all__ = ["Edition", "pack"]
