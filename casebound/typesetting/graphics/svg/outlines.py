"""Outlines: the data of paths and the basic shapes as lines and cubic curves (SVG 2 9, 10)."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from casebound.typesetting.graphics.svg.matrices import Box, Matrix, Point, applied

__all__ = ["Outline", "Step", "box_of", "ellipse", "joined", "moved", "path", "polyline", "rectangle"]

Step = tuple[str, tuple[Point, ...]]
"""``M`` and ``L`` with a point, ``C`` with three, ``Z`` with none."""

Outline = tuple[Step, ...]

_COMMAND = re.compile(r"[\s,]*([MmZzLlHhVvCcSsQqTtAa])")
_VALUE = re.compile(r"[\s,]*([-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)")
_FLAG = re.compile(r"[\s,]*([01])")
_COUNTS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "s": 4, "q": 4, "t": 2, "a": 7, "z": 0}
_KAPPA = 0.5522847498
_LARGEST = 1e9


def path(data: str) -> Outline:
    """The outline of path data, up to the first mistake in it (SVG 2, 9.5.4)."""
    pen = _CommandPen()
    for command, values in _commands(data):
        pen.draw(command, values)
    return tuple(pen.steps)


def _commands(data: str) -> Iterator[tuple[str, list[float]]]:
    place = 0
    while found := _COMMAND.match(data, place):
        command, place = found[1], found.end()
        count, first = _COUNTS[command.lower()], True
        while True:
            values, after = _values(data, place, count, command in "Aa")
            if values is None:
                if first:
                    return
                break
            yield command, values
            place, first = after, False
            if not count:
                break
            command = {"M": "L", "m": "l"}.get(command, command)
    return


def _values(data: str, place: int, count: int, arc: bool) -> tuple[list[float] | None, int]:
    values = []
    for index in range(count):
        found = (_FLAG if arc and index in (3, 4) else _VALUE).match(data, place)
        if found is None:
            return None, place
        place = found.end()
        value = float(found[1])
        values.append(min(max(value, -_LARGEST), _LARGEST))
    return values, place


class _CommandPen:
    """Draws commands one after the other."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._at: Point = (0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._control: tuple[str, Point] = ("", (0.0, 0.0))

    def draw(self, command: str, values: Sequence[float]) -> None:
        kind = command.lower()
        if not self.steps and kind != "m":
            return
        left, top = self._at if command.islower() else (0.0, 0.0)
        if kind != "m" and self.steps and self.steps[-1][0] == "Z" and kind != "z":
            self.steps.append(("M", (self._at,)))
        if kind == "z":
            if self.steps[-1][0] != "Z":
                self.steps.append(("Z", ()))
            self._at = self._start
        elif kind in "hv":
            x = left + values[0] if kind == "h" else self._at[0]
            y = top + values[0] if kind == "v" else self._at[1]
            self._line((x, y))
        elif kind == "a":
            self._arc(values, (left + values[5], top + values[6]))
        else:
            points = [(left + x, top + y) for x, y in zip(values[::2], values[1::2], strict=True)]
            self._points(kind, points)
        if kind not in "csqt":
            self._control = ("", self._at)

    def _points(self, kind: str, points: list[Point]) -> None:
        if kind == "m":
            if self.steps and self.steps[-1][0] == "M":
                self.steps.pop()
            self.steps.append(("M", (points[0],)))
            self._at = self._start = points[0]
        elif kind == "l":
            self._line(points[0])
        elif kind in "cs":
            if kind == "s":
                points.insert(0, self._mirrored("c"))
            self.steps.append(("C", tuple(points)))
            self._control, self._at = ("c", points[1]), points[2]
        else:
            if kind == "t":
                points.insert(0, self._mirrored("q"))
            (x, y), (cx, cy), (to_x, to_y) = self._at, *points
            first = (x + (cx - x) * 2 / 3, y + (cy - y) * 2 / 3)
            second = (to_x + (cx - to_x) * 2 / 3, to_y + (cy - to_y) * 2 / 3)
            self.steps.append(("C", (first, second, points[1])))
            self._control, self._at = ("q", points[0]), points[1]

    def _mirrored(self, kind: str) -> Point:
        (x, y), (known, (cx, cy)) = self._at, self._control
        return (2 * x - cx, 2 * y - cy) if known == kind else (x, y)

    def _line(self, to: Point) -> None:
        self.steps.append(("L", (to,)))
        self._at = to

    def _arc(self, values: Sequence[float], to: Point) -> None:
        rx, ry, turn, large, sweep = abs(values[0]), abs(values[1]), values[2], values[3], values[4]
        if to == self._at:
            return
        if not rx or not ry:
            self._line(to)
            return
        self.steps += _arc(self._at, to, (rx, ry), math.radians(turn), large != sweep, sweep > 0)
        self._at = to


