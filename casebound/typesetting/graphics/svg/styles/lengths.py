"""Lengths along outlines, and places on them (SVG 2 9.6)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from casebound.typesetting.graphics.svg.matrices import Point
from casebound.typesetting.graphics.svg.outlines import Outline

__all__ = ["Track", "length_of"]

_PIECES = 24  # lines that stand for a curve


def length_of(outline: Outline) -> float:
    """The length of an outline."""
    return Track(outline).length


class Track:
    """An outline as short lines, on which places are found by their distance from its start."""

    def __init__(self, outline: Outline) -> None:
        self._lines: list[tuple[Point, Point]] = []
        at = start = (0.0, 0.0)
        for kind, points in outline:
            if kind == "M":
                at = start = points[0]
            elif kind == "C":
                turned = [_on(at, points, step / _PIECES) for step in range(_PIECES + 1)]
                self._lines += list(pairwise(turned))
                at = points[2]
            else:
                to = points[0] if points else start
                self._lines.append((at, to))
                at = to
        self._lines = [line for line in self._lines if line[0] != line[1]]
        self._ends = list(accumulate(math.dist(*line) for line in self._lines))

    @property
    def length(self) -> float:
        return self._ends[-1] if self._ends else 0.0

    def place(self, distance: float) -> tuple[Point, float] | None:
        """The point at a distance and its direction in radians; None where the outline does not reach."""
        if not self._ends or not 0 <= distance <= self.length:
            return None
        index = min(bisect_right(self._ends, distance), len(self._ends) - 1)
        (x, y), (to_x, to_y) = self._lines[index]
        long = math.dist((x, y), (to_x, to_y))
        share = (distance - (self._ends[index] - long)) / long
        return (x + (to_x - x) * share, y + (to_y - y) * share), math.atan2(to_y - y, to_x - x)


def _on(p: Point, points: Sequence[Point], t: float) -> Point:
    q, r, s = points
    a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
    return a * p[0] + b * q[0] + c * r[0] + d * s[0], a * p[1] + b * q[1] + c * r[1] + d * s[1]
