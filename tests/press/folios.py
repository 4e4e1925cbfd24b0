"""A book with front, body and back matter, and its pages as a picture: the folio and the title of each."""

from __future__ import annotations

from pathlib import Path

from casebound.press import press
from tests.press.books import Shop, Told, labels, pages

PAGE = "{title}\n{rule}\n\nText of {title}.\n"


def document(title: str, matter: str = "") -> str:
    field = f":matter: {matter}\n\n" if matter else ""
    return field + PAGE.format(title=title, rule="=" * len(title))


ROOT = """\
Tiny Book
=========

{text}

.. toctree::
   :hidden:

   preface

Internals
---------

The lead.

.. toctree::
   :hidden:

   rpc
   cells

Debugging
---------

Another lead.

.. toctree::
   :hidden:

   gmr

At the end
----------

.. toctree::
   :hidden:

   colophon
"""


def book(folder: Path, conf: str = "", text: str = "") -> Shop:
    return Shop.of(
        folder,
        {
            "conf.py": f'project = "Tiny Book"\n{conf}',
            "index.rst": ROOT.format(text=text),
            "preface.rst": document("Preface", "front"),
            "rpc.rst": document("Calls") + "\n.. index:: call\n",
            "cells.rst": document("Cells"),
            "gmr.rst": document("Reports"),
            "colophon.rst": document("Colophon", "back"),
        },
    )


SECTIONS = {"Internals", "Debugging", "At the end"}
"""Printed small above the titles of their chapters."""


def picture(path: Path) -> str:
    """Each page: its label, and its title, in brackets where it does not print the label; nothing on an empty page."""
    lines = []
    for label, text in zip(labels(path), pages(path), strict=True):
        words = [line for line in text if line != label]
        title = next((word for word in words[:2] if word not in SECTIONS), words[0] if words else "")
        title = words[0] if title.startswith(("Text", "The lead", "Another")) else title
        shown = "" if not text else f" {title}" if label in text else f" ({title})"
        lines.append(f"{label}{shown}")
    return ", ".join(lines)


def made(shop: Shop) -> Shop:
    assert [str(problem) for problem in shop.make().problems] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
    return shop
