"""The lines of an array: between its rows and columns, round it, below some of its columns; ziamath draws none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ziafont.fonttypes import BBox
from ziamath.drawable import HLine, VLine
from ziamath.nodes.mtable import Mtable

__all__ = ["set_ruled_table"]

_BESIDE = 0.5  # em between a line at the side of a table and its cells (LaTeX's \\arraycolsep)
_DASH, _GAP = 4.0, 3.0  # thicknesses of a line that a dash and the gap after it are long
_APART = 3.0  # thicknesses between the middles of a double line
_PART = re.compile(r"(\d+):(\w+):(\d+)-(\d+)")

Track = tuple[float, float]
_set_table = Mtable._setup


def set_ruled_table(self: Mtable, **kwargs: Any) -> None:
    """Lay out a table and put its lines (MathML 3, 3.5.1.2) where its attributes ask for them."""
    _set_table(self, **kwargs)
    names = ("rowlines", "columnlines", "frame", "parts")
    if any(self.element.get(name) for name in names):
        rows, columns = _tracks(self)
        _Ruling(self, rows, columns, kwargs).draw()


def _tracks(table: Mtable) -> tuple[list[Track], list[Track]]:
    """Where each row and each column of a table begins and ends, downwards and to the right."""
    counts = [len(row) for row in table.element]
    columns: list[list[Track]] = [[] for _ in range(max(counts))]
    rows: list[list[Track]] = []
    placed = zip(table.nodes, table.nodexy, strict=True)
    for count in counts:
        rows.append([])
        for column in range(count):
            node, (x, y) = next(placed)
            rows[-1].append((y - node.bbox.ymax, y - node.bbox.ymin))
            columns[column].append((x, x + node.bbox.xmax))
    return _extents(rows), _extents(columns)


def _extents(tracks: Sequence[Sequence[Track]]) -> list[Track]:
    return [(min(start for start, _ in track), max(end for _, end in track)) for track in tracks]


@dataclass
class _Ruling:
    """A table and its lines; lengths in points, the y axis pointing downwards."""

    table: Mtable
    rows: list[Track]
    columns: list[Track]
    kwargs: dict[str, Any]

    def draw(self) -> None:
        table, element = self.table, self.table.element
        frame = dict(side.split(":") for side in element.get("frame", "").split())
        em = table.glyphsize
        left, right = (_BESIDE * em if side in frame else 0.0 for side in ("left", "right"))
        box = table.bbox
        table.nodexy[:] = [(x + left, y) for x, y in table.nodexy]
        self.columns = [(start + left, end + left) for start, end in self.columns]
        table.bbox = BBox(box.xmin, box.xmax + left + right, box.ymin, box.ymax)
        self._within(element.get("rowlines", ""), element.get("columnlines", ""))
        self._around(frame)
        for row, style, first, last in _PART.findall(element.get("parts", "")):
            self._part(int(row), style, int(first) - 1, int(last) - 1)

    def _within(self, rowlines: str, columnlines: str) -> None:
        for y, style in _between(self.rows, rowlines):
            self._across(y, style, self._start, self._end)
        for x, style in _between(self.columns, columnlines):
            self._down(x, style)

    def _around(self, frame: dict[str, str]) -> None:
        for side, style in frame.items():
            if side in ("top", "bottom"):
                self._across(self._top if side == "top" else self._bottom, style, self._start, self._end)
            else:
                self._down(self._start if side == "left" else self._end, style)

    def _part(self, row: int, style: str, first: int, last: int) -> None:
        """A line before a row, below some columns: half the gap beside them belongs to it."""
        if not 0 <= first <= last < len(self.columns):
            return
        edges = [
            self._top,
            *((above[1] + below[0]) / 2 for above, below in zip(self.rows, self.rows[1:], strict=False)),
        ]
        y = edges[row] if row < len(edges) else self._bottom
        start = self._start if first == 0 else (self.columns[first - 1][1] + self.columns[first][0]) / 2
        final = last == len(self.columns) - 1
        end = self._end if final else (self.columns[last][1] + self.columns[last + 1][0]) / 2
        self._across(y, style, start, end)

    @property
    def _start(self) -> float:
        return 0.0

    @property
    def _end(self) -> float:
        return float(self.table.bbox.xmax)

    @property
    def _top(self) -> float:
        return float(-self.table.bbox.ymax)

    @property
    def _bottom(self) -> float:
        return float(-self.table.bbox.ymin)

    def _across(self, y: float, style: str, start: float, end: float) -> None:
        for shift in self._shifts(style):
            for at, length in self._dashes(style, start, end):
                self._add(HLine(length, self._thickness, style=self.table.style, **self.kwargs), at, y + shift)

    def _down(self, x: float, style: str) -> None:
        for shift in self._shifts(style):
            for at, length in self._dashes(style, self._top, self._bottom):
                self._add(VLine(length, self._thickness, style=self.table.style, **self.kwargs), x + shift, at)

    def _shifts(self, style: str) -> tuple[float, ...]:
        apart = _APART * self._thickness / 2
        return (-apart, apart) if style == "double" else (0.0,)

    def _dashes(self, style: str, start: float, end: float) -> Iterator[Track]:
        """Where each dash of a line begins, and how long it is; a line that is not dashed is one."""
        if style != "dashed":
            yield start, end - start
            return
        step = (_DASH + _GAP) * self._thickness
        count = max(round((end - start + _GAP * self._thickness) / step), 1)
        step = (end - start + _GAP * self._thickness) / count
        for dash in range(count):
            yield start + dash * step, step - _GAP * self._thickness

    def _add(self, line: HLine | VLine, x: float, y: float) -> None:
        self.table.nodes.append(line)
        self.table.nodexy.append((x, y))

    @property
    def _thickness(self) -> float:
        return float(self.table.units_to_points(self.table.font.math.consts.fractionRuleThickness))


def _between(tracks: Sequence[Track], lines: str) -> Iterator[tuple[float, str]]:
    """The middles of the gaps that have a line, and its style."""
    for (_, end), (start, _), style in zip(tracks, tracks[1:], lines.split(), strict=False):
        if style != "none":
            yield (end + start) / 2, style
