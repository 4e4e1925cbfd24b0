"""Broken words: what the parts of a word read as that lines have broken (ISO 32000-2 14.9.4).

A word is read whole, where it begins or where it ends, and its other parts read as a space: so it is copied, found and
read out as the source has it, whether or not a hyphen was put in. What is read elsewhere must be in the same element::

    the scheduler-hints-     reads    the scheduler-hints-vs-flavor
    vs-flavor, and                     , and
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import dropwhile

from casebound.typesetting.fonts.glyph_runs import can_be_read
from casebound.typesetting.text.directions import JustificationOpportunity, text_of
from casebound.typesetting.text.linebreak import BreakItem
from casebound.typesetting.text.words import WordPart

__all__ = ["broken_words"]

_NOTHING = " "  # a reader that finds an empty replacement text takes the letters themselves


def broken_words(items: Sequence[BreakItem], ends: Sequence[int]) -> dict[int, str]:
    """What items read as where lines that end at ``ends`` break a word: boxes, and hyphens that are put in."""
    said: dict[int, str] = {}
    for end in ends[:-1]:
        if not (items[end].is_glue or items[end].is_forced or end in said):
            said |= _word(items, ends, end)
    return said


def _word(items: Sequence[BreakItem], ends: Sequence[int], end: int) -> dict[int, str]:
    """What the parts of the word read as that a line breaks at an item."""
    first, last = end, end
    while first > 0 and _is_within(items[first - 1]):
        first -= 1
    while last + 1 < len(items) and _is_within(items[last + 1]):
        last += 1
    boxes = [(index, *box) for index in range(first, last + 1) if (box := _box(items[index])) is not None]
    here = next((at for at, (index, _, _) in enumerate(boxes) if index > end), len(boxes)) - 1
    inside = boxes[here][1].look.inside
    begin, stop = here, here + 1
    while begin > 0 and _is_text(boxes[begin - 1][1]) and boxes[begin - 1][1].look.inside is inside:
        begin -= 1
    while stop < len(boxes) and _is_text(boxes[stop][1]) and boxes[stop][1].look.inside is inside:
        stop += 1
    # what has no ink has no place either, in which a reader would find the word
    stretch = list(dropwhile(lambda box: box[2].isspace(), boxes[begin:stop]))
    text = "".join(text for _, _, text in stretch)
    goes_on = stop < len(boxes) and not _begins_apart(boxes[stop][1])
    if not text or (begin and goes_on) or not can_be_read(text):
        return {}
    lines = [bisect_right(ends, index) for index, _, _ in stretch]
    reader = stretch[lines.index(lines[-1])][0] if goes_on else stretch[0][0]
    said = {index: _NOTHING for index in range(stretch[0][0], stretch[-1][0])}
    said |= {index: _NOTHING for index, _, _ in stretch}
    return said | {reader: text}


def _is_within(item: BreakItem) -> bool:
    """Whether an item is in a word: no space, no gap between ideographs, no end of a line that the author wants."""
    return not (item.is_glue or item.is_forced)


def _box(item: BreakItem) -> tuple[WordPart, str] | None:
    printed = text_of(item)
    if printed is None or isinstance(printed[1], JustificationOpportunity):
        return None
    return printed[0], printed[1]


def _begins_apart(part: WordPart) -> bool:
    """Whether a part is a box for a folio, whose text begins with a space."""
    return part.object is not None and not part.object.claimed


def _is_text(part: WordPart) -> bool:
    return part.object is None and not part.names
