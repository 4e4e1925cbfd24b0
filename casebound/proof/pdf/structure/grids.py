"""Grids: the rows and cells of tagged tables, regular in themselves and those of the source (ISO 32000-1 14.8.5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from casebound.proof.headings import squeezed
from casebound.proof.pdf.content.marked import PageContent
from casebound.proof.pdf.structure.spoken import text_of
from casebound.proof.pdf.structure.tree import TaggedElement
from casebound.proof.source.tables import SourceTable
from casebound.proof.words import tidy

__all__ = ["grid_faults", "table_faults", "unrecorded"]


@dataclass(frozen=True, slots=True)
class _TaggedRows:
    """The rows of a table, those of its heads first."""

    heads: list[TaggedElement]
    body: list[TaggedElement]

    @property
    def all(self) -> list[TaggedElement]:
        return [*self.heads, *self.body]


def _rows(table: TaggedElement) -> _TaggedRows:
    heads: list[TaggedElement] = []
    body: list[TaggedElement] = []
    for part in table.elements:
        if part.role == "TR":
            body.append(part)
        elif part.role in {"THead", "TBody", "TFoot"}:
            (heads if part.role == "THead" else body).extend(row for row in part.elements if row.role == "TR")
    return _TaggedRows(heads, body)


def _span(cell: TaggedElement, key: str) -> int:
    try:
        return max(1, int(cell.attributes.get(key, 1)))
    except (TypeError, ValueError):
        return 1


def _cells(row: TaggedElement) -> list[TaggedElement]:
    return [cell for cell in row.elements if cell.role in {"TH", "TD"}]


def _places(rows: Sequence[TaggedElement]) -> Iterator[tuple[TaggedElement, int, int]]:
    """Each place of a grid that a cell takes, row and column."""
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in _cells(row):
            while (y, x) in taken:
                x += 1
            wide, high = _span(cell, "ColSpan"), _span(cell, "RowSpan")
            for at in ((y + down, x + along) for down in range(high) for along in range(wide)):
                if at not in taken:
                    yield cell, *at
                else:
                    yield cell, -1, -1
                taken.add(at)
            x += wide


def grid_faults(table: TaggedElement) -> Iterator[str]:
    """Whether the cells of a table fill its grid, each place once."""
    rows = _rows(table).all
    places = list(_places(rows))
    if any(y < 0 for _, y, _ in places):
        yield f"{table.place} has cells that cover each other"
        return
    counts = [0] * len(rows)
    for _, y, _ in places:
        if y >= len(rows):
            yield f"{table.place} has a cell that reaches below its last row"
            return
        counts[y] += 1
    for y, count in enumerate(counts):
        if count != max(counts):
            yield f"row {y + 1} of {table.place} has {count} cells, others have {max(counts)}"
            return


def table_faults(table: TaggedElement, source: SourceTable, pages: Sequence[PageContent]) -> Iterator[str]:
    """Where a table is not that of the source: rows, columns, heads."""
    rows = _rows(table)
    columns = max((x + 1 for _, y, x in _places(rows.all) if y >= 0), default=0)
    heads = sum(cell.role == "TH" for row in rows.all for cell in _cells(row))
    wanted = (source.rows, source.columns, source.heads)
    found = (len(rows.all), columns, len(rows.heads))
    if found != wanted:
        yield (
            f"{table.place} has {found[0]} rows, {found[1]} columns and {found[2]} rows of heads; "
            f"the source has {wanted[0]}, {wanted[1]} and {wanted[2]}"
        )
    elif heads != source.head_cells:
        yield f"{table.place} has {heads} cells that are heads; the source has {source.head_cells}"
    elif rows.heads:
        said = squeezed(tidy(text_of(rows.heads[-1], pages)))
        names = squeezed(tidy("".join(source.names)))
        if len(said) != len(names):
            yield f"{table.place} has the heads “{said[:60]}”; the source has “{names[:60]}”"


def unrecorded(
    tables: Sequence[SourceTable], elements: Iterable[TaggedElement], pages: Sequence[PageContent]
) -> list[SourceTable]:
    """The tables of a chapter without those that no page holds: these are lists, each value labelled by its head."""
    labels = {squeezed(tidy(text_of(element, pages))) for element in elements if element.role == "Lbl"}
    return [table for table in tables if not _names(table) or not _names(table) <= labels]


def _names(table: SourceTable) -> set[str]:
    return {squeezed(tidy(name)) for name in table.names} - {""}
