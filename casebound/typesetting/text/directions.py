"""Directions: the lines of a paragraph with letters from right to left, in the order in which they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.i18n.bidi import direction_of, is_right_to_left, levels, ordered
from casebound.typesetting.fonts import fallback
from casebound.typesetting.fonts.scripts import RIGHT_TO_LEFT
from casebound.typesetting.text.linebreak import Item

if TYPE_CHECKING:
    from casebound.typesetting.text.words import Part, Word

__all__ = [
    "GAP_MARK",
    "LEFT_TO_RIGHT",
    "WIDE_MARK",
    "Directions",
    "beginning",
    "directions",
    "mirrored",
    "stretches",
    "text_of",
]

LEFT_TO_RIGHT = "LTR"
"""The ``wordWrap`` of a style whose paragraphs begin at the left in a book of any language: signatures."""

GAP_MARK, WIDE_MARK = "\f", "\v"
"""What stands for a gap between two ideographs, and for one between an ideograph and a Latin letter."""

_OBJECT = "\ufffc"


def mirrored() -> bool:
    """Whether pages are laid out from right to left: bullets, rules and first columns stand at the right."""
    return is_right_to_left(fallback.spoken())


def beginning(flowable: Flowable, spare: float) -> float:
    """How far from the left of its room a flowable stands that leaves so many points free.

    ``LEFT`` is where lines begin, ``RIGHT`` where they end.
    """
    share = {"CENTER": 0.5, "RIGHT": 1.0}.get(getattr(flowable, "hAlign", "LEFT"), 0.0)
    return spare * (1.0 - share if mirrored() else share)


def directions(words: Sequence[Word], items: Sequence[Item], style: ParagraphStyle) -> Directions | None:
    """The directions of a paragraph; None where all of it runs from left to right."""
    fixed = style.wordWrap == LEFT_TO_RIGHT
    if (mirrored() and not fixed) or any(RIGHT_TO_LEFT.search(part.text) for word in words for part in word.parts):
        own, books = getattr(style, "followsItsText", False), getattr(style, "followsTheBook", False)
        return Directions(items, fixed, own, books)
    return None


def text_of(item: Item) -> tuple[Part, str] | None:
    """What an item prints: a part and its text, or a space of it; None where it prints nothing."""
    if item.cost is not None or not isinstance(item.what, tuple):
        return None
    part, text = item.what
    return part, text if isinstance(text, str) else " "


def stretches(text: str) -> list[tuple[str, bool]]:
    """A text that begins at the left, from left to right: its stretches, and whether each runs from right to left."""
    runs: list[tuple[str, int]] = []
    for level, run in groupby(zip(levels(text, 0), text, strict=True), lambda pair: pair[0]):
        runs.append(("".join(letter for _, letter in run), level))
    return ordered([(run, level % 2 == 1) for run, level in runs], [level for _, level in runs])


class Directions:
    """The direction of every character of a paragraph that is broken into ``items``.

    It is that of the book: a list, a table, a term are not torn apart by a word of another script. Text that is
    wholly of the other direction only has its marks in their places. One of its own (``own``) follows most of its
    letters; ``fixed`` begins at the left; marks are where those of the book are in one of the book's (``books``).
    """

    def __init__(self, items: Sequence[Item], fixed: bool = False, own: bool = False, books: bool = False) -> None:
        self._items = items
        self._starts: list[int] = []
        texts, length = [], 0
        for item in items:
            self._starts.append(length)
            printed = text_of(item)
            if printed is not None:
                texts.append(printed[1] or _OBJECT)
                length += len(texts[-1])
        text = "".join(texts)
        found = "" if books else direction_of(text, wholly=not own)
        self.is_right_to_left = not fixed and (mirrored() or (own and found == "rtl"))
        self._levels = levels(text, int(not fixed and (found == "rtl" or (mirrored() and found != "ltr"))))

    def line(self, start: int, end: int) -> list[tuple[Part, str, bool]]:
        """What the items of a line print, from left to right: part, text, whether it runs from right to left."""
        things: list[tuple[Part, str, bool]] = []
        depths: list[int] = []
        for index in range(start, end):
            printed = text_of(self._items[index])
            if printed is None or printed[1] in (GAP_MARK, WIDE_MARK):
                continue
            part, text = printed
            place = self._starts[index]
            if not text:
                things.append((part, "", False))
                depths.append(self._levels[place])
                continue
            for level, run in groupby(zip(self._levels[place : place + len(text)], text, strict=True), lambda p: p[0]):
                things.append((part, "".join(letter for _, letter in run), level % 2 == 1))
                depths.append(level)
        return ordered(things, depths)
