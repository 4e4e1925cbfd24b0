"""Branches of ``only``: what the PDF prints, what the EPUB does, and what of a pair that neither has is said."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from casebound.press import press
from tests.press.books import Shop, Told, nav, outline, pages
from tests.press.outputs.test_notes import texts

CONF = 'project = "Tiny Book"\n'

ALTERNATIVES = """\
Tiny Book
=========

.. only:: not html

   NOT-HTML

A picture for each kind of output:

.. only:: html

   WEB-ONE

.. only:: latex

   PAPER-ONE

Second
------

Between.

.. only:: html

   WEB-TWO

.. only:: latex

   PAPER-TWO

Third
-----

.. only:: not latex

   WEB-THREE

.. only:: latex

   PAPER-THREE

Fourth
------

.. only:: html

   WEB-FOUR

.. only:: latex

   PAPER-FOUR

.. only:: pdf or epub

   OWN-FOUR

Fifth
-----

.. only:: latex

   PAPER-FIVE

Text.

.. only:: print

   PRINT-FIVE

Text.

.. only:: book

   BOOK-FIVE

Text.

.. only:: builder_html

   BUILDER-HTML

.. only:: builder_latex

   BUILDER-LATEX

.. only:: builder_epub

   BUILDER-EPUB

* .. only:: epub

     ITEM-EPUB

  .. only:: not epub

     ITEM-OTHER
"""

EPUB = """\
Tiny Book
=========

See :ref:`there <inner>`.

.. only:: epub

   .. _inner:

   .. rubric:: EPUBWORD

   Said in the e-book. [#]_

   .. [#] EPUBNOTE

.. only:: html

   HTMLWORD

.. only:: latex

   LATEXWORD

.. only:: not epub

   NOTEPUBWORD
"""

STRUCTURE = """\
Tiny Book
=========

.. only:: text

   PLAIN

.. only:: man

   MANUAL

Text.

.. only:: epub

   Chapter of the e-book
   ---------------------

   EPUBWORD

References
----------

.. only:: latex

   [Knu84]_, [Lam94]_

.. [Knu84] Knuth.
.. [Lam94] Lamport.
"""


def printed(folder: Path, source: str, known: tuple[str, ...] = ()) -> tuple[Shop, list[str], list[str]]:
    """The words in capitals of the PDF's body and of the EPUB's chapters."""
    shop = Shop.of(folder, {"conf.py": CONF, "index.rst": source})
    assert tuple(one.code for one in shop.make(kinds=frozenset({"pdf", "epub"})).problems) == known
    assert press.prove(shop.places, report=Told(), closely=True).problems == ()
    pdf = [word for page in pages(shop.book)[4:] for line in page for word in line.split()]
    epub = [word for line in texts(shop.epub) for word in line.split()]
    return shop, *(
        [word.strip(".") for word in words if word.strip(".").isupper() and len(word) > 1] for words in (pdf, epub)
    )


def test_a_pair_is_decided_by_itself(tmp_path: Path) -> None:
    _, pdf, epub = printed(tmp_path, ALTERNATIVES)
    assert pdf == [
        *("NOT-HTML", "PAPER-ONE", "PAPER-TWO", "PAPER-THREE", "OWN-FOUR"),
        *("PAPER-FIVE", "PRINT-FIVE", "BOOK-FIVE", "BUILDER-LATEX", "ITEM-OTHER"),
    ]
    assert epub == [
        *("WEB-ONE", "WEB-TWO", "WEB-THREE", "OWN-FOUR", "BOOK-FIVE", "BUILDER-EPUB", "ITEM-EPUB"),
    ]


def test_what_is_meant_for_the_epub_stands_in_it_alone(tmp_path: Path) -> None:
    _, pdf, epub = printed(tmp_path, EPUB)
    assert "NOTEPUBWORD" in pdf and "LATEXWORD" in pdf
    assert not {"EPUBWORD", "HTMLWORD"} & set(pdf)
    assert "EPUBWORD" in epub and "EPUBNOTE" in epub
    assert not {"NOTEPUBWORD", "LATEXWORD", "HTMLWORD"} & set(epub)


def test_pdf_and_epub_have_one_structure_whatever_the_branches_hold(tmp_path: Path) -> None:
    shop, pdf, epub = printed(tmp_path, STRUCTURE, known=("branches-unprinted", "branch-structure"))
    assert not {"PLAIN", "MANUAL", "EPUBWORD"} & {*pdf, *epub}
    assert nav(shop.epub) == "Tiny Book\n  References\n"
    assert outline(shop.book) == "Cover\nContents\nTiny Book\n  References\n"
    # what numpydoc has LaTeX say, whose citations stand elsewhere, says nothing here
    assert " ".join(line for page in pages(shop.book) for line in page).count("[Knu84]") == 1


def test_a_section_is_no_other_wording_of_the_paragraph_beside_it(tmp_path: Path) -> None:
    source = "Tiny Book\n=========\n\nText.\n\n.. only:: latex\n\n   Paper\n   -----\n\n   PAPER-SECTION\n\n"
    _, pdf, epub = printed(tmp_path, source + ".. only:: pdf\n\n   OWN\n")
    assert sorted(pdf) == ["OWN", "PAPER-SECTION"] and epub == ["PAPER-SECTION"]


MARKED = """\
Tiny Book
=========

See :ref:`here`.

.. only:: html

   WEB-ONE

.. index:: word

.. only:: latex

   PAPER-ONE

.. only:: pdf or epub

   OWN-ONE

Between.

.. _here:

.. only:: html

   WEB-TWO
"""


INDEXED = """\
Tiny Book
=========

.. index:: both; here

Text.

.. only:: epub

   .. index:: screens; both, screens

   Of screens.

.. only:: latex

   .. index:: paper

   Of paper.
"""


def test_an_index_lists_what_its_output_prints(tmp_path: Path) -> None:
    shop, _, _ = printed(tmp_path, INDEXED)
    with zipfile.ZipFile(shop.epub) as archive:
        epub = etree.fromstring(archive.read("EPUB/general-index.xhtml"))
    of_epub, of_pdf = " ".join(map(str, epub.itertext())), " ".join(pages(shop.book)[-1])
    assert ("screens" in of_epub, "paper" in of_epub, "both" in of_epub) == (True, False, True)
    assert ("screens" in of_pdf, "paper" in of_pdf, "both" in of_pdf) == (False, True, True)


def test_index_entries_part_no_branches_and_what_is_named_can_be_linked_to(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": MARKED.replace("`here`", "`this <here>`")})
    assert shop.make(kinds=frozenset({"pdf", "epub"})).problems == ()
    printed = " ".join(line for page in pages(shop.book) for line in page)
    assert "OWN-ONE" in printed and "PAPER-ONE" not in printed and "WEB" not in printed
    shown = " ".join(texts(shop.epub))
    assert "OWN-ONE" in shown and "WEB-ONE" not in shown and "WEB-TWO" in shown
    assert press.prove(shop.places, report=Told(), closely=True).problems == ()
