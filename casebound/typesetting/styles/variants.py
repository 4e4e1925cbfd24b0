"""Paragraph styles derived from those of the sheets, each made once."""

from __future__ import annotations

from copy import copy
from functools import cache

from reportlab.lib.styles import ParagraphStyle

__all__ = [
    "LEFT_TO_RIGHT",
    "aligned",
    "bookwise",
    "hanging",
    "hanging_each",
    "is_mirrored",
    "loose",
    "own",
    "scaled",
    "smaller",
    "tight",
    "with_space",
]

LEFT_TO_RIGHT = "LTR"
"""The ``wordWrap`` of a style whose paragraphs begin at the left in a book of any language: signatures."""


def is_mirrored(style: ParagraphStyle) -> bool:
    """Whether lines of a style begin at the right, as those of a book in Arabic or Hebrew do."""
    return style.wordWrap != LEFT_TO_RIGHT and getattr(style, "direction", "ltr") == "rtl"


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
def loose(style: ParagraphStyle) -> ParagraphStyle:
    """The style, not kept with what follows."""
    variant = copy(style)
    variant.keepWithNext = 0
    return variant


@cache
def hanging(style: ParagraphStyle, by: float = 18.0) -> ParagraphStyle:
    """The style with its first line where it is and all others so many points further in than that."""
    variant = copy(style)
    variant.leftIndent, variant.firstLineIndent = style.leftIndent + style.firstLineIndent + by, -by
    return variant


@cache
def hanging_each(style: ParagraphStyle, by: float) -> ParagraphStyle:
    """The hanging style in which what is after a line break begins and hangs as the first line does."""
    variant = copy(hanging(style, by))
    variant.hangsEach = True
    return variant


@cache
def scaled(style: ParagraphStyle, factor: float) -> ParagraphStyle:
    """The style larger or smaller, its leading with it."""
    variant = copy(style)
    variant.fontSize, variant.leading = style.fontSize * factor, style.leading * factor
    return variant


@cache
def aligned(style: ParagraphStyle, alignment: int) -> ParagraphStyle:
    """The style with another alignment, one of reportlab.lib.enums."""
    variant = copy(style)
    variant.alignment = alignment
    return variant


@cache
def own(style: ParagraphStyle) -> ParagraphStyle:
    """The style of a paragraph that follows the direction of its text, not that of the book."""
    variant = copy(style)
    variant.followsItsText = True
    return variant


@cache
def bookwise(style: ParagraphStyle) -> ParagraphStyle:
    """The style of a paragraph whose marks are placed as in the book's direction, whatever its letters are."""
    variant = copy(style)
    variant.followsTheBook = True
    return variant


def smaller(look: ParagraphStyle, style: ParagraphStyle | None, text: ParagraphStyle) -> ParagraphStyle:
    """The look as much smaller as ``style`` is than the size of running text: for what is in a cell."""
    if style is None or style.fontSize >= text.fontSize:
        return look
    return scaled(look, style.fontSize / text.fontSize)
