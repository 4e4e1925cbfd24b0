"""Raw HTML as nodes: its text, code, lists, tables, links and pictures become part of a book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from docutils import nodes

from casebound.manuscript.resolving.elements import ADDRESS, INLINE, HtmlReader, asked_strokes, in_line
from casebound.manuscript.resolving.markup import UnreadableMarkup, parsed
from casebound.model.diagnostics import Problem, problem

__all__ = ["read_raw"]

Place = Callable[[nodes.Node], tuple[str, int | None]]

_OPENING, _CLOSING = re.compile(r"<(?P<name>\w+)(?:\s[^<>]*)?>"), re.compile(r"</(?P<name>\w+)\s*>")

_ATTRIBUTES = [re.compile(rf"""\s{name}\s*=\s*(["'])(.*?)\1""", re.IGNORECASE) for name in ("style", "class", "href")]


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
        where = place(raw)
        try:
            element, whole = parsed(raw.astext())
        except UnreadableMarkup as error:
            report(problem("raw-unread", *where, detail=error))
            raw.parent.replace(raw, _targets(raw))
            continue
        reader = HtmlReader(find)
        found = reader.blocks(element)
        if not found and (reader.lost or element.find(".//br") is not None or element.find(".//hr") is not None):
            continue
        if not whole:
            report(problem("raw-flat", *where))
        for name in dict.fromkeys(reader.dark):
            report(problem("dark-left-out", *where, name=f"The html element {name}"))
        for name in dict.fromkeys(reader.lost):
            report(problem("raw-left-out", *where, name=f"html element {name}"))
        _put(raw, found)


def _pair(doctree: nodes.document) -> None:
    """Put what is between two raw tags in a line, as Markdown reads them, into the node they stand for."""
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
                if (held := _held(name, opening.astext(), around.children[start + 1 : place])) is not None:
                    around[start : place + 1] = [held]
                break


def _held(name: str, tag: str, inner: list[nodes.Node]) -> nodes.TextElement | None:
    """The node that a pair of tags stands for, if it means anything in a book."""
    style, classes, address = (found[2].strip() if (found := one.search(tag)) else "" for one in _ATTRIBUTES)
    made: nodes.TextElement | None = in_line(name, inner) if name in INLINE else None
    if name == "a" and ADDRESS.match(unescape(address)):
        made = nodes.reference("", "", *inner, refuri=unescape(address))
    asked = asked_strokes(style, classes)
    return nodes.inline("", "", *([made] if made else inner), classes=list(asked)) if asked else made


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
    parent[place : place + 1] = [*_targets(raw), *found]


def _targets(raw: nodes.raw) -> list[nodes.Node]:
    return [nodes.target(ids=list(raw["ids"]))] if raw["ids"] else []


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
