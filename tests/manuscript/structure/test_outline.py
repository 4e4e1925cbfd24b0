"""The outline that grows out of the toctrees: source in, indented tree out."""

from __future__ import annotations

from textwrap import dedent

from casebound.model.book import Matter
from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, outline, page


def picture(text: str) -> str:
    return dedent(text).lstrip("\n")


ROOT = """\
The Book
========

Opening text.

Conventions
-----------

Headings before the first toctree stay with the root.

Internals
---------

A lead.

.. toctree::
   :hidden:

   rpc
   vm

Reading on
----------

After a section that leads on, each is a chapter.

Debugging
---------

.. toctree::

   gmr
"""


def test_root_with_sections_that_end_in_toctrees(book: Read) -> None:
    manuscript = book({"index.rst": ROOT, "rpc.rst": page("RPC"), "vm.rst": page("VM"), "gmr.rst": page("GMR")})
    assert outline(manuscript) == picture(
        """
        index: The Book
          - Conventions
          index#internals: Internals
            rpc: RPC
            vm: VM
          index#reading-on: Reading on
          index#debugging: Debugging
            gmr: GMR
        """
    )
    assert faults(manuscript) == ""
    assert breaches(manuscript) == []
    assert manuscript.tree(manuscript.book.sections[0]).astext() == "Internals\n\nA lead."


def test_toctree_directly_under_the_title(book: Read) -> None:
    files = {
        "index.rst": page("B", "Text.", "a", "b"),
        "a.rst": page("A", "", "c"),
        "b.rst": page("B"),
        "c.rst": "C\n=",
    }
    assert outline(book(files)) == picture(
        """
        index: B
          a: A
            c: C
          b: B
        """
    )


def test_nested_index_pages(book: Read) -> None:
    inner = "Inner\n=====\n\nPart\n----\n\nDeep\n~~~~\n\n.. toctree::\n\n   x\n\nNext\n~~~~\n\nLast\n----\n"
    files = {"index.rst": page("B", "", "in/index"), "in/index.rst": inner, "in/x.rst": "X\n=\n\nBelow\n-----\n"}
    manuscript = book(files)
    assert outline(manuscript) == picture(
        """
        index: B
          in/index: Inner
            in/index#part: Part
              in/index#deep: Deep
                in/x: X
                  - Below
              in/index#next: Next
            in/index#last: Last
        """
    )
    assert breaches(manuscript) == []


def test_misplaced_toctree_is_hoisted_to_the_end_of_its_section(book: Read) -> None:
    root = "B\n=\n\n.. toctree::\n\n   a\n\nText behind.\n\nSection\n-------\n\nText.\n"
    manuscript = book({"index.rst": root, "a.rst": page("A")})
    assert outline(manuscript) == "index: B\n  - Section\n  a: A\n"
    assert faults(manuscript) == "index:10 sections-after-toctree\nindex:8 text-after-toctree\n"


def test_what_may_follow_a_toctree(book: Read) -> None:
    silent = [".. comment", ".. _label:", ".. |s| replace:: x", ".. index:: y", ".. raw:: html\n\n   <br>"]
    tail = "\n" + "\n\n".join([*silent, ".. toctree::\n\n   b\n"])
    manuscript = book({"index.rst": page("B", "", "a") + tail, "a.rst": page("A"), "b.rst": page("B")})
    assert faults(manuscript) == ""


def test_text_after_toctree_in_an_included_file_is_named_there(book: Read) -> None:
    included = ".. toctree::\n\n   a\n\n\nText behind.\n"
    manuscript = book(
        {"index.rst": page("B", "\n\n\n.. include:: in.txt\n"), "in.txt": included, "a.rst": page("A")},
    )
    assert faults(manuscript) == "in.txt:6 text-after-toctree\n"


def test_numbered(book: Read) -> None:
    root = "B\n=\n\n.. toctree::\n   :numbered:\n\n   a\n   b\n"
    sub = "A\n=\n\nOne\n---\n\n.. toctree::\n\n   c\n\nTwo\n---\n"
    manuscript = book({"index.rst": root, "a.rst": sub, "b.rst": page("B"), "c.rst": page("C")})
    assert outline(manuscript) == picture(
        """
        index: B
          a: 1 A
            a#one: 1.1 One
              c: 1.1.1 C
            a#two: 1.2 Two
          b: 2 B
        """
    )
    assert breaches(manuscript) == []
    tree = manuscript.tree(manuscript.book.root.children[0])
    assert tree[0][0].astext() == "1\u2002A"


def test_duplicates_keep_their_first_place(book: Read) -> None:
    files = {"index.rst": page("B", "", "a", "b"), "a.rst": page("A", "", "b"), "b.rst": page("B")}
    manuscript = book(files)
    assert outline(manuscript) == "index: B\n  a: A\n    b: B\n"
    (found,) = manuscript.problems
    assert str(found).startswith("index:6: b is in the toctrees more than once; the entry in a:6 is used.")


def test_same_document_twice_in_one_toctree(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "", "a", "a"), "a.rst": page("A")})
    assert outline(manuscript) == "index: B\n  a: A\n"
    assert faults(manuscript) == "index:6 document-twice\n"


