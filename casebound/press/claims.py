"""What the proof holds outputs against: the book as it was read, and what of it the manifest says was made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from docutils import nodes

from casebound import proof
from casebound.manuscript import Manuscript, Medium
from casebound.model.book import Book, Chapter
from casebound.model.settings import ProjectFolders
from casebound.press import manifest
from casebound.press.plans.handouts import handouts_of

__all__ = ["claim", "is_printed"]

_Taken = TypeVar("_Taken")


def claim(read: Manuscript, places: ProjectFolders) -> proof.Claim:
    """What the outputs must show; an output that the manifest does not name is not asked for."""
    book = read.book
    reading = _ChapterReadings(read)
    entries = [entry for entry in manifest.entries(places) if not manifest.is_otherwise(entry, read.overrides.stated())]
    kinds = {entry["kind"] for entry in entries} or {"pdf", "epub", "handout"}
    made = {places.build / entry["path"] for entry in entries if entry["kind"] == "handout"}
    listed = ((one.chapter, places.handout(one.name)) for one in handouts_of(book, read.settings.handout_depth))
    handouts = tuple((chapter, path) for chapter, path in listed if path in made or not made)
    return proof.Claim(
        book=book,
        pdf=places.pdf(book.basename) if "pdf" in kinds else None,
        epub=places.epub(book.basename) if "epub" in kinds else None,
        handouts=handouts if "handout" in kinds else (),
        words=lambda: {chapter.name: proof.source_words(read.tree(chapter)) for chapter in book.chapters()},
        epub_words=lambda: {
            chapter.name: proof.source_words(read.tree(chapter, Medium.EPUB)) for chapter in book.chapters()
        },
        landings=lambda: {
            target: letters
            for chapter in book.chapters()
            for target, letters in proof.landings(read.tree(chapter)).items()
        },
        headings=lambda: {
            target: heading
            for chapter in book.chapters()
            for target, heading in proof.headings(read.tree(chapter)).items()
        },
        references=lambda: _of_the_printed(read, proof.references),
        readings=lambda: {chapter.name: reading(chapter, Medium.PDF) for chapter in _printed(read)},
        epub_readings=lambda: {chapter.name: reading(chapter, Medium.EPUB) for chapter in book.chapters()},
        tagged=read.settings.tagged,
        standards=read.settings.conformance,
        unmade=() if "pdf" in kinds else (places.pdf(book.basename),),
        paged=read.settings.page_list is True,
        outward=read.settings.handout_links in {"sibling", "book"},
        reported=(*read.problems, *manifest.problems(places)),
    )


def _of_the_printed(read: Manuscript, taken: Callable[[nodes.document], _Taken]) -> dict[str, _Taken]:
    """What is taken from the tree of each chapter that has pages, by its name."""
    return {chapter.name: taken(read.tree(chapter)) for chapter in _printed(read)}


def _printed(read: Manuscript) -> Iterator[Chapter]:
    """The chapters that have pages."""
    return (chapter for chapter in read.book.chapters() if is_printed(chapter, read.book, read))


class _ChapterReadings:
    """How chapters are to be read, each taken once where all outputs have the same of it."""

    def __init__(self, read: Manuscript) -> None:
        self._read = read
        self._known: dict[tuple[str, bool], proof.SourceReading] = {}

    def __call__(self, chapter: Chapter, medium: Medium) -> proof.SourceReading:
        apart = self._read.dump(chapter, medium) is not self._read.dump(chapter)
        if (chapter.name, apart) not in self._known:
            tree = self._read.tree(chapter, medium)
            self._known[chapter.name, apart] = proof.reading(tree, language=self._read.book.language)
        return self._known[chapter.name, apart]


def is_printed(chapter: Chapter, book: Book, read: Manuscript) -> bool:
    """Whether a chapter has pages: the root document has none where it holds nothing but its title."""
    if chapter is not book.root:
        return True
    tree = read.tree(chapter)
    titles = sum(len(title.astext()) for title in tree.findall(nodes.title))
    return len(tree.astext().strip()) > titles or any(True for _ in tree.findall(nodes.image))
