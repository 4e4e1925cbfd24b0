"""Column widths of tables: every column its widest word where that is possible, then shared by what each wants."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from math import ceil
from operator import sub

from reportlab.platypus.flowables import Flowable

__all__ = ["PADDING", "Cell", "Grid", "column_widths", "demands", "padding"]

PADDING = 5.0
"""Points left and right of a cell's text, at full size."""

_CLOSE = 0.8
_STEPS = 40  # bits in which the spare width of a table is given out
_LITTLE = 48.0  # points that a column may lack to be given them by another
_ROWS = 120  # rows that are looked at to share it out
_TRIED, _GIVERS = 6, 2  # what columns with given widths may get of others is tried for so many cells and columns


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what is in it, its widest unbreakable word and its whole text on one line, in points; its spans."""

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
    scale: float = 1.0
    """The size of its text to that of other tables."""

    @property
    def pad(self) -> float:
        """Points left and right of a cell's text."""
        return padding(self.scale)

    def around(self, column: int, columns: int = 1) -> float:
        """Points left and right of the text of a cell together: none at the edges of the table."""
        return self.pad * ((column > 0) + (column + columns < self.columns))


def padding(scale: float) -> float:
    """Points left and right of a cell's text at a scale: what is very small is close together."""
    return PADDING * scale * (1.0 if scale >= _CLOSE else 0.5)


def demands(grid: Grid) -> tuple[list[float], list[float]]:
    """The width that each column needs for its widest word, and that which it wants for its text, in points."""
    around = [grid.around(column) for column in range(grid.columns)]
    least = [max(width, 1.0) for width in around]
    natural = list(least)
    for (_, column), cell in grid.cells.items():
        if cell.columns == 1:
            least[column] = max(least[column], cell.least + around[column])
            natural[column] = max(natural[column], cell.natural + around[column])
    for (_, column), cell in grid.cells.items():
        span = range(column, min(column + cell.columns, grid.columns))
        if cell.columns > 1:
            for widths, wanted in ((least, cell.least), (natural, cell.natural)):
                lacking = wanted + grid.around(column, len(span)) - sum(widths[i] for i in span)
                for i in span:
                    widths[i] += max(lacking, 0.0) / len(span)
    return least, natural


def column_widths(grid: Grid, room: float, asked: float | None = None, longest: float = float("inf")) -> list[float]:
    """Widths of all columns in points, together no more than ``room``, and ``asked`` if their words allow.

    Every column gets its widest word, or ``longest`` points of it, where that is possible; what is left goes to
    those that want more.
    Widths the author gave are kept as far as words allow, and as far as the table does not become lower without.
    """
    least, natural = demands(grid)
    if asked is not None:
        room = min(max(asked, sum(least)), room)
        if not grid.given and sum(natural) < room:
            return [width * room / sum(natural) for width in natural]
    if grid.given:
        total = sum(grid.given) or 1.0
        if asked is None:  # as a browser has it: no wider than its shares need to hold their text
            needed = (width * total / share for width, share in zip(natural, grid.given, strict=True) if share)
            room = min(room, max([sum(least), *needed]))
        wanted = [room * share / total for share in grid.given]
        least = [min(a, room / 2) for a in least]
        return _lowered(_wishes(grid), _fitted(least, wanted, room), least, natural)
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        least = [min(width, longest) for width in least]
    if sum(least) >= room:
        return _levelled(least, room)
    return _shared(grid, least, natural, room - sum(least))


def _levelled(least: list[float], room: float) -> list[float]:
    """Widths too large for the room cut down to a common limit: long words are broken, short ones stay whole."""
    limit, left, count = 0.0, room, len(least)
    for width in sorted(least):
        limit = left / count
        if width > limit:
            break
        left, count = left - width, count - 1
    return [min(width, limit) for width in least]


def _shared(grid: Grid, least: list[float], natural: list[float], spare: float) -> list[float]:
    """The least widths and what is left, given out bit by bit to the column that makes the most rows tall."""
    rows = _wishes(grid)
    widths = list(least)
    step = spare / _STEPS
    for _ in range(_STEPS):
        pains = [0.0] * grid.columns
        for row in rows:
            lines = [ceil(wish / (width + 0.01)) for wish, width in zip(row, widths, strict=True)]
            tallest = max(lines)
            for column, count in enumerate(lines):
                pains[column] += count if count == tallest > 1 else 0.01 * count
        open_columns = [i for i in range(grid.columns) if widths[i] < natural[i] - 0.1] or range(grid.columns)
        widest = max(open_columns, key=lambda i: (pains[i], natural[i] - widths[i]))
        widths[widest] += step
    return _evened(rows, widths, least, natural)


def _height(rows: list[list[float]], widths: list[float]) -> int:
    """How many lines high rows are in columns of such widths."""
    return sum(max(ceil(wish / (width + 0.01)) for wish, width in zip(row, widths, strict=True)) for row in rows)


def _lowered(rows: list[list[float]], widths: list[float], least: list[float], natural: list[float]) -> list[float]:
    """The widths, but a column gets what some of its cells lack where the table is lower by that.

    It comes from one of the columns that have most to spare.
    """
    for column, width in enumerate(widths):
        lacking = sorted({row[column] - width for row in rows if row[column] > width})[:_TRIED]
        others = sorted(set(range(len(widths))) - {column}, key=lambda i: natural[i] - widths[i])[:_GIVERS]
        tries = [
            [w + points * ((i == column) - (i == other)) for i, w in enumerate(widths)]
            for points, other in product(lacking, others)
            if points <= widths[other] - least[other]
        ]
        widths = min([widths, *tries], key=lambda tried: _height(rows, tried))  # of equal ones the first
    return widths


def _evened(rows: list[list[float]], widths: list[float], least: list[float], natural: list[float]) -> list[float]:
    """The widths, but columns that lack little get it from the widest one where no row becomes taller by that."""
    before = _height(rows, widths)
    for column, lacking in sorted(enumerate(map(sub, natural, widths)), key=lambda pair: pair[1]):
        giver = max(range(len(widths)), key=lambda i: widths[i])
        if 0.0 < lacking < _LITTLE and giver != column and widths[giver] - lacking >= least[giver]:
            tried = list(widths)
            tried[column] += lacking
            tried[giver] -= lacking
            after = _height(rows, tried)
            if after <= before:
                widths, before = tried, after
    return widths


def _wishes(grid: Grid) -> list[list[float]]:
    """Rows by the widths that their cells want, padding with them; no more rows than need be to tell."""
    every = max(grid.rows // _ROWS, 1)
    rows = {row: [0.0] * grid.columns for row in range(0, grid.rows, every)}
    for (row, column), cell in grid.cells.items():
        if row in rows and cell.columns == 1:
            rows[row][column] = cell.natural + grid.around(column)
    return list(rows.values())


def _fitted(least: list[float], wanted: list[float], room: float) -> list[float]:
    """The wanted widths, narrow ones widened to their words at the cost of the others."""
    if sum(least) >= room:
        return _levelled(least, room)
    fixed: set[int] = set()
    while True:
        rest = room - sum(least[i] for i in fixed)
        shares = sum(w for i, w in enumerate(wanted) if i not in fixed) or 1.0
        widths = [least[i] if i in fixed else rest * w / shares for i, w in enumerate(wanted)]
        narrow = {i for i, (a, w) in enumerate(zip(least, widths, strict=True)) if w < a - 0.01}
        if not narrow:
            return widths
        fixed |= narrow
