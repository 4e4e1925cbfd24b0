"""The EPUB read in the order of its spine, chapter by chapter, held against the source word by word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebound.model.book import Book, Chapter
from casebound.model.diagnostics import Problem, problem
from casebound.model.outline import bookmarks, walk
from casebound.proof.epub.package import Package
from casebound.proof.epub.spoken import spoken_chapters
from casebound.proof.epub.targets import Targets
from casebound.proof.order import compared
from casebound.proof.outlines import OutlineParts
from casebound.proof.report import CheckResult, some
from casebound.proof.source.expectation import SourceReading
from casebound.proof.spoken import SpokenText

__all__ = ["epub_reading"]

_MATTER = frozenset({"cover", "titlepage", "copyright-page", "toc", "loi", "lot", "index"})
"""What a page is that belongs to no chapter (EPUB Structural Semantics Vocabulary)."""


def epub_reading(
    name: str, book: Book, package: Package, parts: OutlineParts, readings: Mapping[str, SourceReading],
    reported: Sequence[Problem], letters: Mapping[str, str],
) -> CheckResult:  # fmt: skip
    """The words of an EPUB and its links against the source's; ``parts`` is its navigation taken apart.

    ``letters`` are the first ones at each named destination.
    """
    wanted = [entry for _, entry in walk(bookmarks(book))]
    opened = {entry.target: place.target for entry, (_, place) in zip(wanted, walk(parts.body), strict=True)}
    if any(chapter.heading.target not in opened for chapter in book.chapters()):
        return CheckResult("reading", skipped="the navigation does not name every chapter")
    starts: dict[tuple[str, str], str] = {}
    for each in book.chapters():
        path, _, fragment = opened[each.heading.target].partition("#")
        starts[path, fragment] = each.name
    outside = {package.nav_path, *(entry.target.partition("#")[0] for entry in (*parts.front, *parts.back))}
    outside |= {path for path, page in package.pages.items() if page.kinds & _MATTER}
    said = spoken_chapters(package, starts, outside - {path for path, _ in starts})
    on_pages: dict[str, set[str]] = {}
    for chapter, text in said.items():
        for page in set(text.pages):
            on_pages.setdefault(package.spine[page], set()).add(chapter)
    targets = Targets(package, on_pages, letters)
    faults: list[str] = []
    words = 0
    for each in _readable(book, readings, reported):
        own = said.get(each.name, SpokenText())
        order = compared(readings[each.name], own, lambda _: "", leads=targets.leads)
        words += order.words
        faults += [
            f"{each.name} in {package.spine[found.page]}: expected “{found.expected}”, found “{found.found}”"
            for found in order.differences
        ]
    problems = (problem("reading-differs", name=name, detail=some(faults, 4)),) if faults else ()
    return CheckResult("reading", {"words": words, "faults": len(faults)}, problems)


def _readable(book: Book, readings: Mapping[str, SourceReading], reported: Sequence[Problem]) -> list[Chapter]:
    return [chapter for chapter in book.chapters() if chapter.name in readings]
