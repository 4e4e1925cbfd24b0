"""Lists of captions and the indices of domains: in the PDF, its outline and its contents, and in the EPUB."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest

from casebound.press import press
from tests.bindery.readers import destinations, link_table
from tests.press.books import TREE, Shop, Told, bus, files, labels, nav, outline, pages

CONF = """
numfig = True
extensions = []
casebound_lists = ["figures", "tables", "code"]
casebound_domain_indices = True
"""

MORE = """
See :ref:`genindex`, :ref:`modindex`, :ref:`search`.

.. py:module:: ship
   :synopsis: All about ships.
   :platform: Sea

.. py:module:: ship.mast
   :deprecated:

.. py:module:: port.crane

.. figure:: /bus.png
   :alt: A bus

   A *bus* [#]_ of many colours.

.. [#] A note.

.. figure:: /bus.png
   :alt: A bus

   A second bus.

.. table:: Tides & times.

   ==== ====
   high low
   ==== ====

.. code-block:: python
   :caption: Setting sail.

   sail()
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    content = files()
    content["conf.py"] = str(content["conf.py"]) + CONF
    content["debugging/gmr.rst"] = str(content["debugging/gmr.rst"]) + MORE
    content["bus.png"] = bus()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1767225600")
        shop = Shop.of(tmp_path_factory.mktemp("lists"), content)
        result = shop.make()
    assert [str(problem) for problem in result.problems] == []
    return shop


def test_they_stand_in_the_outline_of_the_pdf_around_the_tree(made: Shop) -> None:
    front = "Cover\nContents\nFigures\nTables\nListings\n"
    assert outline(made.book) == f"{front}{TREE}Index\nPython Module Index\n"


def test_links_to_the_pages_of_indices_open_the_indices(made: Shop) -> None:
    handout = next(path for path in made.places.handout("x").parent.iterdir() if "debugging" in path.name)
    with pikepdf.open(made.book) as pdf, pikepdf.open(handout) as part:
        inside, outside = ([line.partition("] ")[2] for line in link_table(file)] for file in (pdf, part))
    assert ("-> :index" in inside, "-> :py-modindex" in inside) == (True, True)
    assert "/GoToR ../pdf/tiny-book.pdf -> :py-modindex" in outside
    with zipfile.ZipFile(made.epub) as archive:
        text = archive.read(next(name for name in archive.namelist() if name.endswith("gmr.xhtml"))).decode()
    assert ['href="general-index.xhtml">' in text, 'href="index-py-modindex.xhtml">' in text] == [True, True]
    assert "Search Page" in text


def test_lists_stand_behind_the_contents_with_roman_folios(made: Shop) -> None:
    folios = labels(made.book)
    first = {lines[0]: folio for lines, folio in zip(pages(made.book), folios, strict=True) if lines}
    assert (first["Figures"], first["Tables"], first["Listings"]) == ("vi", "vii", "viii")
    assert folios.index("1") % 2 == 0


def test_captions_are_told_as_printed_with_the_folio_of_their_place(made: Shop) -> None:
    with pikepdf.open(made.book) as pdf:
        places = {name.decode(): page for name, (page, _, _) in destinations(pdf).items()}
    folio = {name: labels(made.book)[places[f"{name}:"] - 1] for name in ("internals/rpc", "debugging/gmr")}
    read = {lines[0]: lines for lines in pages(made.book) if lines}
    wanted = {
        "Figures": ["Fig. 1 The bus", "Fig. 2 A bus of many colours.", "Fig. 3 A second bus."],
        "Tables": ["Table 1 Tides & times."],
        "Listings": ["Listing 1 Setting sail."],
    }
    for title, captions in wanted.items():
        text = [line for line in read[title][1:] if line not in {"vi", "vii", "viii"}]
        chapters = ["internals/rpc" if "The bus" in caption else "debugging/gmr" for caption in captions]
        assert text == [f"{caption} {folio[name]}" for caption, name in zip(captions, chapters, strict=True)]


def test_the_index_of_a_domain_has_sub_entries_and_notes(made: Shop) -> None:
    title, *lines, _folio = pages(made.book)[-1]
    assert title == "Python Module Index"
    place = next(line for line in lines if line.startswith("port.crane, ")).removeprefix("port.crane, ")
    assert lines == [
        *("P", "port", f"port.crane, {place}"),
        *("S", f"ship, {place} (Sea) All about ships.", f"ship.mast, {place} Deprecated"),
    ]


def test_the_epub_has_them_before_and_behind_the_index(made: Shop) -> None:
    assert nav(made.epub) == f"{TREE}Figures\nTables\nListings\nIndex\nPython Module Index\n"
    with zipfile.ZipFile(made.epub) as archive:
        text = {Path(name).name: archive.read(name).decode() for name in archive.namelist() if ".xhtml" in name}
    assert '<a href="debugging-gmr.xhtml#id3">Fig. 2 A bus of many colours.</a>' in text["list-of-figures.xhtml"]
    assert "Table 1 Tides &amp; times." in text["list-of-tables.xhtml"]
    assert "Listing 1 Setting sail." in text["list-of-listings.xhtml"]
    assert "<small>(Sea) All about ships.</small>" in text["index-py-modindex.xhtml"]
    assert 'epub:type="loi"' in text["list-of-figures.xhtml"]


def test_the_proof_takes_them_for_matter(made: Shop) -> None:
    verdict = press.prove(made.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []


def test_nothing_of_it_stands_in_a_book_that_does_not_ask(built: tuple[Shop, press.BuildResult]) -> None:
    assert outline(built[0].book) == f"Cover\nContents\n{TREE}Index\n"
