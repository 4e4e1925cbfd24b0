"""Chapters too large for a reading system to hold, as several files: old engines give up at some 260 kB.

A chapter is divided at its headings. What has no heading to be divided at stays whole and is reported.
"""

from __future__ import annotations

from lxml import etree

from casebound.epub.markup import EPUB_TYPE, Element, local
from casebound.epub.page import ChapterPage
from casebound.model.naming import unique

__all__ = ["LARGEST", "split"]

LARGEST = 260_000  # bytes of a file


def split(page: ChapterPage, taken: set[str]) -> list[ChapterPage]:
    """The files of a chapter in reading order, the page itself first; ``taken`` are the stems of all files."""
    pages = [page]
    if _size(page.root) > LARGEST:
        section = next((child for child in page.body if local(child) == "section"), page.body)
        stem = page.file.removesuffix(".xhtml")
        for run in _moved(section, LARGEST):
            part = page.part(f"{unique(f'{stem}-{len(pages) + 1}', taken)}.xhtml")
            part.body.set(EPUB_TYPE, str(page.body.get(EPUB_TYPE)))
            part.body.extend(run)
            pages.append(part)
        _share_out(page, pages)
    for one in pages:
        size = _size(one.root)
        if size > LARGEST:
            one.report("epub-file-large", name=one.file, size=str(size // 1000))
    return pages


def _size(element: Element) -> int:
    return len(etree.tostring(element, encoding="utf-8", with_tail=True))


def _moved(section: Element, most: int) -> list[list[Element]]:
    """What of a section moves into files of their own, each a run of elements that begins with a section."""
    runs: list[list[Element]] = []
    filled = 0
    for child in list(section):
        size = _size(child)
        is_section = local(child) == "section"
        if is_section and filled and filled + size > most:
            runs.append([])
            filled = 0
        if runs:
            runs[-1].append(child)
        filled += size
        inner = _moved(child, most) if is_section and size > most else []
        if inner:
            runs += inner
            filled = sum(map(_size, inner[-1]))
    return runs


def _share_out(page: ChapterPage, pages: list[ChapterPage]) -> None:
    """Links, notes, calls and named destinations belong to the file that their element has come to be in."""
    owners = {one.root: one for one in pages}

    def owner(element: Element) -> ChapterPage:
        return owners.get(element.getroottree().getroot(), page)

    links, notes, calls = page.links, page.notes, page.calls
    page.links, page.notes, page.calls = [], [], []
    for link in links:
        owner(link[0]).links.append(link)
    for note in notes:
        owner(note[1]).notes.append(note)
    for call in calls:
        owner(call[1]).calls.append(call)
    for _, anchor in page.anchors:
        if anchor.element is not None and anchor.file == page.file:
            anchor.file = owner(anchor.element).file
