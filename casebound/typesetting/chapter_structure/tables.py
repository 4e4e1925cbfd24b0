"""The structure of tables: rows of cells, each head with what it is the head of (ISO 32000-1 14.8.4.3.4, 14.8.5.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from docutils import nodes

from casebound.model.structure import Kid, StructureElement
from casebound.typesetting.chapter_structure.parts import alone, paragraphs
from casebound.typesetting.nodes.tables import CellPlacement, spans

__all__ = ["table"]

_Cells = dict[tuple[int, int], StructureElement]


def table(
    plan: CellPlacement, content: Callable[[nodes.Element], Sequence[Kid]], caption: Sequence[Kid], name: str
) -> list[Kid]:
    """A group of rows, ``content`` what is in its entries; nothing where all of them are empty.

    ``name`` is no other's: where a head is over several columns, or heads are in several rows, each cell names its own.
    """
    cells = dict(_cells(plan, content))
    if not any(cell.kids for cell in cells.values()):
        return []
    parts: list[Kid] = [StructureElement("Caption", tuple(caption))] if caption else []
    if plan.columns == 1 and not plan.heads:  # a frame, and no table
        return [StructureElement("Div", (*parts, *(part for cell in cells.values() for part in paragraphs(cell.kids))))]
    if _is_complex(plan, cells):
        cells = _with_heads(plan, cells, name)
    rows = [_row(plan, cells, y) for y in range(plan.rows)]
    for role, own in (("THead", rows[: plan.heads]), ("TBody", rows[plan.heads :])):
        if own:
            parts.append(StructureElement(role, tuple(own)))
    return [StructureElement("Table", tuple(parts))]


def _cells(
    plan: CellPlacement, content: Callable[[nodes.Element], Sequence[Kid]]
) -> Iterator[tuple[tuple[int, int], StructureElement]]:
    """The cell of each entry, by its row and column."""
    for (y, x), entry in sorted(plan.entries.items()):
        wide, high = spans(entry)
        # where the source names no heads, what a row begins with says what it is about
        stub = x in plan.stubs or (not x and not plan.heads and not plan.stubs)
        scope = "Column" if y < plan.heads else "Row" if stub else ""
        role = "TH" if scope else "TD"
        yield (y, x), StructureElement(role, alone(content(entry)), scope=scope, columns=wide, rows=high)


def _row(plan: CellPlacement, cells: _Cells, y: int) -> StructureElement:
    """A row; where the source has no entry, its cell is empty."""
    free = ((y, x) for x in range(plan.columns) if (y, x) not in plan.joined)
    return StructureElement("TR", tuple(cells.get(place, StructureElement("TD")) for place in free))


def _is_complex(plan: CellPlacement, cells: _Cells) -> bool:
    """Whether the scope of a head alone does not say which cells it is the head of."""
    spanning = any(cell.role == "TH" and (cell.columns > 1 or cell.rows > 1) for cell in cells.values())
    return spanning or plan.heads > 1 or len(plan.stubs) > 1


def _with_heads(plan: CellPlacement, cells: _Cells, name: str) -> _Cells:
    """The cells, heads with names, the others with those of their heads: of their columns, then of their rows."""
    names = {place: f"{name}.{place[0]}.{place[1]}" for place, cell in cells.items() if cell.role == "TH"}
    columns: dict[int, list[str]] = {}
    rows: dict[int, list[str]] = {}
    for (y, x), own in names.items():
        head = cells[y, x]
        over = range(x, x + head.columns) if y < plan.heads else range(y, y + head.rows)
        for number in over:
            (columns if y < plan.heads else rows).setdefault(number, []).append(own)
    made: _Cells = {}
    for (y, x), cell in cells.items():
        above = [own for column in range(x, x + cell.columns) for own in columns.get(column, ())]
        before = [own for row in range(y, y + cell.rows) for own in rows.get(row, ())]
        heads = () if (y, x) in names else tuple(dict.fromkeys((*above, *before)))
        made[y, x] = replace(cell, name=names.get((y, x), ""), heads=heads)
    return made
