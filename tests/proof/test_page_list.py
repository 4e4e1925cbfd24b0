"""An EPUB that marks the pages of the PDF without a fault passes; each seeded fault is found and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from casebound.proof import Claim, Verdict, prove
from tests.proof.samples import BOOK, ORDER, WORDS, Copy, Parcel, book_copy, book_parcel

NAV = "EPUB/nav.xhtml"
OPF = "EPUB/book.opf"
SOURCE = '<meta property="pageBreakSource">urn:x-pdf</meta>'
LISTED = {"i": "index.xhtml", "ii": "index.xhtml"} | {
    str(folio): f"{name}.xhtml#page-{folio}" for folio, name in enumerate(ORDER, 1)
}
LISTED["7"] = LISTED["6"]


def _line(folio: str) -> str:
    return f'<li><a href="{LISTED[folio]}">{folio}</a></li>'


def _mark(folio: int) -> str:
    return f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{folio}" aria-label=" {folio}. "></span>'


def paged() -> Parcel:
    """The book's EPUB with the pages of its PDF."""
    parcel = book_parcel().edit(OPF, "</metadata>", f"{SOURCE}</metadata>")
    for folio, name in enumerate(ORDER, 1):
        parcel = parcel.edit(f"EPUB/{name}.xhtml", '<section id="top">', f'<section id="top">{_mark(folio)}')
    lines = "".join(map(_line, LISTED))
    return parcel.edit(NAV, "</body>", f'<nav epub:type="page-list"><h2>Pages</h2><ol>{lines}</ol></nav></body>')


def proven(parcel: Parcel, folder: Path, copy: Copy | None = None, paged: bool = False) -> Verdict:
    pdf = copy.write(folder / "book.pdf") if copy else None
    return prove(Claim(BOOK, pdf=pdf, epub=parcel.write(folder / "book.epub"), words=WORDS, paged=paged))


def test_faultless(tmp_path: Path) -> None:
    verdict = proven(paged(), tmp_path, book_copy())
    assert verdict.problems == (), verdict.summary()
    assert verdict.figures["book.epub"]["page list"] == {"ok": True, "pages": 9, "marks": 6, "faults": 0}


def test_none_is_needed_unless_it_is_asked_for(tmp_path: Path) -> None:
    assert proven(book_parcel(), tmp_path, book_copy()).problems == ()
    (found,) = proven(book_parcel(), tmp_path, book_copy(), paged=True).problems
    assert found.message == "The page list of book.epub is not that of the PDF: there is none."


FAULTS: dict[str, tuple[Callable[[Parcel], Parcel], str]] = {
    "a folio is lacking": (lambda p: p.edit(NAV, _line("ii"), ""), "ii is not listed"),
    "a folio twice": (lambda p: p.edit(NAV, _line("2"), _line("2") * 2), "2 is listed 2 times"),
    "a folio that the PDF has not": (
        lambda p: p.edit(NAV, _line("7"), _line("7") + _line("7").replace(">7<", ">8<")), "8 is no page of the PDF",
    ),
    "another order": (lambda p: p.edit(NAV, _line("i") + _line("ii"), _line("ii") + _line("i")), "in another order"),
    "a page leads back": (
        lambda p: p.edit(NAV, "rpc.xhtml#page-3", "index.xhtml#page-1").edit("EPUB/rpc.xhtml", _mark(3), ""),
        "3 leads back",
    ),
    "a page leads nowhere": (lambda p: p.edit("EPUB/rpc.xhtml", _mark(3), ""), "3 leads nowhere"),
    "a mark is not listed": (
        lambda p: p.edit(NAV, LISTED["3"], "rpc.xhtml#top"), "the mark EPUB/rpc.xhtml#page-3 is not listed",
    ),
    "nothing says whose pages": (lambda p: p.edit(OPF, SOURCE, ""), "nothing says which edition"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_fault(tmp_path: Path, name: str) -> None:
    seed, words = FAULTS[name]
    verdict = proven(seed(paged()), tmp_path, book_copy())
    found = {entry.code for entry in verdict.problems}
    assert found - {"link-dangling"} == {"pages-differ"}, verdict.as_json()
    assert any(words in entry.message for entry in verdict.problems)


def test_a_pdf_with_other_pages(tmp_path: Path) -> None:
    copy = book_copy()
    renamed = [replace(sheet, label="v") if sheet.label == "i" else sheet for sheet in copy.sheets]
    verdict = proven(paged(), tmp_path, replace(copy, sheets=renamed))
    said = [entry.message for entry in verdict.problems if entry.code == "pages-differ"]
    assert said == ["The page list of book.epub is not that of the PDF: v is not listed, i is no page of the PDF."]
