"""Words made ready to print: their width, their kerning, and their codes, each word worked out once per face."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from fontTools.ttLib import TTFont
from reportlab.lib.rl_accel import escapePDF

from casebound.typesetting.fonts.glyphs import Written, shaped_runs
from casebound.typesetting.fonts.scripts import COMPLEX, RIGHT_TO_LEFT, clusters, plainly

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stubs import StubFont, Writer

__all__ = ["Kerning", "Shaped", "kerning", "shape"]

_LIGATURES = re.compile("f[fijlt]")
_LONGEST = 40  # letters of a word that are remembered


class Shaped(NamedTuple):
    """A word in one face: its width in thousandths of the type size, and what writes it.

    ``pieces`` are runs of one (font, subset): the key and the elements of a TJ array (ISO 32000-2 9.4.3). A word
    that HarfBuzz has shaped has ``glyphs``, and marks in its arrays that ``glyphs.operators`` understands.
    """

    width: float
    pieces: tuple[tuple[tuple[Writer, int], str], ...]
    glyphs: tuple[Written, ...] = ()


class Kerning(dict[tuple[int, int], int]):
    """The pair kerning of a face in thousandths of the type size, by code points, looked up as it is asked for.

    It is read from the ``kern`` feature of the GPOS table: pair positioning by glyphs and by classes (OpenType,
    GPOS lookup type 2); the first subtable that knows a pair decides.
    """

    def __init__(self, path: str) -> None:
        super().__init__()
        font = TTFont(BytesIO(Path(path).read_bytes()), lazy=True)
        self._names: dict[int, str] = font.getBestCmap()
        self._scale = 1000 / font["head"].unitsPerEm
        self._tables = [_Pairs(table) for table in _subtables(font)] if "GPOS" in font else []

    def __missing__(self, pair: tuple[int, int]) -> int:
        first, second = self._names.get(pair[0]), self._names.get(pair[1])
        value = 0
        if first is not None and second is not None:
            found = (table.value(first, second) for table in self._tables)
            value = next((number for number in found if number is not None), 0)
        self[pair] = round(value * self._scale)
        return self[pair]


def _subtables(font: TTFont) -> Iterator[Any]:
    table = font["GPOS"].table
    features = table.FeatureList.FeatureRecord if table.FeatureList else ()
    indices = {i for record in features if record.FeatureTag == "kern" for i in record.Feature.LookupListIndex}
    for index in sorted(indices):
        for subtable in table.LookupList.Lookup[index].SubTable:
            subtable = getattr(subtable, "ExtSubTable", subtable)
            if subtable.LookupType == 2:
                yield subtable


class _Pairs:
    """One subtable of pair positioning."""

    def __init__(self, subtable: Any) -> None:
        self._subtable = subtable
        self._covered = {name: index for index, name in enumerate(subtable.Coverage.glyphs)}
        self._sets: dict[str, dict[str, int]] = {}

    def value(self, first: str, second: str) -> int | None:
        """The advance added between two glyphs in font units; None where this subtable does not say."""
        place = self._covered.get(first)
        if place is None:
            return None
        if self._subtable.Format == 1:
            return self._set(first, place).get(second)
        left = self._subtable.ClassDef1.classDefs.get(first, 0)
        right = self._subtable.ClassDef2.classDefs.get(second, 0)
        record = self._subtable.Class1Record[left].Class2Record[right]
        return int(getattr(record.Value1, "XAdvance", 0) or 0)

    def _set(self, first: str, place: int) -> dict[str, int]:
        if first not in self._sets:
            records = self._subtable.PairSet[place].PairValueRecord
            self._sets[first] = {r.SecondGlyph: int(getattr(r.Value1, "XAdvance", 0) or 0) for r in records}
        return self._sets[first]


@cache
def kerning(path: str) -> Kerning:
    """The kerning of a face's file."""
    return Kerning(path)


def shape(font: StubFont, word: str, rtl: bool | None = None) -> Shaped:
    """A word in a face, kerned; ``rtl`` says whether it runs from right to left.

    A word that is only measured, before anyone knows its direction, runs as its letters do: it has the width it is
    printed with.
    """
    words = font.words
    shaped = words.get((word, rtl))
    if shaped is None:
        turned = RIGHT_TO_LEFT.search(word) is not None if rtl is None else rtl
        joined = not font.is_monospaced and _LIGATURES.search(word)
        shaped = _complex(font, word, turned) if turned or joined or COMPLEX.search(word) else _shaped(font, word)
        if len(word) <= _LONGEST:
            words[word, rtl] = shaped
    return shaped


def _complex(font: StubFont, word: str, rtl: bool) -> Shaped:
    """A word shaped by HarfBuzz, in runs of one face; a character that no face has is a run of its own."""
    runs: list[tuple[Writer, str]] = []
    goes_on = False
    for writer, text in _lent(font, word.replace("\xa0", " ")):
        shapes = writer.has(ord(text[0]))
        if goes_on and shapes and runs[-1][0] is writer:
            runs[-1] = (writer, runs[-1][1] + text)
        else:
            runs.append((writer, text))
        goes_on = shapes
    settings = list(shaped_runs(runs, rtl))
    return Shaped(
        sum(setting.width for setting in settings),
        tuple(piece for setting in settings for piece in setting.pieces),
        tuple(glyph for setting in settings for glyph in setting.glyphs),
    )


def _lent(font: StubFont, word: str) -> Iterator[tuple[Writer, str]]:
    """The letters of a word with their marks, each with the face that draws it."""
    last: Writer | None = None
    for cluster in clusters(word):
        if last is not None and not cluster[0].isalnum() and last.has(ord(cluster[0])) and len(cluster) == 1:
            yield last, cluster  # signs stay with their letters
            continue
        found = font.cluster_lender(cluster)
        if found is not None:
            yield found
        else:
            for letter in plainly(cluster):
                yield font.lender(ord(letter)), letter
        last = found[0] if found else None


def _shaped(font: StubFont, word: str) -> Shaped:
    width = 0.0
    pieces: list[tuple[tuple[Writer, int], str]] = []
    for key, codes, letters in font.runs(word):
        writer = key[0]
        pairs = writer.kerning
        parts, start = [], 0
        previous = 0
        for index, letter in enumerate(letters):
            point = ord(letter)
            width += writer.own_width(point)
            kern = pairs[previous, point] if previous else 0
            if kern:
                parts.append(f"({escapePDF(codes[start:index])}){-kern}")
                start, width = index, width + kern
            previous = point
        parts.append(f"({escapePDF(codes[start:])})")
        pieces.append((key, "".join(parts)))
    return Shaped(width, tuple(pieces))
