"""Tables with real headers; where the room is narrow a wide one is read as a record a row."""

from __future__ import annotations

from dataclasses import dataclass, field

from docutils import nodes

from casebound.epub.markup import Element, add, inside
from casebound.epub.nodes.figures import alignment, width
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders

__all__: list[str] = []

_LONG = 18
# characters of a line in a table's type: on the narrowest screen, in the two rooms that the style sheet asks for, 34 em
# and 58 em wide
_NARROW, _MEDIUM, _WIDE = 46, 76, 130
_EASY = 14  # characters at which a line of a cell can still be read


@dataclass(slots=True)
class _Grid:
    """The columns of a table: which are headers, what the head row calls each, where cells reach down from above."""

    stubs: list[bool]
    names: list[str]
    reach: dict[int, int] = field(default_factory=dict)

    def place(self, column: int) -> int:
        """The next column that no cell from above reaches into."""
        while self.reach.get(column, 0) > 0:
            column += 1
        return column

    def next_row(self) -> None:
        self.reach = {column: rows - 1 for column, rows in self.reach.items() if rows > 1}


@renders(nodes.table)
def _table(page: ChapterPage, node: nodes.table, parent: Element) -> None:
    groups = [child for child in node.children if isinstance(child, nodes.tgroup)]
    wanted = _wanted(groups[0]) if groups else 0
    named = bool(groups) and bool(_head_names(groups[0]))
    kind = ["records" if named else "tight"] if wanted > _NARROW else []
    if wanted <= _WIDE or not named:
        parent = _room(parent, wanted)
    made = page.element(node, parent, "table", [*kind, *alignment(node)], width(node))
    page.children(node, made)


def _room(parent: Element, wanted: int) -> Element:
    """A box round a table that can be asked for its width; in a cell, which is as wide as its content, it has none."""
    if inside(parent, "td") or inside(parent, "th"):
        return parent
    return add(parent, "div", ["room", *(["wide"] if wanted > _MEDIUM else ["medium"] if wanted > _NARROW else [])])


@renders(nodes.tgroup)
def _tgroup(page: ChapterPage, node: nodes.tgroup, parent: Element) -> None:
    specs = [child for child in node.children if isinstance(child, nodes.colspec)]
    _columns(node, specs, parent)
    stubs = [bool(spec.get("stub")) for spec in specs]
    names = _head_names(node) if _wanted(node) > _NARROW else []
    for child in node.children:
        if isinstance(child, nodes.thead | nodes.tbody):
            _rows(page, child, parent, _Grid(stubs, names))
        elif not isinstance(child, nodes.colspec):
            page.render(child, parent)


@renders(nodes.thead, nodes.tbody)
def _stray_rows(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    _rows(page, node, parent, _Grid([], []))


@renders(nodes.row)
def _stray_row(page: ChapterPage, node: nodes.row, parent: Element) -> None:
    page.children(node, page.element(node, parent, "tr"))


@renders(nodes.entry)
def _stray_entry(page: ChapterPage, node: nodes.entry, parent: Element) -> None:
    page.children(node, page.element(node, parent, "td"))


def _columns(node: nodes.tgroup, specs: list[nodes.colspec], parent: Element) -> None:
    table = node.parent
    given = table is not None and "colwidths-given" in table.get("classes", ())
    widths = [float(spec.get("colwidth", 0) or 0) for spec in specs]
    if not given or not widths or sum(widths) <= 0:
        return
    group = add(parent, "colgroup")
    for each in widths:
        add(group, "col", attributes={"style": f"width: {100 * each / sum(widths):.4g}%"})


def _rows(page: ChapterPage, node: nodes.Element, parent: Element, grid: _Grid) -> None:
    head = isinstance(node, nodes.thead)
    group = page.element(node, parent, "thead" if head else "tbody")
    for row in node.children:
        if not isinstance(row, nodes.row):
            page.render(row, group)
            continue
        line = page.element(row, group, "tr")
        column = 0
        for cell in row.children:
            column = grid.place(column)
            if isinstance(cell, nodes.entry):
                column = _cell(page, cell, line, grid, column, head)
            else:
                page.render(cell, line)
        grid.next_row()


def _cell(page: ChapterPage, node: nodes.entry, line: Element, grid: _Grid, column: int, head: bool) -> int:
    """Write a cell; gives the column after it."""
    across, down = int(node.get("morecols", 0)) + 1, int(node.get("morerows", 0)) + 1
    attributes = {}
    if across > 1:
        attributes["colspan"] = str(across)
    if down > 1:
        attributes["rowspan"] = str(down)
    stub = column < len(grid.stubs) and grid.stubs[column]
    header = (head or stub) and bool(node.astext().strip())
    if header:
        attributes["scope"] = ("colgroup" if across > 1 else "col") if head else ("rowgroup" if down > 1 else "row")
    elif not head and column < len(grid.names) and grid.names[column]:
        attributes["data-label"] = grid.names[column]
    # on a narrow screen such a word may break anywhere, others only where there is no other way
    classes = ["long-words"] if any(len(part) > _LONG for part in node.astext().split()) else []
    made = page.element(node, line, "th" if header else "td", classes, attributes)
    page.became(node, made)
    page.children(node, made)
    grid.reach.update({at: down for at in range(column, column + across)})
    return column + across


def _wanted(node: nodes.tgroup) -> int:
    """How many characters wide a table wants to be so that its cells can be read; heads are broken at every word."""
    columns: dict[int, int] = {}
    for group in node.children:
        if isinstance(group, nodes.thead | nodes.tbody):
            easy = 0 if isinstance(group, nodes.thead) else _EASY
            for row in group.children:
                for column, cell in enumerate(row.children):
                    columns[column] = max(columns.get(column, 0), _least(cell, easy) + 2)
    return sum(columns.values())


def _least(cell: nodes.Node, easy: int) -> int:
    """The characters of a cell's line in which it can be read; code and heads (``easy`` 0) take more room."""
    said = cell.astext()
    words = max(map(len, said.split()), default=0)
    least = min(max(map(len, said.splitlines()), default=0), max(easy, min(words, _LONG)))
    return least * 5 // 4 if not easy or next(cell.findall(nodes.literal), None) is not None else least


def _head_names(node: nodes.tgroup) -> list[str]:
    """What a single head row calls the columns; empty where cells are joined, as a record could not be read then."""
    heads = [child for child in node.children if isinstance(child, nodes.thead)]
    rows = [row for head in heads for row in head.children if isinstance(row, nodes.row)]
    if len(rows) != 1 or any(cell.get("morecols") or cell.get("morerows") for cell in node.findall(nodes.entry)):
        return []
    return [" ".join(cell.astext().split()) for cell in rows[0].children]
