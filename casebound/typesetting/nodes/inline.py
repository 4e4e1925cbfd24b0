"""Inline nodes: what stands in a line of text, as runs."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from weakref import WeakKeyDictionary

from docutils import nodes
from reportlab.lib.colors import toColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.graphics.images import BrokenImage, Picture, in_line
from casebound.typesetting.nodes.base import BookHandler, ancestors
from casebound.typesetting.nodes.compositor import Compositor
from casebound.typesetting.nodes.sizes import is_sized, size
from casebound.typesetting.text.runs import InlineObject, LineBreak, Look, Run, TextRun

__all__: list[str] = []

_PLACES = {"doc", "std-doc", "std-ref", "std-numref"}
_SIGN = 48.0  # points: an image no higher is a sign that goes with the text
_HIGHEST = 0.6  # of a page, for an image in a line
_IN_CELL = 120.0  # points, for the width of an image in a line of a cell
_CAPITALS, _DESCENT, _LOW = 0.67, 0.22, 2.2  # of the size: capitals, descenders, images that stand as text does
_MONO = 0.868  # size of code within text: its x-height matched to the text face's


class Text(BookHandler, nodes.Text):
    def content(self, client: Compositor, node: nodes.Text, look: Look) -> list[Run]:
        return [TextRun(node.astext().replace("\n", " "), look)]


class Plain(
    BookHandler, addnodes.desc_sig_element, nodes.inline, nodes.generated, nodes.acronym, addnodes.pending_xref,
    addnodes.production, nodes.problematic, addnodes.pending_xref_condition, nodes.Inline,
):  # fmt: skip
    """Text without a look of its own."""


class Strong(BookHandler, nodes.strong):
    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        return look.bold()


class Emphasis(BookHandler, nodes.emphasis, addnodes.manpage, nodes.title_reference):
    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        return look.italic()


class Superscript(BookHandler, nodes.superscript):
    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        size: float = look.base.fontSize
        return look.raised(size * 0.34, size * 0.72)


class Subscript(BookHandler, nodes.subscript):
    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        size: float = look.base.fontSize
        return look.raised(-size * 0.16, size * 0.72)


class Classed(BookHandler, nodes.inline):
    """An inline of a role: a menu path, a label of a button, a file name, a key."""

    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        classes: set[str] = set(node["classes"])
        if classes & {"guilabel", "menuselection", "accelerator", "keep-bold"}:
            return look.in_face(client.face_of("fontSansBold"))
        return look.italic() if "versionmodified" in classes else look


class Literal(BookHandler, nodes.literal, addnodes.literal_emphasis, addnodes.literal_strong, nodes.option_string):
    """Code in a line of text. Its own spaces stay; it may break where code may."""

    def look(self, client: Compositor, node: nodes.Element, look: Look) -> Look:
        mono = client.styles["literal"].fontName
        size: float = look.base.fontSize
        look = look.in_face(mono, size if look.base.fontName == mono else size * _MONO)
        if isinstance(node, addnodes.literal_emphasis):
            return look.italic()
        return look.bold() if isinstance(node, addnodes.literal_strong) else look

    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        return [
            replace(run, text=re.sub("  +", lambda spaces: "\xa0" * len(spaces.group()), run.text))
            if isinstance(run, TextRun) and "  " in run.text
            else run
            for run in client.inline(node, look)
        ]


class Abbreviation(BookHandler, nodes.abbreviation):
    """An abbreviation, with what it stands for in brackets where the chapter has it first."""

    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        runs, explanation = client.inline(node, look), node.get("explanation")
        return [*runs, TextRun(f" ({explanation})", look)] if explanation and _is_first(client, node) else runs


def _is_first(client: Compositor, node: nodes.Element) -> bool:
    """Whether an abbreviation is explained for the first time in its chapter, and in text, not in a signature."""
    parent = node.parent
    while parent is not None:
        if isinstance(parent, addnodes.desc_signature):
            return False
        parent = parent.parent
    tree = client.doctree
    if tree is None:
        return True
    if tree not in _explained:
        _explained[tree] = {}
        for other in tree.findall(nodes.abbreviation):
            _explained[tree].setdefault((other.astext(), other.get("explanation", "")), other)
    return _explained[tree].get((node.astext(), node["explanation"]), node) is node


_explained: WeakKeyDictionary[nodes.document, dict[tuple[str, str], nodes.abbreviation]] = WeakKeyDictionary()
"""Where each abbreviation of a chapter stands first, by its text and its explanation."""


class Link(BookHandler, addnodes.number_reference, nodes.reference):
    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        if node.children and all(isinstance(child, nodes.image) for child in node.children):
            return client.set_children(node, style)
        return super().gather_elements(client, node, style)

    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        href = f"#{node['refid']}" if node.get("refid") else node.get("refuri", "")
        if not href or look.link or any(node.findall(nodes.image)):
            return client.inline(node, look)
        runs = client.inline(node, look.linked(href, toColor(client.link_colour)))
        if node.get("refid") and self._in_contents(node):
            return [*runs, client.folio_in_line(node["refid"], Look.of(look.base), align="left")]
        return [*runs, client.page_reference(node["refid"], look)] if self._says_where(client, node) else runs

    def _in_contents(self, node: nodes.Element) -> bool:
        """Whether a link is an entry of a contents that the source asks for."""
        return any(isinstance(each, nodes.topic) and "contents" in each["classes"] for each in ancestors(node))

    def _says_where(self, client: Compositor, node: nodes.Element) -> bool:
        """Whether paper says on which page the link leads: to a document or heading of another chapter, in prose."""
        roles = {name for inner in node.findall(nodes.Element) for name in inner["classes"]}
        return bool(
            client.page_references
            and node.get("refid")
            and roles & _PLACES
            and not isinstance(node.parent, nodes.title)
            and not client.is_own(node["refid"])
        )


class Download(BookHandler, addnodes.download_reference):
    """A file to fetch: on paper its name."""


def _raised(client: Compositor, look: Look) -> Look:
    """How the mark of a note looks: in a heading it ends about as high as capitals do."""
    size: float = look.base.fontSize
    if size <= client.styles["bodytext"].fontSize * 1.1:
        return look.raised()
    return look.raised(size * 0.34, size * 0.6)


class NoteReference(BookHandler, nodes.footnote_reference, nodes.citation_reference):
    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        target = node.get("refid")
        if target and not look.link:
            look = look.linked(f"#{target}", toColor(client.link_colour))
        if isinstance(node, nodes.footnote_reference):
            return [TextRun(node.astext(), _raised(client, look))]
        return [TextRun(f"[{node.astext()}]", look)]


class Target(BookHandler, nodes.target):
    """A named place: its name travels to what comes next where it has no text."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return client.set_children(node, style) if node.children else []


