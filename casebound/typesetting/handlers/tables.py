"""Tables: the grid of a docutils table, and records for one whose rows no page can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from docutils import nodes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.style import Lettering
from casebound.typesetting.block import Gap, indent
from casebound.typesetting.compositor import Compositor, escape
from casebound.typesetting.extent import least_width, natural_width
from casebound.typesetting.handlers.base import BookHandler
from casebound.typesetting.paragraph import Paragraph
from casebound.typesetting.spacing import spaced
from casebound.typesetting.tables import Look, Table
from casebound.typesetting.variants import aligned, scaled
from casebound.typesetting.widths import Cell, Grid
from casebound.wording import word

__all__: list[str] = []

Made = TypeVar("Made")

_MANY = 40  # columns beyond which a table is set as records
_WORD = 130.0  # points: a wider word may be broken
_NUMBER = re.compile(r"[-+\u2212\u00b1~<>\u2264\u2265]?\s?\d[\d,\u2009\u202f\xa0 ]*(\.\d+)?\s?(%|[^\W\d_]{1,3})?")


class TableHandler(BookHandler, nodes.table):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables: list[Flowable] = []
        for child in node.children:
            flowables += client.gen_elements(child, style)
        return flowables


class GroupHandler(BookHandler, nodes.tgroup):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        plan = _planned(node)
        if not plan.rows or not _is_sound(node):
            return client.set_children(node, style)
        if plan.columns > _MANY:
            return _records(client, node)
        waiting = list(client.pending_names)
        grids = _grids(client, plan, waiting)
        table = Table(grids, _look(client, node), lambda: _again(client, waiting, lambda: _records(client, node)))
        table.spaceBefore, table.spaceAfter = 5, 14
        return [self.plainly(client, node, table)]


class Cells(BookHandler, nodes.entry, nodes.row, nodes.tbody, nodes.thead, nodes.colspec):
    """Parts of a table, read by the table itself; set one below the other where they stand in no table."""


def _is_sound(group: nodes.Element) -> bool:
    """Whether a table is built of rows of entries alone, so that reading those leaves nothing out."""
    parts = [part for part in group.children if not isinstance(part, (nodes.colspec, nodes.Invisible))]
    if not all(isinstance(part, (nodes.thead, nodes.tbody)) for part in parts):
        return False
    rows = [row for part in parts for row in part.children]
    return all(isinstance(row, nodes.row) and all(isinstance(e, nodes.entry) for e in row.children) for row in rows)


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the entries of a table stand: (row, column) of each, and what is known of rows and columns."""

    entries: dict[tuple[int, int], nodes.Element]
    rows: int
    columns: int
    heads: int
    given: tuple[float, ...]
    stubs: frozenset[int]


def _rows(group: nodes.Element) -> Iterator[tuple[bool, nodes.Element]]:
    for part in group.children:
        if isinstance(part, (nodes.thead, nodes.tbody)):
            for row in part.children:
                if isinstance(row, nodes.row):
                    yield isinstance(part, nodes.thead), row


def _planned(group: nodes.Element) -> Plan:
    rows = list(_rows(group))
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    columns = max(len(specs), 1)
    entries: dict[tuple[int, int], nodes.Element] = {}
    taken: set[tuple[int, int]] = set()
    for y, (_, row) in enumerate(rows):
        x = 0
        for entry in row.children:
            assert isinstance(entry, nodes.Element)
            while (y, x) in taken:
                x += 1
            wide, high = _spans(entry)
            taken |= {(y + j, x + i) for j in range(high) for i in range(wide)}
            entries[y, x] = entry
            x += wide
    columns = max([columns, *(x + 1 for _, x in entries)])
    stubs = frozenset(index for index, spec in enumerate(specs) if spec.get("stub"))
    return Plan(entries, len(rows), columns, sum(head for head, _ in rows), _given(group, specs, columns), stubs)


def _spans(entry: nodes.Element) -> tuple[int, int]:
    return 1 + int(entry.get("morecols", 0)), 1 + int(entry.get("morerows", 0))


