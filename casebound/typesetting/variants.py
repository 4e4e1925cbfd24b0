"""Paragraph styles derived from those of the sheets, each made once."""

from __future__ import annotations

from copy import copy
from functools import cache

from reportlab.lib.styles import ParagraphStyle

__all__ = ["hanging", "tight", "with_space"]


@cache
def with_space(style: ParagraphStyle, after: float) -> ParagraphStyle:
    """The style with another space below it, in points."""
    variant = copy(style)
    variant.spaceAfter = after
    return variant


@cache
def tight(style: ParagraphStyle) -> ParagraphStyle:
    """The style ragged, without space or bonds."""
    variant = copy(style)
    variant.spaceBefore = variant.spaceAfter = 0
    variant.keepWithNext = 0
    variant.alignment = 0
    variant.hyphenationLang = ""
    return variant


@cache
def hanging(style: ParagraphStyle) -> ParagraphStyle:
    """The style with all lines but the first moved in."""
    variant = copy(style)
    variant.leftIndent, variant.firstLineIndent = style.leftIndent + 18, -18
    return variant
