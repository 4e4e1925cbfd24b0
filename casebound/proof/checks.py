"""The checks of a proof in their order: book PDF, EPUB, handouts."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from casebound.model.book import Chapter
from casebound.model.diagnostics import Problem, problem
from casebound.model.outline import OutlineEntry, book_outline, bookmarks, chapter_bookmarks, chapter_outline, walk
from casebound.proof.claim import Claim, SourceWords
from casebound.proof.epub.checks import chapter_parts, nav_outline, structure
from casebound.proof.epub.package import Package, read_package
from casebound.proof.epub.pages import page_list
from casebound.proof.epub.reading import epub_reading
from casebound.proof.epub.validator import validation
from casebound.proof.links import Siblings, epub_links, pdf_links
from casebound.proof.outlines import OutlineParts, handout_outlines, pdf_outline
from casebound.proof.pdf.conduct import conduct
from casebound.proof.pdf.faces import faces
from casebound.proof.pdf.folios import folios, is_roman, same_folios
from casebound.proof.pdf.landings import places
from casebound.proof.pdf.metadata import metadata
from casebound.proof.pdf.pages import Pages, PageText, glyphs, off_page
from casebound.proof.pdf.reader import PdfFile, UnreadableOutput
from casebound.proof.pdf.references import pdf_references
from casebound.proof.pdf.structure.checks import TagClaim, tag_checks
from casebound.proof.report import CheckResult, Verdict
from casebound.proof.source.expectation import SourceReading
from casebound.proof.spoken import is_web
from casebound.proof.words import REPLACEMENT, ChapterText, words_check

__all__ = ["prove"]

_HEADING = 150.0  # points below a bookmark's place in which its heading must be read


def prove(claim: Claim, *, closely: bool = False, validated: bool = False) -> Verdict:
    """Hold finished outputs against the book.

    What bookmarks and links open is looked for on the page they name, ``closely`` at the very place there.
    ``validated`` runs EPUBCheck. What cannot be read is a problem of the verdict, never an exception.
    """
    findings: dict[str, Sequence[CheckResult]] = {}
    known = _SourceFacts(
        claim.source_words(), claim.landing_letters(), claim.source_references(), claim.set_headings(),
        claim.source_readings(),
    )  # fmt: skip
    open_file = cache(PdfFile)
    if claim.pdf:
        chapters = tuple(claim.book.chapters())
        check = _PdfCheck(claim, known, open_file, closely)
        findings[claim.pdf.name] = check(claim.pdf, chapters, bookmarks(claim.book))
    if claim.epub:
        findings[claim.epub.name] = _epub(claim, claim.epub, known, validated, _labels(claim, open_file))
    for section, path in claim.handouts:
        check = _PdfCheck(claim, known, open_file, closely, outward=claim.outward)
        found = check(path, tuple(section.walk()), (chapter_bookmarks(claim.book, section),))
        findings[path.name] = (*found, *_as_in_the_book(claim, path, open_file))
    if claim.handouts:
        findings["handouts"] = _together(claim, open_file)
    return Verdict.of(findings)


def _as_in_the_book(claim: Claim, path: Path, open_file: Siblings) -> Sequence[CheckResult]:
    """Whether a handout's pages have the folios that they have in the book, where both can be read."""
    if claim.pdf is None:
        return ()
    try:
        return (same_folios(path.name, open_file(path), open_file(claim.pdf)),)
    except UnreadableOutput:  # told by the checks of the file itself
        return ()


def _unread(path: Path, error: Exception | None = None) -> tuple[CheckResult, ...]:
    if error is None:
        return (CheckResult("file", problems=(problem("output-missing", name=path.name),)),)
    return (CheckResult("file", problems=(problem("output-unreadable", name=path.name, detail=error),)),)


class _SourceFacts(NamedTuple):
    """What the source says: words, the letters at each named destination, links by chapter, headings, readings."""

    words: SourceWords
    letters: Mapping[str, str]
    references: Mapping[str, Collection[str]]
    headings: Mapping[str, str]
    readings: Mapping[str, SourceReading]


