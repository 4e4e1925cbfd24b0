"""Markers at the ends and corners of lines (SVG 2 13.7)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from casebound.svg import Element
from casebound.typesetting.graphics.svg.matrices import Matrix, Point, multiplied, scaled
from casebound.typesetting.graphics.svg.outlines import Outline, moved, rectangle
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Clip, Node, OutlineStroke, Paint, SceneGroup
from casebound.typesetting.graphics.svg.styles.style import reference
from casebound.typesetting.graphics.svg.styles.values import Lengths, degrees
from casebound.typesetting.graphics.svg.viewports import fitted, view_box

__all__ = ["marked"]

_ENDS = ("marker-start", "marker-mid", "marker-end")


def marked(
    reader: DrawingReader, line: Outline, state: ElementState, fill: Paint | None, stroke: OutlineStroke | None
) -> list[Node]:
    """The markers of a line."""
    named = {end: reader.named.get(reference(state.style[end])[0]) for end in _ENDS}
    found = {end: marker for end, marker in named.items() if marker is not None}
    if not found:
        return []
    width = state.lengths.of(state.style["stroke-width"], 1.0, "xy") if state.style["stroke-width"] else 1.0
    inner = replace(state, context=(fill, stroke.paint if stroke else None), repeated=True)
    corners = list(_corners(line))
    nodes: list[Node] = []
    for index, (point, into, out) in enumerate(corners):
        ends = [_ENDS[1]] if 0 < index < len(corners) - 1 else []
        ends += [_ENDS[0]] if index == 0 else []
        ends += [_ENDS[2]] if index == len(corners) - 1 else []
        for end in ends:
            marker = found.get(end)
            if marker is not None and etree.QName(marker).localname == "marker":
                angle = _angle(marker.get("orient", "0"), into, out, at_start=end == _ENDS[0])
                nodes += _marker(reader, marker, inner, point, angle, width)
    return nodes


def _marker(
    reader: DrawingReader, marker: Element, state: ElementState, point: Point, angle: float, width: float
) -> list[Node]:
    lengths = state.lengths
    wide = lengths.of(marker.get("markerWidth", "3"))
    high = lengths.of(marker.get("markerHeight", "3"), across="y")
    if wide <= 0 or high <= 0:
        return []
    box = view_box(marker)
    own: Matrix = fitted(box, (0, 0, wide, high), marker.get("preserveAspectRatio", "")) if box else (1, 0, 0, 1, 0, 0)
    near = Lengths(box[2], box[3]) if box else Lengths(wide, high)
    x, y = (near.of(marker.get(key), across=across) for key, across in (("refX", "x"), ("refY", "y")))
    factor = width if marker.get("markerUnits", "strokeWidth") != "userSpaceOnUse" else 1.0
    turn = math.radians(angle)
    place: Matrix = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), *point)
    # the reference point of the marker, seen through its view box, comes to lie on the point of the line
    to_x, to_y = own[0] * x + own[4], own[3] * y + own[5]
    frame = multiplied(multiplied(place, scaled(factor, factor)), (1, 0, 0, 1, -to_x, -to_y))
    with reader.entering(marker) as fresh:
        if not fresh:
            return []
        style = reader.style_of(marker)
        outer = multiplied(state.matrix, frame)
        inner = replace(state, style=style, matrix=multiplied(outer, own), lengths=near.sized(style.size))
        nodes = [node for child in marker.iterchildren(etree.Element) for node in reader.element(child, inner)]
    if not nodes or style["overflow"] in ("visible", "auto"):
        return nodes
    return [
        SceneGroup(tuple(nodes), (Clip(moved(rectangle(0, 0, wide, high), outer)),), opacity=style.share("opacity"))
    ]


def _angle(orient: str, into: float | None, out: float | None, *, at_start: bool) -> float:
    """The angle of a marker in degrees."""
    orient = orient.strip()
    if not orient.startswith("auto"):
        return degrees(orient) or 0.0
    into, out = (into if into is not None else out), (out if out is not None else into)
    if into is None or out is None:
        angle = 0.0
    else:
        turn = (out - into + math.pi) % (2 * math.pi) - math.pi
        angle = math.degrees(into + turn / 2)
    return angle + 180 if orient == "auto-start-reverse" and at_start else angle


def _corners(line: Outline) -> Iterator[tuple[Point, float | None, float | None]]:
    """Each vertex of a line with the directions into it and out of it in radians, None at the ends."""
    parts: list[list[tuple[Point, float | None, float | None]]] = []
    for kind, points in line:
        if kind == "M":
            parts.append([(points[0], None, None)])
            continue
        run = parts[-1]
        before = run[-1][0]
        stations = [before, *(points or (run[0][0],))]
        out = _direction(stations)
        into = _direction([*reversed(stations)])
        run[-1] = (before, run[-1][1], out if out is not None else run[-1][2])
        run.append((stations[-1], None if into is None else into + math.pi, None))
        if kind == "Z":
            first = run[0]
            run[-1] = (*run[-1][:2], first[2])
            run[0] = (first[0], run[-1][1], first[2])
    yield from (corner for run in parts for corner in run)


def _direction(stations: list[Point]) -> float | None:
    """The direction in which a step leaves its first point; None where it does not move."""
    x, y = stations[0]
    for to_x, to_y in stations[1:]:
        if math.hypot(to_x - x, to_y - y) > 1e-9:
            return math.atan2(to_y - y, to_x - x)
    return None
