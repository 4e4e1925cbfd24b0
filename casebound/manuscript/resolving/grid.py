"""A table of HTML as one of docutils: every row gets as many columns as the longest has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

__all__ = ["table"]

_MOST = 200  # columns that one cell may claim to span
_PLACES = 100_000  # in a table whose cells fill few of them
_ROWS = frozenset({"tr", "thead", "tbody", "tfoot", "caption", "colgroup", "form"})

Parts = Callable[[Any, frozenset[str]], Iterator[Any]]


@dataclass(frozen=True)
class _HtmlCell:
    """Where a cell is, and over how many columns and rows."""

    source: Any
    column: int
    across: int
    down: int


@dataclass
class _HtmlRow:
    """A row: its cells, the columns that have none, and whether it is a head."""

    head: bool
    cells: list[_HtmlCell] = field(default_factory=list)
    empty: list[int] = field(default_factory=list)


@dataclass
class _HtmlTable:
    """The rows of a table, what is said of the whole, and what else is in it, which browsers show before it."""

    rows: list[tuple[Any, list[Any]]] = field(default_factory=list)
    captions: list[nodes.Node] = field(default_factory=list)
    strays: list[nodes.Node] = field(default_factory=list)


def table(element: Any, parts: Parts) -> list[nodes.Node]:
    """The table, where it has a cell, and before it what is in none.

    ``parts`` gives the content of an element as nodes, but the elements with the names that it is told as they are.
    """
    source = _HtmlTable()
    _collect(element, parts, source)
    rows, width = _placed(source.rows)
    if not width:
        loose = [node for _, cells in source.rows for cell in cells for node in parts(cell, frozenset())]
        return [*source.captions, *source.strays, *loose]
    group = nodes.tgroup("", cols=width)
    body = [row for row in rows if not row.head]
    for stub in _stubs(body, width):
        group += nodes.colspec(colwidth=1)
        if stub:
            group[-1]["stub"] = 1  # type: ignore[index]
    heads = [row for row in rows if row.head]
    for kind, those in ((nodes.thead, heads), (nodes.tbody, body)):
        if those:
            group += kind("", *(nodes.row("", *_entries(row, parts)) for row in those))
    made = nodes.table("", group, classes=["colwidths-auto"])
    if source.captions:
        made.insert(0, nodes.title("", " ".join(part.astext() for part in source.captions)))
    return [*source.strays, made]


def _collect(element: Any, parts: Parts, found: _HtmlTable) -> None:
    for part in parts(element, _ROWS):
        if isinstance(part, nodes.Node):
            found.strays.append(part)
        elif part.tag == "caption":
            found.captions += parts(part, frozenset())
        elif part.tag != "tr":
            _collect(part, parts, found)
        else:
            inner = list(parts(part, frozenset({"td", "th"})))
            found.strays += [one for one in inner if isinstance(one, nodes.Node)]
            found.rows.append((part, [one for one in inner if not isinstance(one, nodes.Node)]))


def _stubs(body: list[_HtmlRow], width: int) -> list[bool]:
    """Which columns hold heads alone."""
    kinds: list[set[str]] = [set() for _ in range(width)]
    for row in body:
        for cell in row.cells:
            kinds[cell.column].add(cell.source.tag)
    return [width > 1 and of_column == {"th"} for of_column in kinds]


def _entries(row: _HtmlRow, parts: Parts) -> list[nodes.entry]:
    made = {column: nodes.entry() for column in row.empty}
    for cell in row.cells:
        entry = made[cell.column] = nodes.entry("", *parts(cell.source, frozenset()))
        if cell.across > 1:
            entry["morecols"] = cell.across - 1
        if cell.down > 1:
            entry["morerows"] = cell.down - 1
    return [made[column] for column in sorted(made)]


def _placed(sources: list[tuple[Any, list[Any]]]) -> tuple[list[_HtmlRow], int]:
    """The rows with a place for each cell, and the number of columns; none for a table that is nearly all emptiness."""
    rows: list[_HtmlRow] = []
    most = max(_PLACES, 20 * sum(len(cells) for _, cells in sources))
    until: list[int] = []  # for each column the row in which it is free again
    for number, (source, cells) in enumerate(sources):
        of_heads = source.getparent().tag == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))
        row = _HtmlRow(of_heads and all(row.head for row in rows[-1:]) and number < len(sources) - 1)
        column = 0
        for cell in cells:
            while column < len(until) and until[column] > number:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(sources) - number)
            until += [0] * (column + across - len(until))
            until[column : column + across] = [number + down] * across
            row.cells.append(_HtmlCell(cell, column, across, down))
            column += across
            if len(until) * len(sources) > most:
                return [], 0
        rows.append(row)
    _fill(rows, len(until))
    return rows, len(until)


def _fill(rows: list[_HtmlRow], width: int) -> None:
    """Name the places that no cell of its row or of one above it takes."""
    until = [0] * width
    for number, row in enumerate(rows):
        for cell in row.cells:
            until[cell.column : cell.column + cell.across] = [number + cell.down] * cell.across
        row.empty = [column for column in range(width) if until[column] <= number]


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "").strip()
    return min(max(int(value), 1), _MOST) if value.isdecimal() and len(value) < 10 else 1
