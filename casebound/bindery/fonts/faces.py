"""The files of the faces, opened when first asked for: which characters they have, how wide, and their measures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from casebound.model.encoding import GLYPHS, glyph_number
from casebound.model.style import Face
from casebound.model.substitutes import code_rows, drawn_as, is_monospaced, substitute_advance

__all__ = ["FaceFile", "FontDescriptorMetrics", "StyleFaces"]

_COARSE = 0.6  # thousandths of an em by which a curve may stray when its kind is changed
_FIXED_PITCH, _SYMBOLIC, _ITALIC = 1, 4, 64  # ISO 32000-2 table 121


@dataclass(frozen=True, slots=True)
class FontDescriptorMetrics:
    """What a font descriptor says of a face, in thousandths of an em (ISO 32000-2 9.8)."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    stem: int
    flags: int


class FaceFile:
    """One face of a font file: TrueType or CFF outlines, alone or in a collection, variable or not."""

    def __init__(self, face: Face) -> None:
        self.name = face.name
        self._face = face

    @cached_property
    def bytes(self) -> bytes:
        return self._face.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()

    @property
    def marks(self) -> tuple[object, ...]:
        """What tells this face from all others."""
        return (self.digest, self._face.number, self._face.weight)

    @cached_property
    def font(self) -> Any:
        """The font as fontTools reads it; nothing may be changed in it."""
        return TTFont(BytesIO(self.bytes), fontNumber=self._face.number, lazy=True, recalcTimestamp=False)

    @property
    def is_plain(self) -> bool:
        """Whether its glyphs can be embedded as they are."""
        return "glyf" in self.font and not self._face.weight

    @cached_property
    def _drawn(self) -> Any:
        location = {"wght": self._face.weight} if self._face.weight else None
        return self.font.getGlyphSet(location=location)

    def drawn(self, glyph: str, parts: Sequence[tuple[int, int, int]] = ()) -> Any:
        """A glyph drawn again with quadratic curves, at the face's weight and without components.

        ``parts`` are the numbers of glyphs drawn with it, and their offsets in font units.
        """
        outline = DecomposingRecordingPen(self._drawn)
        self._drawn[glyph].draw(outline)
        for number, dx, dy in parts:
            self._drawn[self.font.getGlyphName(number)].draw(TransformPen(outline, (1, 0, 0, 1, dx, dy)))
        pen = TTGlyphPen(None)
        outline.replay(pen if "glyf" in self.font else Cu2QuPen(pen, _COARSE / self._scale, reverse_direction=True))
        return pen.glyph()

    def advance(self, glyph: str) -> int:
        """Advance width of a glyph in font units."""
        return int(self.font["hmtx"][glyph][0]) if self.is_plain else round(self._drawn[glyph].width)

    @cached_property
    def glyphs(self) -> Mapping[int, str]:
        """Glyph name of each code point."""
        glyphs: Mapping[int, str] = self.font.getBestCmap() or {}
        return glyphs

    def width(self, glyph: str) -> float:
        """Advance width of a glyph in thousandths of an em."""
        return float(self.advance(glyph) * self._scale)

    def glyph(self, point: int) -> str:
        """The glyph that a code point of ``casebound.model.encoding`` is drawn with."""
        if point >= GLYPHS:
            return str(self.font.getGlyphName(glyph_number(point)))
        drawn = drawn_as(point, self.glyphs.__contains__)
        return self.missing if drawn is None else self.glyphs[drawn]

    def lacks(self, point: int) -> bool:
        """Whether a character is drawn as a box with its code."""
        return point < GLYPHS and drawn_as(point, self.glyphs.__contains__) is None

    def point_width(self, point: int) -> float:
        """Advance width of a character as it is drawn, in thousandths of an em."""
        return substitute_advance(point, self._cell) if self.lacks(point) else self.width(self.glyph(point))

    @cached_property
    def _cell(self) -> float:
        """The advance width that all letters share, in thousandths of an em; 0 where they differ."""
        return self.width(self.glyph(ord("m"))) if is_monospaced(self.name) else 0.0

    def box(self, point: int) -> tuple[Any, int]:
        """The box that stands for a character, with its code in it, and its advance width in font units."""
        advance = round(self.point_width(point) / self._scale)
        pen = TTGlyphPen(None)
        edge, foot, head, line = advance * 0.05, -0.16 / self._scale * 1000, 0.82 / self._scale * 1000, 26 / self._scale
        _frame(pen, edge, foot, advance - edge, head, line)
        rows = code_rows(point)
        wide, high = (advance - 2 * edge - 2 * line) / len(rows[0]), (head - foot - 2 * line) / 2
        for index, digits in enumerate(rows):
            for place, digit in enumerate(digits):
                corner = (edge + line + place * wide, foot + line + (1 - index) * high)
                self._draw_digit(pen, digit, corner, wide, high)
        return pen.glyph(), advance

    def _draw_digit(self, pen: Any, digit: str, corner: tuple[float, float], wide: float, high: float) -> None:
        """A digit in the middle of its part of a box, as large as there is room."""
        glyph = self.glyphs.get(ord(digit))
        if glyph is None:
            return
        bounds = BoundsPen(self._drawn)
        self._drawn[glyph].draw(bounds)
        left, bottom, right, top = bounds.bounds
        scale = min(wide * 0.84 / (right - left), high * 0.78 / (top - bottom))
        dx = corner[0] + (wide - (left + right) * scale) / 2
        dy = corner[1] + (high - (bottom + top) * scale) / 2
        outline = DecomposingRecordingPen(self._drawn)
        self._drawn[glyph].draw(TransformPen(outline, (scale, 0, 0, scale, dx, dy)))
        outline.replay(pen)

    @cached_property
    def missing(self) -> str:
        """The name of glyph 0."""
        return str(self.font.getGlyphOrder()[0])

    @cached_property
    def _scale(self) -> float:
        return 1000 / int(self.font["head"].unitsPerEm)

    @cached_property
    def measures(self) -> FontDescriptorMetrics:
        font = self.font
        head, hhea, post = font["head"], font["hhea"], font["post"]
        weight = font["OS/2"].usWeightClass if "OS/2" in font else 400
        cap = getattr(font["OS/2"], "sCapHeight", 0) if "OS/2" in font else 0
        flags = _SYMBOLIC | (_FIXED_PITCH if post.isFixedPitch else 0) | (_ITALIC if post.italicAngle else 0)
        box = tuple(round(edge * self._scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax))
        return FontDescriptorMetrics(
            box=(box[0], box[1], box[2], box[3]),
            ascent=round(hhea.ascent * self._scale),
            descent=round(hhea.descent * self._scale),
            cap_height=round((cap or hhea.ascent) * self._scale),
            italic_angle=float(post.italicAngle),
            stem=round(50 + (weight / 65) ** 2),
            flags=flags,
        )


