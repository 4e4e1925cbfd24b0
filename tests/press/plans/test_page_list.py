"""The pages of the PDF in the EPUB: each is marked where it begins."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from casebound.press import press
from chores.page_list import compare
from tests.epub.readers import TYPE, H
from tests.press.books import Shop, Told, labels, pages
from tests.press.folios import book, document, made


def test_the_pages_of_the_epub_are_those_of_the_book(tmp_path: Path) -> None:
    shop = made(book(tmp_path, 'casebound_page_list = True\ncasebound_openings = "recto"\n'))
    with zipfile.ZipFile(shop.epub) as archive:
        (listed,) = etree.fromstring(archive.read("EPUB/nav.xhtml")).findall(f".//{H}nav[@id='page-list']")
        package = etree.fromstring(archive.read("EPUB/content.opf"))
    found = [(link.text, link.get("href").partition(".")[0]) for link in listed.iter(f"{H}a")]
    assert found == [
        *[("i", "cover"), ("ii", "titlepage"), ("iii", "titlepage"), ("iv", "imprint"), ("v", "nav")],
        *[("vi", "preface"), ("vii", "preface"), ("viii", "index-internals"), ("1", "index-internals")],
        *[("2", "rpc"), ("3", "rpc"), ("4", "cells"), ("5", "cells"), ("6", "index-debugging")],
        *[("7", "index-debugging"), ("8", "gmr"), ("9", "gmr"), ("10", "index-at-the-end")],
        *[("11", "index-at-the-end"), ("12", "colophon"), ("13", "colophon")],
        *[("14", "general-index"), ("15", "general-index")],
    ]
    (source,) = (one.text for one in package.iter("{*}meta") if one.get("property") == "pageBreakSource")
    with pikepdf.open(shop.book) as pdf, pdf.open_metadata() as printed:
        assert printed["dc:identifier"] == source != package.findtext(".//{*}identifier")
    before = shop.epub.read_bytes()
    shop.make(kinds=frozenset({"epub"}))
    assert shop.epub.read_bytes() == before


KINDS = {"book": press.KINDS, "epub": {"epub"}, "epub, handouts": {"epub", "handouts"}}


@pytest.mark.parametrize(
    ("conf", "listed"),
    [
        ("", ["book"]),
        ('casebound_page_list = "auto"\n', ["book"]),
        ("casebound_page_list = True\n", list(KINDS)),
        ("casebound_page_list = False\n", []),
    ],
)
def test_the_page_list_comes_by_itself_where_a_build_makes_the_pdf_too(
    tmp_path: Path, conf: str, listed: list[str]
) -> None:
    shop = book(tmp_path, conf)
    found: dict[str, bytes] = {}
    for name, kinds in KINDS.items():
        assert shop.make(kinds=frozenset(kinds)).exit_code == 0
        found[name] = shop.epub.read_bytes()
    assert [name for name, data in found.items() if b"page-list" in _nav(data)] == listed
    assert len({found[name] for name in listed}) == min(len(listed), 1)
    assert press.prove(shop.places, report=Told()).problems == ()
    shop.make(kinds=press.KINDS)
    assert shop.epub.read_bytes() == found["book"]


def _nav(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return archive.read("EPUB/nav.xhtml")


LONG = "\n\n".join(f"Paragraph {number} begins. " + "Words go on and on in it. " * 30 for number in range(12))
LISTING = "::\n\n" + "\n".join(f"   line {number}" for number in range(120))


def test_every_page_of_the_pdf_is_marked_where_it_begins_in_the_epub(tmp_path: Path) -> None:
    shop = book(tmp_path, "casebound_page_list = True\n")
    rows = "\n".join(f"   * - row {number}\n     - cell" for number in range(90))
    table = f".. list-table::\n   :header-rows: 1\n\n   * - Head\n     - Other\n{rows}\n"
    (shop.places.source / "rpc.rst").write_text(
        f"Calls\n=====\n\n.. only:: epub\n\n   In the EPUB alone.\n\n{LONG}\n\n{LISTING}\n\n{table}\n\n* {LONG[:900]}\n"
    )
    made(shop)
    marks = {}
    with zipfile.ZipFile(shop.epub) as archive:
        for name in archive.namelist():
            if name.startswith("EPUB/") and name.endswith(".xhtml"):
                for mark in etree.fromstring(archive.read(name)).iter(f"{H}span"):
                    if mark.get(TYPE) == "pagebreak":
                        block = " ".join("".join(mark.getparent().itertext()).split())
                        marks[mark.get("aria-label").strip(" .")] = block
    printed = dict(zip(labels(shop.book), map(" ".join, pages(shop.book)), strict=True))
    begun = {label: marks[label] for label in printed if label.isdecimal()}
    assert [text[:18] for text in begun.values() if not text.startswith("row ")] == [
        *["Internals The lead", "Internals Calls In", "Paragraph 4 begins", "Paragraph 9 begins"],
        *["line 0 line 1 line", "line 0 line 1 line", "Internals Cells Te", "Debugging Another "],
        *["Debugging Reports ", "At the end", "At the end Colopho"],
    ]
    rows = {label: int(text.removeprefix("row ")) for label, text in begun.items() if text.startswith("row ")}
    assert len(rows) > 1
    for label, row in rows.items():
        assert (f"row {row} " in printed[label], f"row {row - 1} " in printed[label]) == (True, False)


def _marked(shop: Shop) -> list[tuple[str, str]]:
    """Each page of the EPUB's page list: its folio, and the file and the first words of the block its mark is in."""
    found = []
    with zipfile.ZipFile(shop.epub) as archive:
        (listed,) = etree.fromstring(archive.read("EPUB/nav.xhtml")).findall(f".//{H}nav[@id='page-list']")
        for link in listed.iter(f"{H}a"):
            name, _, fragment = str(link.get("href")).partition("#")
            words = ""
            if fragment:
                (mark,) = etree.fromstring(archive.read(f"EPUB/{name}")).xpath(f"//*[@id='{fragment}']")
                words = " " + " ".join("".join(mark.getparent().itertext()).split()[:3])
            found.append((str(link.text), name.removesuffix(".xhtml") + words))
    return found


