"""A short line as it is seen from left to right: Arabic letters joined, each stretch in its direction.

Running heads are written by code point, without a shaper: joined letters are taken from the presentation forms of
Unicode, which faces of Arabic have.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

from casebound.i18n.bidi import MIRRORED, levels, ordered
from casebound.i18n.directions import starts_right_to_left

__all__ = ["seen"]

_LAM, _ALEFS = "\u0644", "\u0622\u0623\u0625\u0627"
_FORMS = range(0xFB50, 0xFEFD)


def seen(line: str) -> str:
    """The line's characters in the order in which they are seen from left to right."""
    if line.isascii() or not any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in line):
        return line
    depths = levels(line, int(starts_right_to_left(line)))
    turned = [
        (MIRRORED.get(letter, letter) if depth % 2 else letter, depth)
        for letter, depth in zip(_joined(line), depths, strict=True)
        if letter
    ]
    return "".join(ordered([letter for letter, _ in turned], [depth for _, depth in turned]))


@cache
def _forms() -> Mapping[tuple[str, str], str]:
    """Presentation forms by letters and form: isolated, initial, medial, final."""
    forms: dict[tuple[str, str], str] = {}
    for point in _FORMS:
        tag, _, letters = unicodedata.decomposition(chr(point)).partition(" ")
        if tag in {"<isolated>", "<initial>", "<medial>", "<final>"}:
            text = "".join(chr(int(letter, 16)) for letter in letters.split())
            forms.setdefault((text, tag), chr(point))
    return forms


def _joined(line: str) -> list[str]:
    """Each letter in the form that its neighbours ask for; an alef joined into a lam is empty."""
    forms = _forms()
    shown = list(line)
    letters = [index for index, letter in enumerate(line) if unicodedata.category(letter) != "Mn"]
    reaches = {index: (line[index], "<initial>") in forms or line[index] == "\u0640" for index in letters}
    for place, index in enumerate(letters):
        before = place > 0 and reaches[letters[place - 1]] and _takes(line[index])
        after = place + 1 < len(letters) and reaches[index] and _takes(line[letters[place + 1]])
        tag = {(False, False): "<isolated>", (False, True): "<initial>", (True, True): "<medial>"}.get(
            (before, after), "<final>"
        )
        shown[index] = forms.get((line[index], tag), line[index])
    for first, second in pairwise(letters):
        pair = line[first] + line[second]
        if line[first] == _LAM and line[second] in _ALEFS:
            joined = shown[first] == forms.get((_LAM, "<medial>"))
            shown[first], shown[second] = forms[pair, "<final>" if joined else "<isolated>"], ""
    return shown


def _takes(letter: str) -> bool:
    """Whether a letter joins the one before it."""
    return (letter, "<final>") in _forms() or letter == "\u0640"
