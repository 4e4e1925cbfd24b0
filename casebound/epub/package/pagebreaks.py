"""Marks where the pages of the printed book begin (EPUB Accessibility 1.1 4.2.2; EPUB 3.3 7.5, page-list)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from casebound.epub.markup import EPUB_TYPE, Element, inside, local, tag, tags
from casebound.epub.names import safe_id
from casebound.epub.package.navigation import NavEntry
from casebound.model.folios import PageStart
from casebound.model.naming import unique

__all__ = ["PagedFile", "mark_pages"]

_TAKES_A_MARK = tags(
    "section div p li dt dd figure aside span h1 h2 h3 h4 h5 h6 blockquote td th pre caption figcaption"
)


@dataclass(frozen=True)
class PagedFile:
    """A file of the EPUB that a fragment of the printed book corresponds to.

    ``blocks`` are the elements that its nodes became, by their places in the chapter tree. A large chapter goes on in
    ``others``, files by the roots of their documents. A ``whole`` file takes no marks: its pages lead to its beginning.
    """

    file: str
    body: Element
    blocks: Mapping[int, Element] = field(default_factory=dict)
    others: Mapping[Element, str] = field(default_factory=dict)
    whole: bool = False

    def block(self, origin: int) -> Element | None:
        """The block of a node; of one that this edition has not, the block that follows it."""
        if origin < 0:
            return None
        after = self.places[bisect_left(self.places, origin) :]
        return next((self.blocks[place] for place in after if inside(self.blocks[place], "body")), None)

    @cached_property
    def places(self) -> list[int]:
        """The places of its blocks in their order."""
        return sorted(self.blocks)

    def file_of(self, block: Element) -> str:
        """The file that a block has come to be in."""
        return self.others.get(block.getroottree().getroot(), self.file)


def mark_pages(starts: Sequence[PageStart], files: Mapping[str, PagedFile]) -> tuple[NavEntry, ...]:
    """Put a mark where each printed page begins, and list them: every folio once, in order.

    ``files`` are the files in reading order by the names of the fragments. A page that has no counterpart, an empty one
    for instance, leads where the next one does.
    """
    made: list[NavEntry] = []
    waiting: list[str] = []
    here: tuple[str, Element | None] = ("", None)
    fragment = ""
    for start in starts:
        paged = files.get(start.fragment)
        if paged is None:
            waiting.append(start.folio)
            continue
        if fragment != start.fragment:
            fragment = start.fragment
            here = (paged.file, None if paged.whole else _first_section(paged.body))
        elif (block := paged.block(start.origin)) is not None:
            here = (paged.file_of(block), block)
        made += (_entry(folio, *here) for folio in (*waiting, start.folio))
        waiting = []
    made += (NavEntry(folio, made[-1].href) for folio in waiting if made)
    return tuple(made)


def _first_section(body: Element) -> Element:
    return next((child for child in body if local(child) == "section"), body)


def _entry(folio: str, file: str, element: Element | None) -> NavEntry:
    return NavEntry(folio, file if element is None else f"{file}#{_mark(element, folio)}")


def _mark(element: Element, folio: str) -> str:
    holder = _holder(element)
    mark = etree.Element(tag("span"))
    mark.set(EPUB_TYPE, "pagebreak")
    mark.set("role", "doc-pagebreak")
    mark.set("id", unique(safe_id(f"page-{folio}"), _ids(element)))
    mark.set("aria-label", f" {folio}. ")
    before = 0
    while before < len(holder) and holder[before].get("role") == "doc-pagebreak":
        before += 1
    if before:
        mark.tail, holder[before - 1].tail = holder[before - 1].tail, None
    else:
        mark.tail, holder.text = holder.text, None
    holder.insert(before, mark)
    return str(mark.get("id"))


def _ids(element: Element) -> set[str]:
    return {str(each.get("id")) for each in element.getroottree().iter(etree.Element) if each.get("id")}


def _holder(element: Element) -> Element:
    """The element in whose text a mark can be: this one, the first within it that takes one, else one round it."""
    if local(element) == "figure" and len(element) and local(element[0]) == "figcaption":
        return element[0]  # nothing is before a caption that comes first
    within = next((each for each in element.iter(etree.Element) if local(each) in _TAKES_A_MARK), None)
    while within is None:
        parent = element.getparent()
        assert parent is not None, "a page's body holds a section"
        within, element = (parent if local(parent) in _TAKES_A_MARK else None), parent
    return within