class _PdfCheck:
    """All checks of one PDF."""

    def __init__(
        self, claim: Claim, known: _SourceFacts, open_file: Siblings, closely: bool, *, outward: bool = True
    ) -> None:
        self._claim = claim
        self._known = known
        self._open = open_file
        self._closely = closely
        self._outward = outward
        self._titles = [claim.book.title, *(entry.title for _, entry in walk(book_outline(claim.book)))]

    def __call__(
        self, path: Path, chapters: Sequence[Chapter], wanted: Sequence[OutlineEntry]
    ) -> Sequence[CheckResult]:
        if not path.is_file():
            return _unread(path)
        try:
            with Pages(path) as opened:
                return self._findings(self._open(path), opened, chapters, wanted)
        except Exception as error:  # a broken file makes its readers raise anything
            return _unread(path, error)

    def _findings(
        self, file: PdfFile, opened: Pages, chapters: Sequence[Chapter], wanted: Sequence[OutlineEntry]
    ) -> Sequence[CheckResult]:
        pages = list(opened)
        reported, letters, cut = self._claim.reported, self._known.letters, _pages_of(file, chapters)
        told = any(entry.code == "glyph-missing" for entry in reported)
        said = any(REPLACEMENT in self._known.words.get(chapter.name, ()) for chapter in chapters)

        def read(page: int, top: float | None) -> str:
            if not self._closely:
                return pages[page].text
            return opened.below(page, None if top is None else top + 2, _HEADING)

        return (
            pdf_outline(file, wanted, read, self._known.headings),
            pdf_links(file, self._open, self._claim.unmade),
            pdf_references(file, chapters, cut, self._known.references, reported, outward=self._outward),
            places(file, letters, read, [page.text for page in pages], reported),
            words_check(file.name, chapters, self._known.words, _parts(pages, cut), reported),
            glyphs(file.name, pages, told, said),
            off_page(file.name, pages),
            faces(file),
            conduct(file),
            *self._metadata(file, chapters[0]),
            folios(file.name, file.labels, pages, _body(file, chapters)),
            *self._tags(file, chapters, cut),
        )

    def _tags(self, file: PdfFile, chapters: Sequence[Chapter], cut: Mapping[str, range]) -> Sequence[CheckResult]:
        claim, known = self._claim, self._known
        whole = chapters[0] is claim.book.root
        outline = book_outline(claim.book) if whole else (chapter_outline(chapters[0]),)
        claimed = TagClaim(
            chapters, cut, outline, known.readings, known.headings, self._titles, partial(self._folio, file),
            partial(self._leads, file), claim.reported, claim.tagged, elsewhere=not whole, standards=claim.standards,
        )  # fmt: skip
        return tag_checks(file, claimed)

    def _metadata(self, file: PdfFile, first: Chapter) -> Sequence[CheckResult]:
        """What the file says of itself; a book whose facts are not known is not asked for them."""
        book = self._claim.book
        if not book.print_identifier:
            return ()
        return (metadata(file, book, "" if first is book.root else first.title),)

    def _leads(self, file: PdfFile, wanted: str, found: str) -> bool:
        """Whether what a link of a file opens is what the source's does; both are empty where there is no link."""
        outside = bool(wanted) and not is_web(wanted) and wanted not in file.destinations
        return found == wanted or (outside and (is_web(found) if found else not self._outward))

    def _folio(self, file: PdfFile, target: str) -> str | None:
        """The folio of a named destination: in the file itself, else in the book."""
        spot = file.destinations.get(target)
        if spot is not None:
            return file.labels[spot.page]
        if self._claim.pdf is None or self._claim.pdf == file.path:
            return None
        try:
            book = self._open(self._claim.pdf)
        except UnreadableOutput:  # told by the checks of the file itself
            return None
        spot = book.destinations.get(target)
        return book.labels[spot.page] if spot is not None else None


def _body(file: PdfFile, chapters: Sequence[Chapter]) -> int:
    """The page from which on every page has a folio: cover, title page and imprint, before the contents, have none."""
    contents = file.destinations.get(":contents")
    if contents:
        return contents.page
    spots = [file.destinations.get(chapter.heading.target) for chapter in chapters[:2]]
    starts = [spot.page for spot in spots if spot]
    return next((page for page in starts if not is_roman(file.labels[page])), next(iter(starts), 0))


