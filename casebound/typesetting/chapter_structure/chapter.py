"""The structure of a chapter: an element for each of its nodes, in the order of the source (ISO 32000-1 14.8.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from docutils import nodes
from sphinx import addnodes

from casebound.model.structure import Kid, StructureElement, walk
from casebound.typesetting.chapter_structure.parts import (
    begins_with_label,
    code_block,
    item_body,
    list_item,
    paragraph,
    referring,
    spoken,
)
from casebound.typesetting.chapter_structure.tables import table
from casebound.typesetting.nodes.doctree import said_language
from casebound.typesetting.nodes.tables import is_sound, planned
from casebound.typesetting.structure.filing import nested
from casebound.typesetting.structure.marked_content import Filed, Owner

__all__ = ["structure_of"]

_ROLES: dict[type[Any], str] = {
    nodes.block_quote: "BlockQuote",
    nodes.Admonition: "Div",
    nodes.topic: "Div",
    nodes.sidebar: "Div",
    nodes.line_block: "Div",
    nodes.figure: "Div",
    addnodes.desc: "Div",
}
_NUMBERINGS = {
    "arabic": "Decimal",
    "loweralpha": "LowerAlpha",
    "upperalpha": "UpperAlpha",
    "lowerroman": "LowerRoman",
    "upperroman": "UpperRoman",
}
_BULLETS = ("Disc", "Circle", "Square")
_ITEMS: dict[type[nodes.Element], type[nodes.Element] | tuple[type[nodes.Element], ...]] = {
    nodes.definition_list_item: (nodes.term, nodes.classifier),
    nodes.field: nodes.field_name,
    nodes.option_list_item: nodes.option_group,
}
"""Items, and those of their parts that are their labels."""

_DEEPEST = 60
"""Nodes that are in one another, each with an element of its own."""

_LISTS = (nodes.bullet_list, nodes.enumerated_list, nodes.definition_list, nodes.field_list, nodes.option_list)
_CODE = (nodes.literal_block, nodes.doctest_block, addnodes.productionlist)


def structure_of(
    document: nodes.document, order: Mapping[int, int], filed: Mapping[Owner, Sequence[Filed]]
) -> tuple[Kid, ...]:
    """The elements of a chapter's tree, whose nodes have their places in ``order`` by their ids.

    What was ``filed`` under a node is in the element of that node; an element with nothing in it is left out.
    """
    kids = _Structure(order, filed, f"{document.get('source', '')}:#").of(document)
    found = {kid for kid in walk(kids) if not isinstance(kid, StructureElement)}
    lost = [each for contents in filed.values() for each in contents if each.content not in found]
    return (*kids, *paragraph(nested(lost)))  # nothing that is printed is without an element


@dataclass
class _Structure:
    """Makes elements of nodes. ``depth`` counts the sections round a node."""

    order: Mapping[int, int]
    filed: Mapping[Owner, Sequence[Filed]]
    name: str
    depth: int = 0
    lists: int = 0
    in_contents: bool = False
    nesting: int = 0

    def own(self, node: nodes.Node, part: str = "") -> tuple[Kid, ...]:
        """What was filed under a node itself, or under a part of it."""
        place = self.order.get(id(node))
        return nested(self.filed.get((place, part), ())) if place is not None else ()

    def of(self, node: nodes.Node) -> list[Kid]:
        """The elements that a node becomes."""
        if not isinstance(node, nodes.Element):
            return paragraph(self.own(node))
        if self.nesting > _DEEPEST:
            return list(self._flat(node))
        inner = replace(self, nesting=self.nesting + 1)
        kind: Any = type(node)
        kids = _maker(kind)(inner, node)
        language = said_language(node)
        return [spoken(kid, language) for kid in kids] if language else kids

    def children(self, children: Iterable[nodes.Node]) -> list[Kid]:
        return [kid for child in children for kid in self.of(child)]

    def group(self, node: nodes.Element) -> list[Kid]:
        """A node that groups: its own text first, as a title that its handler gave it."""
        kind: Any = type(node)
        kids = [*paragraph(self.own(node)), *self.children(node.children)]
        role = _role(kind)
        return [StructureElement(role, tuple(kids))] if role and kids else kids

    def _flat(self, node: nodes.Element) -> Iterator[Kid]:
        """What is nested too deeply for any reader, one element after the other."""
        parts: dict[int, list[str]] = {}
        for place, part in self.filed:
            parts.setdefault(place, []).append(part)
        for each in node.findall():
            role = "H" if isinstance(each, nodes.title) and isinstance(each.parent, nodes.section) else "P"
            for part in parts.get(self.order.get(id(each), -1), ()):
                yield StructureElement(role, self.own(each, part), level=self.depth if role == "H" else 0)

    def section(self, node: nodes.Element) -> list[Kid]:
        inner = replace(self, depth=self.depth + 1)
        kids = [*paragraph(self.own(node)), *inner.children(node.children)]
        return [StructureElement("Sect", tuple(kids))] if kids and self.depth else kids

    def title(self, node: nodes.Element) -> list[Kid]:
        kids = self.own(node)
        if isinstance(node.parent, nodes.table):
            return []
        if not isinstance(node.parent, (nodes.section, nodes.document)):
            return paragraph(kids)
        listed = self.own(node, "contents")
        below = [StructureElement("TOC", listed)] if listed else []
        return [StructureElement("H", kids, level=max(self.depth, 1)), *below] if kids else [*below]

    def text(self, node: nodes.Element) -> list[Kid]:
        """A paragraph; what stands in it on lines of its own is beside its text."""
        return [*paragraph(self.own(node)), *self.children(node.children)]

    def caption(self, node: nodes.Element) -> list[Kid]:
        kids = self.own(node)
        return [StructureElement("Caption", kids)] if kids else []

    def code(self, node: nodes.Element) -> list[Kid]:
        return code_block(self.own(node))

    def image(self, node: nodes.Element) -> list[Kid]:
        kids = self.own(node)
        pictures = [filed for filed in self.filed.get((self.order.get(id(node), -1), ""), ()) if filed.box is not None]
        if not pictures:
            return paragraph(kids)  # it cannot be shown, and is described
        shown = tuple(filed.content for filed in pictures)
        figure = StructureElement("Figure", shown, alt=node.get("alt"), box=pictures[0].box)
        links = [kid for kid in kids if isinstance(kid, StructureElement) and kid.role == "Link"]
        # a link that has no text of its own says what its picture shows
        return [replace(links[0], kids=(figure, *links[0].kids), alt=figure.alt)] if links else [figure]

    def formula(self, node: nodes.Element) -> list[Kid]:
        """A formula on a line of its own and its number; one that could not be set is code."""
        contents = self.filed.get((self.order.get(id(node), -1), ""), ())
        drawn = [filed for filed in contents if filed.box is not None]
        if not drawn:
            return code_block(nested(contents))
        alt = " ".join(node.astext().split())
        boxes = [filed.box for filed in drawn if filed.box is not None]
        made: list[Kid] = [StructureElement("Formula", tuple(filed.content for filed in drawn), alt=alt, box=boxes[0])]
        return [*made, *paragraph(nested(filed for filed in contents if filed.box is None))]

    def items(self, node: nodes.Element) -> list[Kid]:
        inner = replace(self, lists=self.lists + 1)
        items = [kid for child in node.children for kid in inner.of(child)]
        if not items:
            return []
        if self.in_contents:
            return [StructureElement("TOC", tuple(items))]
        rest = [kid for kid in items if not isinstance(kid, StructureElement) or kid.role != "LI"]
        if rest:  # not a list of items alone
            items = [kid if kid not in rest else StructureElement("LI", (item_body([kid]),)) for kid in items]
        return [*paragraph(self.own(node)), StructureElement("L", tuple(items), numbering=self._numbering(node))]

    def _numbering(self, node: nodes.Element) -> str:
        if isinstance(node, nodes.enumerated_list):
            return _NUMBERINGS.get(node.get("enumtype", "arabic"), "Decimal")
        return _BULLETS[min(self.lists, 2)] if isinstance(node, nodes.bullet_list) else ""

    def item(self, node: nodes.Element) -> list[Kid]:
        label, kids = self.own(node, "label"), self.group(node)
        folio = self.own(node, "folio")
        kids += paragraph(folio)
        if self.in_contents:
            mark = [StructureElement("Lbl", label)] if label else []
            return [StructureElement("TOCI", (*mark, *map(referring, kids)))] if kids else []
        return list_item(label, kids)

    def labelled(self, node: nodes.Element) -> list[Kid]:
        """An item whose label is one or several of its parts."""
        kinds = next(kinds for kind, kinds in _ITEMS.items() if isinstance(node, kind))
        labels = [self.own(child) for child in node.children if isinstance(child, kinds)]
        labels = [label for label in labels if label]
        label = labels[0] if len(labels) == 1 else tuple(StructureElement("Span", each) for each in labels)
        rest = [kid for child in node.children if not isinstance(child, kinds) for kid in self.of(child)]
        inner = [kid for child in node.children if isinstance(child, kinds) for kid in self._within(child)]
        return list_item(label, [*paragraph(self.own(node)), *inner, *rest])

    def _within(self, node: nodes.Node) -> list[Kid]:
        return self.children(node.children) if isinstance(node, nodes.Element) else []

    def note(self, node: nodes.Element) -> list[Kid]:
        mark = self.own(node, "label")
        label: list[Kid] = [StructureElement("Lbl", mark)] if mark else []
        kids = [*paragraph(self.own(node)), *self.children(node.children)]
        first = kids[0] if kids else None
        if not label and isinstance(first, StructureElement) and begins_with_label(first):  # in a citation's text
            label, kids[0] = [first.kids[0]], replace(first, kids=first.kids[1:])
        return [StructureElement("Note", (*label, *kids), name=next(iter(node["ids"]), ""))] if label or kids else []

    def columns(self, node: nodes.Element) -> list[Kid]:
        """A list in columns is one list."""
        lists = self.children(node.children)
        if not all(isinstance(each, StructureElement) and each.role == "L" for each in lists) or not lists:
            return lists
        items = tuple(kid for each in lists if isinstance(each, StructureElement) for kid in each.kids)
        return [StructureElement("L", items, numbering="Disc")]

    def listing(self, node: nodes.Element) -> list[Kid]:
        """Code with its caption."""
        captioned = any(isinstance(child, nodes.caption) for child in node.children)
        return [StructureElement("Div", tuple(kids))] if captioned and (kids := self.group(node)) else self.group(node)

    def contents(self, node: nodes.Element) -> list[Kid]:
        inner = replace(self, in_contents=True) if "contents" in node["classes"] else self
        return inner.group(node)

    def table(self, node: nodes.Element) -> list[Kid]:
        kids: list[Kid] = paragraph(self.own(node))
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        caption = self.own(title) if title is not None else ()
        for child in node.children:
            if isinstance(child, nodes.tgroup) and is_sound(child):
                kids += self._grid(child, caption)
                caption = ()
            else:
                kids += self.of(child)
        return [*([StructureElement("Caption", caption)] if caption else []), *kids]

    def _grid(self, node: nodes.Element, caption: Sequence[Kid]) -> list[Kid]:
        """A table's rows; those that are set as records are lists, each value with the head of its column."""
        plan = planned(node)
        if not any(self.own(entry, "head") for entry in plan.entries.values()):
            return table(plan, self.group, caption, f"{self.name}.{self.order.get(id(node), 0)}")
        kids: list[Kid] = [StructureElement("Caption", tuple(caption))] if caption else []
        for y in range(plan.heads, plan.rows):
            entries = (entry for (row, _), entry in sorted(plan.entries.items()) if row == y)
            items = [kid for entry in entries for kid in list_item(self.own(entry, "head"), self.group(entry))]
            kids += [StructureElement("L", tuple(items))] if items else []
        return [StructureElement("Div", tuple(kids))]


_MAKERS: Sequence[
    tuple[type[nodes.Node] | tuple[type[nodes.Node], ...], Callable[[_Structure, nodes.Element], list[Kid]]]
] = (
    (nodes.section, _Structure.section),
    (nodes.title, _Structure.title),
    (nodes.caption, _Structure.caption),
    (_CODE, _Structure.code),
    (nodes.image, _Structure.image),
    (nodes.math_block, _Structure.formula),
    (_LISTS, _Structure.items),
    (nodes.list_item, _Structure.item),
    (tuple(_ITEMS), _Structure.labelled),
    ((nodes.footnote, nodes.citation), _Structure.note),
    (nodes.topic, _Structure.contents),
    (nodes.container, _Structure.listing),
    (addnodes.hlist, _Structure.columns),
    (nodes.table, _Structure.table),
    (nodes.TextElement, _Structure.text),
)


@cache
def _role(kind: Any) -> str:
    return next((role for kinds, role in _ROLES.items() if issubclass(kind, kinds)), "")


@cache
def _maker(kind: Any) -> Callable[[_Structure, nodes.Element], list[Kid]]:
    return next((made for kinds, made in _MAKERS if issubclass(kind, kinds)), _Structure.group)
