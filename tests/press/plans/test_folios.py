"""Folios as pictures: the page label of each page beside what is printed on it, in the book and its handouts."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from tests.epub.readers import TYPE, H
from tests.press.books import outline
from tests.press.folios import ROOT, book, made, picture

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
