"""One EPUB edition of a book: every chapter as XHTML, navigation, cover and index in one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from docutils import nodes

from casebound.book import Book, Chapter, Matter
from casebound.epub.chapters import chapter_files, write_chapters
from casebound.epub.container import FOLDER, Item, contain
from casebound.epub.cover_art import draw_cover
from casebound.epub.front import COVER_IMAGE, cover_page, title_page
from casebound.epub.index import index_page
from casebound.epub.links import Anchors
from casebound.epub.losses import Losses
from casebound.epub.markup import MATHML, SVG, Element, serialise
from casebound.epub.navigation import NavEntry, entries, nav_document, ncx
from casebound.epub.package import Facts, identifier, language_tag, metadata
from casebound.epub.page import STYLE_SHEET, Page
from casebound.epub.pagebreaks import mark_pages
from casebound.epub.pictures import Pictures
from casebound.epub.words import word
from casebound.outline import book_outline
from casebound.problems import Problem

__all__ = ["Edition", "pack"]

_XHTML = "application/xhtml+xml"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Edition:
    """A packed EPUB: its bytes, what it could not show, and the file in the zip of each chapter by its name."""

    data: bytes
    losses: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def pack(
    book: Book,
    tree: Callable[[Chapter], nodes.document],
    *,
    css: str,
    modified: datetime,
    folios: Mapping[str, str] = _NOTHING,
    page_source: str = "",
) -> Edition:
    """Pack the book's chapters into one EPUB 3.3; the same input gives the same bytes.

    ``tree`` gives a chapter's tree (ARCHITECTURE.md, "The chapter tree"), which is not changed. ``css`` is the
    style sheet's text. ``modified`` is an aware time in UTC. ``folios`` tells on which page of the printed
    edition a named destination stands, ``page_source`` is that edition's identifier; a page list is made where
    both are given. What is broken in the source is named in the losses, never raised.
    """
    language = language_tag(book.language)
    anchors, pictures, losses = Anchors(), Pictures(), Losses()
    files = chapter_files(book)
    pages = write_chapters(book, tree, files, language, anchors, pictures, losses)
    marks = mark_pages(pages, anchors, folios) if folios and page_source else ()
    index = _index(book, language, anchors, pages, losses)
    contents = entries(book_outline(book), anchors, pages[0].file)
    if index is not None:
        contents = (*contents, NavEntry(word("index", language), "general-index.xhtml"))
    nav = nav_document(language, contents, _landmarks(pages, language, index is not None), marks)
    items = [
        _page_item("cover", "cover.xhtml", cover_page(book, language)),
        _page_item("titlepage", "titlepage.xhtml", title_page(book, language)),
        _page_item("nav", "nav.xhtml", nav, "nav"),
        *(_page_item(f"chapter-{number}", page.file, page.root) for number, page in enumerate(pages, 1)),
        *([_page_item("general-index", "general-index.xhtml", index)] if index is not None else ()),
        *_resources(book, language, css, pictures, contents),
    ]
    facts = _facts(pictures, items, index is not None, page_source if marks else "")
    data = contain(identifier(book), language, metadata(book, language, facts), items, modified)
    return Edition(data, losses.problems(), {name: f"{FOLDER}/{file}" for name, file in files.items()})


def _index(book: Book, language: str, anchors: Anchors, pages: Sequence[Page], losses: Losses) -> Element | None:
    if not book.index:
        return None
    return index_page(book, language, anchors, {page.file: page.chapter.title for page in pages}, losses)


def _landmarks(pages: Sequence[Page], language: str, index: bool) -> list[NavEntry]:
    body = next((page for page in pages if page.chapter.matter is Matter.BODY), pages[0])
    found = [
        NavEntry(word("cover", language), "cover.xhtml", kind="cover"),
        NavEntry(word("titlepage", language), "titlepage.xhtml", kind="titlepage"),
        NavEntry(word("contents", language), "nav.xhtml#toc", kind="toc"),
        NavEntry(word("bodymatter", language), body.file, kind="bodymatter"),
    ]
    if index:
        found.append(NavEntry(word("index", language), "general-index.xhtml", kind="index"))
    return found


def _page_item(uid: str, name: str, root: Element, *properties: str) -> Item:
    """A content document with the properties that its markup asks for (EPUB 3.3 5.6.2.1)."""
    found = list(properties)
    if next(root.iter(f"{{{MATHML}}}math"), None) is not None:
        found.append("mathml")
    if next(root.iter(f"{{{SVG}}}svg"), None) is not None:
        found.append("svg")
    return Item(uid, name, _XHTML, serialise(root), tuple(found), spine=True)


def _resources(book: Book, language: str, css: str, pictures: Pictures, contents: Sequence[NavEntry]) -> list[Item]:
    return [
        Item("ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(identifier(book), book.title, language, contents)),
        Item("style", STYLE_SHEET, "text/css", css.encode()),
        Item("cover-image", COVER_IMAGE, "image/png", draw_cover(book), ("cover-image",)),
        *(
            Item(f"picture-{number}", picture.name, picture.media_type, picture.data)
            for number, picture in enumerate(pictures.all(), 1)
        ),
    ]


def _facts(pictures: Pictures, items: Sequence[Item], index: bool, page_source: str) -> Facts:
    return Facts(
        pictures=True,
        described=not pictures.undescribed,
        moving=any(picture.moving for picture in pictures.all()),
        formulas=any("mathml" in item.properties for item in items),
        index=index,
        page_source=page_source,
    )
