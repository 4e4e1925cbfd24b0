"""Shaping by HarfBuzz: words whose glyphs depend on their neighbours, as codes with what they read as."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, NamedTuple

import uharfbuzz as hb
from reportlab.lib.rl_accel import escapePDF

from casebound.model.encoding import GLYPHS, encode
from casebound.model.substitutes import is_monospaced
from casebound.typesetting.fonts.scripts import plainly
from casebound.typesetting.fonts.to_unicode import point_of, readings

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stubs import Writer

__all__ = ["JOINER", "Ink", "Written", "ink", "operators", "shaped_runs"]

JOINER = "\u034f"
"""Keeps a letter and the mark behind it from becoming one glyph: the combining grapheme joiner."""

_ACTUAL = re.compile("\x01([^\x01]*)\x01")


class Written(NamedTuple):
    """A glyph as it is written: its face, a code point of ``casebound.encoding``, what it reads as, its parts."""

    face: str
    point: int
    text: str
    parts: tuple[tuple[int, int, int], ...] = ()


class Setting(NamedTuple):
    """A run of one face as it is printed: what writes it, its width in thousandths of the size, its glyphs."""

    pieces: list[tuple[tuple[Writer, int], str]]
    width: float
    glyphs: list[Written]


def _shaped(font: hb.Font, text: str, rtl: bool) -> tuple[Sequence[hb.GlyphInfo], Sequence[hb.GlyphPosition]]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if rtl else "ltr"
    # marks behind a joiner that is removed would be set off by its width
    joined = JOINER in text
    buffer.flags = hb.BufferFlags.DEFAULT if joined else hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(font, buffer)
    found = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    if joined:
        blank = font.get_nominal_glyph(0x20)
        found = [(info, place) for info, place in found if info.codepoint != blank or place.x_advance]
    return [info for info, _ in found], [place for _, place in found]


class Ink(NamedTuple):
    """Where a glyph of a text leaves ink, in sizes, and whether its face moved it there."""

    left: float
    bottom: float
    right: float
    top: float
    moved: bool


def ink(writer: Writer, text: str) -> list[Ink]:
    """The ink of each glyph of a text that runs from left to right."""
    font = writer.shaper
    found, pen, em = [], 0.0, font.face.upem
    for info, position in zip(*_shaped(font, text, rtl=False), strict=True):
        extents = font.get_glyph_extents(info.codepoint)
        if extents is not None and extents.width:
            left, top = pen + position.x_offset + extents.x_bearing, position.y_offset + extents.y_bearing
            edges = (left / em, (top + extents.height) / em, (left + extents.width) / em, top / em)
            found.append(Ink(*edges, bool(position.x_offset or position.y_offset)))
        pen += position.x_advance
    return found


def shaped_runs(runs: Sequence[tuple[Writer, str]], rtl: bool) -> Iterator[Setting]:
    """Runs of one face each, in the order of reading, as they stand from left to right."""
    for writer, text in reversed(runs) if rtl else runs:
        yield _setting(writer, text, rtl) if writer.has(ord(text[0])) else _substituted(writer, text)


def _substituted(writer: Writer, letter: str) -> Setting:
    """A character that its face draws as another or as a box."""
    point = ord(letter)
    subset, code = encode(point)
    array = f"({escapePDF(bytes([code]))})"
    return Setting([((writer, subset), array)], writer.own_width(point), [Written(writer.fontName, point, letter)])


def _setting(writer: Writer, text: str, rtl: bool) -> Setting:
    font = writer.shaper
    infos, positions = _shaped(font, text, rtl)
    scale = 1000 / font.face.upem
    glyphs = [info.codepoint for info in infos]
    written = _written(writer, text, [info.cluster for info in infos], glyphs, rtl)
    baked = _baked([info.cluster for info in infos], written, positions, rtl)
    run = _Run(writer, scale)
    for index, (glyph, position, (point, reading)) in enumerate(zip(glyphs, positions, written, strict=True)):
        parts = tuple((glyphs[part], dx, dy) for part, dx, dy in baked.get(index, ()))
        if parts and point < GLYPHS:
            point = point_of(glyph, readings(*writer.file)[glyph].index(reading))
        if not any(index == part for others in baked.values() for part, _, _ in others):
            run.add(Written(writer.fontName, point, reading, parts), position, font.get_glyph_h_advance(glyph))
    said = "".join(reading for _, reading in written)
    # where letters are of one width, readers take a mark that is moved onto its letter for what stands before it
    moved = is_monospaced(writer.fontName) and any(position.x_offset < 0 for position in positions)
    differs = JOINER in text or moved or _composed(said) != _composed(text)
    return run.setting(_composed(text) if differs and not rtl else None)


def _baked(
    clusters: Sequence[int], written: Sequence[tuple[int, str]], positions: Sequence[hb.GlyphPosition], rtl: bool
) -> dict[int, list[tuple[int, int, int]]]:
    """Glyphs that are drawn as part of a letter, by the letter's index: (index, offsets in font units).

    Dots that are set apart from their letters would fall apart from them for whoever reads the text out.
    """
    pens = list(accumulate((position.x_advance for position in positions), initial=0))
    found: dict[int, list[tuple[int, int, int]]] = {}
    letter = None
    order = range(len(written))
    for index in reversed(order) if rtl else order:
        position = positions[index]
        if written[index][1]:
            letter = index
        elif letter is not None and clusters[letter] == clusters[index] and not position.x_advance:
            own = positions[letter]
            dx = pens[index] + position.x_offset - pens[letter] - own.x_offset
            found.setdefault(letter, []).append((index, dx, position.y_offset - own.y_offset))
    return found


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", plainly(text))


def _written(
    writer: Writer, text: str, clusters: Sequence[int], glyphs: Sequence[int], rtl: bool
) -> list[tuple[int, str]]:
    """The code point of each glyph and what it reads as."""
    known = readings(*writer.file)
    bounds = [*sorted(set(clusters)), len(text)]
    left = {start: text[start:end] for start, end in pairwise(bounds)}
    written: list[tuple[int, str]] = [(0, "")] * len(glyphs)
    order = range(len(glyphs))
    for index in reversed(order) if rtl else order:  # a letter stands before its marks
        start, glyph = clusters[index], glyphs[index]
        choices = known.get(glyph, ())
        reading = max((choice for choice in choices if _holds(left[start], choice)), key=len, default="")
        for letter in reading:
            left[start] = left[start].replace(letter, "", 1)
        if len(reading) == 1 and writer.shaper.get_nominal_glyph(ord(reading)) == glyph:
            written[index] = (ord(reading), reading)
        else:
            written[index] = (point_of(glyph, choices.index(reading) if reading else -1), reading)
    return written


def _holds(text: str, choice: str) -> bool:
    return all(text.count(letter) >= choice.count(letter) for letter in choice)


class _Run:
    """Glyphs of one face being gathered into arrays of one subset each."""

    def __init__(self, writer: Writer, scale: float) -> None:
        self._writer = writer
        self._scale = scale
        self._arrays: list[tuple[int, list[str]]] = []
        self._moved = self._width = 0.0
        self.glyphs: list[Written] = []

    def add(self, glyph: Written, position: hb.GlyphPosition, advance: int) -> None:
        subset, code = encode(glyph.point)
        scale = self._scale
        if not self._arrays or self._arrays[-1][0] != subset:
            self._arrays.append((subset, []))
        array = self._arrays[-1][1]
        before = self._moved + position.x_offset * scale
        if round(before, 1):
            array.append(f"{-before:.1f}".removesuffix(".0"))
        drawn = f"({escapePDF(bytes([code]))})"
        array.append(f"\x03{position.y_offset * scale:.0f}\x03{drawn}\x04" if position.y_offset else drawn)
        self._moved = (position.x_advance - advance - position.x_offset) * scale
        self._width += position.x_advance * scale
        self.glyphs.append(glyph)

    def setting(self, actual: str | None) -> Setting:
        """What was gathered; ``actual`` is what it reads as where its glyphs do not say so."""
        if round(self._moved, 1) and self._arrays:
            self._arrays[-1][1].append(f"{-self._moved:.1f}".removesuffix(".0"))
        pieces = [((self._writer, subset), "".join(array)) for subset, array in self._arrays]
        if actual is not None and pieces:
            said = ("\ufeff" + plainly(actual)).encode("utf-16-be", "replace").hex().upper()
            pieces[0] = (pieces[0][0], f"\x01{said}\x01{pieces[0][1]}")
            pieces[-1] = (pieces[-1][0], f"{pieces[-1][1]}\x02")
        return Setting(pieces, self._width, self.glyphs)


def operators(array: str, size: float, rise: float) -> str:
    """The text operators of an array in which places are marked where glyphs are raised or read as something else."""
    array = _ACTUAL.sub(r"]TJ /Span<</ActualText<\1>>>BDC [", array).replace("\x02", "]TJ EMC [")
    parts = array.replace("\x04", f"]TJ {rise:.2f} Ts [").split("\x03")
    raised = [
        f"]TJ {rise + float(part) * size / 1000:.2f} Ts [" if index % 2 else part for index, part in enumerate(parts)
    ]
    return f"[{''.join(raised)}]TJ".replace("[]TJ ", "").removesuffix("[]TJ")
