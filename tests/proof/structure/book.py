"""A small book of everything that tags name, made once by the press, and its file for a test to seed a fault into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary
from PIL import Image

from casebound import manuscript
from casebound.model.settings import ProjectFolders
from casebound.press import press
from casebound.press.claims import claim
from casebound.press.report import SilentReport
from casebound.proof import Claim, Verdict, prove

CONF = """\
project = "Small Things"
author = "Ada"
language = "en"
"""

INDEX = """\
Small Things
============

Opening words.

Animals
-------

What lives.

.. toctree::
   :hidden:

   bees
   ants

Plants
------

What grows.

.. toctree::
   :hidden:

   moss
"""

BEES = """\
Bees
====

.. contents::
   :local:

.. index:: bee

Bees fly far [#far]_ and come home. Ants are in :doc:`ants`, more on `a page`_.

.. _a page: https://example.org/

.. [#far] Some miles.

Honey
-----

#. Collect nectar.
#. Wait for it.

- sweet
- golden

.. figure:: bee.png
   :alt: A bee on a flower

   A bee at work

Wax
~~~

.. table:: Kinds of wax

   ====== ========= =====
   Kind   Colour    Grams
   ====== ========= =====
   clean  yellow    two
   plain  brown     three
   ====== ========= =====

The weight is :math:`w = 2 l`, the volume is

.. math:: v = a b c

Combs
-----

.. list-table::
   :header-rows: 1
   :stub-columns: 1

   * - Place
     - Use
   * - middle
     - brood
   * - edge
     - stores

.. code-block:: python
   :caption: A walk

   def walk(comb):
       return comb.cells
"""

ANTS = """\
Ants
====

Ants walk in lines.

.. note::

   They never sleep.

nest
   Where they live.

.. image:: ant.png
   :alt: An ant at rest

They carry leaves.
"""

MOSS = """\
Moss
====

Moss is soft.

+-------+-------+
| wide          |
+-------+-------+
| left  | right |
+-------+-------+

The end.
"""


@dataclass(frozen=True)
class SmallBook:
    """The book as it was built, and what the proof holds its outputs against."""

    places: ProjectFolders
    claim: Claim

    @property
    def pdf(self) -> Path:
        return self.places.pdf("small-things")

    def proven(self) -> Verdict:
        """The verdict on the book's PDF alone."""
        return prove(self.claim)

    def tree(self) -> str:
        """The elements of the file, a line each."""
        with pikepdf.open(self.pdf) as pdf:
            return "".join(f"{'  ' * depth}{element.S}"[0:] + "\n" for depth, element in walk(pdf))


def build(folder: Path) -> SmallBook:
    source = folder / "source"
    source.mkdir()
    pages = {"conf.py": CONF, "index.rst": INDEX, "bees.rst": BEES, "ants.rst": ANTS, "moss.rst": MOSS}
    for name, text in pages.items():
        (source / name).write_text(text, encoding="utf-8")
    for name in ("bee.png", "ant.png"):
        picture = BytesIO()
        Image.new("RGB", (60, 40), "#c80").save(picture, "PNG")
        (source / name).write_bytes(picture.getvalue())
    places = ProjectFolders(source, source, folder / "build")
    press.make(places, report=SilentReport(), kinds=frozenset({"pdf"}), jobs=1)
    known = claim(manuscript.read(places), places)
    readings, words = known.source_readings(), known.source_words()
    return SmallBook(
        places,
        Claim(
            known.book,
            known.pdf,
            words=words,
            readings=readings,
            headings=known.set_headings(),
            tagged=True,
            standards=known.standards,
            reported=known.reported,
        ),
    )


# what a test finds in the tree of a file


def walk(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """All elements with their depths, in reading order."""
    yield from _walk(pdf.Root.StructTreeRoot.K, 0)


def _walk(element: Any, depth: int) -> Iterator[tuple[int, Any]]:
    yield depth, element
    for kid in elements(element):
        yield from _walk(kid, depth + 1)


def kids(element: Any) -> list[Any]:
    """What is in an element."""
    if "/K" not in element:
        return []
    return list(element.K) if isinstance(element.K, Array) else [element.K]


def elements(element: Any) -> list[Any]:
    """The elements in an element."""
    return [kid for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]


def every(pdf: pikepdf.Pdf, role: str) -> list[Any]:
    """All elements of a type, in reading order."""
    return [element for _, element in walk(pdf) if f"/{role}" == element.S]


def within(element: Any, role: str) -> list[Any]:
    """All elements of a type below one."""
    return [each for _, each in _walk(element, 0) if f"/{role}" == each.S]
