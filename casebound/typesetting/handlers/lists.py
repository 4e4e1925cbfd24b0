"""Lists: bullets, numbers, definitions, fields, options, and lists in columns."""

from __future__ import annotations

from collections.abc import Sequence

import roman_numerals
from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.block import Gap, Label, indent, labelled
from casebound.typesetting.compositor import Compositor, escape
from casebound.typesetting.handlers.base import BookHandler
from casebound.typesetting.paragraph import Paragraph
from casebound.typesetting.variants import tight, with_space

__all__: list[str] = []

_BULLETS = ("\u2022", "\u2013", "\u25e6")
_INDENT = 14.0
_DEEPEST = 12  # levels of nesting that still indent


def level(node: nodes.Node) -> int:
    """How many lists a list stands in."""
    depth, current = 0, node.parent
    while current is not None:
        depth += isinstance(current, (nodes.bullet_list, nodes.enumerated_list))
        current = current.parent
    return depth


def is_compact(node: nodes.Element) -> bool:
    """Whether a list's items are single short paragraphs, set without space between them."""
    items = [item for item in node.children if isinstance(item, nodes.list_item)]
    blocks = (nodes.paragraph, nodes.bullet_list, nodes.enumerated_list, addnodes.compact_paragraph)
    plain = all(len([c for c in i.children if not isinstance(c, nodes.Invisible)]) <= 2 for i in items)
    single = all(isinstance(c, (*blocks, nodes.Invisible, nodes.target)) for i in items for c in i.children)
    short = all(len(p.astext()) < 120 for i in items for p in i.children[:1])
    return plain and single and short


def number(kind: str, value: int) -> str:
    """An item's number in the manner of its list."""
    if kind in {"loweralpha", "upperalpha"} and 0 < value <= 26:
        letter = chr(ord("a") + value - 1)
        return letter if kind == "loweralpha" else letter.upper()
    if kind in {"lowerroman", "upperroman"} and 0 < value < 4000:
        numeral = roman_numerals.RomanNumeral(value)
        return numeral.to_lowercase() if kind == "lowerroman" else numeral.to_uppercase()
    return str(value)


class Items(BookHandler, nodes.bullet_list, nodes.enumerated_list):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        depth = level(node)
        style = style or client.styles["ragged"]
        items = [item for item in node.children if isinstance(item, nodes.list_item)]
        marks = self._marks(node, items, depth)
        body = with_space(style, 2) if is_compact(node) else with_space(style, 5)
        width = max([_INDENT, *(stringWidth(mark, style.fontName, style.fontSize) + 6 for mark in marks)])
        flowables: list[Flowable] = []
        for item, mark in zip(items, marks, strict=True):
            flowables += self._item(client, item, mark, body, width if depth < _DEEPEST else 0.0)
        return [*flowables, Gap(0 if depth else 4)]

    def _marks(self, node: nodes.Element, items: Sequence[nodes.Element], depth: int) -> list[str]:
        if isinstance(node, nodes.bullet_list):
            plain = bool({"simple-plain", "no-bullets"} & set(node.get("classes", ())))
            return ["" if plain else _BULLETS[min(depth, 2)]] * len(items)
        start, kind = int(node.get("start", 1)), node.get("enumtype", "arabic")
        prefix, suffix = node.get("prefix", ""), node.get("suffix", ".")
        return [f"{prefix}{number(kind, start + index)}{suffix}" for index in range(len(items))]

    def _item(
        self, client: Compositor, item: nodes.Element, mark: str, style: ParagraphStyle, width: float
    ) -> list[Flowable]:
        content = client.gen_elements(item, style) or [Gap(style.leading)]
        label = Label(Paragraph(escape(mark), tight(style)), 0.0, max(width, 10.0))
        flowables = indent(content, width)
        return labelled(flowables, label) if mark else flowables


class Item(BookHandler, nodes.list_item, nodes.definition, nodes.description, nodes.field_body):
    """The content of an item."""


class Definitions(BookHandler, nodes.definition_list, addnodes.glossary):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [*client.set_children(node, style), Gap(2)]


class Definition(BookHandler, nodes.definition_list_item):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables: list[Flowable] = []
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        classifiers = [child for child in node.children if isinstance(child, nodes.classifier)]
        for term in terms:
            after = ""
            if term is terms[-1]:
                after = "".join(f" : <i>{client.gather_pdftext(c)}</i>" for c in classifiers)
            flowables.append(client.paragraph(term, client.styles["term"], client.anchors(term), after))
        body = client.styles["ragged" if style is None else style.name] if style is None else style
        for child in node.children:
            if not isinstance(child, (nodes.term, nodes.classifier)):
                flowables += indent(client.gen_elements(child, body), 16)
        return flowables


class Term(BookHandler, nodes.term, nodes.classifier):
    """A term outside its item, as extensions make them."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [client.paragraph(node, client.styles["term"])]


class Fields(BookHandler, nodes.field_list, nodes.option_list):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [*client.set_children(node, style), Gap(3)]


class Field(BookHandler, nodes.field):
    """A field: its name, and its body beside it where that is one paragraph, else below."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        name, body = node.children[0], node.children[-1]
        assert isinstance(name, nodes.Element) and isinstance(body, nodes.Element)
        title = f'<font face="{client.face_of("fontSansBold")}">{client.gather_pdftext(name)}:</font>'
        style = style or client.styles["ragged"]
        blocks = [child for child in body.children if not isinstance(child, nodes.Invisible)]
        if len(blocks) == 1 and isinstance(blocks[0], nodes.paragraph):
            return indent([client.paragraph(blocks[0], style, f"{title} ")], 0)
        head = Paragraph(title, client.styles["fieldname"])
        content = client.set_children(body, style)
        return [head, *indent(content, 14)] if content else [Paragraph(title, tight(client.styles["fieldname"]))]


class BibliographicField(
    BookHandler, nodes.author, nodes.organization, nodes.address, nodes.contact, nodes.version, nodes.revision,
    nodes.status, nodes.date, nodes.copyright,
):  # fmt: skip
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        name = escape(client.label(type(node).__name__))
        return [client.paragraph(node, client.styles["ragged"], f"<b>{name}:</b> ")]


class Option(BookHandler, nodes.option_list_item):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        group, description = node.children[0], node.children[-1]
        assert isinstance(group, nodes.Element)
        options = ", ".join(escape(option.astext()) for option in group.children)
        head = Paragraph(options, client.styles["option"])
        return [head, *indent(client.gen_elements(description, style or client.styles["ragged"]), 24)]


class OptionParts(BookHandler, nodes.option_group, nodes.option, nodes.option_argument):
    """Parts of an option met outside their list."""


class Columns(BookHandler, addnodes.hlist, addnodes.hlistcol):
    """A list in columns: its items one below the other, which no page is too narrow for."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return client.set_children(node, style)
