"""Tables: the grid of a docutils table, and records for one whose rows no page can hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docutils import nodes
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.i18n.wording import word
from casebound.model.style import RGB
from casebound.typesetting.layout.block import name_first
from casebound.typesetting.layout.intrinsic_width import least_width, natural_width, sided
from casebound.typesetting.layout.tables.tables import Table, TableLook
from casebound.typesetting.layout.tables.widths import Cell, Grid
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.fields import FieldEntry, beside
from casebound.typesetting.nodes.images import points, share
from casebound.typesetting.styles.variants import aligned, scaled
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, TextRun

__all__ = ["CellPlacement", "is_sound", "planned", "spans"]

_MANY = 150  # columns beyond which a table is set as records
_SIDES = {"center": TA_CENTER, "right": TA_RIGHT}
_WORD = 150.0  # points: a wider word may be broken
_LINES, _TEXT = 6, 72.0  # lines of a cell's text from which on its column is no narrower than so many points
_NUMBER = re.compile(r"[-+\u2212\u00b1~<>\u2264\u2265]?\s?\d[\d,\u2009\u202f\xa0 ]*(\.\d+)?\s?(%|[^\W\d_]{1,3})?")


class TableHandler(BookHandler, nodes.table):
    """A table with its title; of several groups of rows the first has it."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables: list[Flowable] = []
        title: list[Flowable] = []
        for child in node.children:
            if isinstance(child, nodes.title):
                title += _title(context, child, node)
            elif isinstance(child, nodes.tgroup) and is_sound(child) and (plan := planned(child)).rows:
                flowables += name_first(self._table(context, child, plan, title), child["ids"])
                title = []
            else:
                flowables += [*title, *context.blocks(child, style)]
                title = []
        return flowables + title

    def _table(
        self, context: Context, group: nodes.Element, plan: CellPlacement, title: Sequence[Flowable]
    ) -> list[Flowable]:
        if plan.columns > _MANY:
            return [*title, *_records(context, group)]
        waiting = list(context.log.waiting)
        grids = _grids(context, plan, waiting)
        records = lambda: _records(context.again(waiting), group)  # noqa: E731
        return [self.plainly(context, group.parent, Table(grids, _look(context, group.parent, title), records))]


def _title(context: Context, node: nodes.Element, table: nodes.Element) -> list[Flowable]:
    """A table's title, on the side where the table is."""
    side = _SIDES.get(table.get("align", ""), TA_LEFT)
    return [sided(each, side, context.measure) for each in context.blocks(node)]


class TableGroupHandler(BookHandler, nodes.tgroup):
    """A group of rows that is no table: what is in it, one below the other."""


class CellHandler(BookHandler, nodes.entry, nodes.row, nodes.tbody, nodes.thead, nodes.colspec):
    """Parts of a table, read by the table itself; set one below the other where they are in no table."""


def is_sound(group: nodes.Element) -> bool:
    """Whether a table is built of rows of entries alone, so that reading those leaves nothing out."""
    parts = [part for part in group.children if not isinstance(part, (nodes.colspec, nodes.Invisible))]
    if not all(isinstance(part, (nodes.thead, nodes.tbody)) for part in parts):
        return False
    rows = [row for part in parts for row in part.children]
    return all(isinstance(row, nodes.row) and all(isinstance(e, nodes.entry) for e in row.children) for row in rows)


@dataclass(frozen=True, slots=True)
class CellPlacement:
    """Where the entries of a table are: (row, column) of each, and what is known of rows and columns."""

    entries: dict[tuple[int, int], nodes.Element]
    rows: int
    columns: int
    heads: int
    given: tuple[float, ...]
    stubs: frozenset[int]
    joined: frozenset[tuple[int, int]] = frozenset()
    """The places that an entry reaches which begins at another."""


def _rows(group: nodes.Element) -> Iterator[tuple[bool, nodes.Element]]:
    for part in group.children:
        if isinstance(part, (nodes.thead, nodes.tbody)):
            for row in part.children:
                if isinstance(row, nodes.row):
                    yield isinstance(part, nodes.thead), row


def planned(group: nodes.Element) -> CellPlacement:
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
            wide, high = spans(entry)
            taken |= {(y + j, x + i) for j in range(high) for i in range(wide)}
            entries[y, x] = entry
            x += wide
    columns = max([columns, *(x + 1 for _, x in entries)])
    joined = frozenset(taken.difference(entries))
    stubs = frozenset(index for index, spec in enumerate(specs) if spec.get("stub"))
    return CellPlacement(
        entries, len(rows), columns, sum(head for head, _ in rows), _given(group, specs, columns), stubs,
        joined,
    )  # fmt: skip


def spans(entry: nodes.Element) -> tuple[int, int]:
    return 1 + int(entry.get("morecols", 0)), 1 + int(entry.get("morerows", 0))


def _given(group: nodes.Element, specs: list[nodes.colspec], columns: int) -> tuple[float, ...]:
    """The widths an author wrote; docutils' own are columns of the source text and say little."""
    table = group.parent
    if table is None or "colwidths-given" not in table.get("classes", ()):
        return ()
    widths = tuple(float(spec.get("colwidth", 1)) for spec in specs)
    return widths if len(widths) == columns else ()


