"""Shaping: words made ready to print by HarfBuzz, each once per face: kerned, joined, marks in their places."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from casebound.i18n.clusters import clusters
from casebound.model.encoding import GLYPHS, encode
from casebound.model.substitutes import is_monospaced
from casebound.typesetting.fonts.glyph_runs import GlyphRun, ShapedWord, Span, WrittenGlyph, escaped, moved
from casebound.typesetting.fonts.harfbuzz import JOINER, ShapedGlyph, advances_of, glyphs_of
from casebound.typesetting.fonts.scripts import RIGHT_TO_LEFT, plainly
from casebound.typesetting.fonts.to_unicode import point_of, readings
from casebound.typesetting.fonts.writer import FaceWriter

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stub_fonts import StubFont

__all__ = ["shape"]

_LONGEST = 40  # letters of a word that are remembered


def shape(font: StubFont, word: str, rtl: bool | None = None) -> ShapedWord:
    """A word in a face; ``rtl`` says whether it runs from right to left.

    A word that is only measured, before anyone knows its direction, runs as its letters do: it has the width it is
    printed with.
    """
    shaped = font.words.get((word, rtl))
    if shaped is None:
        turned = RIGHT_TO_LEFT.search(word) is not None if rtl is None else rtl
        shaped = font.words.get((word, turned)) or _shaped(font, word.replace("\xa0", " "), turned)
        if len(word) <= _LONGEST:
            font.words[word, rtl] = font.words[word, turned] = shaped
    return shaped


def _shaped(font: StubFont, word: str, rtl: bool) -> ShapedWord:
    if not rtl and font.draws_alone(word):
        simple = _simple(font, word)
        if simple is not None:
            return simple
    runs = _runs(font, word)
    settings = [
        _set(writer, text, rtl) if _draws(writer, text) else _substituted(writer, text)
        for writer, text in (reversed(runs) if rtl else runs)
    ]
    return ShapedWord(
        sum(setting.width for setting in settings),
        tuple(span for setting in settings for span in setting.spans),
        tuple(glyph for setting in settings for glyph in setting.glyphs),
    )


def _simple(font: StubFont, word: str) -> ShapedWord | None:
    """A word each of whose letters is its own glyph on the baseline, kerned; None if it is not."""
    numbers, advances = advances_of(font, word)
    codes = list(map(font.code, word))
    if numbers != [code.glyph for code in codes]:
        return None
    runs: list[GlyphRun] = []
    key, text, array = None, "", ""
    for (own, escape, _, natural), advance in zip(codes, advances, strict=True):
        if own is not key:
            if key is not None:
                runs.append(GlyphRun(key, f"{array}({text})" if text else array))
            key, text, array = own, "", ""
        text += escape
        if advance != natural and (kern := moved((advance - natural) * font.scale)):
            array += f"({text}){kern}"
            text = ""
    if key is not None:
        runs.append(GlyphRun(key, f"{array}({text})" if text else array))
    return ShapedWord(sum(advances) * font.scale, (Span(runs),))


def _runs(font: StubFont, word: str) -> list[tuple[FaceWriter, str]]:
    """A word in runs of one face; a character that no face has is a run of its own."""
    runs: list[tuple[FaceWriter, str]] = []
    goes_on = False
    for writer, text in _lent(font, word):
        shapes = _draws(writer, text)
        if goes_on and shapes and runs[-1][0] is writer:
            runs[-1] = (writer, runs[-1][1] + text)
        else:
            runs.append((writer, text))
        goes_on = shapes
    return runs


def _draws(writer: FaceWriter, text: str) -> bool:
    """Whether a face has every letter of a text that is printed; a joiner needs no glyph."""
    return all(writer.has(ord(letter)) for letter in plainly(text))


def _lent(font: StubFont, word: str) -> Iterator[tuple[FaceWriter, str]]:
    """The letters of a word with their marks, each with the face that draws it."""
    last: FaceWriter | None = None
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


def _substituted(writer: FaceWriter, letter: str) -> ShapedWord:
    """A character that its face draws as another or as a box."""
    point = ord(letter)
    subset, code = encode(point)
    run = GlyphRun((writer, subset), f"({escaped(code)})")
    return ShapedWord(writer.own_width(point), (Span([run]),), (WrittenGlyph(writer.fontName, point, letter),))


def _set(writer: FaceWriter, text: str, rtl: bool) -> ShapedWord:
    """A run of one face as it is from left to right."""
    glyphs = glyphs_of(writer, text, rtl=rtl)
    written = _written(writer, text, glyphs, rtl)
    baked = _baked(glyphs, written, rtl)
    drawn = {part for parts in baked.values() for part, _, _ in parts}
    run = _Run(writer)
    found: list[WrittenGlyph] = []
    for index, (glyph, (point, reading)) in enumerate(zip(glyphs, written, strict=True)):
        if index in drawn:
            continue
        parts = tuple((glyphs[part].number, dx, dy) for part, dx, dy in baked.get(index, ()))
        if parts and point < GLYPHS:
            point = point_of(glyph.number, readings(*writer.file)[glyph.number].index(reading))
        run.add(point, glyph)
        found.append(WrittenGlyph(writer.fontName, point, reading, parts))
    said = "".join(reading for _, reading in written)
    # where letters are of one width, readers take a mark that is moved onto its letter for what is before it
    moved = is_monospaced(writer.fontName) and any(glyph.dx < 0 for glyph in glyphs)
    differs = JOINER in text or moved or _composed(said) != _composed(text)
    return ShapedWord(run.width, (run.span(_composed(text) if differs and not rtl else ""),), tuple(found))


def _baked(
    glyphs: Sequence[ShapedGlyph], written: Sequence[tuple[int, str]], rtl: bool
) -> dict[int, list[tuple[int, int, int]]]:
    """Glyphs that are drawn as part of a letter, by the letter's index: (index, offsets in font units).

    Dots that are set apart from their letters would fall apart from them for whoever reads the text out.
    """
    pens = list(accumulate((glyph.advance for glyph in glyphs), initial=0))
    found: dict[int, list[tuple[int, int, int]]] = {}
    letter = None
    order = range(len(written))
    for index in reversed(order) if rtl else order:
        glyph = glyphs[index]
        if written[index][1]:
            letter = index
        elif letter is not None and glyphs[letter].cluster == glyph.cluster and not glyph.advance:
            own = glyphs[letter]
            dx = pens[index] + glyph.dx - pens[letter] - own.dx
            found.setdefault(letter, []).append((index, dx, glyph.dy - own.dy))
    return found


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", plainly(text))


def _written(writer: FaceWriter, text: str, glyphs: Sequence[ShapedGlyph], rtl: bool) -> list[tuple[int, str]]:
    """The code point of each glyph and what it reads as."""
    known = readings(*writer.file)
    bounds = [*sorted({glyph.cluster for glyph in glyphs}), len(text)]
    left = {start: text[start:end] for start, end in pairwise(bounds)}
    written: list[tuple[int, str]] = [(0, "")] * len(glyphs)
    order = range(len(glyphs))
    for index in reversed(order) if rtl else order:  # a letter is before its marks
        number, start, *_ = glyphs[index]
        choices = known.get(number, ())
        reading = max((choice for choice in choices if _holds(left[start], choice)), key=len, default="")
        for letter in reading:
            left[start] = left[start].replace(letter, "", 1)
        if len(reading) == 1 and writer.shaper.get_nominal_glyph(ord(reading)) == number:
            written[index] = (ord(reading), reading)
        else:
            written[index] = (point_of(number, choices.index(reading) if reading else -1), reading)
    return written


def _holds(text: str, choice: str) -> bool:
    return all(text.count(letter) >= choice.count(letter) for letter in choice)


class _Run:
    """Glyphs of one face being gathered into arrays of one font and rise each."""

    def __init__(self, writer: FaceWriter) -> None:
        self._writer, self._shaper = writer, writer.shaper
        self._scale = 1000 / self._shaper.face.upem
        self._runs: list[GlyphRun] = []
        self._moved = self.width = 0.0

    def add(self, point: int, glyph: ShapedGlyph) -> None:
        """A glyph, written as a code point."""
        subset, code = encode(point)
        rise = round(glyph.dy * self._scale)
        last = self._runs[-1] if self._runs else None
        if last is None or last.font[1] != subset or last.rise != rise:
            last = GlyphRun((self._writer, subset), "", rise)
            self._runs.append(last)
        last.move(self._moved + glyph.dx * self._scale)
        last.go_on(f"({escaped(code)})")
        own = self._shaper.get_glyph_h_advance(glyph.number)
        self._moved = (glyph.advance - own - glyph.dx) * self._scale
        self.width += glyph.advance * self._scale

    def span(self, actual: str = "") -> Span:
        """What was gathered; ``actual`` is what it reads as where its glyphs do not say so."""
        if self._runs:
            self._runs[-1].move(self._moved)
        return Span(self._runs, actual if self._runs else "")
