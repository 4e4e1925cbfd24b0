"""Prose: sections and their titles, paragraphs, quotes, lines, and what only groups."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.layout.block import EmptyBlock, Hairline, indent
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.footnotes import stands_over_nothing
from casebound.typesetting.nodes.opening import hung, opening
from casebound.typesetting.styles.variants import own
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__: list[str] = []

_BREAK = 0.22  # of the measure, that the rule between two trains of thought is long
_FEW = 300  # characters of a paragraph that is moved to the page of what it announces
_ANNOUNCED = (
    nodes.literal_block,
    nodes.doctest_block,
    nodes.Sequential,
    nodes.line_block,
    nodes.block_quote,
    nodes.figure,
    nodes.image,
    nodes.table,
    nodes.container,
)


class GroupHandler(
    BookHandler, nodes.document, nodes.compound, nodes.decoration, nodes.docinfo, nodes.container,
    addnodes.compact_paragraph, addnodes.start_of_file, nodes.authors, addnodes.acks,
    nodes.header, nodes.footer, addnodes.only,
):  # fmt: skip
    """A node that only groups: its children follow one another."""


class SilentHandler(
    BookHandler, nodes.comment, nodes.substitution_definition, nodes.meta, nodes.pending, addnodes.index,
    addnodes.toctree, addnodes.tabular_col_spec, addnodes.highlightlang, nodes.system_message, nodes.Invisible,
):  # fmt: skip
    """A node that prints nothing; the manuscript has taken it out or moved its names on."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return []

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return []


class SectionHandler(BookHandler, nodes.section):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return context.deeper().children(node)


class TitleHandler(BookHandler, nodes.title):
    """A heading, or the title of a topic, note, table or sidebar."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if isinstance(node.parent, nodes.table):
            return [context.paragraph(node, context.styles["table-title"])]
        if not isinstance(node.parent, (nodes.section, nodes.document)):
            return [context.paragraph(node, context.styles["note-title"])]
        style = context.styles[f"heading{min(max(context.depth, 1), 6)}"]
        return [context.paragraph(node, hung(context, node, style))] if context.depth > 1 else opening(context, node)


class SubtitleHandler(BookHandler, nodes.subtitle):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [context.paragraph(node, context.styles["note-title"])]


class ParagraphHandler(BookHandler, nodes.paragraph):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        style = style or context.styles["bodytext"]
        if any(isinstance(child, nodes.Body) and not isinstance(child, nodes.Inline) for child in node.children):
            return context.children(node, style)
        if (picture := _lone_image(node)) is not None:
            return list(context.blocks(picture, style))
        paragraph = context.paragraph(node, own(style) if _stands_alone(node.parent) else style)
        if _announces(node):
            paragraph.keepWithNext = 1
        return [paragraph] if paragraph.runs else []


def _stands_alone(parent: nodes.Node | None) -> bool:
    """Whether text is part of nothing but sections, quotations and boxes without a look: no list, no cell, no note."""
    while isinstance(parent, (nodes.block_quote, nodes.line_block, nodes.container, nodes.compound)):
        parent = parent.parent
    return isinstance(parent, (nodes.section, nodes.document))


def _announces(node: nodes.Element) -> bool:
    """Whether a few lines end in a colon, and what they announce comes next: they stay on its page."""
    text, parent = node.astext().rstrip(), node.parent
    if not text.endswith((":", "\uff1a")) or len(text) > _FEW or parent is None:
        return False
    after = parent.children[parent.index(node) + 1 : parent.index(node) + 2]
    return bool(after) and isinstance(after[0], _ANNOUNCED) and not isinstance(after[0], nodes.paragraph)


def _lone_image(node: nodes.Element) -> nodes.Element | None:
    """The image a paragraph consists of, where it holds nothing else."""
    children = [child for child in node.children if child.astext().strip() or isinstance(child, nodes.Element)]
    inner = children[0] if len(children) == 1 else None
    if isinstance(inner, nodes.reference) and len(inner.children) == 1:
        inner = inner.children[0]
    return inner if isinstance(inner, nodes.image) else None


class RubricHandler(BookHandler, nodes.rubric):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if stands_over_nothing(node, context.footnotes, context.language):
            return []
        return [context.paragraph(node, context.styles["rubric"])]


class CenteredHandler(BookHandler, addnodes.centered):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [context.paragraph(node, context.styles["centered"])]


class BlockQuoteHandler(BookHandler, nodes.block_quote):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return spaced(indent(context.children(node, style or context.styles["ragged"]), 20, 14), before=7, after=10.5)


class AttributionHandler(BookHandler, nodes.attribution):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        style = context.styles["attribution"]
        return [context.paragraph(node, style, [TextRun("\u2014 ", Look.of(style))])]


class LineBlockHandler(BookHandler, nodes.line_block):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        flowables = context.children(node, style)
        if isinstance(node.parent, nodes.line_block):
            return indent(flowables, 15)
        return spaced(flowables, after=7)


class LineHandler(BookHandler, nodes.line):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if not node.astext().strip():
            return [EmptyBlock(context.styles["line"].leading)]
        style = context.styles["line"]
        return [context.paragraph(node, own(style) if _stands_alone(node.parent) else style)]


class TransitionHandler(BookHandler, nodes.transition):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if stands_over_nothing(node, context.footnotes, context.language):
            return []
        rule = Hairline(context.house.hairline, context.measure * _BREAK, before=14, after=14)
        rule.keepWithNext, rule.hAlign = 0, "CENTER"
        return [rule]
