"""Finished outputs broken by pikepdf and zipfile: each check of the proof goes red, with the right sentence."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Name, Pdf, String

from casebound.press import press
from tests.press.books import Shop, Told, labels

BOOK, HANDOUT, EPUB = "pdf/tiny-book.pdf", "handouts/02-debugging.pdf", "epub/tiny-book.epub"


def bookmark(pdf: Pdf, title: str) -> pikepdf.Object:
    def walk(item: pikepdf.Object | None) -> pikepdf.Object | None:
        while item is not None:
            found = item if str(item.Title) == title else walk(item.get("/First"))
            if found is not None:
                return found
            item = item.get("/Next")
        return None

    found = walk(pdf.Root.Outlines.First)
    assert found is not None
    return found


def destination(pdf: Pdf, name: str) -> pikepdf.Object:
    tree = pdf.Root.Names.Dests
    for leaf in [tree, *tree.get("/Kids", [])]:
        names = list(leaf.get("/Names", []))
        for key, place in zip(names[::2], names[1::2], strict=True):
            if bytes(key).decode() == name:
                return place
    raise AssertionError(name)


def retitle(pdf: Pdf) -> None:
    bookmark(pdf, "Reports").Title = String("Report")


def sink(pdf: Pdf) -> None:
    """The last heading of a chapter one level down: beneath a new entry."""
    entry = bookmark(pdf, "Reports")
    setup = entry.First
    copy = pdf.make_indirect(pikepdf.Dictionary(Title=String("Setup"), Dest=setup.Dest, Parent=setup))
    setup.First = setup.Last = copy
    setup.Count = 1


def misdirect(pdf: Pdf) -> None:
    bookmark(pdf, "Reports").Dest = bookmark(pdf, "Debugging").Dest


def misplace(pdf: Pdf) -> None:
    """Heading and bookmark agree on a page, which is not the heading's."""
    for name in ("debugging/gmr:", "debugging/gmr:reports"):
        place = destination(pdf, name)
        place[0] = next(page.obj for page in pdf.pages if page.label == "5")


def forget(pdf: Pdf) -> None:
    destination(pdf, "debugging/gmr:own-setup")[0] = pikepdf.Object.parse(b"null")


def link(pdf: Pdf, kind: str) -> pikepdf.Object:
    for page in pdf.pages:
        for found in page.obj.get("/Annots", []):
            if (kind == "/Dest" and kind in found) or found.get("/A", {}).get("/S") == kind:
                return found
    raise AssertionError(kind)


def dangle(pdf: Pdf) -> None:
    link(pdf, "/Dest").Dest = String("nowhere:")


def dangle_outside(pdf: Pdf) -> None:
    link(pdf, "/GoToR").A.D = String("nowhere:")


def lose_sibling(pdf: Pdf) -> None:
    link(pdf, "/GoToR").A.F.UF = String("03-none.pdf")


def relabel(pdf: Pdf) -> None:
    pdf.Root.PageLabels.Nums[-1] = pikepdf.Dictionary(S=Name.D, St=90)


def empty(pdf: Pdf) -> None:
    page = next(page for page in pdf.pages if page.label == "6")
    page.obj.Contents = pdf.make_stream(b"")