class StyleFaces:
    """The faces of a style by name."""

    def __init__(self, faces: Mapping[str, Face]) -> None:
        self._faces = faces
        self._files: dict[str, FaceFile] = {}

    def file(self, name: str) -> FaceFile:
        """The file of a face. Raises ValueError for a face the style does not have."""
        if name not in self._files:
            if name not in self._faces:
                raise ValueError(f"the style has no face {name}")
            self._files[name] = FaceFile(self._faces[name])
        return self._files[name]

    def lender(self, name: str, point: int) -> FaceFile:
        """The face that draws a code point where ``name`` is asked for: it, a fallback, or it with a box."""
        chain = (name, *self._faces[name].fallbacks) if name in self._faces else (name,)
        having = (self.file(face) for face in chain if point in self.file(face).glyphs)
        alike = (self.file(face) for face in chain if not self.file(face).lacks(point))
        return next(having, None) or next(alike, None) or self.file(name)


def _frame(pen: Any, left: float, bottom: float, right: float, top: float, line: float) -> None:
    """A rectangle and, the other way round, the rectangle within it."""
    inner = (left + line, bottom + line, right - line, top - line)
    for (x0, y0, x1, y1), turned in (((left, bottom, right, top), False), (inner, True)):
        corners = [(x0, y0), (x0, y1), (x1, y1), (x1, y0)]
        first, *others = reversed(corners) if turned else corners
        pen.moveTo(first)
        for corner in others:
            pen.lineTo(corner)
        pen.closePath()
