"""The chapter tree: footnotes, numbers, images, branches, and nothing that is not printed."""

from __future__ import annotations

import base64
import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
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


def test_index(book: Read) -> None:
    text = (
        ".. index:: apple, pear; green, !plum\n   see: fruit; apple\n   seealso: apple; pear\n   single: 1st\n\nText.\n"
    )
    files = {
        "index.rst": page("B", "", "z", "a"),
        "z.rst": page("Z", text),
        "a.rst": page("A", "Section\n-------\n\n.. index:: apple\n\nText.\n"),
        "lost.rst": ":orphan:\n\n" + page("L", ".. index:: lost\n\nText."),
    }
    manuscript = book(files)
    groups = {group.letter: group.entries for group in manuscript.book.index}
    assert list(groups) == ["Symbols", "A", "F", "P"]
    (apple,) = groups["A"]
    assert [reference.target for reference in apple.references] == ["z:index-0", "a:index-0"]
    assert apple.seealso == ("pear",)
    assert groups["F"][0].see == ("apple",)
    pear, plum = groups["P"]
    assert [entry.term for entry in pear.subentries] == ["green"]
    assert plum.references[0].main
    assert breaches(manuscript) == []
    assert book(files, "casebound_index = False").book.index == ()


def test_facts(book: Read) -> None:
    conf = (
        "project = 'Ünder the Höod'\nauthor = 'A. Writer'\nrelease = '1.2'\ncopyright = '2026, A. Writer'\n"
        "language = 'de'\ncasebound_subtitle = 'Sub'\ncasebound_keywords = ['a', 'b']\n"
    )
    shown = book({"index.rst": page("B", "Text.")}, conf).book
    assert (shown.title, shown.basename, shown.author, shown.publisher) == ("B", "under-the-hood", "A. Writer", "")
    assert (shown.release, shown.language, shown.rights) == ("1.2", "de", "© 2026, A. Writer")
    assert (shown.subtitle, shown.keywords, shown.date) == ("Sub", ("a", "b"), "01.01.2026")
    assert shown.identifier.startswith("urn:uuid:")
    bare = book({"index.rst": page("B", "Text.")}).book
    assert (bare.basename, bare.author, bare.rights, bare.subject) == ("b", "", "", "")


SPHINX_EPUB = """
project = "P"
release = "1"
epub_contributor = "C. Editor"
epub_cover = ("_static/front.png", "")
epub_css_files = ["own.css", "gone.css"]
epub_identifier = "978-3-16-148410-0"
epub_scheme = "ISBN"
epub_writing_mode = "vertical"
html_static_path = ["_static"]
"""


def test_values_of_sphinx_for_the_epub_are_used(book: Read) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", "Text."), "_static/front.png": PIXEL, "_static/own.css": ""}
    made = book(files, SPHINX_EPUB)
    shown = made.book
    assert (shown.contributor, shown.identifier, shown.is_vertical) == ("C. Editor", "urn:isbn:978-3-16-148410-0", True)
    assert Path(shown.cover).read_bytes() == PIXEL
    assert made.settings.css == ("_static/own.css",)
    assert [(one.code, one.message.split(" of ")[0]) for one in made.problems] == [
        ("css-missing", "The style sheet _static/gone.css")
    ]
    lost = book({"index.rst": page("B", "Text.")}, "epub_cover = ('gone.png', '')\n", fresh=True)
    assert (lost.book.cover, [one.code for one in lost.problems]) == ("", ["cover-missing"])


@pytest.mark.parametrize("stated", ["('_static/front.png', '')", "'_static/front.png'"])
def test_a_cover_in_a_folder_that_web_pages_do_not_have_is_used(book: Read, stated: str) -> None:
    files: dict[str, str | bytes] = {"index.rst": page("B", "Text."), "_static/front.png": PIXEL}
    made = book(files, f"epub_cover = {stated}\n")
    assert made.book.cover and Path(made.book.cover).read_bytes() == PIXEL
    assert "cover-missing" not in [one.code for one in made.problems]


def test_each_language_and_the_pdf_have_an_identifier_of_their_own(book: Read) -> None:
    def identifiers(conf: str) -> tuple[str, str]:
        shown = book({"index.rst": page("B", "Text.")}, f"project = 'P'\nrelease = '1'\n{conf}").book
        return shown.identifier, shown.print_identifier

    english, german = identifiers("language = 'en'\n"), identifiers("language = 'de'\n")
    assert len({*english, *german}) == 4
    assert identifiers("language = 'en'\n") == english
    assert identifiers("casebound_identifier = 'urn:a'\ncasebound_print_identifier = 'urn:b'\n") == ("urn:a", "urn:b")


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


