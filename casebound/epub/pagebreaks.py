"""Marks where the pages of the printed book begin (EPUB Accessibility 1.1 4.2.2; EPUB 3.3 7.5, page-list)."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from casebound.epub.links import Anchors
from casebound.epub.markup import EPUB_TYPE, Element, local, tag, tags
from casebound.epub.navigation import NavEntry
from casebound.epub.page import Page

__all__ = ["mark_pages"]

_TAKES_A_MARK = tags("section div p li dt dd figure aside span h1 h2 h3 h4 h5 h6 blockquote td th")


def mark_pages(pages: list[Page], anchors: Anchors, folios: Mapping[str, str]) -> tuple[NavEntry, ...]:
    """A mark at the first destination of every folio, in reading order. Folios without a destination have none."""
    by_element = {
        id(anchor.element): folios[target]
        for target, anchor in reversed(list(anchors))
        if anchor.element is not None and target in folios
    }
    openings = {
        anchor.file: folios[target] for target, anchor in anchors if anchor.element is None and target in folios
    }
    made: list[NavEntry] = []
    met: set[str] = set()
    for page in pages:
        for element in list(page.body.iter(etree.Element)):
            folio = by_element.get(id(element), "")
            if local(element) == "section" and element.getparent() is page.body:
                folio = openings.get(page.file, folio)
            if folio and folio not in met and local(element) in _TAKES_A_MARK:
                met.add(folio)
                made.append(NavEntry(folio, f"{page.file}#{_mark(page, element, folio)}"))
    return tuple(made)


def _mark(page: Page, element: Element, folio: str) -> str:
    if local(element) == "figure" and len(element) and local(element[0]) == "figcaption":
        element = element[0]  # nothing stands before a caption that comes first
    mark = etree.Element(tag("span"))
    mark.set(EPUB_TYPE, "pagebreak")
    mark.set("role", "doc-pagebreak")
    mark.set("id", page.new_id(f"page-{folio}"))
    mark.set("aria-label", f" {folio}. ")
    mark.tail, element.text = element.text, None
    element.insert(0, mark)
    return str(mark.get("id"))
