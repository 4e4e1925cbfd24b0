"""Lists of figures, tables and listings: each caption a link to what it is under (EPUB 3.3 D.1, loi, lot)."""

from __future__ import annotations

from collections.abc import Iterable

from casebound.epub.links import DestinationIndex
from casebound.epub.markup import EPUB_TYPE, Element, add, page_skeleton, text
from casebound.epub.page import STYLE_SHEET
from casebound.model.book import Caption

__all__ = ["FILES", "TYPES", "WORDS", "captions_page"]

FILES = {"figures": "list-of-figures", "tables": "list-of-tables", "code": "list-of-listings"}
TYPES = {"figures": "loi", "tables": "lot"}
WORDS = {"figures": "figures", "tables": "tables", "code": "listings"}


def captions_page(
    kind: str, title: str, captions: Iterable[Caption], language: str, anchors: DestinationIndex
) -> Element:
    """A list of captions of one kind as a page."""
    root, body = page_skeleton(title, language, STYLE_SHEET)
    section = add(body, "section", ["index"], {EPUB_TYPE: TYPES[kind]} if kind in TYPES else {})
    add(section, "h1").text = title
    lines = add(section, "ul")
    for caption in captions:
        line = add(add(lines, "li"), "p")
        anchor = anchors.find(caption.target)
        holder = add(line, "a", attributes={"href": anchor.href}) if anchor is not None else line
        text(holder, caption.text)
    return root
