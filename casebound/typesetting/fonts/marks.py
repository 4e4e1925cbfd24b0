"""Marks: whether a face places those of a letter, or only has them: found out from where their ink would be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from casebound.typesetting.fonts.harfbuzz import JOINER, GlyphBounds, ink
from casebound.typesetting.fonts.writer import FaceWriter

__all__ = ["placed"]

_ABOVE, _BELOW = 230, 220  # canonical combining classes
_ASIDE, _MOVED, _INTO, _CLOSE = 0.1, 0.25, 0.08, 0.25
"""Of the size: how far a mark may be off the middle of its letter, one that its face moved, and reach into it."""


def placed(writer: FaceWriter, cluster: str, *, closely: bool = False) -> str | None:
    """A letter with marks, spelled so that a face places all of them; None if it does not.

    ``closely`` lets them be upon each other, as long as they are above or below the letter. Faces have anchors
    for common letters and none for some that bear a mark already: ``e`` with two marks is placed where ``ẹ`` with one
    is not.
    """
    apart = unicodedata.normalize("NFD", cluster)
    for text in (cluster, apart[:1] + JOINER + apart[1:]):
        letters = text.replace(JOINER, "")
        if all(writer.has(ord(letter)) for letter in letters) and _is_sound(
            ink(writer, text), letters, _CLOSE if closely else _INTO
        ):
            return text
    return None


def _is_sound(glyphs: Sequence[GlyphBounds], letters: str, most: float) -> bool:
    """Whether marks are above or below their letter and not upon each other."""
    base, *marks = glyphs
    kinds = [unicodedata.combining(letter) for letter in unicodedata.normalize("NFD", letters)][-len(marks) :]
    for mark, kind in zip(marks, kinds, strict=False):
        aside = abs(mark.left + mark.right - base.left - base.right) / 2
        into = base.top - mark.bottom if kind == _ABOVE else mark.top - base.bottom if kind == _BELOW else 0.0
        if into > most or aside > (_MOVED if mark.moved else _ASIDE):
            return False
    return all(_apart(*pair, most) for pair in pairwise(marks))


def _apart(one: GlyphBounds, other: GlyphBounds, most: float) -> bool:
    beside = min(one.right, other.right) - max(one.left, other.left)
    upon = min(one.top, other.top) - max(one.bottom, other.bottom)
    return beside <= most or upon <= most
