"""Where lines may end in scripts that put no space between words: Thai, Lao, Khmer, Burmese.

Thai is divided into words by BudouX, a small model without a dictionary. The others are divided between syllables
where their spelling shows them: that is how Burmese is broken; in Lao and Khmer a syllable's last consonant looks like
the first one of the next, so only places that are certain cost nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

import budoux

__all__ = ["SPACELESS", "divided", "may_cut"]

SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]")
"""Letters of scripts without spaces between words."""

_THAI = re.compile("[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_CONSONANT = "[\u0e81-\u0eae\u0edc\u0edd]"
_LAO_CERTAIN = re.compile(f"[\u0ec0-\u0ec4]|(?<=[\u0eb0\u0eb3])(?={_CONSONANT})")
_LAO = re.compile(f"(?={_CONSONANT}[\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]*[\u0eb0-\u0ebd])(?<![\u0ec0-\u0ec4])")
_KHMER = re.compile("(?<!\u17d2)(?=[\u1780-\u17b3][\u17b6-\u17d3])")
_BURMESE = re.compile("(?<!\u1039)(?=[\u1000-\u102a\u103f\u1050-\u1055](?![\u1039\u103a]|[\u1037\u1038]\u103a))")

_LEADING = frozenset("เแโใไເແໂໃໄ")  # written before the consonant that they are spoken after
_TRAILING = frozenset("ะาำๅະາຳຽໆๆฯຯ")
_JOINERS = frozenset("\u1039\u17d2\u200d\u2060\ufeff")  # tie the next letter to this one


def divided(text: str) -> Iterator[tuple[int, bool]]:
    """Places where a line may end, and whether each is certain to be between words or syllables."""
    if not SPACELESS.search(text):
        return
    for run in _THAI.finditer(text):
        place = run.start()
        for word in _parser().parse(run.group())[:-1]:
            place += len(word)
            yield place, True
    for rule, certain in ((_LAO_CERTAIN, True), (_BURMESE, True), (_LAO, False), (_KHMER, False)):
        yield from ((found.start(), certain) for found in rule.finditer(text))


def may_cut(text: str, place: int) -> bool:
    """Whether a text may be cut before a letter without tearing a letter from its marks."""
    before, after = text[place - 1], text[place]
    if unicodedata.category(after)[0] == "M" or after in _TRAILING or after in _JOINERS:
        return False
    return before not in _LEADING and before not in _JOINERS


@cache
def _parser() -> budoux.Parser:
    return budoux.load_default_thai_parser()