def _arc(start: Point, to: Point, radii: Point, turn: float, positive: bool, sweep: bool) -> list[Step]:
    """An elliptical arc as curves of at most a quarter (SVG 2, B.2.4)."""
    cos, sin = math.cos(turn), math.sin(turn)
    rx, ry = radii
    half_x, half_y = (start[0] - to[0]) / 2, (start[1] - to[1]) / 2
    x, y = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    over = (x / rx) ** 2 + (y / ry) ** 2
    if over > 1:
        rx, ry = rx * math.sqrt(over), ry * math.sqrt(over)
    spare = max(1 / max((x / rx) ** 2 + (y / ry) ** 2, 1e-30) - 1, 0.0)
    factor = math.sqrt(spare) * (1 if positive else -1)
    cx, cy = factor * rx * y / ry, -factor * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    span = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and span < 0:
        span += 2 * math.pi
    elif not sweep and span > 0:
        span -= 2 * math.pi
    centre = cos * cx - sin * cy + (start[0] + to[0]) / 2, sin * cx + cos * cy + (start[1] + to[1]) / 2
    frame: Matrix = (cos * rx, sin * rx, -sin * ry, cos * ry, *centre)
    count = max(math.ceil(abs(span) / (math.pi / 2) - 1e-9), 1)
    steps = [_slice(frame, first + span * index / count, span / count) for index in range(count)]
    steps[-1] = ("C", (*steps[-1][1][:2], to))
    return steps


def _slice(frame: Matrix, angle: float, span: float) -> Step:
    """A part of the circle of radius 1, seen through a frame."""
    reach = 4 / 3 * math.tan(span / 4)
    end = angle + span
    points = (
        (math.cos(angle) - reach * math.sin(angle), math.sin(angle) + reach * math.cos(angle)),
        (math.cos(end) + reach * math.sin(end), math.sin(end) - reach * math.cos(end)),
        (math.cos(end), math.sin(end)),
    )
    return "C", tuple(applied(frame, x, y) for x, y in points)


# shapes


def rectangle(x: float, y: float, width: float, height: float, rx: float = 0.0, ry: float = 0.0) -> Outline:
    """A rectangle, with round corners where both radii are more than 0."""
    right, bottom = x + width, y + height
    if not rx or not ry:
        return ("M", ((x, y),)), ("L", ((right, y),)), ("L", ((right, bottom),)), ("L", ((x, bottom),)), ("Z", ())
    kx, ky = rx * (1 - _KAPPA), ry * (1 - _KAPPA)
    return (
        ("M", ((x + rx, y),)),
        ("L", ((right - rx, y),)),
        ("C", ((right - kx, y), (right, y + ky), (right, y + ry))),
        ("L", ((right, bottom - ry),)),
        ("C", ((right, bottom - ky), (right - kx, bottom), (right - rx, bottom))),
        ("L", ((x + rx, bottom),)),
        ("C", ((x + kx, bottom), (x, bottom - ky), (x, bottom - ry))),
        ("L", ((x, y + ry),)),
        ("C", ((x, y + ky), (x + kx, y), (x + rx, y))),
        ("Z", ()),
    )


def ellipse(cx: float, cy: float, rx: float, ry: float) -> Outline:
    """An ellipse, from its right end."""
    frame: Matrix = (rx, 0, 0, ry, cx, cy)
    quarters = [_slice(frame, index * math.pi / 2, math.pi / 2) for index in range(4)]
    return (("M", ((cx + rx, cy),)), *quarters, ("Z", ()))


def polyline(numbers: Sequence[float], *, closed: bool = False) -> Outline:
    """Lines through points; an odd number at the end is left out."""
    points = list(zip(numbers[::2], numbers[1::2], strict=False))
    if not points:
        return ()
    lines: list[Step] = [("L", (point,)) for point in points[1:]]
    return (("M", (points[0],)), *lines, *([("Z", ())] if closed else ()))


def moved(outline: Outline, matrix: Matrix) -> Outline:
    """The outline seen through a matrix."""
    return tuple((kind, tuple(applied(matrix, x, y) for x, y in points)) for kind, points in outline)


def joined(outlines: Sequence[Outline]) -> Outline:
    """Several outlines as one."""
    return tuple(step for outline in outlines for step in outline)


def box_of(outline: Outline) -> Box | None:
    """The box round an outline without its stroke; None where it is empty."""
    across: list[float] = []
    down: list[float] = []
    at: Point = (0.0, 0.0)
    for kind, points in outline:
        if kind == "C":
            for axis, values in ((0, across), (1, down)):
                values += _extremes(at[axis], *(point[axis] for point in points))
        across += [x for x, _ in points[-1:]]
        down += [y for _, y in points[-1:]]
        at = points[-1] if points else at
    return (min(across), min(down), max(across), max(down)) if across else None


def _extremes(p: float, q: float, r: float, s: float) -> list[float]:
    """The values of a cubic curve where it turns back."""
    a, b, c = -p + 3 * q - 3 * r + s, 2 * (p - 2 * q + r), q - p
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        under = b * b - 4 * a * c
        roots = [] if under < 0 else [(-b + sign * math.sqrt(under)) / (2 * a) for sign in (1, -1)]
    return [
        (1 - t) ** 3 * p + 3 * (1 - t) ** 2 * t * q + 3 * (1 - t) * t * t * r + t**3 * s for t in roots if 0 < t < 1
    ]
