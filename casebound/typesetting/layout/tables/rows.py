"""Rows: cells laid out to the widths of their columns, drawn with hairlines, and cut at any height."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from reportlab.platypus.flowables import Flowable

from casebound.model.style import RGB
from casebound.typesetting.layout.tables.stack import CellStack
from casebound.typesetting.layout.tables.widths import Grid

__all__ = ["Rows", "TableGeometry"]

_ABOVE, _BELOW = 3.0, 4.0  # points above and below a cell's text, at full size
_THIN, _HEAVY = 0.4, 0.8
_FULL = 0.7  # of its room: a part this high is cut above a row that no cell from above reaches into
_TALL = 0.3  # of a page: a row no higher is not broken
_HOLE = 0.12  # of a page: room that is left empty rather than begin a row in it that does not end there
_HEAD = 1 / 3  # of a page: a head that is higher is on the first page only


@dataclass(frozen=True, slots=True)
class TableGeometry:
    """What all parts of a table share: widths of columns, scale, space beside text, colours of rules.

    ``page`` is how high a part of it can be, in points.
    """

    widths: tuple[float, ...]
    scale: float
    pad: float
    hairline: RGB
    ink: RGB
    page: float

    @property
    def width(self) -> float:
        return sum(self.widths)

    @property
    def edges(self) -> list[float]:
        return [0.0, *accumulate(self.widths)]

    @property
    def surround(self) -> float:
        """Points above and below a cell's text together."""
        return (_ABOVE + _BELOW) * self.scale

    def pads(self, first: int, after: int) -> tuple[float, float]:
        """Points left and right of the text of a cell in columns ``first`` to ``after``, that not included."""
        return (self.pad if first else 0.0), (self.pad if after < len(self.widths) else 0.0)


@dataclass(frozen=True, slots=True)
class _TableCell:
    """A cell that begins in a row: its columns, how many rows it joins, what is in it."""

    first: int
    after: int
    rows: int
    stack: CellStack


@dataclass(slots=True)
class _TableRow:
    """A row: its height in points and the cells that begin in it."""

    height: float
    cells: list[_TableCell]


