"""Lettering: a short line measured, clipped and written in a face, with fallback faces where it lacks characters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from casebound.bindery.faces import Faces
from casebound.bindery.stock import FontKey
from casebound.bindery.syntax import literal, number
from casebound.encoding import MISSING, encode
from casebound.joining import seen
from casebound.style import Lettering

__all__ = ["Letterer", "Run"]

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring characters written with one font: its key, the codes, the code points, the width in 1/1000 em."""

    key: FontKey
    codes: bytes
    points: frozenset[int]
    width: float


class Letterer:
    """Knows how wide a line is and which operators write it."""

    def __init__(self, faces: Faces) -> None:
        self._faces = faces
        self.runs = cache(self._runs)
        self._glyph = cache(self._find)

    def width(self, line: str, face: str, size: float) -> float:
        """Width of a line in points."""
        return sum(self._glyph(face, ord(letter))[3] for letter in seen(line)) * size / 1000

    def clip(self, line: str, face: str, size: float, measure: float) -> str:
        """The line with white space folded, and with an ellipsis for what does not fit into ``measure`` points."""
        line = " ".join(line.split())
        if self.width(line, face, size) <= measure:
            return line
        while line and self.width(line + _ELLIPSIS, face, size) > measure:
            line = line[:-1].rstrip()
        return line + _ELLIPSIS if line else ""

    def write(
        self, line: str, lettering: Lettering, x: float, y: float, resource: Callable[[Run], bytes], stretch: float = 1
    ) -> bytes:
        """Operators that write a line from (x, y) on; ``resource`` gives the font's resource name (ISO 32000-2 9.4)."""
        colour = b" ".join(map(number, lettering.colour))
        out = [b"BT %b rg %b %b Td" % (colour, number(x), number(y))]
        if stretch != 1:
            out.append(b"%b Tz" % number(100 * stretch))
        for run in self.runs(line, lettering.face):
            out.append(b"%b %b Tf %b Tj" % (resource(run), number(lettering.size), literal(run.codes)))
        if stretch != 1:
            out.append(b"100 Tz")
        return b" ".join(out) + b" ET\n"

    def _runs(self, line: str, face: str) -> tuple[Run, ...]:
        runs: list[tuple[FontKey, bytearray, set[int], list[float]]] = []
        for letter in seen(line):
            key, code, point, width = self._glyph(face, ord(letter))
            if not runs or runs[-1][0] != key:
                runs.append((key, bytearray(), set(), []))
            runs[-1][1].append(code)
            runs[-1][3].append(width)
            if code:
                runs[-1][2].add(point)
        return tuple(Run(key, bytes(codes), frozenset(points), sum(widths)) for key, codes, points, widths in runs)

    def _find(self, face: str, point: int) -> tuple[FontKey, int, int, float]:
        """Font, code, code point and width of a character as ``face`` or one of its fallbacks writes it."""
        if point == 0xA0:
            point = 0x20
        lender = self._faces.lender(face, point)
        if lender is None:
            own = self._faces.file(face)
            return (face, MISSING[0]), MISSING[1], 0, own.width(own.missing)
        subset, code = encode(point)
        return (lender.name, subset), code, point, lender.width(lender.glyphs[point])
