"""Tables as the source has them: how many rows and columns, what of them is heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes

__all__ = ["SourceTable", "cell_kinds", "rows_of", "source_table"]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table: its rows and columns, how many rows are heads, how many cells are, those of its rows and columns."""

    rows: int
    columns: int
    heads: int
    head_cells: int
    names: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    """All texts of its heads, which are above its rows on each of several pages."""


def rows_of(group: nodes.Element) -> Iterator[tuple[bool, nodes.Element]]:
    """The rows of a group of a table, each with whether it is a head."""
    for part in group.children:
        if isinstance(part, (nodes.thead, nodes.tbody)):
            for row in part.children:
                if isinstance(row, nodes.Element):
                    yield isinstance(part, nodes.thead), row


def source_table(group: nodes.Element) -> SourceTable:
    """A table, from the group of its rows."""
    rows = list(rows_of(group))
    heads = [[cell.astext() for cell in row.children] for head, row in rows if head]
    kinds = cell_kinds(group)
    columns = max([len(_specs(group)), *(x + wide for (_, x), (_, wide, _) in _placed([row for _, row in rows]).items())])
    head_cells = sum(kind != "cell" for kind in kinds.values())
    names, repeated = tuple(heads[-1]) if heads else (), tuple(text for row in heads for text in row)
    return SourceTable(len(rows), columns, len(heads), head_cells, names, repeated)


def cell_kinds(group: nodes.Element) -> dict[int, str]:
    """What each cell is, by its identity: ``head cell``, ``cell``, or ``first cell``, which outputs may take for a head.

    Where the source names no heads, what a row begins with says what the row is about.
    """
    rows = list(rows_of(group))
    stubs = {at for at, spec in enumerate(_specs(group)) if spec.get("stub")}
    placed = _placed([row for _, row in rows])
    bare = not stubs and not any(head for head, _ in rows)
    wide = max([len(_specs(group)), *(x + wide for (_, x), (_, wide, _) in placed.items())]) > 1
    kinds: dict[int, str] = {}
    for (y, x), (cell, _, _) in placed.items():
        kinds[id(cell)] = "head cell" if rows[y][0] or x in stubs else "cell"
        if bare and wide and x == 0:
            kinds[id(cell)] = "first cell"
    return kinds


def _specs(group: nodes.Element) -> list[nodes.colspec]:
    return [spec for spec in group.children if isinstance(spec, nodes.colspec)]


def _placed(rows: Sequence[nodes.Element]) -> dict[tuple[int, int], tuple[nodes.Element, int, int]]:
    """Each cell, by the row and column in which it begins, with the columns and rows that it takes."""
    found: dict[tuple[int, int], tuple[nodes.Element, int, int]] = {}
    taken: set[tuple[int, int]] = set()
    for y, row in enumerate(rows):
        x = 0
        for cell in row.children:
            assert isinstance(cell, nodes.Element)
            wide, high = (1 + int(cell.get(key, 0)) for key in ("morecols", "morerows"))
            while (y, x) in taken:
                x += 1
            taken |= {(y + down, x + along) for down in range(high) for along in range(wide)}
            found[y, x] = (cell, wide, high)
            x += wide
    return found
