"""Outlines of finished outputs against the book's: titles, order, depth, and the places they open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebound.i18n.wording import matter_titles
from casebound.model.diagnostics import Problem, problem
from casebound.model.outline import OutlineEntry, difference, picture, walk
from casebound.proof.headings import is_read
from casebound.proof.pdf.reader import Bookmark, PdfFile, PlaceInFile
from casebound.proof.report import CheckResult

__all__ = ["OutlineParts", "folded", "handout_outlines", "outline", "part", "pdf_outline"]

_NEAR = 40.0  # points between a bookmark's place and its heading's destination that are still the same place


def folded(entries: Iterable[OutlineEntry]) -> tuple[OutlineEntry, ...]:
    """Entries with the white space of their titles folded."""
    return tuple(OutlineEntry(" ".join(entry.title.split()), entry.target, folded(entry.children)) for entry in entries)


def _entries(bookmarks: Iterable[Bookmark]) -> tuple[OutlineEntry, ...]:
    return tuple(OutlineEntry(mark.title, mark.target, _entries(mark.children)) for mark in bookmarks)


@dataclass(frozen=True, slots=True)
class OutlineParts:
    """An outline read back, taken apart: the book's own entries, and cover, contents, index around them."""

    front: tuple[OutlineEntry, ...]
    body: tuple[OutlineEntry, ...]
    back: tuple[OutlineEntry, ...]

    @property
    def matter(self) -> list[str]:
        return [entry.title for entry in (*self.front, *self.back)]


def part(found: Sequence[OutlineEntry], wanted: Sequence[OutlineEntry]) -> OutlineParts:
    """Where the book's entries begin and end among the top entries of an outline.

    If leaving out some entries at both ends gives the wanted tree, or its top titles, those are the matter; else the
    matter is what is before the first and after the last entry that has a wanted title, or entries below it.
    """
    titles = [entry.title for entry in wanted]
    whole = picture(wanted)
    fitting = [
        start
        for start in range(len(found) - len(wanted) + 1)
        if wanted and picture(found[start : start + len(wanted)]) == whole
    ]
    if fitting:
        # a book may be called Cover or Index: its own entry is the one that opens its place
        start = next((start for start in fitting if found[start].target == wanted[0].target), fitting[0])
        end = start + len(wanted)
        return OutlineParts(tuple(found[:start]), tuple(found[start:end]), tuple(found[end:]))
    for start in range(len(found) - len(wanted) + 1):
        if [entry.title for entry in found[start : start + len(wanted)]] == titles:
            end = start + len(wanted)
            outside = {entry.title for entry in (*found[:start], *found[end:])}
            if not outside & (set(titles) - matter_titles()):
                return OutlineParts(tuple(found[:start]), tuple(found[start:end]), tuple(found[end:]))
    known = [index for index, entry in enumerate(found) if entry.title in titles or entry.children]
    start, end = (known[0], known[-1] + 1) if known else (0, len(found))
    return OutlineParts(tuple(found[:start]), tuple(found[start:end]), tuple(found[end:]))


def outline(
    name: str, kind: str, wanted: Iterable[OutlineEntry], found: Iterable[OutlineEntry]
) -> tuple[CheckResult, OutlineParts]:
    """Titles, order and depth of an outline read back, cover, contents and index set apart."""
    wanted = folded(wanted)
    parts = part(folded(found), wanted)
    unlike = difference(wanted, parts.body, "the book", name)
    problems = (problem("outline-differs", name=f"{kind} of {name}", detail=unlike),) if unlike else ()
    depths = [depth for depth, _ in walk(parts.body)]
    figures = {"entries": len(depths), "deep": max(depths, default=-1) + 1, "matter": parts.matter}
    return CheckResult("outline", figures, problems), parts


def pdf_outline(
    file: PdfFile, wanted: Iterable[OutlineEntry], read: Callable[[int, float | None], str], headings: Mapping[str, str]
) -> CheckResult:
    """The outline of a PDF and the places its bookmarks open.

    A bookmark must open the place of its heading's named destination, and there ``read``, which gives the text at
    a 0-based page and height, must find the heading. ``headings`` says how those are set; a title that is not among
    them is set as it is.
    """
    wanted = folded(wanted)
    finding, parts = outline(file.name, "outline", wanted, _entries(file.outline))
    if finding.problems:
        return finding
    wrong: list[str] = []
    body = file.outline[len(parts.front) :][: len(parts.body)]
    for (_, entry), mark in zip(walk(wanted), _flat(body), strict=True):
        spot = file.destinations.get(mark.target) if mark.target else mark.spot
        wrong.extend(_misplaced(entry, spot, file.destinations))
        heading = headings.get(entry.target, entry.title)
        if spot and not is_read(entry.title, heading, read(spot.page, spot.top)):
            wrong.append(f"“{entry.title}” opens page {spot.page + 1}, where it cannot be read")
    problems: tuple[Problem, ...] = ()
    if wrong:
        name = f"outline of {file.name}"
        problems = (problem("outline-differs", name=name, detail="\n".join(wrong[:20])),)
    return CheckResult("outline", finding.figures | {"misplaced": len(wrong)}, problems)


def _flat(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    for mark in bookmarks:
        yield mark
        yield from _flat(mark.children)


def _misplaced(
    entry: OutlineEntry, spot: PlaceInFile | None, destinations: Mapping[str, PlaceInFile | None]
) -> Iterator[str]:
    """What is wrong with the place a bookmark opens."""
    if spot is None:
        yield f"“{entry.title}” opens no place"
        return
    home = destinations.get(entry.target)
    if home is None:
        yield f"“{entry.title}”: there is no destination {entry.target}"
    elif home.page != spot.page:
        yield f"“{entry.title}” opens page {spot.page + 1}, its heading is on page {home.page + 1}"
    elif home.top is not None and spot.top is not None and abs(home.top - spot.top) > _NEAR:
        yield f"“{entry.title}” opens page {spot.page + 1} {abs(home.top - spot.top):.0f} points off its heading"


def handout_outlines(wanted: Sequence[OutlineEntry], files: Sequence[PdfFile]) -> CheckResult:
    """The outlines of all handouts, one after the other, against the sections of the book."""
    found: list[OutlineEntry] = []
    for section, file in zip(wanted, files, strict=True):
        found.extend(part(folded(_entries(file.outline)), folded((section,))).body)
    unlike = difference(folded(wanted), found, "the book", "the handouts")
    problems = (problem("outline-differs", name="outline of the handouts together", detail=unlike),) if unlike else ()
    return CheckResult("outline", {"entries": len(list(walk(found))), "files": len(files)}, problems)
