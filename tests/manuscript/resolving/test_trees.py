"""The chapter tree: footnotes, numbers, images, branches, and nothing that is not printed."""

from __future__ import annotations

import base64
import hashlib
import os
import pickle
import subprocess
import sys

from docutils import nodes
from sphinx import addnodes

from tests.manuscript.conftest import Read, Write
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, links, only, tree


def test_footnotes_and_citations(book: Read) -> None:
    files = {
        "index.rst": page("Book", "Note [#]_ and [Who]_ and [*]_.\n\n.. [#] One.\n.. [*] Star.", "a"),
        "a.rst": page("A", ".. [Who] A book.\n\nHere [Who]_."),
    }
    manuscript = book(files)
    assert links(tree(manuscript)) == [("1", "index:id4"), ("[Who]", "a:who"), ("*", "index:id5")]
    assert breaches(manuscript) == []
    assert faults(manuscript) == ""


def test_numbered_figures_tables_and_listings(book: Read) -> None:
    text = """
:numref:`f` :numref:`t` :numref:`l` :numref:`Look at {number}, {name} <f>`

.. _f:

.. figure:: p.png

   Caption.

.. _t:

.. table:: Title.

   == ==
   a  b
   == ==

.. code-block:: python
   :caption: Listing.
   :name: l

   x = 1
"""
    manuscript = book({"index.rst": page("B", text), "p.png": PIXEL}, "numfig = True")
    doctree = tree(manuscript)
    assert [caption.astext() for caption in doctree.findall(nodes.caption)] == [
        "Fig. 1\u2002Caption.",
        "Listing 1\u2002Listing.",
    ]
    assert only(doctree, nodes.table)[0].astext() == "Table 1\u2002Title."
    assert [text for text, _ in links(doctree)] == ["Fig. 1", "Table 1", "Listing 1", "Look at 1, Caption."]
    assert breaches(manuscript) == []


def test_images(book: Read) -> None:
    data = "data:image/png;base64," + base64.b64encode(PIXEL).decode()
    text = f"""
.. image:: pics/p.png
   :alt: A dot
.. image:: no.png
   :alt: Nothing
.. image:: https://x.org/remote.png
.. image:: ../outside.png
.. image:: {data}
.. image:: pics/p.*
"""
    manuscript = book({"index.rst": page("B", text), "pics/p.png": PIXEL, "../outside.png": PIXEL})
    near, missing, remote, outside, packed, chosen = tree(manuscript).findall(nodes.image)
    digest = hashlib.sha256(PIXEL).hexdigest()
    assert (near["uri"], near["alt"], near["digest"]) == ("pics/p.png", "A dot", digest)
    assert near["path"] == str(manuscript.source / "pics" / "p.png") == chosen["path"]
    assert [image.get("path") for image in (missing, remote, outside)] == [None] * 3
    assert missing["alt"] == "Nothing" and remote["uri"] == "https://x.org/remote.png"
    assert packed["digest"] == digest and packed["uri"] == "data:image/png;base64"
    assert packed["path"].endswith(f"/work/images/{digest}.png")
    found = [line for line in faults(manuscript).splitlines() if not line.endswith("alt-missing")]
    assert found == ["index:10 image-outside", "index:7 image-missing", "index:9 image-remote"]
    assert breaches(manuscript) == []


def test_branches(book: Read) -> None:
    text = """
.. only:: html

   Web.

.. only:: latex

   Paper.

.. container::

   .. only:: html

      Screen.

   .. only:: pdf

      Print.

   .. only:: latex

      Tex.

.. only:: mine

   Mine.
"""
    files: dict[str, str | bytes] = {"index.rst": page("B", text)}
    assert tree(book(files)).astext().split() == ["B", "Paper.", "Print."]
    assert tree(book(files, tags=["mine"])).astext().split() == ["B", "Paper.", "Print.", "Mine."]