class InlineRaw(BookHandler, nodes.raw):
    def content(self, client: Compositor, node: nodes.Element, look: Look) -> list[Run]:
        if re.fullmatch(r"\s*<br\s*/?>\s*", node.astext(), re.IGNORECASE):
            return [LineBreak()]
        if node.astext().strip():
            client.lose("raw-left-out", node, name=node.get("format", ""))
        return []

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        self.content(client, node, Look.of(client.styles["bodytext"]))
        return []


def inline_image(client: Compositor, node: nodes.Element, look: Look) -> Run:
    """An image in a line of text, its alternative text where it cannot stand there."""
    path = node.get("path")
    words = TextRun(node.get("alt") or node.get("uri", "").rsplit("/", 1)[-1], look)
    if not path:
        return words
    try:
        picture = client.open_picture(path)
    except BrokenImage as error:
        client.lose("image-broken", node, name=node.get("uri", ""), detail=str(error))
        return words
    if picture.simplified:
        client.lose("drawing-simplified", node, name=node.get("uri", ""), detail=picture.simplified)
    wide, high = _size_in_line(client, node, picture, look)
    drop = _drop(look.base.fontSize, high, node.get("align", ""))
    return InlineObject(
        look, wide, max(high - drop, 0.0), max(drop, 0.0), partial(in_line, picture, (wide, high), drop)
    )


def _size_in_line(client: Compositor, node: nodes.Element, picture: Picture, look: Look) -> tuple[float, float]:
    """How large an image stands in a line: as the source says, else a sign as high as the line, else as it is."""
    width, height = client.house.block
    room = _IN_CELL if any(isinstance(parent, nodes.entry) for parent in ancestors(node)) else width
    size(client, node, picture)
    wide, high = picture.asked(width)
    factor = min(1.0, room / wide, height * _HIGHEST / high)
    if not is_sized(node) and high <= _SIGN:
        factor = min(factor, look.base.leading * 1.4 / high)
    return wide * factor, high * factor


def _drop(size: float, height: float, align: str) -> float:
    """How far below the baseline an image stands: one about as high as the text in its middle, others on it."""
    capitals = size * _CAPITALS
    if align == "top":
        return height - capitals
    if align == "middle":
        return (height - capitals) / 2
    if align == "bottom" or height > _LOW * size:
        return 0.0
    return min(max((height - capitals) / 2, 0.0), size * _DESCENT)
