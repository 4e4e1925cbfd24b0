"""Notes in PDF and EPUB: the titles of admonitions, and where footnotes stand."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from casebound.press import press
from tests.bindery.readers import as_drawn
from tests.press.books import Shop, Told, bus, pages

KINDS = ("attention", "caution", "danger", "error", "hint", "important", "note", "seealso", "tip", "warning")


def texts(epub: Path) -> list[str]:
    """The blocks of text of an EPUB's chapters."""
    found = []
    with zipfile.ZipFile(epub) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml"):
                for block in etree.fromstring(archive.read(name)).iter("{*}p", "{*}dt", "{*}h1", "{*}h2"):
                    found.append(" ".join("".join(block.itertext()).split()))
    return found


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Attention, Caution, Danger, Error, Hint, Important, Note, See also, Tip, Warning"),
        ("fr", "Attention, Prudence, Danger, Erreur, Indication, Important, Note, Voir aussi, Astuce, Avertissement"),
        ("de", "Achtung, Vorsicht, Gefahr, Fehler, Hinweis, Wichtig, Bemerkung, Siehe auch, Tipp, Warnung"),
    ],
)
def test_every_kind_of_note_is_called_as_sphinx_calls_it(tmp_path: Path, language: str, expected: str) -> None:
    notes = "\n".join(f".. {kind}::\n\n   Said {number}.\n" for number, kind in enumerate(KINDS))
    conf = f'project = "Tiny Book"\nlanguage = "{language}"\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": f"Tiny Book\n=========\n\n{notes}"})
    assert shop.make(kinds=frozenset({"pdf", "epub"})).problems == ()
    titles = expected.split(", ")
    for lines in ([line for page in pages(shop.book) for line in page], texts(shop.epub)):
        said = [lines[lines.index(f"Said {number}.") - 1] for number in range(len(KINDS))]
        assert said == titles


CALLS = """\
Notes [#title]_
===============

First use [#one]_, and a term.

.. list-table:: Caption with a note [#cap]_

   * - cell [#cell]_

.. figure:: bus.png
   :alt: A bus

   Picture with a note [#fig]_

.. parsed-literal::

   option [#literal]_ = *value*

:Field [#field]_: body

.. hlist::

   * item [#item]_

Last use [#code]_.

.. [#title] Of the title.
.. [#one] Of the text.
.. [#cap] Of the caption.
.. [#cell] Of the cell.
.. [#fig] Of the figure.
.. [#literal] Of the literal.
.. [#field] Of the field, which calls for another [#inner]_.
.. [#item] Of the item.
.. [#code] With code:

   .. code-block:: none

      x = 1

.. [#inner] Of the note.

.. rubric:: Rubric [#rubric]_

.. [#rubric] Of the rubric.

The end.
"""

APART = """\
Apart
=====

First [#one]_ and second [#two]_.

.. [#one] Short.
.. [#two] With a table:

   .. list-table::

      * - cell

Between.
"""


def test_all_notes_of_a_page_stand_in_one_place(tmp_path: Path) -> None:
    root = "Tiny Book\n=========\n\n.. toctree::\n\n   calls\n   apart\n"
    shop = Shop.of(
        tmp_path,
        {
            "conf.py": 'project = "Tiny Book"\n',
            "index.rst": root,
            "calls.rst": CALLS,
            "apart.rst": APART,
            "bus.png": bus(),
        },
    )
    assert shop.make().problems == ()
    assert press.prove(shop.places, report=Told()).problems == ()
    calls, apart = pages(shop.book)[-2:]
    text = " ".join(calls)
    foot = text.partition("The end.")[2]
    said = ["title", "text", "caption", "cell", "figure", "literal", "field, which", "item", "rubric"]
    assert [foot.count(f"Of the {name}") for name in said] == [1] * len(said)
    assert [text.count(f"Of the {name}") for name in said] == [1] * len(said)
    assert foot.index("Of the item") < foot.index("With code:") < foot.index("x = 1") < foot.index("Of the note.")
    # one of a group cannot stand at a foot: none of it does
    assert "".join(apart).index("Short.") < "".join(apart).index("With a table:") < "".join(apart).index("Between.")
    # the mark in a literal is raised, small, and a link
    assert {"calls:literal", "calls:title", "calls:cap", "calls:fig"} <= links(shop.book)
    assert raised(shop.book, "option", "6")
    # the mark in a heading ends about where its capitals do
    mark, capital = tops(shop.book, "Notes1")
    assert mark - capital < 2.5


def links(path: Path) -> set[str]:
    """The named destinations that a PDF's links open."""
    with pikepdf.open(path) as pdf:
        found = (
            link.get("/Dest", link.get("/A", {}).get("/D", ""))
            for page in pdf.pages
            for link in page.get("/Annots", [])
        )
        return {str(name) for name in found}


def raised(path: Path, word: str, mark: str) -> bool:
    """Whether the first ``mark`` after a word on its page stands higher than the word, and is smaller."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = next(page.get_textpage() for page in document if word in page.get_textpage().get_text_range())
        whole = text.get_text_range()
        at = whole.index(word)
        place = whole.index(mark, at)
        _, low, _, high = text.get_charbox(at)
        _, bottom, _, top = text.get_charbox(place)
        return bool(bottom > low + 1 and top - bottom < (high - low) * 1.3)
    finally:
        document.close()


def tops(path: Path, word: str) -> tuple[float, float]:
    """How high the last and the first letter of a word reach on the page where it stands as one."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = next(page.get_textpage() for page in list(document)[-6:] if word in page.get_textpage().get_text_range())
        at = text.get_text_range().index(word)
        return text.get_charbox(at + len(word) - 1)[3], text.get_charbox(at)[3]
    finally:
        document.close()


def test_a_table_whose_rows_have_notes_is_parted_once_a_page(tmp_path: Path) -> None:
    rows = "\n".join(f"   * - row [#]_\n     - {number}" for number in range(40))
    notes = "\n".join(f".. [#] Note {number}." for number in range(40))
    table = f".. list-table::\n   :header-rows: 1\n\n   * - Head\n     - B\n{rows}\n\n{notes}\n"
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', "index.rst": f"Rows\n====\n\n{table}"})
    assert shop.make(kinds=frozenset({"pdf"})).problems == ()
    shop.book.write_bytes(as_drawn(shop.book.read_bytes()))
    found = pages(shop.book)[6:]
    assert [sum("Head" in line for line in page) for page in found] == [1] * len(found)
    # each row stands on the page of its note
    numbers = [re.findall(r"Note (\d+)", " ".join(page)) for page in found]
    assert [len(page) for page in numbers] == [sum(line.startswith("row") for line in page) for page in found]
    assert [number for page in numbers for number in page] == [str(number) for number in range(40)]


@pytest.mark.parametrize(
    "note",
    [
        ".. rubric:: Sources\n\n.. [#n] ENDNOTE",  # under a heading of its own
        f".. [#n] ENDNOTE {'which goes on and on ' * 80}",  # longer than a foot holds
    ],
)
def test_a_note_that_has_no_place_at_the_foot_stands_where_the_source_has_it(tmp_path: Path, note: str) -> None:
    text = f"Tiny Book\n=========\n\nCalled [#n]_.\n\n{note}\n\nLast words.\n"
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', "index.rst": text})
    assert shop.make(kinds=frozenset({"pdf"})).problems == ()
    said = " ".join(line for page in pages(shop.book) for line in page)
    assert said.index("Called") < said.index("ENDNOTE") < said.index("Last words.")