def test_nothing_that_is_not_printed(book: Read) -> None:
    text = """
.. comment

.. |s| replace:: Words

.. meta::
   :description: hidden

.. highlight:: python

.. tabularcolumns:: |l|

.. index:: thing

.. _here:

|s| :index:`other` _`spot`

.. todo:: Not in a release.

::

   x = 1
"""
    manuscript = book({"index.rst": page("B", text)}, "extensions = ['sphinx.ext.todo']")
    doctree = tree(manuscript)
    assert doctree.astext().split() == ["B", "Words", "other", "spot", "x", "=", "1"]
    assert only(doctree, nodes.literal_block)["language"] == "python"
    assert breaches(manuscript) == []
    ids = {name for node in doctree.findall(nodes.Element) for name in node["ids"]}
    assert {"index:index-0", "index:here", "index:index-1", "index:spot"} <= ids


def test_sections_inside_other_nodes_become_rubrics(book: Read) -> None:
    text = ".. py:module:: json\n\n.. automodule:: json.scanner\n\n.. autofunction:: f_of_casebound\n"
    conf = (
        "extensions = ['sphinx.ext.autodoc']\n"
        "import json\n"
        "def f(): 'One.\\n\\nPart\\n----\\n\\nText.\\n'\n"
        "json.f_of_casebound = f\n"
    )
    manuscript = book({"index.rst": page("B", text)}, conf)
    assert breaches(manuscript) == []


def test_digest_knows_text_lines_and_images_but_not_the_folder(book: Read, write: Write) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", ".. image:: p.png"), "p.png": PIXEL}

    def digest(changed: dict[str, str | bytes]) -> str:
        manuscript = book({**files, **changed}, fresh=True)
        return manuscript.digest(manuscript.book.root)

    first = digest({})
    assert digest({}) == first
    assert digest({"p.png": PIXEL + b"\0"}) != first
    assert digest({"index.rst": "\n" + page("B", ".. image:: p.png")}) != first


def test_dump_is_read_in_a_fresh_process(book: Read) -> None:
    manuscript = book({"index.rst": page("B", ".. py:function:: f(a)\n\n.. note:: Text.")})
    dump = manuscript.dump(manuscript.book.root)
    program = "import pickle, sys; print(pickle.loads(sys.stdin.buffer.read()).astext())"
    done = subprocess.run([sys.executable, "-c", program], input=dump, capture_output=True, check=True)
    assert done.stdout.decode().split() == pickle.loads(dump).astext().split()


def test_two_readings_give_the_same_bytes(write: Write) -> None:
    places = write({"index.rst": page("B", "Text [#]_.\n\n.. [#] N.", "a"), "a.rst": page("A", ":doc:`index`")})
    program = (
        "import sys, hashlib; from pathlib import Path; from casebound.manuscript import read;"
        "from casebound.model.settings import ProjectFolders; p = Path(sys.argv[1]);"
        "m = read(ProjectFolders(p, p, Path(sys.argv[2])));"
        "print([m.digest(c) for c in m.book.chapters()])"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program, str(places.source), str(places.build / str(seed))],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert len(found) == 1


def test_remote_inventories_are_not_fetched(book: Read) -> None:
    conf = "extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {'x': ('https://invalid.invalid/', None)}"
    manuscript = book({"index.rst": page("B", "Text.")}, conf)
    assert faults(manuscript) == " inventory-remote\n"


def test_remote_tables_and_raw_text_are_not_fetched(book: Read) -> None:
    text = (
        ".. csv-table::\n   :url: https://invalid.invalid/t.csv\n\n.. raw:: html\n   :url: https://invalid.invalid/r\n"
    )
    manuscript = book({"index.rst": page("B", text)})
    assert [address for _, address in links(tree(manuscript))] == [
        "https://invalid.invalid/t.csv",
        "https://invalid.invalid/r",
    ]
    assert [one.line for one in manuscript.problems] == [4, 7]


def test_nodes_keep_their_lines_and_forget_the_folder(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "Text.\n\n.. include:: in.txt"), "in.txt": "\nIncluded.\n"})
    first, second = tree(manuscript).findall(nodes.paragraph)
    assert (first.source, first.line, second.source, second.line) == ("index.rst", 4, "in.txt", 2)
    assert os.fsencode(manuscript.source) not in manuscript.dump(manuscript.book.root)
    assert isinstance(tree(manuscript), nodes.document) and not list(tree(manuscript).findall(addnodes.index))
