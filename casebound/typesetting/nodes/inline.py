"""Inline nodes: what is in a line of text, as runs."""

from __future__ import annotations

import re
from dataclasses import replace

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.doctree import ancestors
from casebound.typesetting.text.runs import LineBreak, Look, Run, TextRun

__all__: list[str] = []

_PLACES = {"doc", "std-doc", "std-ref", "std-numref"}
_MONO = 0.868  # size of code within text: its x-height matched to the text face's


class TextHandler(BookHandler, nodes.Text):
    def content(self, context: Context, node: nodes.Text, look: Look) -> list[Run]:
        return [TextRun(node.astext().replace("\n", " "), look)]


class PlainInlineHandler(
    BookHandler, addnodes.desc_sig_element, nodes.inline, nodes.acronym, addnodes.pending_xref,
    addnodes.production, nodes.problematic, addnodes.pending_xref_condition, nodes.Inline,
):  # fmt: skip
    """Text without a look of its own."""


class StrongHandler(BookHandler, nodes.strong):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        return look.bold()


class EmphasisHandler(BookHandler, nodes.emphasis, addnodes.manpage, nodes.title_reference):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        return look.italic()


class SuperscriptHandler(BookHandler, nodes.superscript):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        size: float = look.base.fontSize
        return look.raised(size * 0.34, size * 0.72)


class SubscriptHandler(BookHandler, nodes.subscript):
    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        size: float = look.base.fontSize
        return look.raised(-size * 0.16, size * 0.72)


class InlineRoleHandler(BookHandler, nodes.inline):
    """An inline of a role: a menu path, a label of a button, a file name, a key."""

    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        classes: set[str] = set(node["classes"])
        if classes & {"guilabel", "menuselection", "accelerator", "keep-bold"}:
            return look.in_face(context.compositor.face_of("fontSansBold"))
        return look.italic() if "versionmodified" in classes else look


class LiteralHandler(
    BookHandler, nodes.literal, addnodes.literal_emphasis, addnodes.literal_strong, nodes.option_string
):
    """Code in a line of text. Its own spaces stay; it may break where code may."""

    def look(self, context: Context, node: nodes.Element, look: Look) -> Look:
        mono = context.styles["literal"].fontName
        size: float = look.base.fontSize
        look = look.in_face(mono, size if look.base.fontName == mono else size * _MONO)
        if isinstance(node, addnodes.literal_emphasis):
            return look.italic()
        return look.bold() if isinstance(node, addnodes.literal_strong) else look

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return [
            replace(run, text=re.sub("  +", lambda spaces: "\xa0" * len(spaces.group()), run.text))
            if isinstance(run, TextRun) and "  " in run.text
            else run
            for run in context.inline(node, look)
        ]


class AbbreviationHandler(BookHandler, nodes.abbreviation):
    """An abbreviation, with what it stands for in brackets where the chapter has it first."""

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        runs, explanation = context.inline(node, look), node.get("explanation")
        return [*runs, TextRun(f" ({explanation})", look)] if explanation and _is_first(context, node) else runs


def _is_first(context: Context, node: nodes.Element) -> bool:
    """Whether an abbreviation is explained for the first time in its chapter, and in text, not in a signature."""
    if any(isinstance(parent, addnodes.desc_signature) for parent in ancestors(node)):
        return False
    return context.document is None or id(node) in context.explained


class LinkHandler(BookHandler, addnodes.number_reference, nodes.reference):
    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if node.children and all(isinstance(child, nodes.image) for child in node.children):
            return context.children(node, style)
        return super().blocks(context, node, style)

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        href = f"#{node['refid']}" if node.get("refid") else node.get("refuri", "")
        if not href or look.link or any(node.findall(nodes.image)):
            return context.inline(node, look)
        runs = context.inline(node, look.linked(href, context.link_colour))
        if node.get("refid") and self._in_contents(node):
            return [*runs, context.folio(node["refid"], Look.of(look.base))]
        return [*runs, context.page_reference(node["refid"], look)] if self._says_where(context, node) else runs

    def _in_contents(self, node: nodes.Element) -> bool:
        """Whether a link is an entry of a contents that the source asks for."""
        return any(isinstance(each, nodes.topic) and "contents" in each["classes"] for each in ancestors(node))

    def _says_where(self, context: Context, node: nodes.Element) -> bool:
        """Whether paper says on which page the link leads: to a document or heading of another chapter, in prose."""
        roles = {name for inner in node.findall(nodes.Element) for name in inner["classes"]}
        return bool(
            context.page_references
            and node.get("refid")
            and roles & _PLACES
            and not isinstance(node.parent, nodes.title)
            and node["refid"] not in context.own
        )


class DownloadHandler(BookHandler, addnodes.download_reference):
    """A file to fetch: on paper its name."""


def _raised(context: Context, look: Look) -> Look:
    """How the mark of a note looks: in a heading it ends about as high as capitals do."""
    size: float = look.base.fontSize
    if size <= context.styles["bodytext"].fontSize * 1.1:
        return look.raised()
    return look.raised(size * 0.34, size * 0.6)


class FootnoteReferenceHandler(BookHandler, nodes.footnote_reference, nodes.citation_reference):
    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        target = node.get("refid")
        if target and not look.link:
            look = look.within("Reference", refers=target).linked(f"#{target}", context.link_colour)
        if isinstance(node, nodes.footnote_reference):
            return [TextRun(node.astext(), _raised(context, look))]
        return [TextRun(f"[{node.astext()}]", look)]


class TargetHandler(BookHandler, nodes.target):
    """A named place: its name travels to what comes next where it has no text."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return context.children(node, style) if node.children else []


class RawHandler(BookHandler, nodes.raw):
    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        if re.fullmatch(r"\s*<br\s*/?>\s*", node.astext(), re.IGNORECASE):
            return [LineBreak()]
        if node.astext().strip():
            context.lose("raw-left-out", node, name=node.get("format", ""))
        return []

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        self.content(context, node, Look.of(context.styles["bodytext"]))
        return []
