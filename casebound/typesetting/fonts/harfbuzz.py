"""HarfBuzz: which glyphs of a face show a text, and where they are."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import uharfbuzz as hb

from casebound.model.substitutes import is_monospaced
from casebound.typesetting.fonts.writer import FaceWriter

__all__ = ["JOINER", "GlyphBounds", "ShapedGlyph", "advances_of", "glyphs_of", "ink", "opened"]

JOINER = "\u034f"
"""Keeps a letter and the mark after it from becoming one glyph: the combining grapheme joiner."""

_IN_CELLS = {"liga": False, "clig": False, "calt": False}  # each letter of code keeps its cell


@cache
def opened(path: str, number: int, weight: int) -> hb.Font:
    """A face's file as HarfBuzz has it, at a weight if it is variable."""
    font = hb.Font(hb.Face(hb.Blob.from_file_path(path), number))
    if weight:
        font.set_variations({"wght": float(weight)})
    return font


class ShapedGlyph(NamedTuple):
    """A glyph of a text: its number, where its cluster begins, and its place, in units of the face."""

    number: int
    cluster: int
    advance: int
    dx: int
    dy: int


def _shape(writer: FaceWriter, text: str, *, rtl: bool, keeping: bool) -> hb.Buffer:
    """A text as HarfBuzz shapes it, ``keeping`` what is never seen."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.direction = "rtl" if rtl else "ltr"
    buffer.language = "und"  # else it is the language of the machine
    buffer.guess_segment_properties()
    buffer.flags = hb.BufferFlags.DEFAULT if keeping else hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
    hb.shape(writer.shaper, buffer, _IN_CELLS if is_monospaced(writer.fontName) else None)
    return buffer


def glyphs_of(writer: FaceWriter, text: str, *, rtl: bool) -> list[ShapedGlyph]:
    """The glyphs of a text, from left to right."""
    # marks after a joiner that is removed would be set off by its width
    joined = JOINER in text
    buffer = _shape(writer, text, rtl=rtl, keeping=joined)
    found = [
        ShapedGlyph(info.codepoint, info.cluster, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
    ]
    if not joined:
        return found
    blank = writer.shaper.get_nominal_glyph(0x20)
    return [glyph for glyph in found if glyph.number != blank or glyph.advance]


def advances_of(writer: FaceWriter, text: str) -> tuple[list[int], list[int]]:
    """The numbers and advances of the glyphs of a text that runs from left to right; none where one is moved."""
    buffer = _shape(writer, text, rtl=False, keeping=False)
    positions = [place.position for place in buffer.glyph_positions or ()]
    if any(dx or dy for dx, dy, _, _ in positions):
        return [], []
    return [info.codepoint for info in buffer.glyph_infos or ()], [advance for _, _, advance, _ in positions]


class GlyphBounds(NamedTuple):
    """Where a glyph of a text leaves ink, in sizes, and whether its face moved it there."""

    left: float
    bottom: float
    right: float
    top: float
    moved: bool


def ink(writer: FaceWriter, text: str) -> list[GlyphBounds]:
    """The ink of each glyph of a text that runs from left to right."""
    font = writer.shaper
    found, pen, em = [], 0.0, font.face.upem
    for glyph in glyphs_of(writer, text, rtl=False):
        extents = font.get_glyph_extents(glyph.number)
        if extents is not None and extents.width:
            left, top = pen + glyph.dx + extents.x_bearing, glyph.dy + extents.y_bearing
            edges = (left / em, (top + extents.height) / em, (left + extents.width) / em, top / em)
            found.append(GlyphBounds(*edges, bool(glyph.dx or glyph.dy)))
        pen += glyph.advance
    return found
