"""Every chapter as a page of its own, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes

from casebound.epub.captions import FILES
from casebound.epub.index import index_file
from casebound.epub.links import DestinationIndex
from casebound.epub.losses import Losses
from casebound.epub.markup import EPUB_TYPE, Element, add, clean, local, tag
from casebound.epub.math import formulas
from casebound.epub.names import file_stem
from casebound.epub.nodes import blocks, code, figures, lists, notes, raw, signatures, tables, text
from casebound.epub.page import ChapterPage, named_destinations
from casebound.epub.pictures.pictures import Pictures
from casebound.epub.settling import settle
from casebound.epub.splitting import split

# the modules that register handlers
from casebound.model.book import Book, Chapter, Matter
from casebound.model.naming import unique

__all__ = ["HANDLER_MODULES", "chapter_files", "write_chapters"]

HANDLER_MODULES = (blocks, code, figures, lists, formulas, notes, raw, signatures, tables, text)
RESERVED = ("cover", "titlepage", "imprint", "nav", "general-index")


def chapter_files(book: Book) -> dict[str, str]:
    """The file of each chapter, by the chapter's name, in reading order."""
    taken = _reserved(book)
    return {chapter.name: f"{unique(file_stem(chapter.name), taken)}.xhtml" for chapter in book.chapters()}


def _reserved(book: Book) -> set[str]:
    """The stems of files that are no chapters."""
    return {*RESERVED, *(FILES[caption.kind] for caption in book.captions), *map(index_file, book.domain_indices)}


def write_chapters(
    book: Book,
    tree: Callable[[Chapter], nodes.document],
    files: dict[str, str],
    language: str,
    anchors: DestinationIndex,
    pictures: Pictures,
    losses: Losses,
) -> list[ChapterPage]:
    """All pages with their links settled; a large chapter has several."""
    pages: list[ChapterPage] = []
    sections = book.section_titles()
    taken = _reserved(book) | {file.removesuffix(".xhtml") for file in files.values()}
    for chapter in book.chapters():
        page = ChapterPage(chapter, files[chapter.name], language, anchors, pictures, losses)
        _write(page, tree)
        _frame(page, sections.get(chapter.name, ""))
        pages += split(page, taken)
    settle(pages)
    return pages


def _write(page: ChapterPage, tree: Callable[[Chapter], nodes.document]) -> None:
    page.anchors.whole(page.chapter.heading.target, page.file)
    try:
        document = tree(page.chapter)
    except Exception as error:
        # whatever kept the tree from being read, the other chapters still make a book
        page.report("chapter-failed", name=page.chapter.name, detail=str(error) or type(error).__name__)
    else:
        for section in document.children:
            if isinstance(section, nodes.section):
                for target in named_destinations(section):
                    page.anchors.whole(target, page.file)
                break
        page.write(document)


def _frame(page: ChapterPage, above: str) -> None:
    """Every page is one section that begins with a heading and says what part of the book it is.

    ``above`` is the title of the section that the chapter is in: it is over the chapter's own.
    """
    section = next((child for child in page.body if local(child) == "section"), None)
    if section is None:
        section = add(page.body, "section")
        for child in list(page.body)[:-1]:
            section.append(child)
        section.text, page.body.text = page.body.text, None
    if page.body.find(f".//{tag('h1')}") is None:
        heading = add(section, "h1")
        heading.text = page.chapter.heading.numbered_title or page.chapter.name
        section.insert(0, heading)
        heading.tail, section.text = section.text, None
    kind, role = _part(page.chapter)
    section.set(EPUB_TYPE, kind)
    section.set("role", role)
    page.body.set(EPUB_TYPE, f"{page.chapter.matter.value}matter")
    _name(section, kind)
    if above and local(section[0]) == "h1":
        kicker = add(section, "p", ["kicker"])
        kicker.text = clean(above)
        section.insert(0, kicker)


_ROLES = frozenset({
    "abstract", "acknowledgments", "afterword", "appendix", "bibliography", "colophon", "conclusion", "dedication",
    "epigraph", "epilogue", "foreword", "glossary", "introduction", "preface", "prologue",
})  # fmt: skip
"""Kinds of front and back matter with a role of their own (EPUB 3 Structural Semantics 4, 5; DPUB-ARIA 1.1 5.3)."""

_SPELT = {"acknowledgements": "acknowledgments", "thanks": "acknowledgments"}


def _part(chapter: Chapter) -> tuple[str, str]:
    if chapter.depth == 0:
        return "introduction", "doc-introduction"
    if chapter.matter is not Matter.BODY:
        last = chapter.docname.rpartition("/")[2].lower()
        kind = _SPELT.get(last, last)
        kind = kind if kind in _ROLES else "preface" if chapter.matter is Matter.FRONT else "appendix"
        return kind, f"doc-{kind}"
    return ("part", "doc-part") if chapter.children else ("chapter", "doc-chapter")


def _name(section: Element, kind: str) -> None:
    section.set("class", f"{section.get('class') or ''} {kind}".strip())
