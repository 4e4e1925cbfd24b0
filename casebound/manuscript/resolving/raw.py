"""Raw HTML as nodes: its text, code, lists, tables, links and pictures stand in a book as others do."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

from docutils import nodes
from lxml import etree, html

from casebound.manuscript.resolving.grid import table
from casebound.problems import Problem, problem

__all__ = ["as_note", "read_raw"]

Place = Callable[[nodes.Node], tuple[str, int | None]]

_INLINE: dict[str, type[nodes.TextElement]] = {
    "b": nodes.strong, "strong": nodes.strong, "i": nodes.emphasis, "em": nodes.emphasis, "cite": nodes.emphasis,
    "var": nodes.emphasis, "dfn": nodes.emphasis, "code": nodes.literal, "tt": nodes.literal, "kbd": nodes.literal,
    "samp": nodes.literal, "sub": nodes.subscript, "sup": nodes.superscript,
}  # fmt: skip
_HEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "caption"}
_BLOCKS = _HEADS | {
    *("address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("section", "table", "ul"),
}
_EMBEDDED = {"iframe", "video", "audio", "embed", "source"}
_SILENT = {"script", "style", "template", "head", "meta", "link", "title", "base", "track", "param"}
_LOST = {"object", "applet", "canvas", "svg", "math", "input", "select", "textarea", "map", "area", "frameset"}
_ADDRESS = re.compile(r"(?:https?|ftp|mailto):\S", re.IGNORECASE)
_DRAWING = re.compile(r"<svg\b.*?</svg\s*>", re.DOTALL | re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_OPENING, _CLOSING = re.compile(r"<(?P<name>\w+)(?:\s[^<>]*)?>"), re.compile(r"</(?P<name>\w+)\s*>")
_SIZE = re.compile(r"\d+(?:\.\d+)?(?:px|%)?")
_DECORATION = re.compile(r"""aria-hidden=["']?true""")


def read_raw(
    doctree: nodes.document, find: Callable[[str], str], place: Place, report: Callable[[Problem], None]
) -> None:
    """Change a tree in place: raw HTML becomes the nodes that it shows, or none; its twin for another format goes.

    ``find`` gives the uri of a picture by the address that the HTML has for it, or nothing.
    """
    _pair(doctree)
    for raw in list(doctree.findall(nodes.raw)):
        if raw.parent is None or not _is_html(raw):
            continue
        if _is_space(raw):
            raw.parent.replace(raw, nodes.Text(unescape(raw.astext())))
            continue
        reader = _Reader(find)
        found = reader.read(raw.astext())
        if not found and (reader.kept or reader.lost):
            continue
        for name in reader.lost:
            report(problem("raw-left-out", *place(raw), name=f"html element {name}"))
        _put(raw, found)


def _pair(doctree: nodes.document) -> None:
    """Put what stands between two raw tags in a line, as Markdown reads them, into the node they stand for."""
    for closing in list(doctree.findall(nodes.raw)):
        end = _CLOSING.fullmatch(closing.astext().strip())
        around = closing.parent
        if end is None or not _is_html(closing) or not isinstance(around, nodes.TextElement):
            continue
        name, place = end["name"].lower(), around.index(closing)
        for start in range(place - 1, -1, -1):
            opening = around[start]
            begun = _OPENING.fullmatch(opening.astext().strip()) if isinstance(opening, nodes.raw) else None
            if begun and begun["name"].lower() == name:
                kind, inner = _INLINE.get(name), around.children[start + 1 : place]
                if kind is not None:
                    around[start : place + 1] = [kind("", "", *inner)]
                break


def _is_html(raw: nodes.raw) -> bool:
    return bool({"html", "xhtml"} & set(str(raw.get("format", "")).lower().split()))


def _is_space(raw: nodes.raw) -> bool:
    """Whether a fragment is the space between two words: ``&nbsp;``."""
    return isinstance(raw.parent, nodes.TextElement) and unescape(raw.astext()).isspace()


