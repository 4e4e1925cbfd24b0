"""What leads out of a handout: its links after ``casebound_handout_links``, and the notes at the foot of its pages."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from casebound.manuscript import WebAddresses
from casebound.model.diagnostics import BuildStop
from casebound.press import press
from casebound.typesetting import Typesetter
from tests.bindery.readers import link_table
from tests.press.books import CONF, GMR, Shop, Told, files, labels, outline, pages

BASE = "https://docs.example.org/ship/"


def shop_with(tmp_path: Path, conf: str, **changed: str) -> Shop:
    content = files() | {"conf.py": CONF + conf}
    return Shop.of(tmp_path, content | changed)


def leaving(path: Path) -> list[str]:
    """Where the links of a handout lead outside it."""
    with pikepdf.open(path) as pdf:
        table = [line.split("] ", 1)[1] for line in link_table(pdf)]
    return sorted({line for line in table if line.startswith(("/GoToR", "-> http"))})


@pytest.mark.parametrize(
    ("policy", "wanted"),
    [
        (
            'casebound_handout_links = "sibling"',
            [
                "/GoToR ../pdf/tiny-book.pdf -> index:",
                "/GoToR 02-debugging.pdf -> debugging/gmr:",
                "-> https://example.org/",
            ],
        ),
        (
            'casebound_handout_links = "book"',
            [
                "/GoToR ../pdf/tiny-book.pdf -> debugging/gmr:",
                "/GoToR ../pdf/tiny-book.pdf -> index:",
                "-> https://example.org/",
            ],
        ),
        (
            f'casebound_handout_links = "web"\nhtml_baseurl = "{BASE}"',
            [f"-> {BASE}debugging/gmr.html", f"-> {BASE}index.html", "-> https://example.org/"],
        ),
        ('casebound_handout_links = "none"', ["-> https://example.org/"]),
    ],
    ids=["sibling", "book", "web", "none"],
)
def test_links_follow_the_policy(tmp_path: Path, policy: str, wanted: list[str]) -> None:
    shop = shop_with(tmp_path, policy)
    result = shop.make()
    assert [str(problem) for problem in result.problems] == []
    found = leaving(shop.handouts()[0])
    assert set(wanted) <= set(found)
    files = {re.split("[ #]", line.split("-> ")[-1])[0] if "-> http" in line else line.split()[1] for line in found}
    assert files == {line.split()[1] for line in wanted}
    verdict = press.prove(shop.places, report=Told())
    assert [str(problem) for problem in verdict.problems] == []
    # the list of what lies elsewhere stands there whatever its links do
    assert "Elsewhere in the book\n" in outline(shop.handouts()[0])


def test_the_web_without_its_address_stops_the_build(tmp_path: Path) -> None:
    for conf in ("", 'html_baseurl = "docs/"\n'):
        with pytest.raises(BuildStop) as stopped:
            shop_with(tmp_path, conf + 'casebound_handout_links = "web"\n').make()
        assert stopped.value.problem.code == "baseurl-missing"
        assert "Set html_baseurl in conf.py to the address of the published pages" in str(stopped.value)


def test_handouts_alone_say_that_the_book_is_not_made(tmp_path: Path) -> None:
    """What their links open there waits for it; the proof knows that, and holds them when it is made."""
    shop = shop_with(tmp_path, "")
    alone = press.make(shop.places, kinds=frozenset({"handouts"}), report=Told())
    assert [str(problem) for problem in alone.problems] == [
        "Links of the handouts open tiny-book.pdf, which has not been built. Build it with inv pdf, or choose "
        "another target in casebound_handout_links."
    ]
    assert alone.exit_code == 0
    verdict = press.prove(shop.places, report=Told())
    assert [str(problem) for problem in verdict.problems] == []
    assert re.search(r"\b[1-9]\d* to what is not made, 0 dangling", verdict.summary())
    press.make(shop.places, kinds=frozenset({"pdf"}), report=Told())
    again = press.make(shop.places, kinds=frozenset({"handouts"}), report=Told())
    assert [str(problem) for problem in again.problems] == []
    assert "is not made" not in press.prove(shop.places, report=Told()).summary()


def test_a_policy_that_is_none_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(BuildStop, match="it is one of sibling, book, web, none"):
        shop_with(tmp_path, 'casebound_handout_links = "wiki"\n').make()


class Config:
    """What the addresses are made of."""

    def __init__(self, base: str = BASE, file: str | None = None, link: str | None = None) -> None:
        self.html_baseurl, self.html_file_suffix, self.html_link_suffix = base, file, link


@pytest.mark.parametrize(
    ("config", "builder", "place", "address"),
    [
        (Config(), "html", "guide/start:first", f"{BASE}guide/start.html#first"),
        (Config(), "html", "guide/start:", f"{BASE}guide/start.html"),
        (Config(BASE.rstrip("/")), "html", "index:", f"{BASE}index.html"),
        (Config(file=".htm"), "html", "index:", f"{BASE}index.htm"),
        (Config(file=".htm", link=""), "html", "index:", f"{BASE}index"),
        (Config(), "html", "größe:x", f"{BASE}gr%C3%B6%C3%9Fe.html#x"),
        (Config(), "html", "index:part-one", f"{BASE}index.html"),
        (Config(), "dirhtml", "guide/start:first", f"{BASE}guide/start/#first"),
        (Config(), "dirhtml", "guide/index:", f"{BASE}guide/"),
        (Config(), "dirhtml", "index:", BASE),
    ],
)
def test_addresses_are_those_of_sphinx(config: Config, builder: str, place: str, address: str) -> None:
    known = {"guide/start:", "guide/start:first", "größe:x", "index:"}
    web = WebAddresses(config, builder, known)  # type: ignore[arg-type]
    assert web.address(place.partition(":")[0], place) == address


def folios_of(shop: Shop) -> dict[str, str]:
    """The folio on which each title of the book first stands as a line."""
    found: dict[str, str] = {}
    for folio, lines in zip(labels(shop.book), pages(shop.book), strict=True):
        if folio.isdecimal():
            for line in lines:
                found.setdefault(line, folio)
    return found


def test_a_note_says_where_a_place_outside_stands(built: tuple[Shop, press.BuildResult]) -> None:
    shop, _ = built
    folio = folios_of(shop)
    notes = {
        path.name: [line for page in pages(path) for line in page if "of the book)" in line] for path in shop.handouts()
    }
    setup = folio["Cells"]
    assert notes["02-debugging.pdf"] == [
        f"Elsewhere in the book: Casts (Internals, p. {folio['Casts']} of the book)",
        f"Elsewhere in the book: Casts (Internals, p. {folio['Casts']} of the book) \u00b7 "
        f"Setup (Internals, p. {setup} of the book)",
    ]
    assert all("of the book)" not in line for page in pages(shop.book) for line in page)


def test_a_note_opens_the_place_that_it_names(built: tuple[Shop, press.BuildResult]) -> None:
    shop, _ = built
    found, bottom = [], Typesetter(()).style.paper.bottom
    with pikepdf.open(shop.handouts()[1]) as pdf:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", []):
                if float(link.Rect[3]) < bottom:
                    words = str(link.Contents).replace("\xa0", " ").split(", p.")[0]
                    found.append(f"{words}: {link.A.F.UF} {bytes(link.A.D).decode()}")
                    assert link.Rect[0] < link.Rect[2]
    casts = "Casts (Internals: 01-internals.pdf internals/rpc:casts"
    assert found == [casts, casts, "Setup (Internals: 01-internals.pdf internals/cells:setup"]


def test_inside_a_handout_paper_says_the_page_alone(built: tuple[Shop, press.BuildResult]) -> None:
    shop, _ = built
    (page,) = (page for page in pages(shop.handouts()[0]) if any("Apart from" in line for line in page))
    assert any(f"(p. {folios_of(shop)['Calls']})" in line for line in page), page
    noted = [line for page in pages(shop.handouts()[0]) for line in page if line.startswith("Elsewhere in the book:")]
    assert not any("Calls" in line for line in noted)


def test_a_root_page_without_text_is_the_title_page(tmp_path: Path) -> None:
    root = "Book\n====\n\n.. _all:\n\n.. toctree::\n   :hidden:\n\n   a\n"
    page = "A\n=\n\nSee :doc:`the book <index>` and :ref:`all of it <all>`.\n"
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": root, "a.rst": page})
    result = shop.make()
    assert [str(problem) for problem in result.problems] == []
    (handout,) = shop.handouts()
    assert leaving(handout) == [f"/GoToR ../pdf/tiny-book.pdf -> index:{name}" for name in ("", "all", "book")]
    (page,) = (page for page in pages(handout) if "Elsewhere in the book: Book (p. iii of the book)" in page)
    assert "See the book (p. iii) and all of it (p. iii)." in page
    assert press.prove(shop.places, report=Told()).ok


MANY = "Many\n====\n\n" + " ".join(f":doc:`far{number}`" for number in range(40)) + "\n"


def test_notes_that_have_no_room_are_counted(tmp_path: Path) -> None:
    far = {
        f"far{number}.rst": f"A title that is rather long, number {number}\n" + "=" * 60 + "\n\nText.\n"
        for number in range(40)
    }
    names = "\n   ".join(name.removesuffix(".rst") for name in far)
    root = "Book\n====\n\nNear\n----\n\n.. toctree::\n\n   many\n\nFar\n---\n\n.. toctree::\n\n   " + names + "\n"
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": root, "many.rst": MANY, **far})
    shop.make()
    near = shop.handouts()[0]
    listed = labels(near)[next(number for number, page in enumerate(pages(near)) if "Elsewhere in the book" in page)]
    (page,) = (
        page for page in pages(near) if "Many" in page and any("Elsewhere in the book:" in line for line in page)
    )
    note = " ".join(page[next(n for n, line in enumerate(page) if line.startswith("Elsewhere in")) :])
    told = note.count("of the book)")
    assert 0 < told < 40
    assert f"{40 - told} more (p. {listed})" in note
    with pikepdf.open(near) as pdf:
        assert any("-> :elsewhere" in line for line in link_table(pdf))
    verdict = press.prove(shop.places, report=Told())
    assert verdict.ok, verdict.summary()


def blocks(path: Path) -> dict[str, Image.Image]:
    """The text block of each page with an arabic folio as a picture, by the folio."""
    paper = Typesetter(()).style.paper
    document = pypdfium2.PdfDocument(path)
    pictures = {}
    for number, (page, folio) in enumerate(zip(document, labels(path), strict=True)):
        if folio.isdecimal():
            left, bottom = paper.origin(number % 2 == 0)
            wide, high = paper.block
            right, top = paper.width - left - wide, paper.height - bottom - high
            pictures[folio] = page.render(scale=1.5, crop=(left, bottom, right, top)).to_pil()
    document.close()
    return pictures


@pytest.mark.parametrize("policy", ["sibling", "none"])
def test_text_blocks_are_those_of_the_book(tmp_path: Path, policy: str) -> None:
    conf = f'casebound_handout_links = "{policy}"\ncasebound_handout_depth = 2\n'
    shop = shop_with(tmp_path, conf, **{"debugging/gmr.rst": GMR + "\nWords. " * 900})
    shop.make()
    book = blocks(shop.book)
    assert len(book) > 6
    for path in shop.handouts():
        found = blocks(path)
        assert found
        for folio, picture in found.items():
            assert picture.size == book[folio].size
            assert ImageChops.difference(picture, book[folio]).getbbox() is None, (path.name, folio)


@pytest.mark.parametrize("language", ["en", "he"])
def test_notes_begin_where_lines_begin(tmp_path: Path, language: str) -> None:
    """At the left, and in a book from right to left at the right."""
    shop = shop_with(tmp_path, f"language = {language!r}\n")
    shop.make()
    paper, found = Typesetter(()).style.paper, []
    document = pypdfium2.PdfDocument(shop.handouts()[1])
    for number, page in enumerate(document):
        text = page.get_textpage()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
        notes = [rect for rect in rects if paper.bottom - 26 < rect[1] < rect[3] < paper.bottom - 10]
        left, _ = paper.origin((number % 2 == 0) is (language == "en"))
        if notes:
            begin = left - notes[0][0] if language == "en" else left + paper.block[0] - max(rect[2] for rect in notes)
            found.append(abs(begin) < 3)
        text.close()
    document.close()
    assert found == [True, True]
