"""Text that is struck out or underlined is so in PDF and EPUB, whichever way the source says it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pypdfium2
from lxml import etree
from pypdfium2 import raw

from tests.press.books import Shop

CONF = """\
project = "Tiny Book"
extensions = ["myst_parser"]
myst_enable_extensions = ["strikethrough"]
"""

INDEX = """\
Tiny Book
=========

.. role:: strike
.. role:: underline
.. role:: deleted
.. role:: obsolete(literal)
   :class: line-through
.. role:: python(code)
   :language: python

Was :strike:`twelve`, now :underline:`nine`, :deleted:`one` and :obsolete:`two` in :python:`"s"`.

.. rst-class:: strike

A whole sentence

.. list-table::

   * - cell :strike:`three`
     - new

.. rst-class:: strike

- fifteen

  .. list-table::

     * - twenty

.. container:: underline

   Third
      seven

.. code-block:: text
   :class: strike

   lone

.. parsed-literal::

   code :strike:`four` :underline:`six` *value*

.. raw:: html

   <p>HTML <s>eleven</s> <u>onion</u> <b><strike>tin</strike></b> <ins>zone</ins></p>
   <ul><li style="text-decoration: line-through red">item</li><li><span class="underline">cut</span></li></ul>

.. toctree::

   prices
"""

PRICES = """\
# Prices

Was ~~sixteen~~, now nine. HTML: <s>raw</s> <del>sun</del> <ins>van</ins> <u>snow</u>.

A <span style='text-decoration:line-through'>cone</span> on <a href="https://example.org/?a=1&amp;b=2"
class="strike">sea</a>.

- ~~done~~
- undone
"""

STRUCK = ["twelve", "one", "two", "A whole sentence", "three", "four", "eleven", "tin", "sixteen", "raw", "sun", "done"]
STRUCK += ["fifteen", "twenty", "lone", "item", "cone", "sea"]
UNDERLINED = ["nine", "six", "onion", "zone", "van", "snow", "Third", "seven", "cut"]


def lined(path: Path) -> tuple[list[str], list[str]]:
    """What a PDF's lines run through, and what they run under."""
    struck, under = [], []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        for line in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = line.get_bounds()
            left, right = left + 1, right - 1
            if top - bottom > 2 or right - left > 100:
                continue
            through = text.get_text_bounded(left, bottom, right, top).strip()
            above = text.get_text_bounded(left, bottom + 2, right, top + 2).strip()
            if through:
                struck.append(through)
            elif above:
                under.append(above)
    document.close()
    return struck, under


def test_what_is_struck_out_or_underlined_is_so_in_every_output(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": INDEX, "prices.md": PRICES})
    assert shop.make(kinds=frozenset({"pdf", "epub"})).problems == ()
    struck, under = lined(shop.book)
    assert sorted(struck) == sorted(STRUCK)
    assert sorted(under) == sorted(UNDERLINED)
    with pikepdf.open(shop.book) as pdf:
        notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
        assert [str(note.A.URI) for note in notes if "/URI" in note.get("/A", {})] == ["https://example.org/?a=1&b=2"]
    found: dict[str, list[str]] = {}
    with zipfile.ZipFile(shop.epub) as archive:
        for name in ("EPUB/index.xhtml", "EPUB/prices.xhtml"):
            for element in etree.fromstring(archive.read(name)).iter("{*}s", "{*}del", "{*}u", "{*}ins", "{*}code"):
                found.setdefault(etree.QName(element).localname, []).append("".join(element.itertext()))
    assert found == {
        "s": [
            "twelve",
            "three",
            "fifteen",
            "twenty",
            "four",
            "eleven",
            "tin",
            "item",
            "sixteen",
            "raw",
            "cone",
            "sea",
            "done",
        ],
        "u": ["nine", "Third", "seven", "six", "onion", "cut", "snow"],
        "del": ["one", "sun"],
        "ins": ["zone", "van"],
        "code": ["two", '"s"', "lone"],
    }


BLOCK = """\
Offers
======

.. rst-class:: strike

.. container:: box

   .. code-block:: text
      :caption: Pears

      plum
"""


def test_code_in_a_block_is_struck_out_with_it_and_numbers_are_not(tmp_path: Path) -> None:
    shop = Shop.of(tmp_path, {"conf.py": CONF + "numfig = True\n", "index.rst": BLOCK})
    assert shop.make(kinds=frozenset({"pdf", "epub"})).problems == ()
    assert sorted(lined(shop.book)[0]) == ["Pears", "plum"]
    with zipfile.ZipFile(shop.epub) as archive:
        page = etree.fromstring(archive.read("EPUB/index.xhtml"))
    assert ["".join(one.itertext()) for one in page.iter("{*}s")] == ["Pears"]
    (number,) = page.xpath("//*[@class='caption-number']")
    assert "".join(number.itertext()).strip().startswith("Listing 1")