def bare_faces(pdf: Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
            del one["/FontFile2"]


def push_off(pdf: Pdf) -> None:
    page = next(page for page in pdf.pages if page.label == "6")
    page.obj.MediaBox = [0, 0, 300, 842]


def swap_pages(pdf: Pdf) -> None:
    kids = list(pdf.Root.Pages.Kids)
    one, other = (next(at for at, page in enumerate(pdf.pages) if page.label == folio) for folio in ("3", "4"))
    kids[one], kids[other] = kids[other], kids[one]
    pdf.Root.Pages.Kids = pikepdf.Array(kids)


def drop_page(pdf: Pdf) -> None:
    del pdf.pages[next(at for at, page in enumerate(pdf.pages) if page.label == "6")]


def swap_bookmarks(pdf: Pdf) -> None:
    one, other = bookmark(pdf, "Internals"), bookmark(pdf, "Debugging")
    for key in ("/Title", "/Dest", "/First", "/Last", "/Count"):
        one[key], other[key] = other[key], one[key]


def rename(pdf: Pdf) -> None:
    tree = pdf.Root.Names.Dests
    for leaf in [tree, *tree.get("/Kids", [])]:
        names = list(leaf.get("/Names", []))
        for at in range(0, len(names), 2):
            if bytes(names[at]) == b"debugging/gmr:reports":
                leaf.Names[at] = String("debugging/gmr:reportt")


def redirect(pdf: Pdf) -> None:
    """A link from file to file that opens another place, which exists as well."""
    link(pdf, "/GoToR").A.D = String("internals/cells:")


def unlink(pdf: Pdf) -> None:
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Annots"]


# <6> stands for the page with the folio 6
PDFS: list[tuple[str, Callable[[Pdf], None], str]] = [
    (BOOK, retitle, "outline-differs: in Debugging:"),
    (BOOK, sink, "outline-differs: in Debugging > Reports > Setup:"),
    (BOOK, misdirect, "outline-differs: “Reports” opens page <5>, its heading is on page <6>"),
    (BOOK, misplace, "outline-differs: “Reports” opens page <5>, where it cannot be read"),
    (BOOK, misplace, "link-astray: debugging/gmr: opens page <5>, where “Reports” cannot be read"),
    (BOOK, forget, "link-dangling: destination debugging/gmr:own-setup has no page"),
    (BOOK, dangle, "link-dangling: no destination nowhere:"),
    (BOOK, relabel, "folio-differs: is labelled “90”"),
    (BOOK, empty, "words-lost: of the source are not in tiny-book.pdf"),
    (BOOK, bare_faces, "face-not-embedded: SourceSerifPro-Regular"),
    (BOOK, push_off, "text-off-page: page <6>"),
    (HANDOUT, retitle, "outline-differs: outline of the handouts together is not the book's outline"),
    (HANDOUT, dangle_outside, "link-dangling: no destination nowhere: in"),
    (HANDOUT, lose_sibling, "link-dangling: no file 03-none.pdf"),
    (HANDOUT, misplace, "link-astray: debugging/gmr: opens page"),
    (BOOK, swap_pages, "folio-differs: is labelled “3”, its margins read"),
    (BOOK, drop_page, "words-lost: of the source are not in tiny-book.pdf"),
    (BOOK, swap_bookmarks, "outline-differs: at the top:"),
    (BOOK, rename, "link-dangling: no destination debugging/gmr:reports"),
    (BOOK, unlink, "link-wrong: internals/cells has no link to internals/rpc:"),
    (HANDOUT, drop_page, "words-lost: of the source are not in 02-debugging.pdf"),
    (HANDOUT, redirect, "link-wrong: index#debugging has a link to internals/cells:, its source has none"),
    (HANDOUT, unlink, "link-wrong: debugging/gmr has no link to internals/rpc:casts"),
]


def said(shop: Shop) -> list[str]:
    verdict = press.prove(shop.places, report=Told())
    return [f"{one.code}: {line}" for one in verdict.problems for line in str(one).splitlines()]


def holds(found: list[str], wanted: str) -> bool:
    code, _, words = wanted.partition(": ")
    return any(line.startswith(f"{code}: ") and words in line for line in found)


@pytest.mark.parametrize(
    ("name", "spoil", "wanted"), PDFS, ids=[f"{one[1].__name__}-{n}" for n, one in enumerate(PDFS)]
)
def test_a_broken_pdf(made: Shop, name: str, spoil: Callable[[Pdf], None], wanted: str) -> None:
    path = made.places.build / name
    wanted = re.sub("<(.)>", lambda folio: str(labels(path).index(folio[1]) + 1), wanted)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        spoil(pdf)
        pdf.save(path)
    found = said(made)
    assert holds(found, wanted), found


EPUBS = [
    ("nav.xhtml", ">Reports<", ">Report<", "outline-differs: in Debugging:"),
    ("nav.xhtml", "debugging-gmr.xhtml", "internals-cells.xhtml", "outline-differs: “Reports” opens a place where"),
    ("debugging-gmr.xhtml", "Signals.", "", "words-lost: 1 word of the source is not in tiny-book.epub: Signals"),
    ("debugging-gmr.xhtml", "Signals.", "Signets.", "words-lost: Signals"),
    (
        "nav.xhtml",
        '<li><a href="debugging-gmr.xhtml#setup">Setup</a></li>',
        "",
        "outline-differs: in Debugging > Reports:",
    ),
    ("debugging-gmr.xhtml", "internals-cells.xhtml#setup", "internals-cells.xhtml#gone", "link-dangling: no place"),
    ("debugging-gmr.xhtml", "internals-rpc.xhtml", "gone.xhtml", "link-dangling: no file"),
    (
        "book.opf",
        '<itemref idref="chapter-3"',
        '<itemref idref="cover"',
        "epub-invalid: is in the navigation, its page is not in the spine",
    ),
]


@pytest.mark.parametrize(("page", "old", "new", "wanted"), EPUBS)
def test_a_broken_epub(made: Shop, page: str, old: str, new: str, wanted: str) -> None:
    path = made.epub
    with zipfile.ZipFile(path) as archive:
        content = {info: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(path, "w") as archive:
        for info, data in content.items():
            if Path(info.filename).name == page or (page == "book.opf" and info.filename.endswith(".opf")):
                assert old.encode() in data, data.decode()
                data = data.replace(old.encode(), new.encode(), 1 if page != "nav.xhtml" else -1)
            archive.writestr(info, data)
    found = said(made)
    assert holds(found, wanted), found


def test_a_word_that_no_output_was_asked_to_lose(made: Shop) -> None:
    assert said(made) == []


def test_a_replacement_character_that_the_source_says_is_no_missing_glyph(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path)
    shop.edit("internals/cells.rst", "Setup", "Set\ufffdup")
    assert shop.make().exit_code == 0
    assert said(shop) == []
