"""Tables: the grid of a docutils table, and records for one whose rows no page can hold."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.block import Block, Gap, indent
from casebound.typesetting.compositor import Compositor, escape
from casebound.typesetting.handlers.base import BookHandler
from casebound.typesetting.paragraph import Paragraph
from casebound.typesetting.tables import Cell, Grid, Table

__all__: list[str] = []

_CODE_WIDTH = 5.1  # points a character of code takes
_MANY = 40  # columns beyond which a table is set as records


class TableHandler(BookHandler, nodes.table):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables: list[Flowable] = []
        for child in node.children:
            flowables += client.gen_elements(child, style)
        return flowables


class GroupHandler(BookHandler, nodes.tgroup):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        rows = list(_rows(node))
        if not rows:
            return []
        columns = max(sum(isinstance(child, nodes.colspec) for child in node.children), 1)
        if columns > _MANY:
            return _records(client, rows)
        grid = _grid(client, node, rows, columns)
        tallest = client.house.style.paper.block[1]
        ink = client.house.accent
        table = Table(grid, client.house.hairline, ink, tallest, lambda: _records(client, rows))
        table.spaceBefore, table.spaceAfter = 4, 8
        block: Block = self.plainly(client, node, table)
        return [block]


class Cells(BookHandler, nodes.entry, nodes.row, nodes.tbody, nodes.thead, nodes.colspec):
    """Parts of a table, read by the table itself."""


def _rows(group: nodes.Element) -> Iterator[tuple[bool, nodes.Element]]:
    for part in group.children:
        if isinstance(part, (nodes.thead, nodes.tbody)):
            for row in part.children:
                if isinstance(row, nodes.row):
                    yield isinstance(part, nodes.thead), row


def _grid(client: Compositor, group: nodes.Element, rows: list[tuple[bool, nodes.Element]], columns: int) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    taken: set[tuple[int, int]] = set()
    for y, (head, row) in enumerate(rows):
        x = 0
        for entry in row.children:
            assert isinstance(entry, nodes.Element)
            while (y, x) in taken:
                x += 1
            cell = _cell(client, entry, head)
            taken |= {(y + j, x + i) for j in range(cell.rows) for i in range(cell.columns)}
            if x < columns:
                cells[y, x] = cell
            x += cell.columns
    heads = sum(head for head, _ in rows)
    return Grid(cells, len(rows), columns, heads, _given(group))


def _given(group: nodes.Element) -> tuple[float, ...]:
    """The widths an author wrote; docutils' own are columns of the source text and say little."""
    table = group.parent
    if table is None or "colwidths-given" not in table.get("classes", ()):
        return ()
    return tuple(float(spec.get("colwidth", 1)) for spec in group.children if isinstance(spec, nodes.colspec))


def _cell(client: Compositor, entry: nodes.Element, head: bool) -> Cell:
    style = client.styles["table-heading" if head else "table-body"]
    content = client.gen_elements(entry, style)
    least, natural = _extent(entry, style)
    for flowable in content:
        inner = flowable.child if isinstance(flowable, Block) else flowable
        if not isinstance(inner, Paragraph) and hasattr(inner, "minWidth"):
            least = max(least, min(float(flowable.minWidth() or 0), client.measure / 2))
    return Cell(tuple(content), least, natural, 1 + entry.get("morecols", 0), 1 + entry.get("morerows", 0))


def _extent(entry: nodes.Element, style: ParagraphStyle) -> tuple[float, float]:
    """The widest word and the widest paragraph of a cell, in points."""
    least = natural = 0.0
    for block in entry.findall(lambda node: isinstance(node, (nodes.TextElement, nodes.image))):
        if isinstance(block, nodes.literal_block):
            natural = max(natural, *(len(line) * _CODE_WIDTH + 12 for line in block.astext().split("\n")))
        elif isinstance(block, nodes.Inline) or not isinstance(block, nodes.TextElement):
            continue
        else:
            text = block.astext()
            natural = max(natural, stringWidth(text[:600], style.fontName, style.fontSize) * 1.06 + 14 * _depth(block))
            words = sorted(text.split(), key=len)[-3:]
            least = max([least, *(stringWidth(w[:48], style.fontName, style.fontSize) * 1.04 for w in words)])
    return min(least, 150.0), max(natural, least)


def _depth(node: nodes.Node) -> int:
    depth, current = 0, node.parent
    while current is not None and not isinstance(current, nodes.entry):
        depth += isinstance(current, (nodes.list_item, nodes.definition))
        current = current.parent
    return depth


def _records(client: Compositor, rows: list[tuple[bool, nodes.Element]]) -> list[Flowable]:
    """Each row as a record: its cells one below the other, each under the head of its column."""
    heads = [[e.astext().strip() for e in row.children] for head, row in rows if head]
    names = heads[-1] if heads else []
    flowables: list[Flowable] = []
    for head, row in rows:
        if head:
            continue
        for index, entry in enumerate(row.children):
            if index < len(names) and names[index]:
                flowables.append(Paragraph(escape(names[index]), client.styles["note-title"]))
            flowables += indent(client.gen_elements(entry, client.styles["table-body"]), 12)
        flowables.append(Gap(7))
    return flowables
