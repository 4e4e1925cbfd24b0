"""Lists: bullets and numbers, definitions, and lists in columns."""

from __future__ import annotations

from collections.abc import Sequence

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.model.folios import roman
from casebound.typesetting.layout.block import EmptyBlock, Label, indent, labelled
from casebound.typesetting.layout.columns import Columns
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.styles.variants import smaller, tight, with_space
from casebound.typesetting.text.folio import FolioMark
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__: list[str] = []

_BULLETS = ("\u2022", "\u2013", "\u25e6")
_INDENT = 14.0
_DEEPEST = 12  # levels of nesting that still indent
_FOLIO, _FOLIO_GAP = 24.0, 10.0  # points at the right of a list of chapters for the folios, and before them
_NUMBER_GAP = 0.6  # of the size, between the widest number of such a list and the words
_NARROWEST = 90.0  # points of a column of a list in columns


def level(node: nodes.Node) -> int:
    """How many lists a list is in."""
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
        return roman(value) if kind == "lowerroman" else roman(value).upper()
    return str(value)


class ListHandler(BookHandler, nodes.bullet_list, nodes.enumerated_list):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        depth = level(node)
        style = style or context.styles["ragged"]
        items = [item for item in node.children if isinstance(item, nodes.list_item)]
        if (targets := announced(context, node)) and len(targets) == len(items):
            return _annotated(context, items, targets)
        marks = self._marks(node, items, depth)
        body = with_space(style, 2) if is_compact(node) else with_space(style, 5)
        width = max([_INDENT, *(stringWidth(mark, style.fontName, style.fontSize) + 6 for mark in marks)])
        label, flowables = iter(marks), list[Flowable]()
        for item in node.children:
            if isinstance(item, nodes.list_item):
                flowables += self._item(context, item, next(label), body, width if depth < _DEEPEST else 0.0)
            else:
                flowables += context.blocks(item, body)
        return flowables if depth else spaced(flowables, after=7)

    def _marks(self, node: nodes.Element, items: Sequence[nodes.Element], depth: int) -> list[str]:
        if isinstance(node, nodes.bullet_list):
            plain = bool({"simple-plain", "no-bullets"} & set(node.get("classes", ())))
            return ["" if plain else _BULLETS[min(depth, 2)]] * len(items)
        start, kind = int(node.get("start", 1)), node.get("enumtype", "arabic")
        prefix, suffix = node.get("prefix", ""), node.get("suffix", ".")
        return [f"{prefix}{number(kind, start + index)}{suffix}" for index in range(len(items))]

    def _item(
        self, context: Context, item: nodes.Element, mark: str, style: ParagraphStyle, width: float
    ) -> list[Flowable]:
        content = context.blocks(item, style) or [EmptyBlock(style.leading)]
        label = Label(context.owned(Paragraph.plain(mark, tight(style)), item, "label"), 0.0, max(width, 10.0))
        flowables = indent(content, width)
        return labelled(flowables, label) if mark else flowables


def announced(context: Context, node: nodes.Element) -> list[str]:
    """The chapters a list announces, one an item: each item begins with a link to a document.

    It is the list of a toctree, where an item may be an address and announces nothing, or it is on an opening
    page: one without a section above it, the book's own or a section's.
    """
    if not isinstance(node, nodes.bullet_list):
        return []
    whole = "toctree" in node["classes"]
    if not whole and (context.heads[0] or context.depth > 1):
        return []
    if not all(isinstance(item, nodes.list_item) for item in node.children):
        return []
    if not isinstance(node.parent, (nodes.section, nodes.document)):
        return []
    targets = []
    for item in node.children:
        first = item.children[0] if isinstance(item, nodes.Element) and item.children else None
        link = first.children[0] if isinstance(first, nodes.paragraph) and first.children else None
        target = str(link.get("refid", "")) if isinstance(link, nodes.reference) else ""
        if not target.endswith(":") and not whole:
            return []
        targets.append(target)
    return targets