def test_documents_called_like_pieces_of_the_book_are_chapters(tmp_path: Path) -> None:
    names = ("blank", "contents", "cover", "imprint", "tables", "title", "genindex")
    captioned = "\n.. index:: word\n\n.. table:: Captioned\n\n   == ==\n   a  b\n   == ==\n"
    shop = made(
        Shop.of(
            tmp_path,
            {
                "conf.py": 'project = "Tiny Book"\ncasebound_page_list = True\n',
                "index.rst": "Tiny Book\n=========\n\nFirst words.\n\n.. toctree::\n\n"
                + "".join(f"   {name}\n" for name in names),
                **{f"{name}.rst": document(f"The {name}") for name in names},
                "tables.rst": document("The tables") + captioned,
            },
        )
    )
    listed = _marked(shop)
    assert [folio for folio, _ in listed] == labels(shop.book)
    assert [(folio, words.partition(" ")[2]) for folio, words in listed[-9:]] == [
        ("1", "Tiny Book First"),
        *((str(number), f"The {name} Text") for number, name in enumerate(names, 2)),
        ("9", "Index W word"),
    ]
    with pypdfium2.PdfDocument(shop.book) as pdf:
        blank, cover = (pdf[labels(shop.book).index(folio)].get_textpage().get_charbox(0) for folio in ("2", "4"))
    assert cover[0] == blank[0]


def test_a_page_that_begins_with_what_the_epub_has_not_is_marked_at_what_follows(tmp_path: Path) -> None:
    shop = book(tmp_path, "casebound_page_list = True\n")
    paper = "\n\n".join(f".. only:: latex\n\n   On paper. {'Words go on. ' * 300}\n\nStep {n}." for n in range(6))
    (shop.places.source / "rpc.rst").write_text(f"Calls\n=====\n\n{paper}\n")
    listed = _marked(made(shop))
    steps = [words for _, words in listed if words.startswith("rpc")]
    assert len(steps) >= 6 and steps[0].startswith("rpc Internals Calls")
    printed = dict(zip(labels(shop.book), map(" ".join, pages(shop.book)), strict=True))
    for folio, words in listed:
        if words.startswith("rpc Step"):
            assert words.removeprefix("rpc ") in printed[folio] or "Step" not in printed[folio]
    assert any(words == "rpc Step 5." for words in steps)


def test_a_page_that_begins_with_a_name_is_marked_at_the_name(tmp_path: Path) -> None:
    shop = book(tmp_path, "casebound_page_list = True\n")
    words = "Words go on and on. " * 4
    short = "\n".join(f":n{number}: {words}" for number in range(50))
    long = "\n".join(f":name {number} {'is wide ' * 5}: {words}" for number in range(40))
    listed = "\n".join(f":param p{number}: {words}" for number in range(50))
    names, values = (", ".join(f"{word} {number}" for number in range(150)) for word in ("column", "value"))
    records = f".. csv-table::\n   :header-rows: 1\n\n   {names}\n   {values}\n"
    (shop.places.source / "cells.rst").write_text(f"Cells\n=====\n\n{records}")
    (shop.places.source / "rpc.rst").write_text(
        f"Calls\n=====\n\n{short}\n\nLong\n----\n\n{long}\n\nListed\n------\n\n.. py:function:: f()\n\n"
        + "".join(f"   {line}\n" for line in listed.splitlines())
    )
    made(shop)
    found = [one for one in compare(shop.book, shop.epub) if one.folio.isdecimal()]
    assert [(one.folio, one.verdict) for one in found if one.is_wrong] == []
    begun = {one.marked.split()[0]: one.printed.split()[0] for one in found if one.printed.startswith(("n", "p"))}
    assert [one.marked[:5] for one in found if one.printed.startswith(("column", "value"))] == ["value"] * 3
    assert len(begun) == 3 and [name for name, printed in begun.items() if printed.rstrip(":") != name] == []
