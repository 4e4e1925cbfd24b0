"""Pages that are to be odd or even ones: an empty page stands before them where it is needed, and only there."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from casebound.press import press
from tests.press.books import Shop

CONF = 'project = "Tiny Book"\ncasebound_imprint = False\ncasebound_index = False\ncasebound_page_list = True\n'
INDEX = """\
Tiny Book
=========

One
---

.. toctree::

   one

Two
---

.. toctree::

   two
"""
ONE = """\
First chapter
=============

Alpha, see :ref:`here <delta>`.

.. rst-class:: odd-page

Beta.

.. rst-class:: odd-page

Gamma.

.. rst-class:: even-page

.. _delta:

Delta
-----

.. rst-class:: even-page

Epsilon.
"""
TWO = """\
.. raw:: pdf

   PageBreak evenPage

Second chapter
==============

Zeta. But see :ref:`delta`.
"""


def leaves(path: Path) -> dict[int, str]:
    """The text of the body's pages by their labels."""
    with pikepdf.open(path) as pdf:
        labels = [page.label for page in pdf.pages]
    document = pypdfium2.PdfDocument(path)
    words = [" ".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return {int(label): text for label, text in zip(labels, words, strict=True) if label.isdigit()}


def landing(path: Path, name: str) -> int:
    """The label of the page that a named destination is on."""
    with pikepdf.open(path) as pdf:
        page = pikepdf.NameTree(pdf.Root.Names.Dests)[name][0]
        return int(next(each.label for each in pdf.pages if each.objgen == page.objgen))


WORDS = ("Alpha,", "Beta.", "Gamma.", "Delta", "Epsilon.", "Zeta.")


@pytest.mark.parametrize("before", ["", "zero"])
def test_an_empty_page_stands_before_them_where_it_is_needed(tmp_path: Path, before: str) -> None:
    index = INDEX.replace("   one\n", f"   {before}\n   one\n")
    content = {"conf.py": CONF, "index.rst": index, "zero.rst": "Zero\n====\n\nText.\n", "one.rst": ONE, "two.rst": TWO}
    content |= {} if before else {"zero.rst": ":orphan:\n"}
    shop = Shop.of(tmp_path, content)
    assert shop.make().problems == ()
    for path in (shop.book, shop.handouts()[0]):
        found = leaves(path)
        begins = {word: number for number, text in found.items() for word in WORDS if word in text.split()[:4]}
        assert begins["Alpha,"] == (3 if before else 2)
        assert begins["Beta."] == begins["Alpha,"] + (2 if before else 1)
        assert begins["Gamma."] == begins["Beta."] + 2
        assert begins["Delta"] == begins["Gamma."] + 1
        assert begins["Epsilon."] == begins["Delta"] + 2
        numbers = range(begins["Alpha,"], begins["Epsilon."])
        assert [one for one in numbers if not found[one]] == sorted({*numbers} - {*begins.values()})
        if path == shop.book:
            assert begins["Zeta."] % 2 == 0 and found[begins["Zeta."]].startswith("Two Second chapter")
            assert f"(p. {begins['Delta']})" in found[begins["Zeta."]]
            assert landing(path, "one:delta") == begins["Delta"]
    assert press.prove(shop.places, report=shop.told).ok