def _annotated(context: Context, items: Sequence[nodes.Element], targets: Sequence[str]) -> list[Flowable]:
    """A list of chapters with what they are about: their numbers in a column, the folio of each at the right."""
    style, look = context.styles["announcement"], tight(context.styles["announcement-folio"])
    numbers = [_chapter_number(item) for item in items]
    widths = [stringWidth(number, style.fontName, style.fontSize) for number in numbers if number]
    column = round(max(widths) + _NUMBER_GAP * style.fontSize, 1) if widths else 0.0
    flowables: list[Flowable] = []
    context = context.without_page_references()
    for item, number, target in zip(items, numbers, targets, strict=True):
        inner = context.without(_number_of(item)) if number else context
        content = indent(inner.blocks(item, style) or [EmptyBlock(style.leading)], column, _FOLIO + _FOLIO_GAP)
        if number:
            link = Look.of(tight(style)).linked(f"#{target}", context.link_colour)
            beside = context.owned(Paragraph([TextRun(number, link)], tight(style)), item, "label")
            content = labelled(content, Label(beside, 0.0, column))
        if target:
            mark = context.owned(FolioMark(target, _title_of(item), look, style), item, "folio")
            content = labelled(content, Label(mark, context.measure - _FOLIO, _FOLIO, after=True))
        flowables += content
    return spaced(flowables, before=10.5, after=7)


def _chapter_number(item: nodes.Element) -> str:
    """The number that an item's link begins with."""
    number = next(iter(item.findall(nodes.generated)), None)
    first = number is not None and isinstance(number.parent, nodes.reference) and number.parent.children[0] is number
    return number.astext().strip() if number is not None and first else ""


def _number_of(item: nodes.Element) -> nodes.Element:
    """The node of the number that an item's link begins with."""
    return next(iter(item.findall(nodes.generated)))


def _title_of(item: nodes.Element) -> str:
    """What the link says that an item begins with."""
    return " ".join(next(iter(item.findall(nodes.reference))).astext().split())


class ListItemHandler(BookHandler, nodes.list_item, nodes.definition, nodes.description, nodes.field_body):
    """The content of an item."""


class DefinitionListHandler(BookHandler, nodes.definition_list, addnodes.glossary):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return spaced(context.children(node, style), after=7)


class DefinitionListItemHandler(BookHandler, nodes.definition_list_item):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables: list[Flowable] = []
        look = smaller(context.styles["term"], style, context.styles["ragged"])
        terms = [child for child in node.children if isinstance(child, nodes.term)]
        classifiers = [child for child in node.children if isinstance(child, nodes.classifier)]
        for term in terms:
            plain, after = Look.of(look), list[Run]()
            for classifier in classifiers if term is terms[-1] else ():
                after += [TextRun(" : ", plain), *context.inline(classifier, plain.italic())]
            flowables.append(context.owned(context.paragraph(term, look, context.anchors(term, plain), after), term))
        if not terms:
            flowables += [flowable for each in classifiers for flowable in context.blocks(each)]
        body = style or context.styles["ragged"]
        content: list[Flowable] = []
        for child in node.children:
            if not isinstance(child, (nodes.term, nodes.classifier)):
                content += indent(context.blocks(child, body), 16)
        return flowables + spaced(content, after=7 if style is None else style.spaceAfter)


class TermHandler(BookHandler, nodes.term, nodes.classifier):
    """A term outside its item, as extensions make them."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [context.paragraph(node, context.styles["term"])]


class HorizontalListHandler(BookHandler, addnodes.hlist):
    """A list in columns; one below the other where the columns would be narrow."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        columns = [context.children(child, style) for child in node.children if isinstance(child, nodes.Element)]
        columns = [column for column in columns if column]
        if len(columns) < 2 or context.measure / len(columns) < _NARROWEST or level(node):
            return [flowable for column in columns for flowable in column]
        tallest = context.house.block[1] / 2
        return [self.plainly(context, node, Columns(columns, tallest))]


class HorizontalListColumnHandler(BookHandler, addnodes.hlistcol):
    """A column outside its list."""
