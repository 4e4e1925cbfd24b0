"""The elements of a piece of HTML as nodes of docutils."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from lxml import etree

from casebound.manuscript.resolving.grid import table
from casebound.manuscript.resolving.markup import BLOCKS, HEADS, SILENT
from casebound.manuscript.resolving.pagination import asked
from casebound.manuscript.resolving.struck import strike
from casebound.model.css.lengths import length
from casebound.model.css.strokes import strokes, strokes_of_style
from casebound.model.css.themes import is_dark, is_for_dark_screens, without_theme

__all__ = ["ADDRESS", "INLINE", "HtmlReader", "as_note", "asked_strokes", "in_line"]

INLINE: dict[str, type[nodes.TextElement]] = {
    "b": nodes.strong, "strong": nodes.strong, "i": nodes.emphasis, "em": nodes.emphasis, "cite": nodes.emphasis,
    "var": nodes.emphasis, "dfn": nodes.emphasis, "code": nodes.literal, "tt": nodes.literal, "kbd": nodes.literal,
    "samp": nodes.literal, "sub": nodes.subscript, "sup": nodes.superscript,
    **dict.fromkeys(("s", "strike", "del", "u", "ins"), nodes.inline),
}  # fmt: skip
_HOLDERS = {"li", "td", "th", "dt", "dd"}  # what is read part by part
_EMBEDDED = {"iframe", "video", "audio", "embed", "source"}
_LOST = {"object", "applet", "canvas", "svg", "math", "input", "select", "textarea", "map", "area", "frameset"}
ADDRESS = re.compile(r"(?:https?|ftp|mailto):\S", re.IGNORECASE)
_LIGHT = re.compile(r"prefers-color-scheme\s*:\s*light", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def in_line(name: str, inner: list[nodes.Node]) -> nodes.TextElement:
    """An element of INLINE with what it holds; what it means beyond its looks is its class."""
    made = INLINE[name]("", "", *inner)
    if isinstance(made, nodes.inline):
        made["classes"] = ["strike" if name == "s" else name]
    return made


def asked_strokes(style: str, classes: str, name: str = "") -> tuple[str, ...]:
    """What an element asks for by its style, its classes or its name: ``strike``, ``underline``, both or nothing."""
    own = ["strike" if name == "s" else name, *classes.split()]
    return tuple(dict.fromkeys((*strokes_of_style(style), *strokes(own))))


def as_note(blocks: list[nodes.Node], *, titled: bool) -> nodes.admonition:
    """Blocks as a note; ``titled`` says that the first is its title."""
    if titled and isinstance(blocks[0], nodes.TextElement) and len(blocks) > 1:
        blocks = [nodes.title("", "", *blocks[0].children), *blocks[1:]]
    return nodes.admonition("", *blocks)


class HtmlReader:
    """Reads one fragment; ``lost`` names the elements that have no place in a book, ``dark`` those for dark pages."""

    def __init__(self, find: Callable[[str], str]) -> None:
        self.find = find
        self.lost: list[str] = []
        self.dark: list[str] = []

    def blocks(self, element: Any) -> list[nodes.Node]:
        """What an element holds, as far as it shows anything."""
        return list(self._parts(element, frozenset()))

    def _parts(self, element: Any, own: frozenset[str]) -> Iterator[Any]:
        """The content of an element as nodes, but its elements with these names as they are."""
        if element.tag not in _HOLDERS or own:
            return self._content(element, own)
        return iter(_struck(element, list(self._content(element, own))))

    def _content(self, element: Any, own: frozenset[str]) -> Iterator[Any]:
        run = _text(element.text)
        for child in element:
            if self._is_shown(child):
                if child.tag in own or _holds_blocks(child):
                    yield from _paragraph(run)
                    yield from [child] if child.tag in own else _asks(child, _struck(child, self._block(child)))
                    run = []
                else:
                    run += self._inline(child)
            run += _text(child.tail)
        yield from _paragraph(run)

    def _is_shown(self, element: Any) -> bool:
        name = element.tag
        if not isinstance(name, str) or name in SILENT:
            return False
        if "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
            return False
        if is_dark((element.get("class") or "").split(), element.get("src") or ""):
            self.dark.append(name)
            return False
        if name in _LOST and not self._shows_picture(element):
            self.lost.append(name)
            return False
        return True

    def _shows_picture(self, element: Any) -> bool:
        """Whether an object of a page is a picture whose file is known."""
        address = str(element.get("data") or "").strip()
        return element.tag == "object" and address.startswith("data:image/") | bool(self.find(address))

    def _block(self, element: Any) -> list[nodes.Node]:
        name = str(element.tag)
        if name == "pre":
            text = "".join(self._code(element)).strip("\n")
            return [nodes.literal_block(text, text, language="none")] if text.strip() else []
        if name in HEADS:
            return [_heading(block) for block in self.blocks(element)]
        if name in {"ul", "ol", "dir", "menu"}:
            return self._list(element)
        if name == "dl":
            return self._definitions(element)
        if name == "table":
            return table(element, self._parts)
        blocks = self.blocks(element)
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

    def _list(self, element: Any) -> list[nodes.Node]:
        """A list; what is outside of its items goes on with the item before it."""
        items: list[nodes.list_item] = []
        before: list[nodes.Node] = []
        for part in self._parts(element, frozenset({"li"})):
            if not isinstance(part, nodes.Node):
                items.append(nodes.list_item("", *self.blocks(part)))
            elif items:
                items[-1].append(part)
            else:
                before.append(part)
        kind = nodes.enumerated_list if element.tag == "ol" else nodes.bullet_list
        return [*before, kind("", *items)] if items else before

    def _definitions(self, element: Any) -> list[nodes.Node]:
        listed = nodes.definition_list()
        before: list[nodes.Node] = []
        self._define(element, listed, before)
        return [*before, listed] if len(listed) else before

    def _define(self, element: Any, listed: nodes.definition_list, before: list[nodes.Node]) -> None:
        """Put terms and definitions in their list; a division may hold some of them."""
        for part in self._parts(element, frozenset({"dt", "dd", "div"})):
            if isinstance(part, nodes.Node) or part.tag == "dd":
                blocks = [part] if isinstance(part, nodes.Node) else self.blocks(part)
                (listed[-1][-1] if len(listed) else before).extend(blocks)  # type: ignore[index]
            elif part.tag == "div":
                self._define(part, listed, before)
            else:
                blocks = self.blocks(part)
                words = [node for block in blocks if _is_line(block) for node in block.children]
                rest = [block for block in blocks if not _is_line(block)]
                listed += nodes.definition_list_item("", nodes.term("", "", *words), nodes.definition("", *rest))

    def _inline(self, element: Any) -> list[nodes.Node]:
        name = str(element.tag)
        if name in {"img", "object"}:
            return self._picture(element)
        if name in _EMBEDDED:
            return self._embedded(element)
        if name == "br":
            return [nodes.raw("", "<br/>", format="html")]
        if name == "picture":
            return self._chosen(element)
        inner = _text(element.text)
        for child in element:
            inner += self._inline(child) if self._is_shown(child) else []
            inner += _text(child.tail)
        address = str(element.get("href") or "").strip()
        if name == "a" and ADDRESS.match(address) and _shows(inner):
            return [nodes.reference("", "", *inner, refuri=address)]
        if not _shows(inner):
            return inner
        inner = [in_line(name, inner)] if name in INLINE else inner
        asked = asked_strokes(*_looks(element))
        return [nodes.inline("", "", *inner, classes=list(asked))] if asked else inner

    def _chosen(self, element: Any) -> list[nodes.Node]:
        """The picture of several that is meant for a light ground: its own, unless only a source is."""
        sources = [source for source in element.iter("source") if source.get("srcset")]
        light = [source for source in sources if _LIGHT.search(source.get("media") or "")]
        self.dark += [source.tag for source in sources if is_for_dark_screens(source.get("media") or "")]
        for image in element.iter("img"):
            if light:
                image.set("src", light[0].get("srcset").split(",")[0].split()[0])
            return self._picture(image)
        return []

    def _picture(self, element: Any) -> list[nodes.Node]:
        words = element.get("alt") or (element.text_content() if element.tag == "object" else "")
        address, alt = str(element.get("src") or element.get("data") or "").strip(), " ".join(str(words).split())
        address = without_theme(address)
        remote = ADDRESS.match(address) or address.startswith("data:image/")
        uri = address if remote else self.find(address)
        if not uri:
            self.lost.append("img")
            return _text(f"[{alt}]") if alt else []
        written = etree.tostring(element, encoding="unicode", with_tail=False) if _is_described(element) else ""
        image = nodes.image(written, uri=uri, alt=alt, candidates={"?": uri} if ADDRESS.match(uri) else {"*": uri})
        for side in ("width", "height"):
            styled = re.search(rf"(?:^|;)\s*{side}\s*:\s*([^;]+)", element.get("style") or "")
            stated = styled[1].strip() if styled else str(element.get(side) or "")
            if length(stated):
                image[side] = stated
        return [image]

    def _embedded(self, element: Any) -> list[nodes.Node]:
        """What plays or is shown within a page is shown by its address."""
        sources = [part.get("src") or "" for part in element.iter() if part.tag in _EMBEDDED]
        address = next((source for source in sources if ADDRESS.match(source)), "")
        if not address:
            self.lost.append(str(element.tag))
            return []
        name = element.get("title") or address
        return [nodes.reference("", "", nodes.Text(name), refuri=address)]


def _asks(element: Any, blocks: list[nodes.Node]) -> list[nodes.Node]:
    """What an element shows, with what it asks of the page."""
    return asked(*_looks(element), blocks)


def _struck(element: Any, blocks: list[nodes.Node]) -> list[nodes.Node]:
    """What an element shows, struck out or underlined as it asks."""
    if lines := asked_strokes(*_looks(element), str(element.tag)):
        strike(blocks, lines)
    return blocks


def _looks(element: Any) -> tuple[str, str]:
    """An element's style and its classes."""
    return element.get("style") or "", element.get("class") or ""


