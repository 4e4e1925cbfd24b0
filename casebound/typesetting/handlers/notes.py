"""Notes: admonitions, topics, sidebars, footnotes and citations, what changed in which version."""

from __future__ import annotations

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.block import Gap, Label, indent, labelled, ruled
from casebound.typesetting.compositor import Compositor, escape
from casebound.typesetting.handlers.base import BookHandler
from casebound.typesetting.paragraph import Paragraph
from casebound.typesetting.variants import tight

__all__: list[str] = []

_HEAVY = {"warning", "caution", "danger", "error", "attention"}


class Admonition(
    BookHandler, nodes.attention, nodes.caution, nodes.danger, nodes.error, nodes.hint, nodes.important, nodes.note,
    nodes.tip, nodes.warning, nodes.admonition, addnodes.seealso, nodes.topic, nodes.sidebar, nodes.Admonition,
):  # fmt: skip
    """A note: its name in small bold and a rule at its left, heavier where it warns."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = type(node).__name__
        body = client.styles["ragged"]
        content = client.set_children(node, body)
        if not any(isinstance(child, nodes.title) for child in node.children) and kind not in {"topic", "sidebar"}:
            content.insert(0, Paragraph(escape(client.label(kind)), client.styles["note-title"]))
        colour = client.house.note_colour(kind)
        content = indent(ruled(content, 2.4 if kind in _HEAVY else 1.2, colour), 0)
        return [Gap(2), *self._moved_in(content), Gap(4)]

    def _moved_in(self, content: list[Flowable]) -> list[Flowable]:
        """The text moved in, the rule left where it is."""
        for block in content:
            block.surround.left += 11
            block.surround.labels = [Label(lb.flowable, lb.x + 11, lb.width) for lb in block.surround.labels]
            block.surround.rules = [
                rule
                if rule is block.surround.rules[-1]
                else type(rule)(rule.x + 11, rule.width, rule.colour, rule.tail)
                for rule in block.surround.rules
            ]
        return content


class Version(BookHandler, addnodes.versionmodified):
    """What was added, changed or deprecated in a version."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        kind = "warning" if node.get("type") in {"deprecated", "versionremoved"} else "note"
        content = client.set_children(node, client.styles["ragged"])
        return Admonition()._moved_in(ruled(content, 1.2, client.house.note_colour(kind)))


class Note(BookHandler, nodes.footnote, nodes.citation):
    """A footnote or citation where the source has it, its label hanging."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        body = client.styles["footnote"]
        labels = [child for child in node.children if isinstance(child, nodes.label)]
        mark = labels[0].astext() if labels else ""
        content: list[Flowable] = []
        for child in node.children:
            if not isinstance(child, nodes.label):
                content += client.gen_elements(child, body)
        if isinstance(node, nodes.citation):
            return [Paragraph(f"<b>[{escape(mark)}]</b>", client.styles["option"]), *indent(content, 16)]
        label = Label(Paragraph(escape(f"{mark}."), tight(body)), 0.0, 16.0)
        return labelled(indent(content or [Gap(body.leading)], 18), label)


class NoteLabel(BookHandler, nodes.label):
    """A note's label, set by the note itself."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return []
