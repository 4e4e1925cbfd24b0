"""Shapes: their outlines, fill, stroke and markers (SVG 2 10, 13)."""

from __future__ import annotations

import math
from collections.abc import Callable

from lxml import etree

from casebound.svg import Element
from casebound.typesetting.graphics.svg import markers, outlines
from casebound.typesetting.graphics.svg.matrices import IDENTITY, Box, Matrix
from casebound.typesetting.graphics.svg.outlines import Outline, box_of, moved
from casebound.typesetting.graphics.svg.paints import paint
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Node, OutlineStroke, Paint, Rule, Shape
from casebound.typesetting.graphics.svg.styles.lengths import length_of
from casebound.typesetting.graphics.svg.styles.style import SvgStyle
from casebound.typesetting.graphics.svg.styles.values import Lengths, floats

__all__ = ["SHAPES", "drawn", "outline", "painted", "through"]

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_MARKED = frozenset({"path", "line", "polyline", "polygon"})
_FINEST = 0.05  # a dash shorter than this is a line, and costs a viewer all its memory
_CAPS = {"round": 1, "square": 2}
_JOINS = {"round": 1, "bevel": 2}


def through(outline: Outline, matrix: Matrix) -> Outline:
    """An outline in the scene."""
    return moved(outline, matrix) if matrix != IDENTITY else outline


def drawn(reader: DrawingReader, element: Element, state: ElementState) -> list[Node]:
    """The nodes of a shape."""
    line = outline(element, state.style, state.lengths)
    if not line:
        return []
    nodes: dict[str, list[Node]] = {"fill": [], "stroke": [], "markers": []}
    if not state.style.is_hidden:
        box = box_of(line)
        fill, stroke = painted(reader, element, state, lambda: box, length_of(line) if _has_length(element) else 0.0)
        if etree.QName(element).localname == "line":
            fill = None
        _paint(nodes, line, state, fill, stroke)
        if etree.QName(element).localname in _MARKED:
            nodes["markers"] += markers.marked(reader, line, state, fill, stroke)
    order = [word for word in state.style["paint-order"].split() if word in nodes]
    order += [word for word in nodes if word not in order]
    return [node for word in order for node in nodes[word]]


def _paint(
    nodes: dict[str, list[Node]], line: Outline, state: ElementState, fill: Paint | None, stroke: OutlineStroke | None
) -> None:
    style, matrix = state.style, state.matrix
    rule: Rule = "evenodd" if style["fill-rule"] == "evenodd" else "nonzero"
    opacity = style.share("fill-opacity")
    steady = stroke is not None and style["vector-effect"] == "non-scaling-stroke"
    apart = style["paint-order"].split()[:1] not in ([], ["normal"], ["fill"])
    if fill is not None and (stroke is None or steady or apart or opacity < 1 or stroke.opacity < 1):
        nodes["fill"].append(Shape(line, matrix, fill, opacity, rule))
        fill = None
    if fill is not None or (stroke is not None and not steady):
        nodes["stroke"].append(Shape(line, matrix, fill, opacity, rule, stroke))
    elif stroke is not None:
        nodes["stroke"].append(Shape(moved(line, matrix), IDENTITY, None, 1.0, rule, stroke))


def _has_length(element: Element) -> bool:
    return "pathLength" in element.attrib


def outline(element: Element, style: SvgStyle, lengths: Lengths) -> Outline:
    """The outline of a shape; empty where it has none."""
    name = etree.QName(element).localname

    def get(key: str, across: str = "x", otherwise: float = 0.0) -> float:
        return lengths.of(style[key] or element.get(key), otherwise, across)

    if name == "path":
        data = style["d"]
        stated = data[data.find('"') + 1 : data.rfind('"')] if data.startswith("path(") else element.get("d", "")
        return outlines.path(stated)
    if name == "line":
        places = (lengths.of(element.get(key), 0.0, key[0]) for key in ("x1", "y1", "x2", "y2"))
        return outlines.polyline(list(places))
    if name in ("polyline", "polygon"):
        return outlines.polyline(floats(element.get("points")), closed=name == "polygon")
    if name == "rect":
        return _rectangle(get("x"), get("y", "y"), get("width"), get("height", "y"), get)
    if name == "circle":
        rx = ry = get("r", "xy")
    else:
        rx, ry = get("rx", "x", -1.0), get("ry", "y", -1.0)
        rx, ry = (rx if rx >= 0 else ry), (ry if ry >= 0 else rx)
    return outlines.ellipse(get("cx"), get("cy", "y"), rx, ry) if rx > 0 and ry > 0 else ()


def _rectangle(x: float, y: float, width: float, height: float, get: Callable[..., float]) -> Outline:
    if width <= 0 or height <= 0:
        return ()
    rx, ry = get("rx", "x", -1.0), get("ry", "y", -1.0)
    rx, ry = (rx if rx >= 0 else max(ry, 0.0)), (ry if ry >= 0 else max(rx, 0.0))
    return outlines.rectangle(x, y, width, height, min(rx, width / 2), min(ry, height / 2))


def painted(
    reader: DrawingReader, element: Element, state: ElementState, box: Callable[[], Box | None], length: float = 0.0
) -> tuple[Paint | None, OutlineStroke | None]:
    """The fill and stroke of an element; ``length`` is that of its outline where the author says one."""
    fill = paint(reader, "fill", state, box)
    return fill, _stroke(reader, element, state, box, length)


def _stroke(
    reader: DrawingReader, element: Element, state: ElementState, box: Callable[[], Box | None], length: float
) -> OutlineStroke | None:
    style, lengths = state.style, state.lengths
    if style["stroke"] in ("", "none"):
        return None
    width = lengths.of(style["stroke-width"], 1.0, "xy") if style["stroke-width"] else 1.0
    found = paint(reader, "stroke", state, box) if width > 0 else None
    if found is None:
        return None
    factor = length / own if length and (own := lengths.of(element.get("pathLength"))) > 0 else 1.0
    dashes = [dash * factor for dash in lengths.list(style["stroke-dasharray"], "xy")]
    if not dashes or min(dashes) < 0 or sum(dashes) < _FINEST * len(dashes) or not math.isfinite(sum(dashes)):
        dashes = []
    miter = floats(style["stroke-miterlimit"])
    return OutlineStroke(
        found, width, style.share("stroke-opacity"),
        _CAPS.get(style["stroke-linecap"], 0), _JOINS.get(style["stroke-linejoin"], 0),
        max(miter[0], 1.0) if miter else 4.0, tuple(dashes * (1 + len(dashes) % 2)),
        lengths.of(style["stroke-dashoffset"], 0.0, "xy") * factor,
    )  # fmt: skip
