"""Directions: the lines of a paragraph with letters from right to left, in the order in which they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.styles import ParagraphStyle

from casebound.i18n.bidi import levels, ordered
from casebound.i18n.directions import direction_of
from casebound.typesetting.fonts.scripts import RIGHT_TO_LEFT
from casebound.typesetting.styles.variants import LEFT_TO_RIGHT, is_mirrored
from casebound.typesetting.text.linebreak import BreakItem

if TYPE_CHECKING:
    from casebound.typesetting.text.words import Word, WordPart

__all__ = [
    "Directions",
    "JustificationOpportunity",
    "directions",
    "stretches",
    "text_of",
]


class JustificationOpportunity(Enum):
    """What a line may stretch at between two letters: two ideographs, or an ideograph and a Latin letter."""

    PLAIN = "plain"
    WIDE = "wide"


_OBJECT = "\ufffc"


def directions(words: Sequence[Word], items: Sequence[BreakItem], style: ParagraphStyle) -> Directions | None:
    """The directions of a paragraph; None where all of it runs from left to right."""
    turned = is_mirrored(style)
    if turned or RIGHT_TO_LEFT.search("".join([part.text for word in words for part in word.parts])):
        return Directions(items, turned, style)
    return None


def text_of(item: BreakItem) -> tuple[WordPart, str | JustificationOpportunity] | None:
    """What an item prints: a part and its text, or a space or gap of it; None where it prints nothing."""
    printed: tuple[WordPart, str | JustificationOpportunity] | None = item.what if item.cost is None else None
    return printed


def stretches(text: str) -> list[tuple[str, bool]]:
    """A text that begins at the left, from left to right: its stretches, and whether each runs from right to left."""
    runs: list[tuple[str, int]] = []
    for level, run in groupby(zip(levels(text, 0), text, strict=True), lambda pair: pair[0]):
        runs.append(("".join(letter for _, letter in run), level))
    return ordered([(run, level % 2 == 1) for run, level in runs], [level for _, level in runs])


class Directions:
    """The direction of every character of a paragraph that is broken into ``items``.

    It is that of the book (``turned``: from right to left): a list, a table, a term are not torn apart by a word of
    another script. Text that is wholly of the other direction only has its marks in their places. A style that
    ``followsItsText`` follows most of its letters; in one that ``followsTheBook`` marks are as in the book's.
    """

    def __init__(self, items: Sequence[BreakItem], turned: bool, style: ParagraphStyle) -> None:
        self._items = items
        self._starts: list[int] = []
        texts, length = [], 0
        for item in items:
            self._starts.append(length)
            printed = text_of(item)
            if printed is not None and not isinstance(printed[1], JustificationOpportunity):
                texts.append(printed[1] or _OBJECT)
                length += len(texts[-1])
        text = "".join(texts)
        fixed, own = style.wordWrap == LEFT_TO_RIGHT, getattr(style, "followsItsText", False)
        found = "" if getattr(style, "followsTheBook", False) else direction_of(text, wholly=not own)
        self.is_right_to_left = turned or (not fixed and own and found == "rtl")
        self._levels = levels(text, int(not fixed and (found == "rtl" or (turned and found != "ltr"))))

    def line(self, start: int, end: int) -> list[tuple[WordPart, str, bool, int]]:
        """What the items of a line print, from left to right.

        Each with its part, its text, whether it runs from right to left, its place in the order in which it is read.
        """
        things: list[tuple[WordPart, str, bool, int]] = []
        depths: list[int] = []
        for index in range(start, end):
            printed = text_of(self._items[index])
            if printed is None or isinstance(printed[1], JustificationOpportunity):
                continue
            part, text = printed[0], printed[1]
            place = self._starts[index]
            if not text:
                things.append((part, "", False, len(things)))
                depths.append(self._levels[place])
                continue
            for level, run in groupby(zip(self._levels[place : place + len(text)], text, strict=True), lambda p: p[0]):
                things.append((part, "".join(letter for _, letter in run), level % 2 == 1, len(things)))
                depths.append(level)
        return ordered(things, depths)
