"""Lettering: a short line measured, clipped and written in a face, with fallback faces where it lacks characters."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from casebound.bindery.fonts.faces import StyleFaces
from casebound.bindery.fragment_objects import FontKey
from casebound.bindery.syntax import literal, number
from casebound.i18n.joining import seen
from casebound.model.encoding import encode
from casebound.model.fragment import FolioBox
from casebound.model.style import Lettering

__all__ = ["EncodedRun", "Fit", "Letterer", "fitted"]

_ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
_OPENED, _CLOSED = 0.04, 0.03  # of the size, that letters of a line may be set wider or closer
_SCALED = 0.04  # of their width, that they may be drawn wider or narrower
_KEPT = 0.75  # of what a letter is opened by: a space is closed by it, so that it looks the same between them
_SPACE_CLOSED = 0.07  # of the size, that spaces may be closed in a line too long


@dataclass(frozen=True, slots=True)
class EncodedRun:
    """Neighbouring characters written with one font: its key, the codes, the code points, the width in 1/1000 em."""

    key: FontKey
    codes: bytes
    points: frozenset[int]
    width: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a line is brought to a width: what is added to each letter and each space in points, before it is scaled."""

    indent: float = 0.0
    letters: float = 0.0
    spaces: float = 0.0
    scale: float = 1.0

    def operators(self) -> tuple[bytes, bytes]:
        """The operators that set the text state and those that set it back (ISO 32000-2 9.3.2 to 9.3.4)."""
        state = ((b"Tc", self.letters, 0.0), (b"Tw", self.spaces, 0.0), (b"Tz", self.scale * 100, 100.0))
        changed = [(name, value, usual) for name, value, usual in state if round(value - usual, 3)]
        before = b"".join(b" %b %b" % (number(value), name) for name, value, _ in changed)
        return before, b"".join(b" %b %b" % (number(usual), name) for name, _, usual in changed)


def fitted(width: float, line: str, box: FolioBox) -> Fit:
    """How a line so many points wide is brought into a box.

    In one that it is to fill, letters are opened or closed, and drawn wider or narrower, within what no eye sees. What
    is left of the room is at its left, where the line has a space; what it lacks, its spaces give, and at the last
    all is set narrower.
    """
    if box.align != "justified" or not line:
        return Fit(0.0 if box.align == "left" else max(box.width - width, 0.0), scale=_scale(width, box.width))
    count = line.count(" ")
    letters = _within((box.width - width) / len(line), -_CLOSED * box.size, _OPENED * box.size)
    spaces = -_KEPT * max(letters, 0.0)
    width += letters * len(line) + spaces * count
    scale = _within(box.width / width, 1 - _SCALED, 1 + _SCALED)
    if letters < 0 and count:
        spaces = _within((box.width / scale - width) / count, -_SPACE_CLOSED * box.size, 0.0)
        width += spaces * count
    scale *= _scale(width * scale, box.width)
    return Fit(max(box.width - width * scale, 0.0), letters, spaces, scale)


def _scale(width: float, room: float) -> float:
    """How much narrower a line is set that is wider than its room."""
    return room / width if 0 < room < width else 1.0


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))


class Letterer:
    """Knows how wide a line is and which operators write it."""

    def __init__(self, faces: StyleFaces) -> None:
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
        fits = bisect_right(
            range(len(line)), measure, key=lambda end: self.width(line[:end].rstrip() + _ELLIPSIS, face, size)
        )
        line = line[: max(fits - 1, 0)].rstrip()
        return line + _ELLIPSIS if line else ""

    def write(
        self, line: str, lettering: Lettering, x: float, y: float, resource: Callable[[EncodedRun], bytes],
        fit: Fit | None = None,
    ) -> bytes:  # fmt: skip
        """Operators that write a line from (x, y) on; ``resource`` gives the font's resource name (ISO 32000-2 9.4)."""
        colour = b" ".join(map(number, lettering.colour))
        before, after = fit.operators() if fit else (b"", b"")
        out = b"BT %b rg %b %b Td%b" % (colour, number(x), number(y), before)
        for run in self.runs(line, lettering.face):
            out += b" %b %b Tf %b Tj" % (resource(run), number(lettering.size), literal(run.codes))
        return out + after + b" ET\n"

    def _runs(self, line: str, face: str) -> tuple[EncodedRun, ...]:
        runs: list[tuple[FontKey, bytearray, set[int], list[float]]] = []
        for letter in seen(line):
            key, code, point, width = self._glyph(face, ord(letter))
            if not runs or runs[-1][0] != key:
                runs.append((key, bytearray(), set(), []))
            runs[-1][1].append(code)
            runs[-1][3].append(width)
            if code:
                runs[-1][2].add(point)
        return tuple(
            EncodedRun(key, bytes(codes), frozenset(points), sum(widths)) for key, codes, points, widths in runs
        )

    def _find(self, face: str, point: int) -> tuple[FontKey, int, int, float]:
        """Font, code, code point and width of a character as ``face`` or one of its fallbacks writes it."""
        if point == 0xA0:
            point = 0x20
        lender = self._faces.lender(face, point)
        subset, code = encode(point)
        return (lender.name, subset), code, point, lender.point_width(point)
