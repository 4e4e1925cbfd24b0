"""The files of the faces, opened when first asked for: which characters they have, how wide, and their measures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont

from casebound.style import Face

__all__ = ["FaceFile", "Faces", "Measures"]

_FIXED_PITCH, _SYMBOLIC, _ITALIC = 1, 4, 64  # ISO 32000-2 table 121


@dataclass(frozen=True, slots=True)
class Measures:
    """What a font descriptor says of a face, in thousandths of an em (ISO 32000-2 9.8)."""

    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    stem: int
    flags: int


class FaceFile:
    """One TrueType file."""

    def __init__(self, face: Face) -> None:
        self.name = face.name
        self._path = face.path

    @cached_property
    def bytes(self) -> bytes:
        return self._path.read_bytes()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.bytes).hexdigest()

    @cached_property
    def font(self) -> Any:
        """The font as fontTools reads it; nothing may be changed in it."""
        return TTFont(BytesIO(self.bytes), lazy=True, recalcTimestamp=False)

    @cached_property
    def glyphs(self) -> Mapping[int, str]:
        """Glyph name of each code point."""
        glyphs: Mapping[int, str] = self.font.getBestCmap() or {}
        return glyphs

    def width(self, glyph: str) -> float:
        """Advance width of a glyph in thousandths of an em."""
        return float(self.font["hmtx"][glyph][0] * self._scale)

    @cached_property
    def missing(self) -> str:
        """The name of glyph 0."""
        return str(self.font.getGlyphOrder()[0])

    @cached_property
    def _scale(self) -> float:
        return 1000 / int(self.font["head"].unitsPerEm)

    @cached_property
    def measures(self) -> Measures:
        font = self.font
        head, hhea, post = font["head"], font["hhea"], font["post"]
        weight = font["OS/2"].usWeightClass if "OS/2" in font else 400
        cap = getattr(font["OS/2"], "sCapHeight", 0) if "OS/2" in font else 0
        flags = _SYMBOLIC | (_FIXED_PITCH if post.isFixedPitch else 0) | (_ITALIC if post.italicAngle else 0)
        box = tuple(round(edge * self._scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax))
        return Measures(
            box=(box[0], box[1], box[2], box[3]),
            ascent=round(hhea.ascent * self._scale),
            descent=round(hhea.descent * self._scale),
            cap_height=round((cap or hhea.ascent) * self._scale),
            italic_angle=float(post.italicAngle),
            stem=round(50 + (weight / 65) ** 2),
            flags=flags,
        )


class Faces:
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

    def lender(self, name: str, point: int) -> FaceFile | None:
        """The face that draws a code point where ``name`` is asked for: itself or a fallback; None if none can."""
        chain = (name, *self._faces[name].fallbacks) if name in self._faces else (name,)
        return next((self.file(face) for face in chain if point in self.file(face).glyphs), None)
