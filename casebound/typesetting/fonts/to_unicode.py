"""Readings: what the glyphs of a face can stand for, worked out from its substitutions.

A glyph without a character of its own (a joined Arabic letter, a conjunct) reads as what it was substituted for
(OpenType, GSUB lookup types 1 to 4). It may read differently in different words: a dotless letter stands for each of
those that dots are added to. The readings are a function of the face alone, so that all fragments agree on them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import islice, product

from fontTools.ttLib import TTFont

from casebound.i18n.bidi import MIRRORED
from casebound.model.encoding import GLYPHS

__all__ = ["READINGS", "point_of", "readings"]

READINGS = 14
"""How many readings of a glyph are told apart; a last one stands for nothing."""

_PRESENTATION = range(0xFB1D, 0xFEFD)  # forms of letters that are characters of their own for old software only
_COMMON = frozenset("پچژکگیٹڈڑںھہے") | frozenset(map(chr, range(0x621, 0x64B)))
_MOST = 40  # readings kept while they are worked out
_PASSES = 4

_Rule = tuple[tuple[str, ...], tuple[str, ...]]


def point_of(glyph: int, reading: int) -> int:
    """The code point that a glyph is written as in one of its readings; the reading -1 is nothing."""
    return GLYPHS + (reading % (READINGS + 1) << 16) + glyph


@cache
def readings(path: str, number: int) -> Mapping[int, tuple[str, ...]]:
    """What each glyph of a face can read as, by its number, the likeliest first."""
    with TTFont(path, fontNumber=number, lazy=True) as font:
        found = _own(font)
        rules = list(_rules(font)) if "GSUB" in font else []
        for _ in range(_PASSES):
            before = sum(map(len, found.values()))
            for rule in rules:
                _apply(rule, found)
            if sum(map(len, found.values())) == before:
                break
        return {font.getGlyphID(name): _likeliest(texts) for name, texts in found.items()}


def _own(font: TTFont) -> dict[str, dict[str, None]]:
    """What the glyphs that have characters read as, by name."""
    found: dict[str, dict[str, None]] = {}
    for point, name in sorted((font.getBestCmap() or {}).items()):
        letter = chr(point)
        text = unicodedata.normalize("NFKC", letter) if point in _PRESENTATION else letter
        found.setdefault(name, {})[text] = None
        if letter in MIRRORED:
            found[name][MIRRORED[letter]] = None
    return found


def _likeliest(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (not _COMMON.issuperset(text), len(text), text))[:READINGS])


def _apply(rule: _Rule, found: dict[str, dict[str, None]]) -> None:
    """Let what is substituted read as what it stands for; of several glyphs the first is the letter."""
    before, after = rule
    texts = ["".join(parts) for parts in islice(product(*(found.get(name, {}) for name in before)), _MOST)]
    known = found.setdefault(after[0], {}) if texts else {}
    for text in texts:
        if len(known) < _MOST:
            known[text] = None


def _rules(font: TTFont) -> Iterator[_Rule]:
    lookups = font["GSUB"].table.LookupList
    for lookup in lookups.Lookup if lookups else ():
        for subtable in lookup.SubTable:
            yield from _rules_of(getattr(subtable, "ExtSubTable", subtable))


def _rules_of(table: object) -> Iterator[_Rule]:
    kind = getattr(table, "LookupType", 0)
    if kind in (1, 2):
        for name, to in table.mapping.items():  # type: ignore[attr-defined]
            after = (to,) if isinstance(to, str) else tuple(to)
            if after:
                yield (name,), after
    elif kind == 3:
        for name, others in table.alternates.items():  # type: ignore[attr-defined]
            yield from (((name,), (other,)) for other in others)
    elif kind == 4:
        for first, ligatures in table.ligatures.items():  # type: ignore[attr-defined]
            yield from (((first, *ligature.Component), (ligature.LigGlyph,)) for ligature in ligatures)