def test_addresses_of_a_toctree_stand_under_its_caption(book: Read) -> None:
    toctree = "\n.. toctree::\n   :caption: On the web\n\n   The web <https://example.org/y>\n"
    manuscript = book({"index.rst": page("B", "Text.", "a"), "a.rst": page("A", "Text.") + toctree})
    assert tree(manuscript, "a").astext() == "A\n\nText.\n\nOn the web\n\nThe web"
    assert links(tree(manuscript, "a")) == [("The web", "https://example.org/y")]


def test_a_toctree_of_the_root_page_with_addresses_is_listed_whole(book: Read) -> None:
    named = "\n.. toctree::\n   :caption: Extras\n\n   a\n   The web <https://example.org/y>\n"
    other = "\n.. toctree::\n   :caption: Basics\n\n   b\n"
    content = {"index.rst": page("B", "Text.") + other + named, "a.rst": page("A"), "b.rst": page("B")}
    manuscript = book(content)
    assert tree(manuscript).astext() == "B\n\nText.\n\nExtras\n\nA\n\nThe web"
    assert links(tree(manuscript)) == [("A", "a:"), ("The web", "https://example.org/y")]


def test_the_directive_of_an_external_toc_lists_all(book: Read) -> None:
    conf = "import sys, types\next = sys.modules['sphinx_external_toc'] = types.ModuleType('sphinx_external_toc')\n"
    conf += "ext.setup = lambda app: {}\nextensions = ['sphinx_external_toc']\n"
    shown = "\n.. toctree::\n   :caption: Basics\n\n   a\n\n.. toctree::\n   :caption: More\n\n   b\n"
    manuscript = book({"index.rst": page("B", "Text.") + shown, "a.rst": page("A"), "b.rst": page("B")}, conf)
    assert tree(manuscript).astext() == "B\n\nText.\n\nBasics\n\nA\n\nMore\n\nB"


def test_a_visible_toctree_lists_its_documents_under_its_caption(book: Read) -> None:
    shown = "\n.. toctree::\n   :caption: Deeper\n   :numbered:\n\n   b\n   By another name <c>\n"
    hidden = "\n.. toctree::\n   :caption: Unseen\n   :hidden:\n\n   d\n"
    files = {name: page(name.upper(), "Text.") for name in "bcd"}
    root = page("Book", "Text.") + "\n.. toctree::\n   :caption: A part\n\n   a\n"
    manuscript = book(
        {"index.rst": root, "a.rst": page("A", "Text.") + shown + hidden, **{f"{k}.rst": v for k, v in files.items()}}
    )
    assert tree(manuscript).astext() == "Book\n\nText."
    assert tree(manuscript, "a").astext() == "A\n\nText.\n\nDeeper\n\n1\u2002B\n\n2\u2002By another name"
    assert links(tree(manuscript, "a")) == [("1\u2002B", "b:"), ("2\u2002By another name", "c:")]
    assert breaches(manuscript) == []


def test_a_list_of_chapters_names_their_numbers(book: Read) -> None:
    """The author's own list, too, if it names nothing but what the document's toctrees name."""
    lead = "* :doc:`b`: Beyond.\n* :doc:`By another name <c>`\n\nAnd\n\n* :doc:`b`\n* :doc:`z`\n"
    toctree = "\n.. toctree::\n   :hidden:\n   :numbered:\n\n   b\n   c\n"
    files = {f"{name}.rst": page(name.upper(), f"* :doc:`{other}`") for name, other in ("bc", "cb", "zb")}
    manuscript = book({"index.rst": page("Book", "Text.", "a", "z"), "a.rst": page("A", lead) + toctree, **files})
    assert tree(manuscript, "a").astext().split("\n\n") == [
        "A", "1\u2002B: Beyond.", "2\u2002By another name", "And", "B", "Z",
    ]  # fmt: skip
    lists = [one["classes"] for one in tree(manuscript, "a").findall(nodes.bullet_list)]
    assert (lists, links(tree(manuscript, "a"))[0]) == ([["chapters"], []], ("1\u2002B", "b:"))
    assert tree(manuscript, "b").astext() == "1\u2002B\n\nC"
    assert breaches(manuscript) == []
