"""Folios as pictures: the page label of each page beside what is printed on it, in the book and its handouts."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
from lxml import etree

from casebound.model.version import __version__
from casebound.press import press
from tests.epub.readers import TYPE, H
from tests.press.books import Shop, Told, labels, outline, pages

PAGE = "{title}\n{rule}\n\nText of {title}.\n"


def document(title: str, matter: str = "") -> str:
    field = f":matter: {matter}\n\n" if matter else ""
    return field + PAGE.format(title=title, rule="=" * len(title))


ROOT = """\
Tiny Book
=========

{text}

.. toctree::
   :hidden:

   preface

Internals
---------

The lead.

.. toctree::
   :hidden:

   rpc
   cells

Debugging
---------

Another lead.

.. toctree::
   :hidden:

   gmr

At the end
----------

.. toctree::
   :hidden:

   colophon
"""


def book(folder: Path, conf: str = "", text: str = "") -> Shop:
    return Shop.of(
        folder,
        {
            "conf.py": f'project = "Tiny Book"\n{conf}',
            "index.rst": ROOT.format(text=text),
            "preface.rst": document("Preface", "front"),
            "rpc.rst": document("Calls") + "\n.. index:: call\n",
            "cells.rst": document("Cells"),
            "gmr.rst": document("Reports"),
            "colophon.rst": document("Colophon", "back"),
        },
    )


SECTIONS = {"Internals", "Debugging", "At the end"}
"""Printed small above the titles of their chapters."""


def picture(path: Path) -> str:
    """Each page: its label, and its title, in brackets where it does not print the label; nothing on an empty page."""
    lines = []
    for label, text in zip(labels(path), pages(path), strict=True):
        words = [line for line in text if line != label]
        title = next((word for word in words[:2] if word not in SECTIONS), words[0] if words else "")
        title = words[0] if title.startswith(("Text", "The lead", "Another")) else title
        shown = "" if not text else f" {title}" if label in text else f" ({title})"
        lines.append(f"{label}{shown}")
    return ", ".join(lines)


def made(shop: Shop) -> Shop:
    assert [str(problem) for problem in shop.make().problems] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    return shop


HEAD = "i (Tiny Book), ii, iii (Tiny Book), iv (Tiny Book), v Contents, "


def test_front_matter_has_roman_folios_and_the_body_begins_with_1(tmp_path: Path) -> None:
    shop = made(book(tmp_path))
    assert picture(shop.book) == (
        f"{HEAD}vi Preface, 1 Internals, 2 Calls, 3 Cells, 4 Debugging, 5 Reports, 6 At the end, 7 Colophon, 8 Index"
    )
    assert outline(shop.book) == (
        "Cover\nContents\nTiny Book\nPreface\nInternals\n  Calls\n  Cells\nDebugging\n  Reports\nAt the end\n"
        "  Colophon\nIndex\n"
    )
    assert [path.name for path in shop.handouts()] == ["01-internals.pdf", "02-debugging.pdf", "03-at-the-end.pdf"]


def test_the_epub_says_what_is_front_matter_and_body_and_back_matter(tmp_path: Path) -> None:
    shop = made(book(tmp_path))
    kinds = {}
    with zipfile.ZipFile(shop.epub) as archive:
        for name in archive.namelist():
            if name.endswith(".xhtml"):
                body = etree.fromstring(archive.read(name)).find(f"{H}body")
                assert body is not None
                kinds[Path(name).stem] = " > ".join(one.get(TYPE) for one in (body, body[0]) if one.get(TYPE))
    assert kinds == {
        "cover": "cover",
        "titlepage": "titlepage",
        "imprint": "copyright-page",
        "nav": "toc",
        "index": "frontmatter > introduction",
        "preface": "frontmatter > preface",
        "index-internals": "bodymatter > part",
        "rpc": "bodymatter > chapter",
        "cells": "bodymatter > chapter",
        "index-debugging": "bodymatter > part",
        "gmr": "bodymatter > chapter",
        "index-at-the-end": "backmatter > appendix",
        "colophon": "backmatter > colophon",
        "general-index": "index",
    }


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


def test_the_text_of_the_root_stands_before_the_preface(tmp_path: Path) -> None:
    assert picture(made(book(tmp_path, text="Opening words.")).book) == (
        f"{HEAD}vi Tiny Book, vii Preface, viii, "
        "1 Internals, 2 Calls, 3 Cells, 4 Debugging, 5 Reports, 6 At the end, 7 Colophon, 8 Index"
    )


def test_a_book_of_front_matter_alone_has_no_arabic_folios(tmp_path: Path) -> None:
    shop = book(tmp_path)
    text = ROOT.format(text="Words.")
    (shop.places.source / "index.rst").write_text(text[: text.index("Internals")])
    for name in ("rpc", "cells", "gmr", "colophon"):
        (shop.places.source / f"{name}.rst").unlink()
    assert picture(made(shop).book) == f"{HEAD}vi Tiny Book, vii Preface, viii"
    assert not (shop.places.build / "handouts").exists()


def test_every_chapter_opens_on_the_right(tmp_path: Path) -> None:
    shop = made(book(tmp_path, 'casebound_openings = "recto"\n'))
    assert picture(shop.book) == (
        f"{HEAD}vi, vii Preface, viii, 1 Internals, 2, 3 Calls, 4, 5 Cells, 6, 7 Debugging, 8, 9 Reports, 10, "
        "11 At the end, 12, 13 Colophon, 14, 15 Index"
    )
    # right-hand pages of the book are right-hand pages of the handout
    assert picture(shop.handouts()[0]) == "i Tiny Book, ii, 1 Internals, 2, 3 Calls, 4, 5 Cells, iii Index"


def test_sections_open_on_the_right(tmp_path: Path) -> None:
    assert picture(made(book(tmp_path, 'casebound_openings = "sections"\n')).book) == (
        f"{HEAD}vi, vii Preface, viii, 1 Internals, 2 Calls, 3 Cells, 4, 5 Debugging, 6 Reports, 7 At the end, "
        "8 Colophon, 9 Index"
    )


FACTS = """
author = "Ada"
release = "2.0"
copyright = "2026, Ada"
epub_identifier = "urn:isbn:9780000000002"
casebound_print_identifier = "urn:isbn:9780000000019"
casebound_publisher = "The House"
"""


def imprints(shop: Shop) -> tuple[str, str]:
    """The imprint of the PDF and of the EPUB, a line each."""
    (text,) = (lines for lines in pages(shop.book) if "urn:isbn:9780000000019" in lines)
    with zipfile.ZipFile(shop.epub) as archive:
        section = etree.fromstring(archive.read("EPUB/imprint.xhtml")).find(f".//{H}section")
    assert section is not None
    return "\n".join(text), "\n".join("".join(part.itertext()) for part in section)


def test_the_imprint_says_whose_book_it_is_and_how_it_was_made(tmp_path: Path) -> None:
    conf = f'{FACTS}casebound_imprint = ["Printed on <paper> & screens.", "Second   line."]\n'
    paper, epub = imprints(made(book(tmp_path, conf)))
    told = "© 2026, Ada\nPrinted on <paper> & screens.\nSecond line.\nurn:isbn:"
    bound = f"Bound by casebound {__version__}."
    assert paper == f"Tiny Book\nAda\nEdition 2.0, Jan 01, 2026\nThe House\n{told}9780000000019\n{bound}"
    assert epub == f"Imprint\nTiny Book\nAda\nEdition 2.0, Jan 01, 2026\nThe House\n{told}9780000000002\n{bound}"


def test_without_an_imprint_the_title_page_says_it(tmp_path: Path) -> None:
    shop = made(book(tmp_path, f"{FACTS}casebound_imprint = False\n"))
    assert picture(shop.book).startswith("i (Ada), ii, iii (Ada), iv Contents, v Preface, vi, 1 Internals")
    assert {"© 2026, Ada", "urn:isbn:9780000000019"} <= set(pages(shop.book)[2])
    with zipfile.ZipFile(shop.epub) as archive:
        assert "EPUB/imprint.xhtml" not in archive.namelist()
        assert "© 2026, Ada" in archive.read("EPUB/titlepage.xhtml").decode()


def test_rights_are_those_of_the_setting(tmp_path: Path) -> None:
    paper, _ = imprints(made(book(tmp_path, f'{FACTS}casebound_rights = "No rights reserved."\n')))
    assert "No rights reserved." in paper and "Ada\nEdition" in paper and "©" not in paper


def test_an_imprint_longer_than_a_page_goes_on(tmp_path: Path) -> None:
    paragraphs = [
        f"Paragraph {number} of a licence. " + "It says much more than anybody reads. " * 12 for number in range(30)
    ]
    shop = made(book(tmp_path, f"casebound_imprint = {paragraphs!r}\n"))
    text = " ".join(line for lines in pages(shop.book) for line in lines)
    assert [f"Paragraph {number} of a licence." in text for number in range(30)] == [True] * 30


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
