"""Clusters: what readers see as one character, and how many cells each takes where all letters are of one width.

East Asian wide and fullwidth letters and emoji take two cells, marks and joiners none, all others one (Unicode Standard
Annex 11; an emoji presentation sequence counts as wide).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebound.model.substitutes import is_wide

__all__ = ["UNSEEN", "cluster_cells", "clusters", "unseen"]

UNSEEN = re.compile(
    "[\u034f\u180b-\u180e\u200c-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""Characters that are never printed: joiners, directions, variations. Soft hyphens are something else."""

_REGIONAL, _TONES = re.compile("[\U0001f1e6-\U0001f1ff]"), re.compile("[\U0001f3fb-\U0001f3ff]")
_AS_EMOJI = "\ufe0f"


def unseen(letter: str) -> bool:
    """Whether a character is never printed: a joiner, a direction, a variation."""
    return letter in "\xad\u200b" or UNSEEN.match(letter) is not None


def clusters(text: str) -> Iterator[str]:
    """A text in what its readers see as one character each: letters with their marks, emoji of several parts."""
    start = 0
    for place in range(1, len(text)):
        if not _goes_on(text, start, place):
            yield text[start:place]
            start = place
    if text:
        yield text[start:]


def cluster_cells(cluster: str) -> int:
    """How many cells a cluster takes."""
    if is_wide(cluster[0]) or _AS_EMOJI in cluster or _REGIONAL.match(cluster):
        return 2
    return 0 if all(map(unseen, cluster)) else 1


def _goes_on(text: str, start: int, place: int) -> bool:
    """Whether a character belongs to the cluster that began at ``start`` (Unicode Standard Annex 29, simplified)."""
    before, letter = text[place - 1], text[place]
    if _REGIONAL.match(letter):
        return place - start == 1 and _REGIONAL.match(before) is not None
    joined = before == "\u200d" and not letter.isalnum()
    return joined or UNSEEN.match(letter) is not None or _attached(letter)


def _attached(letter: str) -> bool:
    return unicodedata.category(letter) in {"Mn", "Me", "Mc"} or _TONES.match(letter) is not None
