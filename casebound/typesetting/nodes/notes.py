"""Notes: admonitions, topics, sidebars, footnotes and citations, what changed in which version."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.layout.block import EmptyBlock, Hairline, Label, block, indent, labelled, ruled
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.footnotes import is_first
from casebound.typesetting.styles.variants import aligned, hanging, loose, smaller, tight, with_space
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun

__all__: list[str] = []

_CLOSE = 3.5  # points between what was changed in one version and in the next
_GAP = 11.0  # points from a rule to the text
_RULE = 72.0  # points of the rule above notes
_NAMELESS = {"topic", "admonition"}
_HEAVY = {"warning", "caution", "danger", "error", "attention"}


class AdmonitionHandler(
    BookHandler, nodes.attention, nodes.caution, nodes.danger, nodes.error, nodes.hint, nodes.important, nodes.note,
    nodes.tip, nodes.warning, nodes.admonition, addnodes.seealso, nodes.topic, nodes.Admonition,
):  # fmt: skip
    """A note: its name in small bold and a rule at its left, heavier where it warns."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = type(node).__name__
        content = context.children(node, _body(context, style))
        if not any(isinstance(child, nodes.title) for child in node.children) and kind not in _NAMELESS:
            content.insert(0, Paragraph.plain(context.compositor.label(kind), _title(context, style)))
        width = 2.4 if kind in _HEAVY else 1.2
        return spaced(ruled(content, width, context.house.note_colour(kind), _GAP), before=7, after=10.5)


def _body(context: Context, style: ParagraphStyle | None) -> ParagraphStyle:
    """The style of what a note says: that of the text round it where that is smaller, as in a cell."""
    ragged = context.styles["ragged"]
    small = style is not None and style.fontSize < ragged.fontSize
    return with_space(aligned(style, TA_LEFT), 3) if style is not None and small else ragged


def _title(context: Context, style: ParagraphStyle | None) -> ParagraphStyle:
    return smaller(context.styles["note-title"], style, context.styles["table-body"])


class SidebarHandler(BookHandler, nodes.sidebar):
    """What is beside the text on a screen: smaller, in the face of captions, between two hairlines."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        content = [block(each) for each in indent(context.children(node, context.styles["sidebar"]), _GAP, _GAP)]
        upper = Hairline(context.house.hairline, context.measure, after=7.0)
        if content:
            content[-1].surround.closing = context.house.hairline
        return spaced([upper, *content], before=7, after=21)


class VersionModifiedHandler(BookHandler, addnodes.versionmodified):
    """What was added, changed or deprecated in a version; short ones that follow each other are set close."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = "warning" if node.get("type") in {"deprecated", "versionremoved"} else "note"
        goes_on = isinstance(node.next_node(descend=False, siblings=True), addnodes.versionmodified)
        body = _body(context, style)
        close = goes_on and len(node.children) < 2
        content = context.children(node, with_space(body, _CLOSE) if close else body)
        return spaced(ruled(content, 1.2, context.house.note_colour(kind), _GAP), after=_CLOSE if close else 7)


class FootnoteHandler(BookHandler, nodes.footnote, nodes.citation):
    """A note: at the foot of its page, or where the source has it with a short rule above the first of several."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if any(context.footnotes.get(name) for name in node["ids"]):
            return []
        body = context.styles["footnote"]
        mark = " ".join(child.astext() for child in node.children if isinstance(child, nodes.label))
        parts = [child for child in node.children if not isinstance(child, nodes.label)]
        if isinstance(node, nodes.citation):
            flowables = self._cited(context, parts, mark, body)
        else:
            content = [flowable for child in parts for flowable in context.blocks(child, body)]
            mark = f"{mark}." if mark.isdecimal() else mark
            label = Label(context.owned(Paragraph.plain(mark, tight(body)), node, "label"), 0.0, 18.0)
            flowables = labelled(indent(content or [EmptyBlock(body.leading)], 20), label)
        if any(name in context.footnotes for name in node["ids"]):
            return flowables
        flowables = spaced(flowables, after=0.0 if _goes_on(node) else 10.5)
        rule = Hairline(context.house.hairline, _RULE, before=14, after=5)
        return [rule, *flowables] if is_first(node, context.footnotes) else flowables

    def _cited(self, context: Context, parts: list[nodes.Node], mark: str, body: ParagraphStyle) -> list[Flowable]:
        """A citation: its mark before its first words, the rest moved in."""
        look = Look.of(body)
        label: list[Run] = [TextRun(f"[{mark}]", look.bold().within("Lbl"))]
        if not parts or not isinstance(parts[0], nodes.paragraph):
            flowables: list[Flowable] = [Paragraph(label, loose(body))]
        else:
            before = [*label, TextRun("\u2002", look), *context.anchors(parts[0], look)]
            first = context.owned(context.paragraph(parts[0], hanging(body, 20.0), before), parts[0])
            flowables, parts = [first], parts[1:]
        for child in parts:
            flowables += indent(context.blocks(child, body), 20)
        return flowables


def _goes_on(note: nodes.Element) -> bool:
    """Whether another note of the kind comes next."""
    after = note.next_node(descend=False, siblings=True)
    return isinstance(after, type(note))


class FootnoteLabelHandler(BookHandler, nodes.label):
    """A note's label; a note sets its own."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [context.paragraph(node, context.styles["footnote"])]
