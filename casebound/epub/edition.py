"""One EPUB edition of a book: every chapter as XHTML, navigation, cover and index in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from docutils import nodes

from casebound.bidi import is_right_to_left
from casebound.book import Book, Chapter, Matter
from casebound.epub.captions import FILES, TYPES, WORDS, captions_page
from casebound.epub.chapters import chapter_files, write_chapters
from casebound.epub.container import FOLDER, Item, contain
from casebound.epub.cover_art import draw_cover
from casebound.epub.front import COVER_IMAGE, cover_page, imprint_page, title_page
from casebound.epub.index import index_file, index_page
from casebound.epub.links import Anchors
from casebound.epub.losses import Losses
from casebound.epub.markup import MATHML, SVG, Element, serialise
from casebound.epub.mirror import keep_code, mirrored
from casebound.epub.navigation import NavEntry, entries, nav_document, ncx
from casebound.epub.package import Facts, identifier, language_tag, metadata
from casebound.epub.page import STYLE_SHEET, Page
from casebound.epub.pagebreaks import mark_pages
from casebound.epub.pictures import FormulaDrawing, Pictures
from casebound.epub.words import word
from casebound.outline import bookmarks, contents, cut, walk
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
    made: str = "",
    contents_depth: int = 0,
    drawn: FormulaDrawing | None = None,
) -> Edition:
    """Pack the book's chapters into one EPUB 3.3; the same input gives the same bytes.

    ``tree`` gives a chapter's tree (ARCHITECTURE.md, "The chapter tree"), which is not changed. ``css`` is the
    style sheet's text. ``modified`` is an aware time in UTC. ``folios`` tells on which page of the printed
    edition a named destination stands, ``page_source`` is that edition's identifier; a page list is made where
    both are given. ``made`` says how the book was made, for its imprint. ``contents_depth`` is the number of levels
    on the contents page, 0 for all; the navigation has all of them. ``drawn`` gives of a formula in TeX, displayed or
    not, its SVG, its width and its depth in em, for readers that cannot set MathML. What is broken in the source is
    named in the losses, never raised.
    """
    language = language_tag(book.language)
    anchors, pictures, losses = Anchors(), Pictures(drawn), Losses()
    for target in book.indices.values():
        anchors.whole(target, _index_files(book)[target])
    files = chapter_files(book)
    pages = write_chapters(book, tree, files, language, anchors, pictures, losses)
    marks = mark_pages(pages, anchors, folios) if folios and page_source else ()
    back = [*_lists(book, language, anchors), *_indices(book, language, anchors, pages, losses)]
    toc = entries(bookmarks(book), anchors, pages[0].file, _printed(book, contents_depth))
    toc = (*toc, *(NavEntry(matter.title, matter.file) for matter in back))
    nav = nav_document(language, toc, _landmarks(pages, language, back), marks)
    items = [
        *_front(book, language, made, nav),
        *(_page_item(f"chapter-{number}", page.file, page.root) for number, page in enumerate(pages, 1)),
        *(_page_item(matter.name, matter.file, matter.root) for matter in back),
        *_resources(book, language, mirrored(css) if is_right_to_left(language) else css, pictures, toc),
    ]
    facts = _facts(pictures, items, bool(book.index), page_source if marks else "")
    data = contain(identifier(book), language, metadata(book, language, facts), items, modified)
    return Edition(data, losses.problems(), {name: f"{FOLDER}/{file}" for name, file in files.items()})


@dataclass(frozen=True, slots=True)
class _Back:
    """A page behind the chapters: its name, its title, its markup, and its kind where landmarks name it."""

    name: str
    title: str
    root: Element
    kind: str = ""

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


def _printed(book: Book, depth: int) -> set[str] | None:
    """The destinations that the contents page names: those of the printed contents, and the root document."""
    if not depth:
        return None
    return {book.root.heading.target, *(entry.target for _, entry in walk(cut(contents(book, root=True), depth)))}


def _lists(book: Book, language: str, anchors: Anchors) -> Iterator[_Back]:
    for kind, name in FILES.items():
        captions = [caption for caption in book.captions if caption.kind == kind]
        if captions:
            title = word(WORDS[kind], language)
            yield _Back(name, title, captions_page(kind, title, captions, language, anchors), TYPES.get(kind, ""))


def _index_files(book: Book) -> dict[str, str]:
    """The files of the indices by their named destinations."""
    return {":index": "general-index.xhtml"} | {one.target: f"{index_file(one)}.xhtml" for one in book.domain_indices}


def _indices(book: Book, language: str, anchors: Anchors, pages: Sequence[Page], losses: Losses) -> Iterator[_Back]:
    titles = {page.file: page.chapter.title for page in pages}
    if book.index:
        title = word("index", language)
        yield _Back("general-index", title, index_page(title, book.index, language, anchors, titles, losses), "index")
    for one in book.domain_indices:
        yield _Back(index_file(one), one.title, index_page(one.title, one.groups, language, anchors, titles, losses))


def _front(book: Book, language: str, made: str, nav: Element) -> Iterator[Item]:
    """What stands before the chapters."""
    yield _page_item("cover", "cover.xhtml", cover_page(book, language))
    yield _page_item("titlepage", "titlepage.xhtml", title_page(book, language))
    if book.imprint is not None:
        yield _page_item("imprint", "imprint.xhtml", imprint_page(book, language, made))
    yield _page_item("nav", "nav.xhtml", nav, "nav")


def _landmarks(pages: Sequence[Page], language: str, back: Sequence[_Back]) -> list[NavEntry]:
    body = next((page for page in pages if page.chapter.matter is Matter.BODY), pages[0])
    found = [
        NavEntry(word("cover", language), "cover.xhtml", kind="cover"),
        NavEntry(word("titlepage", language), "titlepage.xhtml", kind="titlepage"),
        NavEntry(word("contents", language), "nav.xhtml#toc", kind="toc"),
        NavEntry(word("bodymatter", language), body.file, kind="bodymatter"),
    ]
    return [*found, *(NavEntry(matter.title, matter.file, kind=matter.kind) for matter in back if matter.kind)]


def _page_item(uid: str, name: str, root: Element, *properties: str) -> Item:
    """A content document with the properties that its markup asks for (EPUB 3.3 5.6.2.1)."""
    found = list(properties)
    if root.get("dir") == "rtl":
        keep_code(root)
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
        described=not pictures.undescribed,
        moving=any(picture.moving for picture in pictures.all()),
        formulas=any("mathml" in item.properties for item in items),
        index=index,
        page_source=page_source,
    )
