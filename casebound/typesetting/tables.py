"""Tables: column widths from what stands in them, hairlines only, heads repeated, nothing too tall to break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus import tables
from reportlab.platypus.flowables import Flowable

from casebound.style import Lettering
from casebound.typesetting.widths import PADDING, Cell, Grid, column_widths, demands

__all__ = ["Cell", "Grid", "Look", "Table", "column_widths"]

RGB = tuple[float, float, float]

SCALES = {1.0: 150.0, 0.9: 120.0, 0.8: 64.0}
"""Sizes at which a table is tried before it is turned, each with the width in points of words that may be broken.

At the last its text is about 7.5 points.
"""

_TITLE_ROOM = 48.0  # points left above a turned table for its title
_MARK_ROOM = 14.0
_SMALL = 0.25  # of a page: a table no higher than this is not broken
_ENDLESS = 1e7  # a height to measure all rows with: reportlab measures no more rows than fit the height it is given


@dataclass(frozen=True, slots=True)
class Look:
    """How tables look: colours of thin and of heavy rules, the mark of a table that goes on, a page's height."""

    hairline: RGB
    ink: RGB
    mark: Lettering
    continued: str
    tallest: float
    nested: bool = False


class Table(Flowable):
    """A table that finds its size and widths when it knows its room.

    One too wide is set smaller, then turned; one that no page is wide enough for, or that has a row taller than
    a page, becomes records. ``grid`` gives the table at a scale.
    """

    def __init__(self, grid: Callable[[float], Grid], look: Look, records: Callable[[], Sequence[Flowable]]) -> None:
        super().__init__()
        self.grid, self.look, self.records = grid, look, records
        self.turned = self.hopeless = self.continued = False
        self.heads = 0
        self._table: tables.Table | None = None
        self._room = 0.0

    def minWidth(self) -> float:  # noqa: N802
        return float(sum(demands(self.grid(1.0))[0]))

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if self._table is None or self._room != availWidth:
            self._table, self._room = self._made(availWidth), availWidth
        if self.hopeless:
            self.width, self.height = availWidth, 10 * self.look.tallest
        elif self.turned:
            self.height, self.width = self._table.wrapOn(self.canv, self.look.tallest, _ENDLESS)
        else:
            self.width, self.height = self._table.wrapOn(self.canv, availWidth, _ENDLESS)
        return self.width, self.height

    def _made(self, room: float) -> tables.Table:
        self.turned = self.hopeless = False
        grid = self._fitting(room)
        if grid is None and not self.look.nested:
            room = self.look.tallest - _TITLE_ROOM
            grid = self._fitting(room)
            self.turned, self.hopeless = grid is not None, grid is None
        grid = grid or self.grid(min(SCALES))
        self.heads = grid.heads if grid.heads < grid.rows else 0
        table = _laid_out(grid, room, self.look)
        if not self.hopeless:
            table.wrapOn(self.canv, room, _ENDLESS)
            table._argH = list(table._rowHeights)  # else every page would measure all rows again
        return table

    def _fitting(self, room: float) -> Grid | None:
        """The table as large as it fits without breaking any but long words."""
        grids = ((self.grid(scale), longest) for scale, longest in SCALES.items())
        return next((g for g, longest in grids if sum(min(w, longest) for w in demands(g)[0]) <= room), None)

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        assert self._table is not None
        if self.hopeless:
            return list(self.records())
        heights = self._table._rowHeights
        limit = availWidth if self.turned else self.look.tallest
        head = sum(heights[: self.heads])
        tall = max(heights[self.heads :], default=0.0) + head > limit - _MARK_ROOM or head > limit / 2
        if tall:
            return list(self.records())
        return _broken(self, self._table, availWidth, availHeight)

    def draw(self) -> None:
        assert self._table is not None
        _draw(self, self._table, turned=self.turned, height=self.height)


