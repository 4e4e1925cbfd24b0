"""Cover, title page and imprint (EPUB 3.3 D.1; Structural Semantics: cover, titlepage, copyright-page)."""

from __future__ import annotations

from casebound.epub.markup import EPUB_TYPE, Element, add, page_skeleton
from casebound.epub.page import STYLE_SHEET
from casebound.epub.words import word
from casebound.i18n.wording import edition
from casebound.model.book import Book

__all__ = ["COVER_IMAGE", "cover_page", "imprint_page", "title_page"]

COVER_IMAGE = "images/cover.png"


def cover_page(book: Book, language: str, picture: str) -> Element:
    """The page that shows the cover's picture."""
    root, body = page_skeleton(word("cover", language), language, STYLE_SHEET)
    section = add(body, "section", ["cover"], {EPUB_TYPE: "cover", "role": "doc-cover"})
    section.attrib.pop("role")
    said = ", ".join(part for part in (book.title, book.subtitle, book.author, book.release) if part)
    label = f"{word('cover', language)}: {said}"
    add(section, "img", [], {"src": picture, "alt": label, "role": "doc-cover"})
    return root


def title_page(book: Book, language: str) -> Element:
    """Title, author, publisher, edition and date in words; rights where there is no imprint."""
    root, body = page_skeleton(book.title, language, STYLE_SHEET)
    section = add(body, "section", ["titlepage"], {EPUB_TYPE: "titlepage"})
    add(section, "h1").text = book.title
    _line(section, "subtitle", book.subtitle)
    _line(section, "author", book.author)
    facts = add(section, "div", ["imprint"])
    _line(facts, "release", ", ".join(edition(book)))
    _line(facts, "publisher", book.publisher)
    if book.imprint is None:
        _line(facts, "rights", book.rights)
    if not len(facts):
        section.remove(facts)
    return root


def imprint_page(book: Book, language: str, made: str) -> Element:
    """The copyright page: whose book it is, edition, rights, what else is to be said, how it was made."""
    root, body = page_skeleton(word("imprint", language), language, STYLE_SHEET)
    section = add(body, "section", ["copyright-page"], {EPUB_TYPE: "copyright-page"})
    add(section, "h1").text = word("imprint", language)
    _line(section, "title", book.title)
    _line(section, "subtitle", book.subtitle)
    _line(section, "author", book.author)
    _line(section, "release", ", ".join(edition(book)))
    _line(section, "publisher", book.publisher)
    _line(section, "rights", book.rights)
    for paragraph in book.imprint or ():
        _line(section, "note", paragraph)
    _line(section, "identifier", book.identifier)
    _line(section, "made", made)
    return root


def _line(parent: Element, kind: str, value: str) -> None:
    if value:
        add(parent, "p", [kind]).text = value
