"""The imprint: whose book it is and how it was made, in PDF and EPUB."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from casebound.model.version import __version__
from tests.epub.readers import H
from tests.press.books import Shop, pages
from tests.press.folios import book, made, picture

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