def _pages_of(file: PdfFile, chapters: Sequence[Chapter]) -> dict[str, range]:
    """The 0-based pages of each chapter, from its destination to that of the next one or of what is after them.

    None if they cannot be told.
    """
    spots = [file.destinations.get(chapter.heading.target) for chapter in chapters]
    starts = [spot.page for spot in spots if spot]
    if not starts or len(starts) < len(spots) or starts != sorted(starts):
        return {}
    behind = (spot.page for name, spot in file.destinations.items() if spot and name.startswith(":"))
    ends = [*starts[1:], min((page for page in behind if page > starts[-1]), default=file.pages)]
    return {
        chapter.name: range(start, max(end, start + 1))
        for chapter, start, end in zip(chapters, starts, ends, strict=True)
    }


def _parts(pages: Sequence[PageText], cut: Mapping[str, range]) -> dict[str, ChapterText] | ChapterText:
    """The pages of each chapter; the whole file if they cannot be told."""
    if not cut:
        return _part(pages)
    return {name: _part(pages[numbers.start : numbers.stop]) for name, numbers in cut.items()}


def _part(pages: Sequence[PageText]) -> ChapterText:
    headless = [_without(page.text, page.head) for page in pages]
    footless = [_without(page.text, page.foot) for page in pages]
    neither = [_without(text, page.foot) for text, page in zip(headless, pages, strict=True)]
    return ChapterText("\n".join(page.text for page in pages), tuple(map("\n".join, (headless, footless, neither))))


def _without(text: str, line: str) -> str:
    """A page's text without one of its lines, whose white space is folded."""
    pattern = r"\s*".join(map(re.escape, line.split()))
    return re.sub(pattern, "\n", text, count=1) if pattern else text


def _labels(claim: Claim, open_file: Siblings) -> Sequence[str] | None:
    """The page labels of the book's PDF, where there is one that can be read."""
    if claim.pdf is None or not claim.pdf.is_file():
        return None
    try:
        return open_file(claim.pdf).labels
    except Exception:  # told by the checks of the file itself
        return None


def _epub(
    claim: Claim, path: Path, known: _SourceFacts, validated: bool, folios: Sequence[str] | None
) -> Sequence[CheckResult]:
    if not path.is_file():
        return _unread(path)
    try:
        package = read_package(path)
    except UnreadableOutput as error:
        return _unread(path, error)
    outline, parts = nav_outline(path.name, claim.book, package, known.headings)
    text = chapter_parts(claim.book, package, None if outline.problems else parts)
    return (
        outline,
        epub_links(path.name, package),
        _epub_reading(claim, path.name, package, outline, parts),
        words_check(path.name, tuple(claim.book.chapters()), claim.source_words_of_epub(), text, ()),
        structure(path.name, package),
        page_list(path.name, package, folios, wanted=claim.paged),
        *((validation(path),) if validated else ()),
    )


def _epub_reading(claim: Claim, name: str, package: Package, outline: CheckResult, parts: OutlineParts) -> CheckResult:
    readings = claim.source_readings_of_epub()
    if outline.problems or not readings:
        return CheckResult("reading", skipped="the reading of the source, or the places of chapters, are not known")
    return epub_reading(name, claim.book, package, parts, readings, claim.reported, claim.landing_letters())


def _together(claim: Claim, open_file: Siblings) -> Sequence[CheckResult]:
    """The handouts as one: their outlines one after the other are the sections of the book."""
    readable: list[tuple[Chapter, PdfFile]] = []
    unread: list[Problem] = []
    for section, path in claim.handouts:
        try:
            readable.append((section, open_file(path)))
        except UnreadableOutput:
            unread.append(problem("output-missing", name=path.name))
    if unread:
        return (CheckResult("outline", skipped="not every handout can be read"),)
    wanted = [chapter_bookmarks(claim.book, section) for section, _ in readable]
    return (handout_outlines(wanted, [file for _, file in readable]),)
