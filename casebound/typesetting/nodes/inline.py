"""Inline nodes: what stands in a line of text, as paragraph markup."""

from __future__ import annotations

import re
from pathlib import Path
from weakref import WeakKeyDictionary

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from sphinx import addnodes

from casebound.typesetting.graphics.images import BrokenImage, Picture, in_line, open_picture
from casebound.typesetting.nodes.base import BookHandler, ancestors
from casebound.typesetting.nodes.compositor import Compositor, escape, quoted
from casebound.typesetting.nodes.sizes import is_sized, size

__all__: list[str] = []

_PLACES = {"doc", "std-doc", "std-ref", "std-numref"}
_SIGN = 48.0  # points: an image no higher is a sign that goes with the text
_HIGHEST = 0.6  # of a page, for an image in a line
_IN_CELL = 120.0  # points, for the width of an image in a line of a cell
_CAPITALS, _DESCENT, _LOW = 0.67, 0.22, 2.2  # of the size: capitals, descenders, images that stand as text does
_MONO = 0.868  # size of code within text: its x-height matched to the text face's


class Text(BookHandler, nodes.Text):
    def get_text(self, client: Compositor, node: nodes.Text, replaceEnt: bool) -> str:  # noqa: N803
        text = escape(node.astext().replace("\n", " "))
        after = node.next_node(descend=False, siblings=True)
        return text.rstrip() if isinstance(after, nodes.footnote_reference) else text


class Plain(
    BookHandler, addnodes.desc_sig_element, nodes.inline, nodes.generated, nodes.acronym, addnodes.pending_xref,
    addnodes.production, nodes.problematic, addnodes.pending_xref_condition, nodes.Inline,
):  # fmt: skip
    """Text without a look of its own."""


class Strong(BookHandler, nodes.strong):
    pre, post = "<b>", "</b>"


class Emphasis(BookHandler, nodes.emphasis, addnodes.manpage):
    pre, post = "<i>", "</i>"


class TitleReference(BookHandler, nodes.title_reference):
    pre, post = "<i>", "</i>"


class Superscript(BookHandler, nodes.superscript):
    def get_pre_post(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:  # noqa: N803
        size = client.text_style.fontSize
        return f'<super rise="{size * 0.34:.2f}" size="{size * 0.72:.2f}">', "</super>"


class Subscript(BookHandler, nodes.subscript):
    def get_pre_post(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:  # noqa: N803
        size = client.text_style.fontSize
        return f'<sub rise="{size * 0.16:.2f}" size="{size * 0.72:.2f}">', "</sub>"


class Classed(BookHandler, nodes.inline):
    """An inline of a role: a menu path, a label of a button, a file name, a key."""

    def get_pre_post(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:  # noqa: N803
        classes: set[str] = set(node["classes"])
        if classes & {"guilabel", "menuselection", "accelerator", "keep-bold"}:
            return f'<font face="{client.face_of("fontSansBold")}">', "</font>"
        if "versionmodified" in classes:
            return "<i>", "</i>"
        return "", ""


class Literal(BookHandler, nodes.literal, addnodes.literal_emphasis, addnodes.literal_strong, nodes.option_string):
    """Code in a line of text. Its own spaces stay; it may break where code may."""

    def get_pre_post(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> tuple[str, str]:  # noqa: N803
        size = client.text_style.fontSize * _MONO
        mono = client.styles["literal"].fontName
        if client.text_style.fontName == mono:
            size = client.text_style.fontSize
        pre, post = f'<font face="{mono}" size="{size:.2f}">', "</font>"
        if isinstance(node, addnodes.literal_emphasis):
            return f"{pre}<i>", f"</i>{post}"
        if isinstance(node, addnodes.literal_strong):
            return f"{pre}<b>", f"</b>{post}"
        return pre, post

    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        return re.sub("  +", lambda run: "\xa0" * len(run.group()), client.gather_pdftext(node))


class Abbreviation(BookHandler, nodes.abbreviation):
    """An abbreviation, with what it stands for in brackets where the chapter has it first."""

    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        text = str(client.gather_pdftext(node))
        explanation = node.get("explanation")
        return f"{text} ({escape(explanation)})" if explanation and _is_first(client, node) else text


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

    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        href = f"#{node['refid']}" if node.get("refid") else node.get("refuri", "")
        if not href or client.in_link or any(node.findall(nodes.image)):
            return str(client.gather_pdftext(node))
        with client.link() as names:
            text = client.gather_pdftext(node)
        anchors = "".join(f'<a name="{quoted(name)}"/>' for name in names)
        link = f'{anchors}<a href="{quoted(href)}" color="{client.link_colour}">{text}</a>'
        if node.get("refid") and self._in_contents(node):
            style = client.text_style
            return link + client.folio_in_line(node["refid"], style.fontName, style.fontSize, align="left")
        return link + client.page_reference(node["refid"]) if self._says_where(client, node) else link

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


def _raised(client: Compositor) -> str:
    """How the mark of a note begins: in a heading it ends about as high as capitals do."""
    size = client.text_style.fontSize
    if size <= client.styles["bodytext"].fontSize * 1.1:
        return "<super>"
    return f'<super rise="{size * 0.34:.2f}" size="{size * 0.6:.2f}">'


class NoteReference(BookHandler, nodes.footnote_reference, nodes.citation_reference):
    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        label = escape(node.astext())
        mark = f"{_raised(client)}{label}</super>" if isinstance(node, nodes.footnote_reference) else f"[{label}]"
        target = node.get("refid")
        if not target or client.in_link:
            return mark
        return f'<a href="#{quoted(target)}" color="{client.link_colour}">{mark}</a>'


class Target(BookHandler, nodes.target):
    """A named place: its name travels to what comes next where it has no text."""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        return client.set_children(node, style) if node.children else []


class InlineRaw(BookHandler, nodes.raw):
    def get_text(self, client: Compositor, node: nodes.Element, replaceEnt: bool) -> str:  # noqa: N803
        if re.fullmatch(r"\s*<br\s*/?>\s*", node.astext(), re.IGNORECASE):
            return "<br/>"
        if node.astext().strip():
            client.lose("raw-left-out", node, name=node.get("format", ""))
        return ""

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        self.get_text(client, node, True)
        return []


def inline_image(client: Compositor, node: nodes.Element) -> str:
    """The markup of an image in a line of text, its alternative text where it cannot stand there."""
    path = node.get("path")
    words = escape(node.get("alt") or node.get("uri", "").rsplit("/", 1)[-1])
    if not path:
        return words
    try:
        picture = open_picture(Path(path))
    except BrokenImage as error:
        client.lose("image-broken", node, name=node.get("uri", ""), detail=str(error))
        return words
    if picture.simplified:
        client.lose("drawing-simplified", node, name=node.get("uri", ""), detail=picture.simplified)
    wide, high = _size_in_line(client, node, picture)
    drop = _drop(client.text_style.fontSize, high, node.get("align", ""))
    return in_line(picture, wide, high, drop, node.get("digest") or quoted(path))


def _size_in_line(client: Compositor, node: nodes.Element, picture: Picture) -> tuple[float, float]:
    """How large an image stands in a line: as the source says, else a sign as high as the line, else as it is."""
    width, height = client.house.block
    room = _IN_CELL if any(isinstance(parent, nodes.entry) for parent in ancestors(node)) else width
    size(client, node, picture)
    wide, high = picture.asked(width)
    factor = min(1.0, room / wide, height * _HIGHEST / high)
    if not is_sized(node) and high <= _SIGN:
        factor = min(factor, client.text_style.leading * 1.4 / high)
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
