"""Conduct: what a file does when it is opened, turned over and clicked, and what its pages hold beside their content.

A book opens with its outline and does nothing by itself: its links are its only annotations, and open places, other
files of the set or web pages (ISO 32000-2 7.7.2, 12.5, 12.6).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array

from casebound.model.diagnostics import problem
from casebound.proof.pdf.objects import bytes_of, entry, is_dictionary, items, number_of, text_of
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.report import CheckResult, some

__all__ = ["conduct"]

_ACTING = ("OpenAction", "AA", "AcroForm", "OCProperties", "Collection", "Requirements", "Threads", "PageLayout")
_ACTIONS = {"/GoTo", "/GoToR", "/URI"}
_PRINTED = 4  # the only flag of an annotation: it is printed (12.5.3)
_NAMES = {"/Dests"}


def conduct(file: PdfFile) -> CheckResult:
    """What a file does or holds that is none of a book's."""
    faults = [*_catalog(file), *_pages(file), *_bookmarks(entry(entry(file.root, "/Outlines"), "/First"), set())]
    faults += _limits(entry(entry(file.root, "/Names"), "/Dests"), set())
    problems = (problem("file-acts", name=file.name, detail=some(faults)),) if faults else ()
    return CheckResult("conduct", {"faults": len(faults)}, problems)


def _catalog(file: PdfFile) -> Iterator[str]:
    if file.is_encrypted:
        yield "it is encrypted"
    yield from (f"its catalog has {key}" for key in _ACTING if f"/{key}" in file.root)
    names = entry(file.root, "/Names")
    if is_dictionary(names):
        yield from (f"it has names of {key[1:]}" for key, _ in names.items() if key not in _NAMES)
    if entry(file.root, "/Outlines") is not None and entry(file.root, "/PageMode") != "/UseOutlines":
        yield "it does not open with its outline"


def _pages(file: PdfFile) -> Iterator[str]:
    for number, page in enumerate(file.page_dictionaries, 1):
        yield from (f"page {number} {fault}" for fault in (*_sheet(page), *_annotations(page)))


def _sheet(page: Any) -> Iterator[str]:
    """What is wrong with the sheet: it is not turned, cut or enlarged, and does nothing when it is opened."""
    if "/AA" in page:
        yield "acts when it is opened"
    if _inherited(page, "/Rotate"):
        yield "is turned"
    if "/UserUnit" in page:
        yield "is drawn in another unit"
    media = _box(_inherited(page, "/MediaBox"))
    for name in ("/CropBox", "/TrimBox", "/ArtBox", "/BleedBox"):
        box = _inherited(page, name)
        if box is not None and _box(box) != media:
            yield f"is cut by its {name[1:]}"


def _inherited(page: Any, key: str) -> Any:
    while page is not None and key not in page:
        page = entry(page, "/Parent")
    return entry(page, key)


def _box(value: Any) -> list[float]:
    return [round(float(each), 1) for each in value] if isinstance(value, Array) else []


def _annotations(page: Any) -> Iterator[str]:
    for annotation in items(page.get("/Annots")):
        kind = text_of(entry(annotation, "/Subtype"))[1:]
        if kind != "Link":
            yield f"has an annotation of type {kind or 'unknown'}"
            continue
        if entry(annotation, "/F") not in (None, _PRINTED):
            yield "has a link that is hidden or locked"
        yield from _action(entry(annotation, "/A"))
        if "/AA" in annotation:
            yield "has a link that acts by itself"


def _action(action: Any) -> Iterator[str]:
    if action is not None and text_of(entry(action, "/S")) not in _ACTIONS:
        yield f"has a link of type {text_of(entry(action, '/S'))[1:] or 'unknown'}"
    if entry(action, "/Next") is not None:
        yield "has a link that does more than open a place"


def _bookmarks(item: Any, seen: set[int]) -> Iterator[str]:
    while item is not None and number_of(item) not in seen:
        seen.add(number_of(item))
        action = entry(item, "/A")
        if action is not None and (entry(action, "/S") != "/GoTo" or entry(action, "/Next") is not None):
            yield f"the bookmark “{text_of(entry(item, '/Title'))}” does more than open a place"
        yield from _bookmarks(entry(item, "/First"), seen)
        item = entry(item, "/Next")


def _limits(node: Any, seen: set[int]) -> Iterator[str]:
    """Where the limits of the name tree are not those of the names below: strict readers find none of these (7.9.6)."""
    for kid in items(entry(node, "/Kids")):
        if number_of(kid) in seen:
            return
        seen.add(number_of(kid))
        names = list(_below(kid, set()))
        limits = [bytes_of(each) for each in items(entry(kid, "/Limits"))]
        if names and limits != [names[0], names[-1]]:
            yield f"the limits of its names leave out {names[-1].decode('utf-8', 'replace')}"
        yield from _limits(kid, seen)


def _below(node: Any, seen: set[int]) -> Iterator[bytes]:
    yield from (bytes_of(name) for name in items(entry(node, "/Names"))[::2])
    for kid in items(entry(node, "/Kids")):
        if number_of(kid) not in seen:
            seen.add(number_of(kid))
            yield from _below(kid, seen)