def _put(raw: nodes.raw, found: list[nodes.Node]) -> None:
    parent = raw.parent
    assert parent is not None
    for twin in _twins(raw):
        parent.remove(twin)
    if isinstance(parent, nodes.TextElement):
        found = _among_words(raw.astext(), found)
    for node in found:
        node.source, node.line = raw.source, raw.line
    place = parent.index(raw)
    ids: list[nodes.Node] = [nodes.target(ids=list(raw["ids"]))] if raw["ids"] else []
    parent[place : place + 1] = [*ids, *found]


def _among_words(source: str, blocks: list[nodes.Node]) -> list[nodes.Node]:
    """The blocks of a fragment in a line of text, with the spaces round them."""
    parts = [part for block in blocks for part in (*_line(block), nodes.Text(" "))][:-1]
    said = "".join(part.astext() for part in parts)
    before = [nodes.Text(" ")] if source[:1].isspace() and not said[:1].isspace() else []
    after = [nodes.Text(" ")] if source[-1:].isspace() and not said[-1:].isspace() else []
    return [*before, *parts, *after]


def _twins(raw: nodes.raw) -> Iterator[nodes.raw]:
    """The raw nodes beside this one that say the same for other formats."""
    assert raw.parent is not None
    children = raw.parent.children
    for node in children[children.index(raw) + 1 :]:
        if not isinstance(node, nodes.raw) or _is_html(node):
            return
        yield node


def _line(block: nodes.Node) -> list[nodes.Node]:
    if isinstance(block, nodes.paragraph | nodes.rubric):
        return list(block.children)
    return [block if isinstance(block, nodes.image) else nodes.Text(block.astext())]


def as_note(blocks: list[nodes.Node], *, titled: bool) -> nodes.admonition:
    """Blocks as a note; ``titled`` says that the first is its title."""
    if titled and isinstance(blocks[0], nodes.TextElement) and len(blocks) > 1:
        blocks = [nodes.title("", "", *blocks[0].children), *blocks[1:]]
    return nodes.admonition("", *blocks)


