"""A formula as outlines in thousandths of its size, measured from the baseline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from reportlab.lib.colors import Color, toColor
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject

from casebound.tex import depth, reason
from casebound.tex.reading import reading

__all__ = ["BrokenFormula", "Formula", "formula"]

_EM = 1000  # units of a formula's outlines
_BEARING = 40  # units left beside a letter at either end
_SET_AT = 10.0  # size at which ziamath sets: its lengths that are no part of an em are right at a text's size
_SCALE = _EM / _SET_AT
_LONGEST = 4_000  # characters of TeX: a longer formula costs seconds
_DEEPEST = 60  # nested groups

Point = tuple[float, float]


class BrokenFormula(Exception):
    """TeX that cannot be set; the message says why."""


@dataclass(frozen=True, slots=True)
class FormulaMark:
    """One outline and its box: filled, or stroked with a pen ``stroke`` wide; in the text's colour or its own.

    The outline begins at its ``origin``: the same letter is the same bytes wherever it is, and costs little when
    the page is compressed.
    """

    path: PDFPathObject
    box: tuple[float, float, float, float]
    origin: Point
    colour: Color | None = None
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula in units of 1/1000 of its size: left edge, width, extent above and below the baseline, outlines.

    ``reading`` is what it says in a line of plain text.
    """

    left: float
    width: float
    ascent: float
    descent: float
    marks: tuple[FormulaMark, ...]
    reading: str = ""

    def draw(self, canvas: Canvas, x: float, y: float, size: float, colour: Color) -> None:
        """Draw it with its baseline's left end at a point, in a size in points."""
        canvas.saveState()
        canvas.translate(x, y)
        canvas.scale(size / _EM, size / _EM)
        canvas.translate(-self.left, 0)
        x = y = 0.0
        for mark in self.marks:
            dx, dy = round(mark.origin[0] - x, 1), round(mark.origin[1] - y, 1)
            canvas.translate(dx, dy)
            x, y = x + dx, y + dy
            ink = mark.colour or colour
            if mark.stroke:
                canvas.setStrokeColor(ink)
                canvas.setLineWidth(mark.stroke)
                canvas.drawPath(mark.path, stroke=1, fill=0)
            else:
                canvas.setFillColor(ink)
                canvas.drawPath(mark.path, stroke=0, fill=1, fillMode=1)
        canvas.restoreState()


@lru_cache(maxsize=4096)
def formula(tex: str, display: bool = False) -> Formula:
    """A formula from its TeX source, large where it is displayed. Raises BrokenFormula."""
    if len(tex) > _LONGEST:
        raise BrokenFormula(f"it has {len(tex)} characters")
    if depth(tex) > _DEEPEST:
        raise BrokenFormula("its groups are nested too deeply")
    from casebound.typesetting.math.engine import lay_out
    from casebound.typesetting.math.mathml import mathml

    try:
        root = mathml(tex, display)
        read = reading(root)
        box, drawing = lay_out(root, _SET_AT)
    except Exception as error:
        # ziamath and latex2mathml end in whatever error an unforeseen construct leads them to
        raise BrokenFormula(reason(error, tex)) from error
    marks = tuple(_marks(drawing))
    if not marks:
        raise BrokenFormula("it is empty")
    return _trimmed(marks, max(box.bbox.xmax, box.xadvance()) * _SCALE, read)


def _trimmed(marks: tuple[FormulaMark, ...], advance: float, read: str) -> Formula:
    """The formula without the space that an operator at its beginning or end has around it."""
    left, bottom, right, top = (
        pick(side)
        for pick, side in zip((min, min, max, max), zip(*(mark.box for mark in marks), strict=True), strict=True)
    )
    start = left - _BEARING if left > 2 * _BEARING else min(left, 0.0)
    end = right + _BEARING if advance > right + 2 * _BEARING else max(advance, right)
    return Formula(start, end - start, max(top, 0.0), max(-bottom, 0.0), marks, read)


# ziamath's drawing -> outlines

_NUMBERS = re.compile(r"[MLQCZ]|-?[0-9.]+(?:e-?[0-9]+)?")


def _marks(drawing: ElementTree.Element) -> Iterator[FormulaMark]:
    for element in drawing.iter():
        outline = _OUTLINES.get(element.tag)
        if outline is None:
            continue
        path = PDFPathObject()
        origin, points = outline(path, element)
        stroke = float(element.get("stroke-width", 0)) * _SCALE if element.get("stroke", "none") != "none" else 0.0
        if not points or (element.get("fill") == "none" and not stroke):
            continue
        xs, ys = zip(*points, strict=True)
        edge = stroke / 2
        box = (min(xs) - edge, min(ys) - edge, max(xs) + edge, max(ys) + edge)
        yield FormulaMark(path, box, origin, _colour(element.get("stroke" if stroke else "fill", "")), stroke)


def _colour(name: str) -> Color | None:
    """A colour that the formula itself names."""
    if name in {"", "black", "none", "currentColor"}:
        return None
    try:
        return toColor(name)
    except ValueError:
        return None


def _units(element: ElementTree.Element, *keys: str) -> Iterator[float]:
    for key in keys:
        yield round(float(element.get(key, 0)) * _SCALE)


def _glyph(path: PDFPathObject, element: ElementTree.Element) -> tuple[Point, list[Point]]:
    """A path of M, L, Q, C and Z with absolute coordinates, the y axis turned upwards: its origin, its points."""
    tokens = _NUMBERS.findall(element.get("d", ""))
    at, points = 0, [(0.0, 0.0)]
    origin: Point | None = None
    while at < len(tokens):
        command = tokens[at]
        at += 1
        if command == "Z":
            path.close()
            continue
        count = {"M": 2, "L": 2, "Q": 4, "C": 6}[command]
        values = [float(value) * _SCALE for value in tokens[at : at + count]]
        at += count
        ends = [(x, -y) for x, y in zip(values[::2], values[1::2], strict=True)]
        origin = origin or ends[0]
        points += _segment(path, command, points[-1], ends, origin)
    return origin or (0.0, 0.0), points[1:]


def _segment(path: PDFPathObject, command: str, here: Point, points: list[Point], origin: Point) -> list[Point]:
    if command == "Q":
        (x, y), end = points
        points = [(a + 2 / 3 * (x - a), b + 2 / 3 * (y - b)) for a, b in (here, end)] + [end]
    rounded = [round(value) for x, y in points for value in (x - origin[0], y - origin[1])]
    {"M": path.moveTo, "L": path.lineTo}.get(command, path.curveTo)(*rounded)
    return points


def _rectangle(path: PDFPathObject, element: ElementTree.Element) -> tuple[Point, list[Point]]:
    x, y, width, height = _units(element, "x", "y", "width", "height")
    path.rect(0, -height, width, height)
    return (x, -y), [(x, -y), (x + width, -y - height)]


def _ellipse(path: PDFPathObject, element: ElementTree.Element) -> tuple[Point, list[Point]]:
    x, y, across, down = _units(element, "cx", "cy", "rx", "ry")
    path.ellipse(-across, -down, 2 * across, 2 * down)
    return (x, -y), [(x - across, -y - down), (x + across, -y + down)]


_OUTLINES: dict[str, Callable[[PDFPathObject, ElementTree.Element], tuple[Point, list[Point]]]] = {
    "path": _glyph,
    "rect": _rectangle,
    "ellipse": _ellipse,
}
