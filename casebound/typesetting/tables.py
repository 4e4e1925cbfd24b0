"""Tables: column widths from what stands in them, hairlines only, heads repeated, nothing too tall to break."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reportlab.lib.colors import Color
from reportlab.platypus import tables
from reportlab.platypus.flowables import Flowable

__all__ = ["Cell", "Grid", "Table", "column_widths"]

RGB = tuple[float, float, float]

PADDING = 5.0
"""Points left and right of a cell's text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, its widest unbreakable word and its whole text on one line, in points; its spans."""

    content: tuple[Flowable, ...]
    least: float
    natural: float
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """Cells by (row, column) of their upper left corner; ``heads`` rows are repeated on each page."""

    cells: dict[tuple[int, int], Cell]
    rows: int
    columns: int
    heads: int = 0
    given: tuple[float, ...] = ()
    """Relative widths the author asked for, none where they are to be found."""


def _demands(grid: Grid) -> tuple[list[float], list[float]]:
    least, natural = [2 * PADDING] * grid.columns, [2 * PADDING] * grid.columns
    for (_, column), cell in grid.cells.items():
        if cell.columns == 1:
            least[column] = max(least[column], cell.least + 2 * PADDING)
            natural[column] = max(natural[column], cell.natural + 2 * PADDING)
    for (_, column), cell in grid.cells.items():
        span = range(column, min(column + cell.columns, grid.columns))
        if cell.columns > 1:
            for widths, wanted in ((least, cell.least), (natural, cell.natural)):
                lacking = wanted + 2 * PADDING - sum(widths[i] for i in span)
                for i in span:
                    widths[i] += max(lacking, 0.0) / len(span)
    return least, natural


def column_widths(grid: Grid, room: float) -> list[float]:
    """Widths of all columns in points, together no more than ``room``.

    Every column gets its widest word where that is possible; what is left goes to those that want more.
    Widths the author gave are kept as far as words allow.
    """
    least, natural = _demands(grid)
    if grid.given:
        total = sum(grid.given) or 1.0
        wanted = [room * share / total for share in grid.given]
        return _fitted([min(a, room / 2) for a in least], wanted, room)
    if sum(natural) <= room:
        return natural
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    spare = room - sum(least)
    wishes = [(n - a) ** 0.6 for n, a in zip(natural, least, strict=True)]
    widths = [a + spare * wish / sum(wishes) for a, wish in zip(least, wishes, strict=True)]
    return _trimmed(widths, natural, room)


def _trimmed(widths: list[float], natural: list[float], room: float) -> list[float]:
    """No column wider than its text; what that frees goes to the others."""
    for _ in range(4):
        narrowed = [min(w, n) for w, n in zip(widths, natural, strict=True)]
        free = room - sum(narrowed)
        hungry = [i for i, (w, n) in enumerate(zip(narrowed, natural, strict=True)) if w < n - 0.1]
        if free < 0.5 or not hungry:
            return narrowed
        for i in hungry:
            narrowed[i] += free / len(hungry)
        widths = narrowed
    return [min(w, n) for w, n in zip(widths, natural, strict=True)]


def _fitted(least: list[float], wanted: list[float], room: float) -> list[float]:
    """The wanted widths, narrow ones widened to their words at the cost of the others."""
    if sum(least) >= room:
        return [room * width / sum(least) for width in least]
    fixed = {i for i, (a, w) in enumerate(zip(least, wanted, strict=True)) if w < a}
    rest = room - sum(least[i] for i in fixed)
    shares = sum(w for i, w in enumerate(wanted) if i not in fixed) or 1.0
    widths = [least[i] if i in fixed else rest * w / shares for i, w in enumerate(wanted)]
    return [max(width, a * min(1.0, rest / room)) for width, a in zip(widths, least, strict=True)]


class Table(Flowable):
    """A table that finds its widths when it knows its room; records where a row is taller than a page."""

    def __init__(
        self, grid: Grid, hairline: RGB, ink: RGB, tallest: float, records: Callable[[], Sequence[Flowable]]
    ) -> None:
        super().__init__()
        self.grid, self.hairline, self.ink = grid, hairline, ink
        self.tallest, self.records = tallest, records
        self._table: tables.Table | None = None
        self._room = 0.0

    def minWidth(self) -> float:  # noqa: N802
        return float(sum(_demands(self.grid)[0]))

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if self._table is None or self._room != availWidth:
            self._table, self._room = self._made(availWidth), availWidth
        self.width, self.height = self._table.wrapOn(self.canv, availWidth, availHeight)
        return self.width, self.height

    def _made(self, room: float) -> tables.Table:
        grid = self.grid
        data: list[list[object]] = [["" for _ in range(grid.columns)] for _ in range(grid.rows)]
        commands: list[tuple[object, ...]] = [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), PADDING),
            ("RIGHTPADDING", (0, 0), (-1, -1), PADDING),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, Color(*self.hairline)),
            ("LINEABOVE", (0, 0), (-1, 0), 0.8, Color(*self.ink)),
            ("LINEBELOW", (0, -1), (-1, -1), 0.8, Color(*self.ink)),
        ]
        if grid.heads:
            commands.append(("LINEBELOW", (0, grid.heads - 1), (-1, grid.heads - 1), 0.8, Color(*self.ink)))
        for (row, column), cell in grid.cells.items():
            data[row][column] = list(cell.content)
            if cell.columns > 1 or cell.rows > 1:
                corner = (min(column + cell.columns, grid.columns) - 1, min(row + cell.rows, grid.rows) - 1)
                commands.append(("SPAN", (column, row), corner))
        heads = grid.heads if grid.heads < grid.rows else 0
        return tables.LongTable(
            data, colWidths=column_widths(grid, room), repeatRows=heads, style=commands, hAlign="LEFT"
        )

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        _, _ = self.wrap(availWidth, availHeight)
        assert self._table is not None
        heights = self._table._rowHeights
        head = sum(heights[: self.grid.heads])
        if max(heights[self.grid.heads :], default=0.0) + head > self.tallest or head > self.tallest / 2:
            return list(self.records())
        parts = self._table.splitOn(self.canv, availWidth, availHeight)
        return [_Part(part) for part in parts]

    def draw(self) -> None:
        assert self._table is not None
        self._table.drawOn(self.canv, 0, 0)


class _Part(Flowable):
    """A piece of a table that was broken across pages."""

    def __init__(self, table: tables.Table) -> None:
        super().__init__()
        self.table = table

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width, self.height = self.table.wrapOn(self.canv, availWidth, availHeight)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        return [_Part(part) for part in self.table.splitOn(self.canv, availWidth, availHeight)]

    def draw(self) -> None:
        self.table.drawOn(self.canv, 0, 0)
