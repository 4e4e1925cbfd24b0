"""The points of a line, a path or a polygon of a drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from svglib.utils import normalise_svg_path

__all__ = ["Point", "points"]

Point = tuple[float, float]


def points(line: etree._Element) -> list[Point]:
    """The points of a line, with the control points of its curves: its first and last two give its direction."""
    name = etree.QName(line).localname
    if name == "line":
        x1, y1, x2, y2 = (_length(line.get(key, "")) for key in ("x1", "y1", "x2", "y2"))
        return [(x1, y1), (x2, y2)]
    if name == "path":
        try:
            found = list(_path_points(line.get("d", "")))
        except (ValueError, IndexError, TypeError):
            return []
    else:
        numbers = [float(value) for value in re.findall(r"-?[0-9]*\.?[0-9]+", line.get("points", ""))]
        found = list(zip(numbers[::2], numbers[1::2], strict=False))
    return [point for index, point in enumerate(found) if index == 0 or point != found[index - 1]]


def _path_points(data: str) -> Iterator[Point]:
    """The points of a path, absolute."""
    steps = normalise_svg_path(data)
    x = y = 0.0
    start = (0.0, 0.0)
    for command, values in zip(steps[::2], steps[1::2], strict=True):
        kind = str(command).lower()
        left, top = (x, y) if str(command).islower() else (0.0, 0.0)
        numbers = [float(value) for value in values]
        if kind == "z":
            pairs = [start]
        elif kind == "h":
            pairs = [(left + numbers[0], y)]
        elif kind == "v":
            pairs = [(x, top + numbers[0])]
        else:
            numbers = numbers[-2:] if kind == "a" else numbers
            pairs = [(left + a, top + b) for a, b in zip(numbers[::2], numbers[1::2], strict=True)]
        x, y = pairs[-1]
        start = (x, y) if kind == "m" else start
        yield from pairs


def _length(text: str) -> float:
    match = re.match(r"\s*(-?[0-9]*\.?[0-9]+)", text)
    return float(match[1]) if match else 0.0
