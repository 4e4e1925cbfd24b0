"""One EPUB edition of a book: every chapter as XHTML, navigation, cover and index in one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from docutils import nodes
from lxml import etree

from casebound.epub.captions import FILES, TYPES, WORDS, captions_page
from casebound.epub.chapters import chapter_files, write_chapters
from casebound.epub.front import COVER_IMAGE, cover_page, imprint_page, title_page
from casebound.epub.index import index_file, index_page
from casebound.epub.links import DestinationIndex
from casebound.epub.losses import Losses
from casebound.epub.markup import MATHML, SVG, Element, inside, serialise, tag
from casebound.epub.package.accessibility import EditionFacts, is_flexible
from casebound.epub.package.container import FOLDER, ManifestItem, contain
from casebound.epub.package.directions import keep_code, mirrored, vertical
from casebound.epub.package.navigation import NavEntry, entries, nav_document, ncx
from casebound.epub.package.opf import identifier, language_tag, metadata
from casebound.epub.package.pagebreaks import PagedFile, mark_pages
from casebound.epub.page import STYLE_SHEET, ChapterPage
from casebound.epub.pictures.pictures import BrokenPicture, FormulaDrawing, PackagedPicture, Pictures, cover_picture
from casebound.epub.words import word
from casebound.i18n.directions import is_right_to_left
from casebound.model.book import Book, Chapter, Matter
from casebound.model.diagnostics import Problem
from casebound.model.folios import PageStart
from casebound.model.outline import bookmarks, contents, cut, walk

__all__ = ["Edition", "pack"]

_FRONT = {":cover": "cover.xhtml", ":title": "titlepage.xhtml", ":imprint": "imprint.xhtml", ":contents": "nav.xhtml"}
"""Pages before the chapters, by the names of their fragments in print."""
_XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Edition:
    """A packed EPUB: its bytes, what it could not show, and the file in the zip of each chapter by its name."""

    data: bytes
    losses: tuple[Problem, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)


def pack(
    book: Book, tree: Callable[[Chapter], nodes.document], *, css: str, modified: datetime,
    cover: Callable[[], bytes], starts: Sequence[PageStart] = (), made: str = "", contents_depth: int = 0,
    drawn: FormulaDrawing | None = None,
) -> Edition:  # fmt: skip
    """Pack the book's chapters into one EPUB 3.3; the same input gives the same bytes.

    ``tree`` gives a chapter's tree (ARCHITECTURE.md, "The chapter tree"), which is not changed. ``css`` is the
    style sheet's text. ``cover`` gives the page, a PDF file, that is the cover where the book has no picture
    for it. ``modified`` is an aware time in UTC. ``starts`` tells where the pages of the printed edition
    begin, in their order; a page list is made where they are given. ``made`` says how the book was made, for its
    imprint. ``contents_depth`` is the number of levels on the contents page, 0 for all; the navigation has all of
    them. ``drawn`` gives of a formula in TeX, displayed or not, its SVG, its width and its depth in em, for readers
    that cannot set MathML. What is broken in the source is named in the losses, never raised.
    """
    language = language_tag(book.language)
    anchors, pictures, losses = DestinationIndex(), Pictures(drawn), Losses()
    for target in book.indices.values():
        anchors.whole(target, _index_files(book)[target])
    files = chapter_files(book)
    pages = write_chapters(book, tree, files, language, anchors, pictures, losses)
    back = [*_lists(book, language, anchors), *_indices(book, language, anchors, pages, losses)]
    marks = mark_pages(starts, dict(_paged(pages, back)))
    toc = entries(bookmarks(book), anchors, pages[0].file, _printed(book, contents_depth))
    toc = (*toc, *(NavEntry(matter.title, matter.file) for matter in back))
    nav = nav_document(language, toc, _landmarks(pages, language, back), marks)
    picture = _cover(book, cover, losses)
    chapters = [_page_item(f"chapter-{number}", page.file, page.root) for number, page in enumerate(pages, 1)]
    end = [_page_item(matter.name, matter.file, matter.root) for matter in back]
    css = _css(css, book, language)
    resources = _resources(book, language, css, picture, pictures, toc)
    items = [*_front(book, language, made, nav, picture.name), *chapters, *end, *resources]
    facts = _facts(book, css, pictures, items, has_pages=bool(marks))
    if book.certification and not facts.described:
        losses.report("claim-left-out", "", name=book.certification.name, count=str(facts.undescribed))
    said = metadata(book, language, facts, modified)
    data = contain(identifier(book), language, said, items, modified, book.is_vertical)
    return Edition(data, losses.problems(), {name: f"{FOLDER}/{file}" for name, file in files.items()})


@dataclass(frozen=True, slots=True)
class _Back:
    """A page after the chapters: its name, its title, its markup, and its kind where landmarks name it.

    ``printed`` is the name of its fragment in print, if it comes after the chapters there too.
    """

    name: str
    title: str
    root: Element
    kind: str = ""
    printed: str = ""

    @property
    def file(self) -> str:
        return f"{self.name}.xhtml"


def _printed(book: Book, depth: int) -> set[str] | None:
    """The destinations that the contents page names: those of the printed contents, and the root document."""
    if not depth:
        return None
    return {book.root.heading.target, *(entry.target for _, entry in walk(cut(contents(book, root=True), depth)))}


def _lists(book: Book, language: str, anchors: DestinationIndex) -> Iterator[_Back]:
    for kind, name in FILES.items():
        captions = [caption for caption in book.captions if caption.kind == kind]
        if captions:
            title = word(WORDS[kind], language)
            yield _Back(name, title, captions_page(kind, title, captions, language, anchors), TYPES.get(kind, ""))


def _index_files(book: Book) -> dict[str, str]:
    """The files of the indices by their named destinations."""
    return {":index": "general-index.xhtml"} | {one.target: f"{index_file(one)}.xhtml" for one in book.domain_indices}


def _indices(
    book: Book, language: str, anchors: DestinationIndex, pages: Sequence[ChapterPage], losses: Losses
) -> Iterator[_Back]:
    titles = {page.file: page.chapter.title for page in pages}
    if book.index:
        title = word("index", language)
        root = index_page(title, book.index, language, anchors, titles, losses)
        yield _Back("general-index", title, root, "index", printed=":index")
    for one in book.domain_indices:
        root = index_page(one.title, one.groups, language, anchors, titles, losses)
        yield _Back(index_file(one), one.title, root, printed=one.target)


def _paged(pages: Sequence[ChapterPage], back: Sequence[_Back]) -> Iterator[tuple[str, PagedFile]]:
    """The files that the pages of the printed book are marked in, by the names of its fragments."""
    for name, file in _FRONT.items():
        yield name, PagedFile(file, etree.Element("body"), whole=True)
    for page in pages:
        if page.blocks:
            others = {one.root: one.file for one in pages if one.chapter is page.chapter and one is not page}
            yield page.chapter.name, PagedFile(page.file, page.body, page.blocks, others)
    for matter in back:
        if matter.printed:
            lines = [line for line in matter.root.iter(tag("p")) if inside(line, "li")]
            body = next(matter.root.iter(tag("body")))
            yield matter.printed, PagedFile(matter.file, body, dict(enumerate(lines)))


def _css(css: str, book: Book, language: str) -> str:
    css = mirrored(css) if is_right_to_left(language) else css
    return vertical(css) if book.is_vertical else css


def _cover(book: Book, page: Callable[[], bytes], losses: Losses) -> PackagedPicture:
    """The cover's picture: the book's own, else that of a page."""
    if book.cover:
        try:
            own = Pictures().take(book.cover)
            return replace(own, name=f"images/cover{PurePath(own.name).suffix}")
        except BrokenPicture as error:
            losses.report("cover-broken", "", name=PurePath(book.cover).name, detail=str(error))
    return cover_picture(COVER_IMAGE, page())


def _front(book: Book, language: str, made: str, nav: Element, cover: str) -> Iterator[ManifestItem]:
    """What comes before the chapters."""
    yield _page_item("cover", "cover.xhtml", cover_page(book, language, cover))
    yield _page_item("titlepage", "titlepage.xhtml", title_page(book, language))
    if book.imprint is not None:
        yield _page_item("imprint", "imprint.xhtml", imprint_page(book, language, made))
    yield _page_item("nav", "nav.xhtml", nav, "nav")


def _landmarks(pages: Sequence[ChapterPage], language: str, back: Sequence[_Back]) -> list[NavEntry]:
    body = next((page for page in pages if page.chapter.matter is Matter.BODY), pages[0])
    found = [
        NavEntry(word("cover", language), "cover.xhtml", kind="cover"),
        NavEntry(word("titlepage", language), "titlepage.xhtml", kind="titlepage"),
        NavEntry(word("contents", language), "nav.xhtml#toc", kind="toc"),
        NavEntry(word("bodymatter", language), body.file, kind="bodymatter"),
    ]
    return [*found, *(NavEntry(matter.title, matter.file, kind=matter.kind) for matter in back if matter.kind)]


def _page_item(uid: str, name: str, root: Element, *properties: str) -> ManifestItem:
    """A content document with the properties that its markup asks for (EPUB 3.3 5.6.2.1)."""
    found = list(properties)
    if root.get("dir") == "rtl":
        keep_code(root)
    if next(root.iter(f"{{{MATHML}}}math"), None) is not None:
        found.append("mathml")
    if next(root.iter(f"{{{SVG}}}svg"), None) is not None:
        found.append("svg")
    return ManifestItem(uid, name, _XHTML, serialise(root), tuple(found), spine=True)


def _resources(
    book: Book, language: str, css: str, cover: PackagedPicture, pictures: Pictures, contents: Sequence[NavEntry]
) -> list[ManifestItem]:
    return [
        ManifestItem(
            "ncx", "toc.ncx", "application/x-dtbncx+xml", ncx(identifier(book), book.title, language, contents)
        ),
        ManifestItem("style", STYLE_SHEET, "text/css", css.encode()),
        ManifestItem("cover-image", cover.name, cover.media_type, cover.data, ("cover-image",)),
        *(
            ManifestItem(f"picture-{number}", picture.name, picture.media_type, picture.data)
            for number, picture in enumerate(pictures.all(), 1)
        ),
    ]


def _facts(book: Book, css: str, pictures: Pictures, items: Sequence[ManifestItem], *, has_pages: bool) -> EditionFacts:
    return EditionFacts(
        pictures=pictures.shown,
        undescribed=pictures.undescribed,
        moving=any(picture.moving for picture in pictures.all()),
        formulas=any("mathml" in item.properties for item in items),
        index=bool(book.index),
        flexible=is_flexible(css),
        vertical=book.is_vertical,
        page_source=book.print_identifier if has_pages else "",
    )