def _is_described(element: Any) -> bool:
    """Whether HTML says what a picture shows, or that it is decoration (HTML 4.8.4.4)."""
    return "alt" in element.attrib or element.get("role") in {"presentation", "none"} or "aria-hidden" in element.attrib


def _holds_blocks(element: Any) -> bool:
    """Whether an element breaks the line; what an object holds is shown where it is not."""
    return element.tag != "object" and any(str(part.tag) in BLOCKS or _asks(part, []) for part in element.iter())


def _text(text: str | None) -> list[nodes.Node]:
    folded = re.sub(r"[ \t\n\r\f]+", " ", text or "")
    return [nodes.Text(folded)] if folded else []


def _shows(run: list[nodes.Node]) -> bool:
    return any(
        node.astext().strip() or any(True for _ in node.findall(nodes.image)) for node in run if not _is_break(node)
    )


def _is_line(block: nodes.Node) -> bool:
    return isinstance(block, nodes.paragraph | nodes.rubric)


def _heading(block: nodes.Node) -> nodes.Node:
    return nodes.rubric("", "", *block.children) if _is_line(block) else block


def _is_break(node: nodes.Node) -> bool:
    return isinstance(node, nodes.raw)


def _paragraph(run: list[nodes.Node]) -> list[nodes.Node]:
    """A run of text as a paragraph; pictures alone stand by themselves."""
    if not _shows(run):
        return []
    shown = [node for node in run if _is_break(node) or _shows([node])]
    if all(isinstance(node, nodes.image) for node in shown):
        return shown
    shows = [not _is_break(node) and _shows([node]) for node in run]
    return [nodes.paragraph("", "", *run[shows.index(True) : len(run) - shows[::-1].index(True)])]
