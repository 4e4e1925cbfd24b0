"""A piece of raw HTML as a tree of elements, in bounded time and with all its text, whatever the piece holds."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape, unescape
from typing import Any

from lxml import etree, html

from casebound.manuscript.reading.unprintable import printable

__all__ = ["BLOCKS", "HEADS", "SILENT", "UnreadableMarkup", "parsed"]

HEADS = {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "legend", "caption"}
BLOCKS = HEADS | {
    *("address", "article", "aside", "blockquote", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset"),
    *("figcaption", "figure", "footer", "form", "header", "hr", "li", "main", "menu", "nav", "ol", "p", "pre"),
    *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
SILENT = {"script", "style", "template", "head", "meta", "link", "title", "base", "track", "param"}

_LARGEST = 5_000_000  # characters
_FRAME = re.compile(r"</?(?:html|body)\b[^<>]*>|<!doctype[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
# not one in an attribute: the address of a picture, a style
_DRAWING = re.compile(r"""(?<![,;="'])<(/?)svg\b([^<>]*)>""", re.IGNORECASE)
_WORDS = (re.compile(r"""^<svg\b[^>]*\saria-label=["']([^"']+)"""), re.compile(r"<title\b[^>]*>([^<]+)</title>"))
"""How a drawing says what it shows (SVG Accessibility API Mappings, 8)."""
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;|quot;|apos;|#)\w+;")
_DECORATION = re.compile(r"""aria-hidden=["']?true|\shidden\b|display\s*:\s*none""", re.IGNORECASE)


class UnreadableMarkup(Exception):
    """A piece that is too large to be read; the text says so, as the end of a sentence."""


def parsed(source: str) -> tuple[Any, bool]:
    """The element that holds a piece, and whether its elements lie in each other as they were written.

    One that is nested too deeply is read without its nesting. Raises UnreadableMarkup.
    """
    if len(source) > _LARGEST:
        raise UnreadableMarkup(f"it has more than {_LARGEST // 1_000_000} million characters.")
    # a second body or what follows the end of the first would be lost, and a frame of HTML frames nothing in a book
    source = _FRAME.sub("", _with_pictures(printable(source.strip("\0"))))
    root, whole = _tree(source, huge=False)
    if not whole:
        root, _ = _tree(_TAG.sub(_flat, source), huge=True)
    return root, whole


def _tree(source: str, *, huge: bool) -> tuple[Any, bool]:
    """The tree, and whether the reader came to the end: it ends without a word where its own limits lie."""
    reader = html.HTMLParser(encoding="utf-8", huge_tree=huge)
    root = html.document_fromstring(f"<html><body>{source}</body></html>".encode(), parser=reader)
    return root, not any(error.level == etree.ErrorLevels.FATAL for error in reader.error_log)


def _flat(tag: re.Match[str]) -> str:
    name = tag[2].lower()
    if name in SILENT:
        return tag[0]
    return "<p>" if name in BLOCKS else ""


def _with_pictures(source: str) -> str:
    """The source with each drawing as a picture: a reader of HTML would spell the names in it its own way."""
    pieces: list[str] = []
    at = depth = begun = 0
    head = ""
    for tag in _DRAWING.finditer(source):
        if tag[1]:
            depth = max(depth - 1, 0)
            if depth == 0 and head:
                inner = source[begun + len(head) : tag.start()]
                pieces += [source[at:begun], _as_picture(head, inner)]
                at, head = tag.end(), ""
        elif not tag[2].endswith("/"):
            depth += 1
            if depth == 1:
                begun, head = tag.start(), tag[0]
    return "".join([*pieces, source[at:]])


def _as_picture(head: str, inner: str) -> str:
    """A drawing as a picture that holds it; one that a screen reader leaves out adorns and says nothing."""
    if _DECORATION.search(head):
        return ""
    if not re.search(r"\sxmlns\s*=", head):
        head = f'<svg xmlns="http://www.w3.org/2000/svg"{head[4:]}'
    # XML knows five of the characters that HTML has names for
    drawing = _ENTITY.sub(lambda name: escape(unescape(name[0])), f"<svg{head[4:]}{inner}</svg>")
    words = next((found for each in _WORDS if (found := each.search(drawing))), None)
    alt = f' alt="{escape(unescape(words[1]))}"' if words else ""
    return f'<img{alt} src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'
