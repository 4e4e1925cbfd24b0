"""The EPUB against the book and EPUB 3.3: its navigation, its spine, its ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from casebound.model.book import Book, Chapter
from casebound.model.diagnostics import problem
from casebound.model.outline import OutlineEntry, bookmarks, walk
from casebound.proof.epub.package import Package
from casebound.proof.headings import is_read
from casebound.proof.outlines import OutlineParts, folded, outline
from casebound.proof.report import CheckResult, some
from casebound.proof.words import ChapterText

__all__ = ["chapter_parts", "nav_outline", "structure"]

_NOTHING: Mapping[str, str] = MappingProxyType({})
_READ = 200  # characters after a heading's place in which it must be read, beyond its own length


def nav_outline(
    name: str, book: Book, package: Package, headings: Mapping[str, str] = _NOTHING
) -> tuple[CheckResult, OutlineParts]:
    """The navigation's tree against the book's, and the headings read at the places it opens.

    ``headings`` says how those are written, by their named destinations.
    """
    wanted = folded(bookmarks(book))
    finding, parts = outline(name, "navigation", wanted, package.nav)
    if finding.problems:
        return finding, parts
    pairs = zip(walk(wanted), walk(parts.body), strict=True)
    wrong = [
        entry.title
        for (_, own), (_, entry) in pairs
        if not _read_there(entry, headings.get(own.target, entry.title), package)
    ]
    detail = "\n".join(f"“{title}” opens a place where it cannot be read" for title in wrong[:20])
    problems = (problem("outline-differs", name=f"navigation of {name}", detail=detail),) if wrong else ()
    return CheckResult("outline", finding.figures | {"misplaced": len(wrong)}, problems), parts


def _read_there(entry: OutlineEntry, heading: str, package: Package) -> bool:
    path, _, fragment = entry.target.partition("#")
    page = package.pages.get(path)
    if page is None or (fragment and fragment not in page.ids):
        return False
    start = page.ids[fragment] if fragment else 0
    length = max(len(entry.title), len(heading)) * 2 + _READ
    return is_read(entry.title, heading, page.text[start : start + length])


def structure(name: str, package: Package) -> CheckResult:
    """Mimetype, manifest, spine and ids, and that the navigation follows the spine."""
    faults = list(package.faults)
    faults += [f"{path} has the id {ident} twice" for path, page in package.pages.items() for ident in page.twice]
    if not package.nav_path:
        faults.append("the manifest names no navigation document")
    if len(set(package.spine)) != len(package.spine):
        faults.append("a page is in the spine twice")
    places = _places([entry for _, entry in walk(package.nav)], package)
    outside = [entry.title for entry, place in places if place is None]
    faults += [f"“{title}” is in the navigation, its page is not in the spine" for title in outside]
    known = [(entry, place) for entry, place in places if place is not None]
    for (above, former), (entry, place) in pairwise(known):
        if place < former:
            faults.append(f"“{entry.title}” comes later in the navigation than in the spine")
        elif place == former:
            faults.append(f"“{entry.title}” opens the same place as “{above.title}” in the navigation")
    figures = {"files": len(package.names), "pages": len(package.spine), "faults": len(faults)}
    problems = (problem("epub-invalid", name=name, detail=some(faults)),) if faults else ()
    return CheckResult("structure", figures, problems)


def _places(entries: Sequence[OutlineEntry], package: Package) -> list[tuple[OutlineEntry, tuple[int, int] | None]]:
    """Each entry that opens a place, with its page's number in the spine and its offset there."""
    numbers = {path: number for number, path in enumerate(package.spine)}
    places: list[tuple[OutlineEntry, tuple[int, int] | None]] = []
    for entry in entries:
        path, _, fragment = entry.target.partition("#")
        if entry.target and path in package.pages and path in numbers:
            places.append((entry, (numbers[path], package.pages[path].ids.get(fragment, 0))))
        elif entry.target:
            places.append((entry, None))
    return places


def chapter_parts(book: Book, package: Package, parts: OutlineParts | None) -> dict[str, ChapterText] | ChapterText:
    """The text of each chapter, from its place in the navigation to the next one's; undivided if that is not to be had.

    ``parts`` is None where the navigation is not the book's. The navigation document itself does not count: it
    would hide the loss of a heading.
    """
    wanted = [entry for _, entry in walk(bookmarks(book))]
    pages = [path for path in package.spine if path != package.nav_path and path in package.pages]
    if parts is not None:
        opened = {entry.target: place for entry, (_, place) in zip(wanted, walk(parts.body), strict=True)}
        cut = _cut(list(book.chapters()), opened, package, pages)
        if cut is not None:
            return cut
    return ChapterText("\n".join(package.pages[path].text for path in pages))


def _cut(
    chapters: Sequence[Chapter], opened: dict[str, OutlineEntry], package: Package, pages: Sequence[str]
) -> dict[str, ChapterText] | None:
    starts: list[int] = []
    offsets: dict[str, int] = {}
    text = ""
    for path in pages:
        offsets[path] = len(text)
        text += package.pages[path].text + "\n"
    for chapter in chapters:
        if chapter.heading.target not in opened:
            return None
        path, _, fragment = opened[chapter.heading.target].target.partition("#")
        if path not in offsets or (fragment and fragment not in package.pages[path].ids):
            return None
        starts.append(offsets[path] + (package.pages[path].ids[fragment] if fragment else 0))
    if starts != sorted(starts):
        return None
    ends = [*starts[1:], len(text)]
    starts[0] = 0
    return {c.name: ChapterText(text[start:end]) for c, start, end in zip(chapters, starts, ends, strict=True)}
