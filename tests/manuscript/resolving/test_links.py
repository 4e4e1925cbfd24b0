"""Links: where they lead, and what becomes of those that lead nowhere."""

from __future__ import annotations

from docutils import nodes

from casebound.manuscript import read
from tests.manuscript.conftest import Read, Write
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, links, tree


def test_colliding_ids_lead_to_their_own_documents(book: Read) -> None:
    text = ".. _{0}:\n\nUsage\n-----\n\n`Usage`_, :ref:`la`, :ref:`lb`, :doc:`index`\n"
    files = {
        "index.rst": page("Book", "", "a", "b"),
        "a.rst": page("A", text.format("la")),
        "b.rst": page("B", text.format("lb")),
    }
    manuscript = book(files)
    common = [("Usage", "a:la"), ("Usage", "b:lb"), ("Book", "index:")]
    assert links(tree(manuscript, "a")) == [("Usage", "a:usage"), *common]
    assert links(tree(manuscript, "b")) == [("Usage", "b:usage"), *common]
    assert breaches(manuscript) == []


def test_addresses(book: Read) -> None:
    text = (
        "`a <https://x.org/a b>`_ `b <mailto:a@x.org>`_ `c <page.html>`_ `d <file:///etc>`_ `e <javascript:x>`_ <//x>"
    )
    manuscript = book({"index.rst": page("B", text)})
    assert links(tree(manuscript)) == [("a", "https://x.org/ab"), ("b", "mailto:a@x.org")]
    assert [one.code for one in manuscript.problems] == ["reference-dangling"] * 3
    manuscript = book({"index.rst": page("B", text)}, "html_baseurl = 'https://docs.org/b/'")
    assert ("c", "https://docs.org/b/page.html") in links(tree(manuscript))


def test_addresses_of_the_book_s_own_web_pages(book: Read) -> None:
    text = "`a <../a.html>`_ `place <../a.html#here>`_ `self <b.html>`_ `gone <gone.html>`_ `index <../genindex.html>`_"
    text += " `book <../>`_"
    files = {
        "index.rst": page("Book", "Text.", "a", "deep/b"),
        "a.rst": page("A", ".. _here:\n\nText.\n\n.. index:: word\n"),
        "deep/b.rst": page("B", text),
    }
    manuscript = book(files)
    wanted = [("a", "a:"), ("place", "a:here"), ("self", "deep/b:"), ("index", ":index"), ("book", "index:")]
    assert links(tree(manuscript, "deep/b")) == wanted
    assert faults(manuscript) == "deep/b:4 reference-dangling\n"


def test_links_that_lead_nowhere(book: Read) -> None:
    files = {
        "index.rst": page("B", "To :doc:`lost`, :ref:`genindex`, :ref:`search`, :ref:`lost` and :ref:`gone`.", "a"),
        "a.rst": page("A", "Text.\n\n.. only:: never\n\n   .. _gone:\n\n   Never\n   -----\n"),
        "lost.rst": ":orphan:\n\n.. _lost:\n\n" + page("Lost"),
    }
    manuscript = book(files)
    assert links(tree(manuscript)) == []
    assert tree(manuscript).astext() == "B\n\nTo Lost, Index, Search Page, Lost and Never."
    assert faults(manuscript) == "index:4 reference-left-out\nindex:4 reference-unprinted\n"


def test_links_and_index_entries_of_branches_that_the_book_leaves_out(book: Read) -> None:
    branch = (
        ".. only:: {}\n\n   .. _there:\n\n   There\n   -----\n\n   .. index:: word\n\n   Text.\n\n   .. [#n] Note.\n\n"
    )
    link = "To :ref:`There <there>` and `there <a.html#there>`__.\n"
    files = {"index.rst": page("B", link, "a"), "a.rst": page("A", ".. index:: other\n\nText [#n]_.\n\n" + branch)}
    files["a.rst"] = files["a.rst"].format("html")
    manuscript = book(files)
    assert faults(manuscript) == "a:6 reference-left-out\nindex:4 reference-left-out\n"
    assert [entry.term for group in manuscript.book.index for entry in group.entries] == ["other"]
    assert breaches(manuscript) == []


def test_a_target_that_comes_in_a_branch_that_is_left_out_changes_what_is_said_of_a_link(write: Write) -> None:
    places = write({"index.rst": page("B", "To `there <a.html#there>`__.", "a"), "a.rst": page("A", "Text.")})
    assert faults(read(places)) == "index:4 reference-dangling\n"
    branch = page("A", "Text.\n\n.. only:: html\n\n   .. _there:\n\n   There\n   -----\n\n   Text.\n")
    (places.source / "a.rst").write_text(branch, encoding="utf-8")
    assert faults(read(places)) == "index:4 reference-left-out\n"


def test_a_document_that_only_web_pages_have(book: Read) -> None:
    text = """
Text.

.. only:: html

   See :doc:`sample`.

More.

.. only:: html and not epub

   See :doc:`sample`.

.. only:: html

   .. toctree::

      sample
"""
    manuscript = book({"index.rst": page("Book", text), "sample.rst": page("Sample")})
    assert [str(one) for one in manuscript.check()] == [
        "index:9: A link leads to the document sample, which no toctree of the book names; the link text is kept "
        "without the link. Name the document in a toctree that is printed (one under only:: html is not), "
        "or put the link under only:: html and not epub."
    ]


def test_a_link_that_leads_nowhere_is_named_by_its_own_line(book: Read) -> None:
    text = """\
.. note:: Begins here
   and leads to `a <5.html>`_, `b
   <5.html>`_ and

   * `c <8.html>`_

.. admonition:: Of `d <10.html>`_

   And
   `e <13.html>`_, f_.

   .. _f: 13.html
"""
    found = sorted(one.line or 0 for one in book({"index.rst": page("B", text)}).check())
    assert found == [5, 8, 10, 13]


def test_a_picture_that_leads_to_its_own_file_is_no_fault(book: Read) -> None:
    text = "".join(f".. image:: a.png\n   :alt: A\n   :target: _images/{name}.png\n\n" for name in "ab")
    manuscript = book({"index.rst": page("B", text), "a.png": PIXEL})
    assert len(list(tree(manuscript).findall(nodes.image))) == 2
    assert [one.message.split()[4] for one in manuscript.problems] == ["_images/b.png,"]


def test_domains(book: Read) -> None:
    text = """
:py:func:`f` :term:`Word` :option:`tool --flag` :envvar:`HOME` :token:`rule` :eq:`e` :keyword:`no`

.. py:function:: f(a: int, *, b: str = "x") -> None

   Text.

.. glossary::

   Word
   Other word
      Meaning.

.. program:: tool

.. option:: --flag

   Text.

.. envvar:: HOME

.. productionlist::
   rule: "a" `rule`

.. math:: a = b
   :label: e
"""
    manuscript = book({"index.rst": page("B", text)})
    found = dict(links(tree(manuscript)))
    assert found["f()"] == "index:f" and found["Word"] == "index:term-Word"
    assert {"tool --flag", "HOME", "(1)", "rule"} <= set(found)
    assert breaches(manuscript) == []


def test_downloads(book: Read) -> None:
    text = ":download:`the file <x.txt>` :download:`x.txt` :download:`far <https://x.org/y.zip>`"
    manuscript = book({"index.rst": page("B", text), "x.txt": "x"})
    assert tree(manuscript).astext() == "B\n\nthe file (x.txt) x.txt far"
    assert links(tree(manuscript)) == [("far", "https://x.org/y.zip")]
