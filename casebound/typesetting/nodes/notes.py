"""Notes: admonitions, topics, sidebars, footnotes and citations, what changed in which version."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.enums import TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.layout.block import Gap, Hairline, Label, block, indent, labelled, ruled
from casebound.typesetting.layout.spacing import spaced
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.compositor import Compositor
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


class Admonition(
    BookHandler, nodes.attention, nodes.caution, nodes.danger, nodes.error, nodes.hint, nodes.important, nodes.note,
    nodes.tip, nodes.warning, nodes.admonition, addnodes.seealso, nodes.topic, nodes.Admonition,
):  # fmt: skip
    """A note: its name in small bold and a rule at its left, heavier where it warns."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = type(node).__name__
        content = client.set_children(node, _body(client, style))
        if not any(isinstance(child, nodes.title) for child in node.children) and kind not in _NAMELESS:
            content.insert(0, Paragraph.plain(client.label(kind), _title(client, style)))
        width = 2.4 if kind in _HEAVY else 1.2
        return spaced(ruled(content, width, client.house.note_colour(kind), _GAP), before=7, after=10.5)


def _body(client: Compositor, style: ParagraphStyle | None) -> ParagraphStyle:
    """The style of what a note says: that of the text round it where that is smaller, as in a cell."""
    ragged = client.styles["ragged"]
    small = style is not None and style.fontSize < ragged.fontSize
    return with_space(aligned(style, TA_LEFT), 3) if style is not None and small else ragged


def _title(client: Compositor, style: ParagraphStyle | None) -> ParagraphStyle:
    return smaller(client.styles["note-title"], style, client.styles["table-body"])


class Sidebar(BookHandler, nodes.sidebar):
    """What stands beside the text on a screen: smaller, in the face of captions, between two hairlines."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        content = [block(each) for each in indent(client.set_children(node, client.styles["sidebar"]), _GAP, _GAP)]
        upper = Hairline(client.house.hairline, client.measure, after=7.0)
        if content:
            content[-1].surround.closing = client.house.hairline
        return spaced([upper, *content], before=7, after=21)


class Version(BookHandler, addnodes.versionmodified):
    """What was added, changed or deprecated in a version; short ones that follow each other stand close."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = "warning" if node.get("type") in {"deprecated", "versionremoved"} else "note"
        goes_on = isinstance(node.next_node(descend=False, siblings=True), addnodes.versionmodified)
        body = _body(client, style)
        close = goes_on and len(node.children) < 2
        content = client.set_children(node, with_space(body, _CLOSE) if close else body)
        return spaced(ruled(content, 1.2, client.house.note_colour(kind), _GAP), after=_CLOSE if close else 7)


class Note(BookHandler, nodes.footnote, nodes.citation):
    """A note: at the foot of its page, or where the source has it with a short rule above the first of several."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if any(client.feet.get(name) for name in node["ids"]):
            return []
        body = client.styles["footnote"]
        mark = " ".join(child.astext() for child in node.children if isinstance(child, nodes.label))
        parts = [child for child in node.children if not isinstance(child, nodes.label)]
        if isinstance(node, nodes.citation):
            flowables = self._cited(client, parts, mark, body)
        else:
            content = [flowable for child in parts for flowable in client.gen_elements(child, body)]
            mark = f"{mark}." if mark.isdecimal() else mark
            label = Label(Paragraph.plain(mark, tight(body)), 0.0, 18.0)
            flowables = labelled(indent(content or [Gap(body.leading)], 20), label)
        if any(name in client.feet for name in node["ids"]):
            return flowables
        flowables = spaced(flowables, after=0.0 if _goes_on(node) else 10.5)
        rule = Hairline(client.house.hairline, _RULE, before=14, after=5)
        return [rule, *flowables] if is_first(node, client.feet) else flowables

    def _cited(self, client: Compositor, parts: list[nodes.Node], mark: str, body: ParagraphStyle) -> list[Flowable]:
        """A citation: its mark before its first words, the rest moved in."""
        look = Look.of(body)
        label: list[Run] = [TextRun(f"[{mark}]", look.bold())]
        if not parts or not isinstance(parts[0], nodes.paragraph):
            flowables: list[Flowable] = [Paragraph(label, loose(body))]
        else:
            before = [*label, TextRun("\u2002", look), *client.anchors(parts[0], look)]
            first = client.paragraph(parts[0], hanging(body, 20.0), before)
            flowables, parts = [first], parts[1:]
        for child in parts:
            flowables += indent(client.gen_elements(child, body), 20)
        return flowables


def _goes_on(note: nodes.Element) -> bool:
    """Whether another note of the kind comes next."""
    after = note.next_node(descend=False, siblings=True)
    return isinstance(after, type(note))


class NoteLabel(BookHandler, nodes.label):
    """A note's label; a note sets its own."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return [client.paragraph(node, client.styles["footnote"])]