def _given(group: nodes.Element, specs: list[nodes.colspec], columns: int) -> tuple[float, ...]:
    """The widths an author wrote; docutils' own are columns of the source text and say little."""
    table = group.parent
    if table is None or "colwidths-given" not in table.get("classes", ()):
        return ()
    widths = tuple(float(spec.get("colwidth", 1)) for spec in specs)
    return widths if len(widths) == columns else ()


def _grids(client: Compositor, plan: Plan, waiting: list[str]) -> Callable[[float], Grid]:
    """The table at any scale: set at full size now, smaller when a narrow page asks for it."""
    made = {1.0: _grid(client, plan, 1.0)}

    def at(scale: float) -> Grid:
        if scale not in made:
            made[scale] = _again(client, waiting, lambda: _grid(client, plan, scale))
        return made[scale]

    return at


def _again(client: Compositor, waiting: list[str], make: Callable[[], Made]) -> Made:
    """What is set once more, later: the names that waited then stand at its first word, and at nothing after it."""
    later, client.pending_names = client.pending_names, list(waiting)
    try:
        return make()
    finally:
        client.pending_names = later


def _grid(client: Compositor, plan: Plan, scale: float) -> Grid:
    sides = [_alignment(plan, column) for column in range(plan.columns)]
    cells: dict[tuple[int, int], Cell] = {}
    for (y, x), entry in plan.entries.items():
        head = y < plan.heads or x in plan.stubs
        style = scaled(client.styles["table-heading" if head else "table-body"], scale)
        wide, high = _spans(entry)
        if wide == 1 and sides[x] != TA_LEFT:
            style = aligned(style, sides[x])
        content = client.gen_elements(entry, style)
        least = min(max(map(least_width, content), default=0.0) + 0.5, _WORD * scale)
        natural = max(map(natural_width, content), default=0.0)
        cells[y, x] = Cell(tuple(content), least, max(natural, least), wide, high)
    return Grid(cells, plan.rows, plan.columns, plan.heads, plan.given, scale)


def _alignment(plan: Plan, column: int) -> int:
    """How a column stands: numbers of one kind at the right, ticks and crosses in the middle, the rest at the left."""
    texts = [
        entry.astext().strip()
        for (y, x), entry in plan.entries.items()
        if x == column and y >= plan.heads and _spans(entry)[0] == 1
    ]
    texts = [text for text in texts if text not in {"", "-", "\u2013", "\u2014"}]
    if not texts or column == 0 or column in plan.stubs:
        return int(TA_LEFT)
    if all(len(text) <= 2 and not text.isalnum() for text in texts):
        return int(TA_CENTER)
    found = [_NUMBER.fullmatch(text) for text in texts]
    decimals = {len(match.group(1) or "") for match in found if match}
    return int(TA_RIGHT if all(found) and len(decimals) == 1 else TA_LEFT)


def _look(client: Compositor, node: nodes.Element) -> Look:
    house, style = client.house, client.styles["table-mark"]
    nested, parent = False, node.parent
    while parent is not None and not nested:
        nested, parent = isinstance(parent, nodes.entry), parent.parent
    mark = Lettering(style.fontName, style.fontSize, tuple(style.textColor.rgb()))
    tallest = house.style.paper.block[1]
    return Look(house.hairline, house.accent, mark, word("continued", client.book_language), tallest, nested)


def _records(client: Compositor, group: nodes.Element) -> list[Flowable]:
    """Each row as a record: its cells one below the other, each under the head of its column."""
    rows = list(_rows(group))
    heads = [[entry.astext().strip() for entry in row.children] for head, row in rows if head]
    names = heads[-1] if heads else []
    flowables: list[Flowable] = []
    for head, row in rows:
        if head:
            continue
        record: list[Flowable] = []
        for index, entry in enumerate(row.children):
            if index < len(names) and names[index]:
                record.append(Paragraph(escape(names[index]), client.styles["note-title"]))
            record += indent(client.gen_elements(entry, client.styles["table-body"]), 12)
        flowables += spaced(record or [Gap(0)], after=10.5)
    return flowables