class _Part(Flowable):
    """A piece of a table that was broken across pages; all but the first say that they go on."""

    def __init__(self, table: tables.Table, look: Look, turned: bool, heads: int, continued: bool) -> None:
        super().__init__()
        self.table, self.look, self.turned, self.heads, self.continued = table, look, turned, heads, continued

    @property
    def _mark(self) -> float:
        return _MARK_ROOM if self.continued else 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if self.turned:
            long, deep = self.table.wrapOn(self.canv, self.look.tallest, _ENDLESS)
            self.width, self.height = deep + self._mark, long
        else:
            self.width, deep = self.table.wrapOn(self.canv, availWidth, _ENDLESS)
            self.height = deep + self._mark
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        if self.turned:
            width, height = availWidth - self._mark, availHeight
        else:
            width, height = availWidth, availHeight - self._mark
        return _broken(self, self.table, width, height)

    def draw(self) -> None:
        _draw(self, self.table, turned=self.turned, height=self.height, mark=self.look if self.continued else None)


def _broken(flowable: Table | _Part, table: tables.Table, width: float, height: float) -> list[Flowable]:
    """A table in pieces, the first as high as its room; nothing where not even a row of it fits."""
    canvas, look, turned = flowable.canv, flowable.look, flowable.turned
    if turned and table.wrapOn(canvas, look.tallest, _ENDLESS)[0] > height:
        return []
    deep, room = (look.tallest, width) if turned else (width, height)
    if not turned and sum(table._argH) <= _SMALL * look.tallest and room < (1 - _SMALL) * look.tallest:
        return []
    parts = table.splitOn(canvas, deep, room)
    if len(parts) > 1 and len(parts[1]._argH) == flowable.heads + 1 and len(parts[0]._argH) > flowable.heads + 2:
        parts = table.splitOn(canvas, deep, sum(parts[0]._argH[:-1]) + 0.01)  # no row stands alone
    if len(parts) > 1 and len(parts[0]._argH) <= flowable.heads:
        return []
    pieces = [_Part(part, look, turned, flowable.heads, flowable.continued or i > 0) for i, part in enumerate(parts)]
    for piece in pieces:
        piece.spaceBefore, piece.spaceAfter = flowable.getSpaceBefore(), flowable.getSpaceAfter()
    return list(pieces)


def _draw(flowable: Flowable, table: tables.Table, *, turned: bool, height: float, mark: Look | None = None) -> None:
    canvas = flowable.canv
    canvas.saveState()
    deep = height
    if turned:
        deep = flowable.width
        canvas.rotate(90)
        canvas.translate(0, -deep)
    if mark is not None:
        canvas.setFillColorRGB(*mark.mark.colour)
        canvas.setFont(mark.mark.face, mark.mark.size)
        canvas.drawString(0, deep - mark.mark.size, mark.continued)
    table.drawOn(canvas, 0, 0)
    canvas.restoreState()


def _laid_out(grid: Grid, room: float, look: Look) -> tables.Table:
    data: list[list[object]] = [["" for _ in range(grid.columns)] for _ in range(grid.rows)]
    thin, heavy = Color(*look.hairline), Color(*look.ink)
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), PADDING * grid.scale),
        ("RIGHTPADDING", (0, 0), (-1, -1), PADDING * grid.scale),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 3 * grid.scale),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4 * grid.scale),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, thin),
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, heavy),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, heavy),
    ]
    if grid.heads:
        commands.append(("LINEBELOW", (0, grid.heads - 1), (-1, grid.heads - 1), 0.8, heavy))
    for (row, column), cell in grid.cells.items():
        data[row][column] = list(cell.content)
        if cell.columns > 1 or cell.rows > 1:
            corner = (min(column + cell.columns, grid.columns) - 1, min(row + cell.rows, grid.rows) - 1)
            commands.append(("SPAN", (column, row), corner))
    heads = grid.heads if grid.heads < grid.rows else 0
    return tables.LongTable(data, colWidths=column_widths(grid, room), repeatRows=heads, style=commands, hAlign="LEFT")
