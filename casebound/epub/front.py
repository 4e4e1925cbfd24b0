"""Cover and title page (EPUB 3.3 D.1: cover, titlepage)."""

from __future__ import annotations

from casebound.book import Book
from casebound.epub.markup import EPUB_TYPE, Element, add, page_skeleton
from casebound.epub.page import STYLE_SHEET
from casebound.epub.words import word

__all__ = ["COVER_IMAGE", "cover_page", "title_page"]

COVER_IMAGE = "images/cover.png"


def cover_page(book: Book, language: str) -> Element:
    """The page that shows the cover's picture."""
    root, body = page_skeleton(word("cover", language), language, STYLE_SHEET)
    section = add(body, "section", ["cover"], {EPUB_TYPE: "cover", "role": "doc-cover"})
    section.attrib.pop("role")
    said = ", ".join(part for part in (book.title, book.subtitle, book.author, book.release) if part)
    label = f"{word('cover', language)}: {said}"
    add(section, "img", [], {"src": COVER_IMAGE, "alt": label, "role": "doc-cover"})
    return root


def title_page(book: Book, language: str) -> Element:
    """Title, author, publisher, edition, date and rights in words."""
    root, body = page_skeleton(book.title, language, STYLE_SHEET)
    section = add(body, "section", ["titlepage"], {EPUB_TYPE: "titlepage"})
    add(section, "h1").text = book.title
    _line(section, "subtitle", book.subtitle)
    _line(section, "author", book.author)
    imprint = add(section, "div", ["imprint"])
    _line(imprint, "release", " · ".join(part for part in (book.release, book.date) if part))
    _line(imprint, "publisher", book.publisher)
    _line(imprint, "rights", book.rights)
    if not len(imprint):
        section.remove(imprint)
    return root


def _line(parent: Element, kind: str, value: str) -> None:
    if value:
        add(parent, "p", [kind]).text = value
