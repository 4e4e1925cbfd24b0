"""Whole books as validators and readers see them: what files claim, what they keep, and when they claim nothing."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import page
import pikepdf
import pytest

from chores.conformance import claims
from tests.bindery.readers import tags
from tests.press.books import Shop, files

CONF = 'project = "Tiny Book"\nauthor = "Ada"\n'


def broken(path: Path, *profiles: str) -> list[str]:
    """The rules of PDF/UA-1 and PDF/A-2a that a file breaks."""
    reports = (page.validate_pdf(str(path), profile=getattr(page.ValidationProfile, name)) for name in profiles)
    return [failure["rule_id"] for report in reports for failure in report.to_dict()["failures"]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    made = Shop.of(tmp_path_factory.mktemp("conformance"), files())
    assert made.make().exit_code == 0
    return made


def test_every_file_meets_what_it_claims(shop: Shop) -> None:
    for path in (shop.book, *shop.handouts()):
        assert claims(path) == ("ua-1", "a-2a")
        assert broken(path, "PDF_UA_1", "PDF_A_2A") == []


def test_the_structure_of_a_handout_is_its_own(shop: Shop, tmp_path: Path) -> None:
    """Headings of a section are of the same levels in the book and in its handout, which begins with its contents."""

    def headings(path: Path) -> list[str]:
        lines = tags(path.read_bytes(), tmp_path).splitlines()
        pairs = pairwise(lines)
        return [f"{one.strip()} {text.strip()}" for one, text in pairs if one.strip() in {f"H{n}" for n in range(1, 7)}]

    book = headings(shop.book)
    assert book == [
        'H1 "Contents"',
        'H1 "Tiny Book"',
        'H1 "Internals"',
        'H2 "Calls"',
        'H3 "Casts"',
        'H2 "Cells"',
        'H3 "Setup"',
        'H4 "Deeper"',
        'H1 "Debugging"',
        'H2 "Reports"',
        'H3 "Setup"',
        'H1 "Index"',
    ]
    own = headings(shop.handouts()[0])
    assert [line for line in own if line in book[2:8]] == book[2:8]


def test_only_an_index_is_one(shop: Shop, tmp_path: Path) -> None:
    first = tags(shop.handouts()[0].read_bytes(), tmp_path).partition("  Part")[0]
    assert "TOC\n" in first and "Index\n" not in first
    assert tags(shop.book.read_bytes(), tmp_path).count("  Index\n") == 1


def test_words_that_lead_out_of_a_handout_are_links_of_its_structure(shop: Shop, tmp_path: Path) -> None:
    found = tags(shop.handouts()[0].read_bytes(), tmp_path)
    assert '"Elsewhere in the book: "\n' in found
    with pikepdf.open(shop.handouts()[0]) as pdf:
        annotations = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/StructParent" in one]
        assert all(str(one.Contents) for one in annotations) and annotations


SQUARE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">'
    b'<rect width="40" height="40" fill="navy" opacity="0.5"/></svg>'
)


def pictured(folder: Path, directive: str, conf: str = "") -> Shop:
    """A book with a picture that shines through, in one of two sections."""
    sources = {
        "conf.py": CONF + conf,
        "index.rst": "Tiny Book\n=========\n\n.. toctree::\n\n   a\n   b\n",
        "a.rst": f"A\n=\n\n{directive}\n\nText.\n",
        "b.rst": "B\n=\n\nText.\n",
        "square.svg": SQUARE,
    }
    return Shop.of(folder, sources)


def test_a_file_with_a_picture_that_nobody_described_claims_nothing(tmp_path: Path) -> None:
    shop = pictured(tmp_path, ".. image:: square.svg")
    result = shop.make()
    assert result.exit_code == 0
    told = [str(one) for one in result.problems if one.code == "conformance-left-out"]
    assert [line.partition(". Say")[0] for line in told] == [
        f"{name} does not claim to conform to PDF/UA-1 and PDF/A-2a: images have no alternative text (a:4)"
        for name in ("tiny-book.pdf", "01-a.pdf")
    ]
    assert [claims(path) for path in (shop.book, *shop.handouts())] == [(), (), ("ua-1", "a-2a")]


@pytest.mark.parametrize(
    ("directive", "conf", "expected"),
    [
        (".. image:: square.svg\n   :alt: A square", "", ("ua-1", "a-2a")),
        (".. image:: square.svg\n   :alt:", "", ("ua-1", "a-2a")),
        (".. image:: square.svg", 'casebound_conformance = ["a-2b"]\n', ("a-2b",)),
        (".. image:: square.svg\n   :alt: A square", "casebound_conformance = []\n", ()),
        (".. image:: square.svg", 'casebound_tagged = False\ncasebound_conformance = ["a-2u"]', ("a-2u",)),
    ],
)  # fmt: skip
def test_claims(tmp_path: Path, directive: str, conf: str, expected: tuple[str, ...]) -> None:
    shop = pictured(tmp_path, directive, conf)
    assert [one.code for one in shop.make().problems if one.code != "alt-missing"] == []
    assert claims(shop.book) == expected
    profile = {"ua-1": "PDF_UA_1", "a-2a": "PDF_A_2A", "a-2b": "PDF_A_2B", "a-2u": "PDF_A_2U"}
    assert broken(shop.book, *(profile[claim] for claim in expected)) == []


def test_pages_look_the_same_without_tags(tmp_path: Path) -> None:
    shown = []
    for conf in ("", "casebound_tagged = False\ncasebound_conformance = []\n"):
        shop = pictured(tmp_path / str(len(conf)), ".. image:: square.svg\n   :alt: A square", conf)
        shop.make()
        shown.append(_pixels(shop.book))
        with pikepdf.open(shop.book) as pdf:
            assert ("/StructTreeRoot" in pdf.Root) is (conf == "")
    assert shown[0] == shown[1]


def _pixels(path: Path) -> list[bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return [sheet.render(scale=1).to_pil().tobytes() for sheet in document]
    finally:
        document.close()


def test_two_levels_of_pdf_a_cannot_be_claimed(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="casebound_conformance"):
        pictured(tmp_path, "", 'casebound_conformance = ["a-2a", "a-2b"]\n').make()
