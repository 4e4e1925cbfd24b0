"""Fields and options: names at the left, what they say beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Label, indent, labelled, name_first
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.doctree import ancestors, is_inline
from casebound.typesetting.styles.variants import bookwise, hanging, tight, with_space
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun, stripped

__all__ = ["FieldEntry", "beside"]

_SHARE = 0.24  # of the measure that names may take
_GAP = 10.0


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """A name with its width in points, and what is beside it; ``node``, or a part of it, is what the name is."""

    name: Sequence[Run]
    width: float
    content: Sequence[Flowable]
    node: nodes.Node
    part: str = ""


def beside(
    context: Context, node: nodes.Element, entries: Sequence[FieldEntry], look: ParagraphStyle
) -> list[Flowable]:
    """Names in a column as wide as the widest that fits it; a wider name, or any in a table, is above its text."""
    most = 0.0 if any(isinstance(parent, nodes.entry) for parent in ancestors(node)) else context.measure * _SHARE
    column = max([entry.width for entry in entries if entry.width <= most], default=14.0 - _GAP) + _GAP
    flowables: list[Flowable] = []
    for entry in entries:
        content = indent(entry.content, column)
        beside = bool(content) and entry.width + _GAP <= column
        name = Paragraph(entry.name, look if content and not beside else tight(look))
        name = context.owned(name, entry.node, entry.part)
        flowables += labelled(content, Label(name, 0.0, column)) if beside else [name, *content]
    return spaced(flowables, after=7)


class FieldListHandler(BookHandler, nodes.field_list):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        look = bookwise(context.styles["fieldname"])
        body = with_space(style or context.styles["ragged"], 2)
        if not all(isinstance(field, nodes.field) and _is_pair(field, nodes.field_name) for field in node.children):
            return context.children(node, style)
        return beside(context, node, [_field(context, field, body, look) for field in node.children], look)


def _is_pair(node: nodes.Element, first: type[nodes.Element]) -> bool:
    """Whether a field or an option has its two parts and no others."""
    return len(node.children) == 2 and isinstance(node.children[0], first) and isinstance(node[1], nodes.Element)


def _field(context: Context, field: nodes.Node, style: ParagraphStyle, look: ParagraphStyle) -> FieldEntry:
    name, body = field.children
    assert isinstance(field, nodes.Element) and isinstance(name, nodes.Element) and isinstance(body, nodes.Element)
    plain = Look.of(look)
    runs = [*context.inline(name, plain), TextRun(":", plain)]
    context.log.waiting += [*field["ids"], *name["ids"], *body["ids"]]
    content: list[Flowable] = context.children(body, style) if any(map(is_inline, body.children)) else []
    for child in () if content else body.children:
        if isinstance(child, nodes.bullet_list) and _is_described(child):
            content += _parameters(context, child, style)
        elif isinstance(child, nodes.paragraph) and _is_mixed(child):
            content += _parameter(context, child, style)
        else:
            content += context.blocks(child, style)
    width = stringWidth(f"{name.astext()}:", look.fontName, look.fontSize)
    return FieldEntry(runs, width, spaced(content, after=3.5), name)


def _is_described(items: nodes.Element) -> bool:
    """Whether a list is what Sphinx makes of several fields of a kind: each begins with a name, then a dash."""
    firsts = [item.children[0] for item in items.children if isinstance(item, nodes.Element) and item.children]
    return bool(firsts) and all(
        isinstance(first, nodes.paragraph) and (_is_mixed(first) or " \u2013 " in first.astext()) for first in firsts
    )


def _is_mixed(paragraph: nodes.Element) -> bool:
    """Whether a paragraph holds paragraphs, as Sphinx nests them after a parameter's name."""
    return any(isinstance(child, nodes.paragraph) for child in paragraph.children)


def _parameters(context: Context, items: nodes.Element, style: ParagraphStyle) -> list[Flowable]:
    flowables: list[Flowable] = []
    context.log.waiting += items["ids"]
    for item in items.children:
        assert isinstance(item, nodes.Element)
        first, *rest = item.children
        assert isinstance(first, nodes.Element)
        context.log.waiting += item["ids"]
        flowables += _parameter(context, first, style)
        for child in rest:
            flowables += indent(context.blocks(child, style), 14)
    return flowables


def _parameter(context: Context, paragraph: nodes.Element, style: ParagraphStyle) -> list[Flowable]:
    """A parameter: its name, its type and its first words in one hanging paragraph, more of them moved in."""
    look = Look.of(style)
    inline = [child for child in paragraph.children if is_inline(child)]
    runs = [*context.anchors(paragraph, look), *(run for child in inline for run in context.runs(child, look))]
    blocks = [child for child in paragraph.children if not is_inline(child)]
    first = blocks[0] if blocks else None
    if isinstance(first, nodes.paragraph):
        words = [*context.anchors(first, look), *stripped(context.inline(first, look))]
        runs = [*stripped(runs, left=False), TextRun(" ", look), *words]
        blocks = blocks[1:]
    head = context.owned(Paragraph(stripped(runs), hanging(style, 14.0)), paragraph)
    head.keepWithNext = int(
        bool(blocks) and not isinstance(first, nodes.paragraph)
    )  # a name without a word about it stays with what follows
    content = name_first([head], context.log.take())
    for block in blocks:
        content += indent(context.blocks(block, style), 14)
    return content


class FieldNameHandler(BookHandler, nodes.field_name):
    """A field's name outside its field."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [context.paragraph(node, context.styles["fieldname"])]


class FieldHandler(BookHandler, nodes.field):
    """A field outside its list."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        look = bookwise(context.styles["fieldname"])
        if not _is_pair(node, nodes.field_name):
            return context.children(node, style)
        return beside(context, node, [_field(context, node, style or context.styles["ragged"], look)], look)


class BibliographicFieldHandler(
    BookHandler, nodes.author, nodes.organization, nodes.address, nodes.contact, nodes.version, nodes.revision,
    nodes.status, nodes.date, nodes.copyright,
):  # fmt: skip
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        style = context.styles["ragged"]
        name, look = context.compositor.label(type(node).__name__), Look.of(style)
        return [context.paragraph(node, style, [TextRun(f"{name}:", look.bold()), TextRun(" ", look)])]


class OptionListHandler(BookHandler, nodes.option_list):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        body = with_space(style or context.styles["ragged"], 2)
        if not all(isinstance(i, nodes.option_list_item) and _is_pair(i, nodes.option_group) for i in node.children):
            return context.children(node, style)
        entries = [_option(context, item, body) for item in node.children]
        return beside(context, node, entries, context.styles["option"])


def _option(context: Context, item: nodes.Node, style: ParagraphStyle) -> FieldEntry:
    look = context.styles["option"]
    group, description = item.children
    assert isinstance(item, nodes.Element) and isinstance(group, nodes.Element)
    text = ", ".join(option.astext() for option in group.children)
    context.log.waiting += [*item["ids"], *group["ids"]]
    content = spaced(context.blocks(description, style), after=2)
    width = stringWidth(text, look.fontName, look.fontSize)
    return FieldEntry([TextRun(text, Look.of(look))], width, content, group)


class OptionListItemHandler(BookHandler, nodes.option_list_item):
    """An option outside its list."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if not _is_pair(node, nodes.option_group):
            return context.children(node, style)
        return beside(
            context, node, [_option(context, node, style or context.styles["ragged"])], context.styles["option"]
        )


class OptionPartsHandler(BookHandler, nodes.option_group, nodes.option, nodes.option_argument):
    """Parts of an option met outside their list."""