def test_circles_are_cut(book: Read) -> None:
    files = {"index.rst": page("B", "", "a"), "a.rst": page("A", "", "b"), "b.rst": page("C", "", "a", "index")}
    manuscript = book(files)
    assert outline(manuscript) == "index: B\n  a: A\n    b: C\n"
    assert faults(manuscript) == "b:6 document-circular\n" * 2
    assert "index" in [one.message.split()[0] for one in manuscript.problems]


def test_document_that_names_itself(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "", "a"), "a.rst": page("A", "", "a")})
    assert faults(manuscript) == "a:6 document-circular\n"


def test_self_and_addresses(book: Read) -> None:
    entries = ("self", "Elsewhere <https://example.org/x>", "a", "genindex")
    manuscript = book({"index.rst": page("B", "", *entries, hidden=False), "a.rst": page("A")})
    assert outline(manuscript) == "index: B\n  a: A\n"
    tree = manuscript.tree(manuscript.book.root)
    assert "Elsewhere" in tree.astext()
    hidden = book({"index.rst": page("B", "", *entries), "a.rst": page("A")})
    assert "Elsewhere" not in hidden.tree(hidden.book.root).astext()
    assert faults(hidden) == ""


def test_globbed_and_reversed(book: Read) -> None:
    root = "B\n=\n\n.. toctree::\n   :glob:\n   :reversed:\n\n   ch/*\n"
    files = {"index.rst": root, "ch/a.rst": page("A"), "ch/b.rst": page("B")}
    assert outline(book(files)) == "index: B\n  ch/b: B\n  ch/a: A\n"


def test_documents_that_do_not_exist(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "", "a", "no"), "a.rst": page("A")})
    assert faults(manuscript) == "index:6 toctree-dangling\n"
    assert "names no, which" in str(manuscript.problems[0])


def test_documents_outside_every_toctree(book: Read) -> None:
    files = {
        "index.rst": page("B", "", "a"),
        "a.rst": page("A"),
        "lost.rst": page("Lost", "", "child"),
        "child.rst": page("Child"),
        "alone.rst": ":orphan:\n\n" + page("Alone", "", "aside"),
        "aside.rst": page("Aside"),
        "round.rst": page("Round", "", "about"),
        "about.rst": page("About", "", "round"),
    }
    assert faults(book(files)) == "about document-unreached\nlost document-unreached\n"


def test_untitled_document(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "", "the_notes"), "the_notes.rst": "Only text.\n"})
    assert outline(manuscript) == "index: B\n  the_notes: the notes\n"
    assert faults(manuscript) == "the_notes:1 document-untitled\n"
    assert breaches(manuscript) == []


def test_several_titles_and_text_before_the_first(book: Read) -> None:
    text = "Loose.\n\nOne\n===\n\nTwo\n===\n\nSub\n---\n"
    manuscript = book({"index.rst": page("B", "", "a"), "a.rst": text})
    assert outline(manuscript) == "index: B\n  a: One\n    - Two\n      - Sub\n"
    assert breaches(manuscript) == []
    assert manuscript.tree(manuscript.book.root.children[0]).astext().split() == ["One", "Loose.", "Two", "Sub"]


def test_matter(book: Read) -> None:
    files = {
        "index.rst": page("B", "", "preface", "a", "notes"),
        "preface.rst": ":matter: front\n\n" + page("Preface", "", "thanks"),
        "thanks.rst": page("Thanks"),
        "a.rst": page("A"),
        "notes.rst": ":matter: behind\n\n" + page("Notes"),
    }
    manuscript = book(files)
    found = {chapter.name: chapter.matter for chapter in manuscript.book.chapters()}
    front = {"index", "preface", "thanks"}
    assert found == {name: Matter.FRONT if name in front else Matter.BODY for name in found}
    assert faults(manuscript) == "notes:1 matter-unknown\n"


def test_titles_with_markup(book: Read) -> None:
    title = 'A *b* ``c<d>`` "e" :ref:`here <x>` ł [#]_'
    text = f".. _x:\n\n{title}\n{'=' * len(title)}\n\nText.\n\n.. [#] Note.\n\nS :ref:`x`\n----------\n"
    manuscript = book({"index.rst": text + "\n.. toctree::\n\n   a\n", "a.rst": page("A")})
    assert manuscript.book.title == "A b c<d> “e” here ł"
    assert breaches(manuscript) == []


def test_toctrees_and_sections_in_only(book: Read) -> None:
    root = (
        "B\n=\n\n.. only:: html\n\n   .. toctree::\n\n      a\n\n.. only:: latex\n\n   .. toctree::\n\n      b\n\n"
        ".. only:: pdf\n\n   Section\n   -------\n\n   Text.\n"
    )
    manuscript = book({"index.rst": root, "a.rst": page("A"), "b.rst": page("B")})
    assert outline(manuscript) == "index: B\n  - Section\n"
    assert breaches(manuscript) == []


def test_chapters_of_a_document_that_is_cut_keep_their_links(book: Read) -> None:
    root = ROOT.replace("A lead.", "See `Debugging`_ and `Conventions`_ and :doc:`rpc`.")
    manuscript = book({"index.rst": root, "rpc.rst": page("RPC"), "vm.rst": page("VM"), "gmr.rst": page("GMR")})
    tree = manuscript.tree(manuscript.book.sections[0])
    assert [link["refid"] for link in tree.findall() if getattr(link, "tagname", "") == "reference"] == [
        "index:debugging",
        "index:conventions",
        "rpc:",
    ]