class _Reader:
    """Reads one fragment; ``lost`` names the elements that have no place in a book, ``kept`` says that it stays raw."""

    def __init__(self, find: Callable[[str], str]) -> None:
        self.find = find
        self.lost: list[str] = []
        self.kept = False

    def read(self, source: str) -> list[nodes.Node]:
        """The blocks of a fragment that show anything."""
        # a reader of HTML would spell the names in a drawing its own way
        source = _DRAWING.sub(_as_picture, source).strip("\0")
        if not source.strip():
            return []
        try:
            holder = html.fragment_fromstring(source, create_parent="div")
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            self.kept = True
            return []
        self.kept = holder.find(".//br") is not None or holder.find(".//hr") is not None
        return self._blocks(holder)

    def _blocks(self, element: Any) -> list[nodes.Node]:
        found: list[nodes.Node] = []
        run: list[nodes.Node] = _text(element.text)
        for child in element:
            if self._is_shown(child):
                if any(str(part.tag) in _BLOCKS for part in child.iter()):
                    found += [*_paragraph(run), *self._block(child)]
                    run = []
                else:
                    run += self._inline(child)
            run += _text(child.tail)
        return found + _paragraph(run)

    def _is_shown(self, element: Any) -> bool:
        name = element.tag
        if not isinstance(name, str) or name in _SILENT:
            return False
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
            return False
        if name in _LOST:
            self.lost.append(name)
        return name not in _LOST

    def _block(self, element: Any) -> list[nodes.Node]:
        name = str(element.tag)
        if name == "pre":
            text = "".join(self._code(element)).strip("\n")
            return [nodes.literal_block(text, text, language="none")] if text.strip() else []
        if name in _HEADS:
            return [nodes.rubric("", "", *part.children) for part in self._blocks_of_text(element)]
        if name in {"ul", "ol", "dir", "menu"}:
            items = [nodes.list_item("", *self._blocks(item)) for item in element if item.tag == "li"]
            listed = nodes.bullet_list("", *items) if name != "ol" else nodes.enumerated_list("", *items)
            return [listed] if items else []
        if name == "dl":
            return self._definitions(element)
        if name == "table":
            return table(element, self._blocks)
        blocks = self._blocks(element)
        if "admonition" in (element.get("class") or "").split() and blocks:
            return [as_note(blocks, titled=element.find_class("admonition-title") != [])]
        return [nodes.block_quote("", *blocks)] if name == "blockquote" and blocks else blocks

    def _code(self, element: Any) -> Iterator[str]:
        yield element.text or ""
        for child in element:
            if child.tag == "br":
                yield "\n"
            elif self._is_shown(child):
                yield from self._code(child)
            yield child.tail or ""

    def _blocks_of_text(self, element: Any) -> list[nodes.Element]:
        return [part for part in self._blocks(element) if isinstance(part, nodes.TextElement)]

    def _definitions(self, element: Any) -> list[nodes.Node]:
        listed = nodes.definition_list()
        for part in element:
            if part.tag == "dt":
                term = nodes.term("", "", *(node for text in self._blocks_of_text(part) for node in text.children))
                listed += nodes.definition_list_item("", term, nodes.definition())
            elif part.tag == "dd" and len(listed):
                definition = listed[-1][-1]  # type: ignore[index]
                definition.extend(self._blocks(part))
        return [listed] if len(listed) else []

    def _inline(self, element: Any) -> list[nodes.Node]:
        name = str(element.tag)
        if name == "img":
            return self._picture(element)
        if name in _EMBEDDED:
            return self._embedded(element)
        if name == "br":
            return [nodes.raw("", "<br/>", format="html")]
        inner = _text(element.text)
        for child in element:
            inner += self._inline(child) if self._is_shown(child) else []
            inner += _text(child.tail)
        address = str(element.get("href") or "").strip()
        if name == "a" and _ADDRESS.match(address) and _shows(inner):
            return [nodes.reference("", "", *inner, refuri=address)]
        kind = _INLINE.get(name)
        return [kind("", "", *inner)] if kind and _shows(inner) else inner

    def _picture(self, element: Any) -> list[nodes.Node]:
        address, alt = str(element.get("src") or "").strip(), " ".join(str(element.get("alt") or "").split())
        remote = _ADDRESS.match(address) or address.startswith("data:image/")
        uri = address if remote else self.find(address)
        if not uri:
            self.lost.append("img")
            return _text(f"[{alt}]") if alt else []
        image = nodes.image("", uri=uri, alt=alt, candidates={"?": uri} if _ADDRESS.match(uri) else {"*": uri})
        for side in ("width", "height"):
            if _SIZE.fullmatch(str(element.get(side) or "")):
                image[side] = element.get(side)
        return [image]

    def _embedded(self, element: Any) -> list[nodes.Node]:
        """What plays or is shown within a page is shown by its address."""
        sources = [part.get("src") or "" for part in element.iter() if part.tag in _EMBEDDED]
        address = next((source for source in sources if _ADDRESS.match(source)), "")
        if not address:
            self.lost.append(str(element.tag))
            return []
        name = element.get("title") or address
        return [nodes.reference("", "", nodes.Text(name), refuri=address)]


def _as_picture(drawing: re.Match[str]) -> str:
    """A drawing as a picture that holds it; one that a screen reader leaves out adorns and says nothing."""
    source = drawing[0]
    if _DECORATION.search(source.partition(">")[0]):
        return ""
    if "xmlns" not in source.partition(">")[0]:
        source = f'<svg xmlns="http://www.w3.org/2000/svg"{source[4:]}'
    return f'<img src="data:image/svg+xml;base64,{b64encode(source.encode()).decode()}">'


def _text(text: str | None) -> list[nodes.Node]:
    folded = re.sub(r"[ \t\n\r\f]+", " ", text or "")
    return [nodes.Text(folded)] if folded else []


def _shows(run: list[nodes.Node]) -> bool:
    return any(
        node.astext().strip() or any(True for _ in node.findall(nodes.image)) for node in run if not _is_break(node)
    )


def _is_break(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw)


def _paragraph(run: list[nodes.Node]) -> list[nodes.Node]:
    """A run of text as a paragraph; pictures alone stand by themselves."""
    if not _shows(run):
        return []
    shown = [node for node in run if _is_break(node) or _shows([node])]
    if all(isinstance(node, nodes.image) for node in shown):
        return shown
    while run and (_is_break(run[0]) or not _shows(run[:1])):
        run = run[1:]
    while run and (_is_break(run[-1]) or not _shows(run[-1:])):
        run = run[:-1]
    return [nodes.paragraph("", "", *run)]
