"""How deep contents and outlines go: settings, the field :tocdepth:, and what stands opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from casebound.press import press
from tests.press.books import Shop, Told, nav, outline, pages

ROOT = """\
Tiny Book
=========

Words.

Internals
---------

.. toctree::
   :maxdepth: 1

   rpc
   cells
"""


def deep(title: str, field: str = "") -> str:
    lines = [field, f"{title}\n{'=' * len(title)}", f"{title} one\n{'-' * 20}", f"{title} two\n{'~' * 20}"]
    return "\n\n".join([*lines, "Text."])


def book(folder: Path, conf: str) -> Shop:
    files = {"index.rst": ROOT, "rpc.rst": deep("Calls"), "cells.rst": deep("Cells", ":tocdepth: 2")}
    shop = Shop.of(folder, {"conf.py": f'project = "Tiny Book"\n{conf}', **files})
    assert [str(problem) for problem in shop.make().problems] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    return shop


def contents(path: Path) -> str:
    (lines,) = (lines for lines in pages(path) if lines[:1] == ["Contents"])
    return ", ".join(line.rpartition(" ")[0] for line in lines[1:] if line != "v")


def shown(path: Path) -> str:
    """What the EPUB's contents page prints of its navigation."""
    space = {"h": "http://www.w3.org/1999/xhtml", "e": "http://www.idpf.org/2007/ops"}
    with zipfile.ZipFile(path) as archive:
        name = next(name for name in archive.namelist() if name.endswith("nav.xhtml"))
        nav = etree.fromstring(archive.read(name)).xpath("//h:nav[@e:type='toc']//h:a", namespaces=space)
    return ", ".join(link.text for link in nav if not link.xpath("ancestor-or-self::*/@hidden"))


def opened(path: Path) -> list[str]:
    """The entries of the outline whose children are shown at once."""
    found = []

    def look(item: pikepdf.Object | None) -> None:
        while item is not None:
            if int(item.get("/Count", 0)) > 0:
                found.append(str(item.Title))
            look(item.get("/First"))
            item = item.get("/Next")

    with pikepdf.open(path) as pdf:
        look(pdf.Root.Outlines.First)
    return found


WHOLE = "Tiny Book\nInternals\n  Calls\n    Calls one\n      Calls two\n  Cells\n    Cells one\n      Cells two\n"


@pytest.mark.parametrize(
    ("conf", "printed", "tree"),
    [
        ("", "Internals, Calls, Cells", WHOLE),
        (
            "casebound_contents_depth = 4\n",
            "Internals, Calls, Calls one, Calls two, Cells, Cells one",
            WHOLE,
        ),
        (
            "casebound_contents_depth = 1\ncasebound_outline_depth = 3\n",
            "Internals",
            "Tiny Book\nInternals\n  Calls\n    Calls one\n  Cells\n    Cells one\n",
        ),
        ("casebound_outline_depth = 1\n", "Internals, Calls, Cells", "Tiny Book\nInternals\n"),
    ],
)
def test_contents_and_outline_go_as_deep_as_they_are_told(tmp_path: Path, conf: str, printed: str, tree: str) -> None:
    shop = book(tmp_path, conf)
    assert contents(shop.book) == printed
    assert shown(shop.epub) == f"Tiny Book, {printed}".replace(
        ", Calls, Cells" if "outline_depth = 1" in conf else "\n", ""
    )
    assert outline(shop.book) == f"Cover\nContents\n{tree}"
    assert nav(shop.epub) == tree
    assert [outline(path) for path in shop.handouts()] == [f"Contents\n{tree.removeprefix('Tiny Book' + chr(10))}"]
    assert opened(shop.book) == ([] if "outline_depth = 1" in conf else ["Internals"])


def test_headings_within_a_chapter_stand_shut_but_in_the_handout_of_that_chapter(tmp_path: Path) -> None:
    root = "Tiny Book\n=========\n\nWords.\n\n.. toctree::\n\n   rpc\n   cells\n"
    files = {"index.rst": root, "rpc.rst": deep("Calls"), "cells.rst": deep("Cells")}
    shop = Shop.of(tmp_path, {"conf.py": 'project = "Tiny Book"\n', **files})
    assert [str(problem) for problem in shop.make().problems] == []
    assert opened(shop.book) == []
    assert [opened(path) for path in shop.handouts()] == [["Calls"], ["Cells"]]
