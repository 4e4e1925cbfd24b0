"""The paragraph: reportlab's, with names and links kept apart from its text."""

from __future__ import annotations

from reportlab.platypus import paragraph

__all__ = ["Paragraph"]


class Paragraph(paragraph.Paragraph):
    """A paragraph of our inline markup."""
