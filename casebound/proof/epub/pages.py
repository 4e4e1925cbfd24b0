"""The page list of an EPUB: every page of the PDF once, in order, each with its mark (EPUB 3.3 7.3, 5.4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from casebound.model.diagnostics import problem
from casebound.model.outline import OutlineEntry
from casebound.proof.epub.package import Package
from casebound.proof.report import CheckResult, some

__all__ = ["page_list"]


def page_list(name: str, package: Package, folios: Sequence[str] | None, *, wanted: bool) -> CheckResult:
    """The page list against ``folios``, the page labels of the PDF in their order; None where there is no PDF.

    ``wanted`` says that there must be one.
    """
    faults: list[str] = []
    if package.page_list or package.marks:
        faults = [*_as_list(package), *(_as_printed(package, folios) if folios is not None else ())]
    elif wanted:
        faults = ["there is none"]
    figures = {"pages": len(package.page_list), "marks": len(package.marks), "faults": len(faults)}
    problems = (problem("pages-differ", name=name, detail=some(faults)),) if faults else ()
    return CheckResult("page list", figures, problems)


def _as_list(package: Package) -> list[str]:
    listed = package.page_list
    counts = Counter(entry.title for entry in listed)
    faults = [f"{folio} is listed {count} times" for folio, count in counts.items() if count > 1]
    order = {path: number for number, path in enumerate(package.spine)}
    places = [(entry, _place(entry, package, order)) for entry in listed]
    faults += [f"{entry.title} leads nowhere" for entry, place in places if place is None]
    known = [(entry, place) for entry, place in places if place is not None]
    faults += [f"{entry.title} leads back" for (_, former), (entry, place) in pairwise(known) if place < former]
    opened = {entry.target for entry in listed}
    faults += [f"the mark {mark} is not listed" for mark in package.marks if mark not in opened]
    if not package.page_source:
        faults.append("nothing says which edition has these pages")
    return faults


def _place(entry: OutlineEntry, package: Package, order: Mapping[str, int]) -> tuple[int, int] | None:
    """A page's file in the spine and its offset there."""
    path, _, fragment = entry.target.partition("#")
    if path not in order or path not in package.pages:
        return None
    page = package.pages[path]
    offset = page.ids.get(fragment) if fragment else 0
    return None if offset is None else (order[path], offset)


def _as_printed(package: Package, folios: Sequence[str]) -> list[str]:
    listed = [entry.title for entry in package.page_list]
    found, printed = set(listed), set(folios)
    faults = [f"{folio} is not listed" for folio in folios if folio not in found]
    faults += [f"{folio} is no page of the PDF" for folio in listed if folio not in printed]
    return faults or ([] if listed == list(folios) else ["the pages are in another order than in the PDF"])
