"""A table of HTML as one of docutils: every row gets as many columns as the longest has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from docutils import nodes

__all__ = ["table"]

_MOST = 200  # columns that one cell may claim to span

Blocks = Callable[[Any], list[nodes.Node]]


@dataclass
class _Row:
    """A row: its cells, the columns they stand in, and whether it is a head."""

    head: bool
    cells: list[tuple[int, Any, nodes.entry]] = field(default_factory=list)


def table(element: Any, blocks: Blocks) -> list[nodes.Node]:
    """The table, where it has a cell; ``blocks`` gives the content of one. Its caption becomes its title."""
    rows, width = _rows(element, blocks)
    if not width:
        return []
    group = nodes.tgroup("", cols=width)
    body = [row for row in rows if not row.head]
    for column in range(width):
        spec = nodes.colspec(colwidth=1)
        cells = [cell.tag for row in body for at, cell, _ in row.cells if at == column]
        if cells and width > 1 and set(cells) == {"th"}:
            spec["stub"] = 1
        group += spec
    heads = [row for row in rows if row.head]
    for kind, those in ((nodes.thead, heads), (nodes.tbody, body)):
        if those:
            group += kind("", *(nodes.row("", *(entry for _, _, entry in row.cells)) for row in those))
    made = nodes.table("", group, classes=["colwidths-auto"])
    caption = element.find("caption")
    if caption is not None and caption.text_content().strip():
        made.insert(0, nodes.title("", " ".join(caption.text_content().split())))
    return [made]


def _rows(element: Any, blocks: Blocks) -> tuple[list[_Row], int]:
    """The rows with their cells, each row filled up, and the number of columns."""
    sources = element.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr")
    rows: list[_Row] = []
    taken: dict[tuple[int, int], bool] = {}
    for number, source in enumerate(sources):
        cells = [cell for cell in source if cell.tag in {"td", "th"}]
        headed = all(row.head for row in rows)
        of_heads = source.getparent().tag == "thead" or (bool(cells) and all(cell.tag == "th" for cell in cells))
        row = _Row(headed and of_heads and number < len(sources) - 1)
        column = 0
        for cell in cells:
            while (number, column) in taken:
                column += 1
            across, down = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(sources) - number)
            entry = nodes.entry("", *blocks(cell))
            if across > 1:
                entry["morecols"] = across - 1
            if down > 1:
                entry["morerows"] = down - 1
            taken.update({(number + y, column + x): True for y in range(down) for x in range(across)})
            row.cells.append((column, cell, entry))
            column += across
        rows.append(row)
    width = max((column + 1 for _, column in taken), default=0)
    for number, row in enumerate(rows):
        missing = [column for column in range(width) if (number, column) not in taken]
        row.cells += [(column, element, nodes.entry()) for column in missing]
        row.cells.sort(key=lambda cell: cell[0])
    return rows, width


def _span(cell: Any, name: str) -> int:
    value = str(cell.get(name) or "")
    return min(max(int(value), 1), _MOST) if value.isdecimal() else 1
