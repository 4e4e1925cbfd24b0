"""Numbers of chapters, sections and figures: the same in the book, the handouts and the EPUB, and counted once."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from casebound.press import press
from tests.press.books import Shop, Told, bus, nav, outline, pages

ROOT = """\
Tiny Book
=========

Words.

.. toctree::
   :hidden:
   :numbered:

   preface

Internals
---------

.. toctree::
   :numbered: {depth}

   rpc
   cells

Debugging
---------

.. toctree::
   :numbered: {depth}

   gmr
"""


def chapter(title: str, name: str, more: str = "") -> str:
    section = f"{title} more"
    return f"""\
.. _{name}:

{title}
{"=" * len(title)}

See :numref:`{name}-figure`, :numref:`Chapter {{number}} <gmr>`, :numref:`cells-figure`.

.. _{name}-more:

{section}
{"-" * len(section)}

{more}

.. _{name}-figure:

.. figure:: /bus.png
   :alt: A bus

   A bus in {title}.
"""


def book(folder: Path, conf: str = "", depth: str = "", preface: str = ":matter: front") -> Shop:
    shop = Shop.of(
        folder,
        {
            "conf.py": f'project = "Tiny Book"\nnumfig = True\n{conf}',
            "index.rst": ROOT.format(depth=depth),
            "preface.rst": f"{preface}\n\nPreface\n=======\n\n.. figure:: /bus.png\n   :alt: A bus\n\n   In front.\n",
            "rpc.rst": chapter("Calls", "rpc"),
            "cells.rst": chapter("Cells", "cells", "In :numref:`rpc-more`."),
            "gmr.rst": chapter("Reports", "gmr"),
            "bus.png": bus(),
        },
    )
    assert [str(problem) for problem in shop.make().problems] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    return shop


def texts(path: Path) -> list[str]:
    """The text of each chapter of an EPUB, from its title on."""
    with zipfile.ZipFile(path) as archive:
        bodies = [
            etree.fromstring(archive.read(f"EPUB/{name}.xhtml"))[1] for name in ("preface", "rpc", "cells", "gmr")
        ]
    for body in bodies:
        for kicker in body.xpath("//*[@class='kicker']"):
            kicker.getparent().remove(kicker)
    return [" ".join("".join(body.itertext()).split()) for body in bodies]


def on_paper(shop: Shop) -> str:
    """The text of the book and of all handouts."""
    paths = [shop.book, *shop.handouts()]
    return " ".join(line for path in paths for lines in pages(path) for line in lines)


TREE = """\
Tiny Book
Preface
Internals
  1 Calls
    1.1 Calls more
  2 Cells
    2.1 Cells more
Debugging
  3 Reports
    3.1 Reports more
"""


def test_chapters_are_counted_through_the_book_and_front_matter_is_not(tmp_path: Path) -> None:
    shop = book(tmp_path)
    assert outline(shop.book) == f"Cover\nContents\n{TREE}"
    assert nav(shop.epub) == TREE
    matter = {"Contents", "Elsewhere in the book"}
    own = [line for path in shop.handouts() for line in outline(path).splitlines() if line not in matter]
    assert "\n".join(own) + "\n" == TREE[TREE.index("Internals") :]
    assert texts(shop.epub) == [
        "Preface Fig. 1 In front.",
        "1 Calls See Fig. 1.1, Chapter 3, Fig. 2.1. 1.1 Calls more Fig. 1.1 A bus in Calls.",
        "2 Cells See Fig. 2.1, Chapter 3, Fig. 2.1. 2.1 Cells more In Section 1.1. Fig. 2.1 A bus in Cells.",
        "3 Reports See Fig. 3.1, Chapter 3, Fig. 2.1. 3.1 Reports more Fig. 3.1 A bus in Reports.",
    ]
    paper = on_paper(shop)
    assert paper.count("Fig. 1 In front.") == 1
    for said in (
        "Fig. 1.1 A bus in Calls.",
        "Fig. 2.1 A bus in Cells.",
        "Fig. 3.1 A bus in Reports.",
        "In Section 1.1",
    ):
        assert paper.count(said) == 2  # in the book and in a handout
    assert paper.count("Fig. 2.1") == 2 + 3 * 2 + 2


def test_each_toctree_may_begin_anew(tmp_path: Path) -> None:
    shop = book(tmp_path, 'casebound_numbering = "restart"\n')
    assert nav(shop.epub) == TREE.replace("3", "1")
    assert (
        texts(shop.epub)[3]
        == "1 Reports See Fig. 1.2, Chapter 1, Fig. 2.1. 1.1 Reports more Fig. 1.2 A bus in Reports."
    )


def test_the_depth_of_a_numbered_toctree_and_of_figures_holds(tmp_path: Path) -> None:
    shop = book(tmp_path, depth="1", conf="numfig_secnum_depth = 0\nnumfig_format = {'figure': 'Image %s'}\n")
    assert nav(shop.epub) == re.sub(r"\d\.1 ", "", TREE)
    assert texts(shop.epub)[1] == "1 Calls See Image 2, Chapter 3, Image 3. Calls more Image 2 A bus in Calls."
    assert on_paper(shop).count("Image 2 A bus in Calls.") == 2


def test_nothing_is_counted_anew_when_the_book_is_built_again(tmp_path: Path) -> None:
    shop = book(tmp_path)
    before = shop.outputs()
    assert [str(problem) for problem in shop.make().problems] == []
    after = shop.outputs()
    assert {name: after[name] == data for name, data in before.items() if "proof" not in name} == dict.fromkeys(
        (name for name in before if "proof" not in name), True
    )