class Rows:
    """A table, or the part of one that is on a page: rows of the head, which are repeated, and of the body."""

    def __init__(self, shape: TableGeometry, heads: Sequence[_TableRow], body: Sequence[_TableRow]) -> None:
        self.shape, self.heads, self.body = shape, heads, body
        self.width = shape.width
        self.head = sum(row.height for row in heads)
        self.height = self.head + sum(row.height for row in body)
        self.begins = self.ends = True
        self.is_cut = False
        """Whether its last row goes on on the next page."""

    @classmethod
    def of(cls, grid: Grid, shape: TableGeometry, canvas: Any) -> Rows:
        """A grid laid out in a shape."""
        heads = grid.heads if grid.heads < grid.rows else 0
        edges = shape.edges
        rows = [_TableRow(shape.surround, []) for _ in range(grid.rows)]
        for (y, x), cell in grid.cells.items():
            after = min(x + cell.columns, grid.columns)
            span = max(min(cell.rows, (heads if y < heads else grid.rows) - y), 1)
            width = edges[after] - edges[x] - sum(shape.pads(x, after))
            rows[y].cells.append(_TableCell(x, after, span, CellStack(cell.content, max(width, 1.0)).wrap(canvas)))
        _measure(rows, shape, grid.rows)
        if sum(row.height for row in rows[:heads]) > shape.page * _HEAD:
            heads = 0
        return cls(shape, rows[:heads], rows[heads:])

    def content(self) -> Iterator[Flowable]:
        """What is in the cells, row by row."""
        for row in [*self.heads, *self.body]:
            for cell in row.cells:
                yield from cell.stack.content

    def cut(self, canvas: Any, room: float, *, force: bool = False) -> tuple[Rows, Rows] | None:
        """A part no higher than ``room`` points and the rest, with its head; None where not even a row fits.

        With ``force`` some of it always does: there is no page with more room.
        """
        room -= self.head
        fitting, depth = 0, 0.0
        while fitting < len(self.body) and depth + self.body[fitting].height <= room + 0.01:
            depth += self.body[fitting].height
            fitting += 1
        if fitting == len(self.body):
            return None
        page, left = self.shape.page, room - depth
        force = force and not fitting
        if force or (self.body[fitting].height > _TALL * page and left > _HOLE * page):
            parts = self._cut_at(canvas, fitting, left, force=force)
            if parts is not None:
                return parts
        row = self._between(fitting, room)
        return self._cut_at(canvas, row, 0.0) if row else None

    def _between(self, fitting: int, room: float) -> int:
        """The row above which a table is best cut: no row is alone, and no cell is cut where that is easily
        spared."""
        if fitting == len(self.body) - 1 and fitting > 2:
            fitting -= 1
        reach, joined, below, depth = 0, set(), [0.0], 0.0
        for index, row in enumerate(self.body[: fitting + 1]):
            if index < reach:
                joined.add(index)
            reach = max([reach, *(index + cell.rows for cell in row.cells)])
            depth += row.height
            below.append(depth)
        free = next((index for index in range(fitting, 0, -1) if index not in joined), 0)
        return free if free and below[free] >= _FULL * room else fitting

    def _cut_at(self, canvas: Any, row: int, inside: float, *, force: bool = False) -> tuple[Rows, Rows] | None:
        """Cut above a row, or ``inside`` points below its top; None where a cell of it would have to wait whole."""
        last = row + 1 if inside else row
        upper, carried = [_TableRow(each.height, list(each.cells)) for each in self.body[:last]], []
        tops = [0.0, *accumulate(each.height for each in upper)]
        for index, each in enumerate(self.body[:last]):
            for place, cell in enumerate(each.cells):
                if index + cell.rows <= row:
                    continue
                before, after = self._parted(canvas, cell, tops[row] - tops[index] + inside, force=force)
                if inside and not force and index == row and cell.stack.content and not before.content:
                    return None
                upper[index].cells[place] = replace(cell, rows=last - index, stack=before)
                carried.append(replace(cell, rows=cell.rows - max(row - index, 0), stack=after))
        rest = list(self.body[row:])
        rest[0] = _TableRow(rest[0].height, [*carried, *([] if inside else rest[0].cells)])
        if inside:
            upper[-1].height, rest[0].height = inside, self.shape.surround
        joined = max([1, *(cell.rows for cell in rest[0].cells)])
        rest[1:joined] = [
            _TableRow(each.height, each.cells) for each in rest[1:joined]
        ]  # a cut may be asked for in vain
        _measure(rest, self.shape, 1)
        return self._part(upper, ends=False, is_cut=bool(inside)), self._part(rest, begins=False)

    def _part(self, body: Sequence[_TableRow], *, begins: bool = True, ends: bool = True, is_cut: bool = False) -> Rows:
        part = Rows(self.shape, self.heads, body)
        part.begins, part.ends, part.is_cut = self.begins and begins, self.ends and ends, is_cut
        return part

    def _parted(self, canvas: Any, cell: _TableCell, room: float, *, force: bool) -> tuple[CellStack, CellStack]:
        room = max(room - self.shape.surround, 1.0)
        before, after = cell.stack.cut(canvas, room)
        while force and not before.content and after.content:
            before, after = after.forced(canvas, room).cut(canvas, room)
        return before, after

    def draw(self, canvas: Any) -> None:
        """Draw it with its lower left corner at the origin."""
        canvas.saveState()
        self._rules(canvas)
        canvas.restoreState()
        edges, rows = self.shape.edges, [*self.heads, *self.body]
        above, below = _ABOVE * self.shape.scale, _BELOW * self.shape.scale
        tops = [self.height - depth for depth in [0.0, *accumulate(row.height for row in rows)]]
        for index, row in enumerate(rows):
            for cell in row.cells:
                # what is in a head is right above its column
                foot = tops[min(index + cell.rows, len(self.heads))] if index < len(self.heads) else 0.0
                top = foot + below + cell.stack.height if index < len(self.heads) else tops[index] - above
                pads = self.shape.pads(cell.first, cell.after)
                left = self.width - edges[cell.after] + pads[1] if canvas.mirrored else edges[cell.first] + pads[0]
                with canvas.apart(repeated=True) if index < len(self.heads) and not self.begins else nullcontext():
                    cell.stack.draw(canvas, left, top)

    def _rules(self, canvas: Any) -> None:
        y, heads = self.height, len(self.heads)
        self._rule(canvas, 0.0, self.width, y, heavy=self.begins or bool(heads))
        reaching: list[tuple[int, _TableCell]] = []
        for count, row in enumerate([*self.heads, *self.body], start=1):
            y -= row.height
            reaching = [(left - 1, cell) for left, cell in reaching if left > 1]
            reaching += [(cell.rows, cell) for cell in row.cells]
            if count == heads + len(self.body):
                if not self.is_cut:
                    self._rule(canvas, 0.0, self.width, y, heavy=self.ends)
            elif count == heads:
                self._rule(canvas, 0.0, self.width, y, heavy=True)
            else:
                stretches = _spanners if count < heads else _free
                for left, right in stretches(self.shape, reaching):
                    self._rule(canvas, left, right, y)

    def _rule(self, canvas: Any, left: float, right: float, y: float, *, heavy: bool = False) -> None:
        canvas.setStrokeColorRGB(*(self.shape.ink if heavy else self.shape.hairline))
        canvas.setLineWidth(_HEAVY if heavy else _THIN)
        if canvas.mirrored:
            left, right = self.width - right, self.width - left
        canvas.line(left, y, right, y)


def _measure(rows: Sequence[_TableRow], shape: TableGeometry, count: int) -> None:
    """Make the first rows as high as the cells that begin in them.

    What a cell that joins rows wants besides is shared among those.
    """
    for row in rows[:count]:
        wanted = [cell.stack.height + shape.surround for cell in row.cells if cell.rows == 1]
        row.height = max([row.height, *wanted])
    for index, row in enumerate(rows[:count]):
        for cell in row.cells:
            if cell.rows > 1:
                joined = rows[index : index + cell.rows]
                lacking = cell.stack.height + shape.surround - sum(each.height for each in joined)
                for each in joined:
                    each.height += max(lacking, 0.0) / len(joined)


def _spanners(shape: TableGeometry, reaching: Sequence[tuple[int, _TableCell]]) -> Iterator[tuple[float, float]]:
    """Below a row of the head: under each cell that joins columns, a little shorter than those."""
    edges = shape.edges
    for left, cell in reaching:
        if left == 1 and cell.after - cell.first > 1 and cell.stack.content:
            before, behind = shape.pads(cell.first, cell.after)
            yield edges[cell.first] + before, edges[cell.after] - behind


def _free(shape: TableGeometry, reaching: Sequence[tuple[int, _TableCell]]) -> Iterator[tuple[float, float]]:
    """Below a row: where no cell reaches into the next one."""
    joined = {column for left, cell in reaching if left > 1 for column in range(cell.first, cell.after)}
    edges, start, count = shape.edges, 0, len(shape.widths)
    if not joined:
        yield 0.0, edges[-1]
        return
    for column in range(count + 1):
        if column == count or column in joined:
            if column > start:
                yield edges[start], edges[column]
            start = column + 1