def _grids(context: Context, plan: CellPlacement, waiting: list[str]) -> Callable[[float], Grid]:
    """The table at any scale: set at full size now, smaller when a narrow page asks for it."""
    made = {1.0: _grid(context, plan, 1.0)}

    def at(scale: float) -> Grid:
        if scale not in made:
            made[scale] = _grid(context.again(waiting), plan, scale)
        return made[scale]

    return at


def _grid(context: Context, plan: CellPlacement, scale: float) -> Grid:
    sides = [_alignment(plan, column, context.mirrored) for column in range(plan.columns)]
    cells: dict[tuple[int, int], Cell] = {}
    for (y, x), entry in plan.entries.items():
        head = y < plan.heads or x in plan.stubs
        style = scaled(context.styles["table-heading" if head else "table-body"], scale)
        wide, high = spans(entry)
        if wide == 1 and sides[x] != TA_LEFT:
            style = aligned(style, sides[x])
        content = context.blocks(entry, style)
        least = min(max(map(least_width, content), default=0.0) + 0.5, _WORD * scale)
        natural = max(map(natural_width, content), default=0.0)
        least = max(least, min(natural / _LINES, _TEXT * scale))
        cells[y, x] = Cell(tuple(content), least, max(natural, least), wide, high)
    return Grid(cells, plan.rows, plan.columns, plan.heads, plan.given, scale)


def _alignment(plan: CellPlacement, column: int, mirrored: bool) -> int:
    """The side of a column: numbers of one kind right, ticks and crosses in the middle, the rest left."""
    texts = [
        entry.astext().strip()
        for (y, x), entry in plan.entries.items()
        if x == column and y >= plan.heads and spans(entry)[0] == 1
    ]
    texts = [text for text in texts if text not in {"", "-", "\u2013", "\u2014"}]
    if not texts or column == 0 or column in plan.stubs:
        return int(TA_LEFT)
    if all(len(text) <= 2 and not text.isalnum() for text in texts):
        return int(TA_CENTER)
    found = [_NUMBER.fullmatch(text) for text in texts]
    decimals = {len(match.group(1) or "") for match in found if match}
    at_right = all(found) and len(decimals) == 1 and not mirrored  # where lines begin at the right, numbers do too
    return int(TA_RIGHT if at_right else TA_LEFT)


def _look(context: Context, table: nodes.Element, title: Sequence[Flowable]) -> TableLook:
    house = context.house
    nested, parent = False, table.parent
    while parent is not None and not nested:
        nested, parent = isinstance(parent, nodes.entry), parent.parent
    return TableLook(
        hairline=house.hairline,
        ink=house.accent,
        tallest=house.block[1],
        nested=nested,
        align=str(table.get("align", "left")),
        wanted=(points(context, table.get("width")), share(table.get("width"))),
        title=title,
        mark=[_mark(context, table)],
        numbered=bool(_number(table)),
    )


def _number(table: nodes.Element) -> str:
    """What a table's title calls it, as "Table 7"; empty where it has no number."""
    titles = [child for child in table.children if isinstance(child, nodes.title)]
    return next((part.astext().strip() for title in titles for part in title.findall(nodes.generated)), "")


def _mark(context: Context, table: nodes.Element) -> Flowable:
    """What is above a table that goes on, with its number if it has one."""
    text = " \u2013 ".join(filter(None, [_number(table), word("continued", context.language)]))
    mark = Paragraph.plain(text, context.styles["table-mark"])
    return sided(mark, _SIDES.get(table.get("align", ""), TA_LEFT), context.measure)


def _records(context: Context, group: nodes.Element) -> list[Flowable]:
    """Each row as a record: its cells one below the other, each beside the head of its column."""
    rows = list(_rows(group))
    heads = [[" ".join(entry.astext().split()) for entry in row.children] for head, row in rows if head]
    names = heads[-1] if heads else []
    look, body = context.styles["fieldname"], context.styles["table-body"]
    flowables: list[Flowable] = []
    for head, row in rows:
        if head:
            continue
        entries: list[FieldEntry] = []
        for index, entry in enumerate(row.children):
            name = names[index] if index < len(names) else ""
            content = context.blocks(entry, body)
            if content or name:
                width = stringWidth(name, look.fontName, look.fontSize)
                entries.append(FieldEntry([TextRun(name, Look.of(look))], width, content, entry, "head"))
        flowables += [_Divider(context.house.hairline), *beside(context, group, entries, look)]
    return flowables


class _Divider(Flowable):
    """A hairline above a record."""

    keepWithNext = 1  # noqa: N815

    def __init__(self, colour: RGB) -> None:
        super().__init__()
        self.colour = colour
        self.spaceBefore, self.spaceAfter = 5.0, 4.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width, self.height = availWidth, 0.4
        return availWidth, 0.4

    def draw(self) -> None:
        self.canv.setStrokeColorRGB(*self.colour)
        self.canv.setLineWidth(0.4)
        self.canv.line(0, 0, self.width, 0)
