"""The chapter tree: ids, links, numbers, images, and nothing that is not printed."""

from __future__ import annotations

import base64
import hashlib
import importlib
import inspect
import os
import pickle
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sphinx.ext
from docutils import nodes
from sphinx import addnodes

from casebound.manuscript import Manuscript
from tests.manuscript.conftest import Read, Write
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def tree(manuscript: Manuscript, name: str = "index") -> nodes.document:
    return manuscript.tree(next(chapter for chapter in manuscript.book.chapters() if chapter.name == name))


def links(doctree: nodes.document) -> list[tuple[str, str]]:
    """Text and target of every link."""
    found = doctree.findall(lambda node: isinstance(node, nodes.Element) and ("refid" in node or "refuri" in node))
    return [
        (node.astext(), node.get("refid") or node.get("refuri")) for node in found if isinstance(node, nodes.Element)
    ]


def only(doctree: nodes.document, kind: type[Any]) -> Any:
    (found,) = doctree.findall(kind)
    return found


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


def test_footnotes_and_citations(book: Read) -> None:
    files = {
        "index.rst": page("Book", "Note [#]_ and [Who]_ and [*]_.\n\n.. [#] One.\n.. [*] Star.", "a"),
        "a.rst": page("A", ".. [Who] A book.\n\nHere [Who]_."),
    }
    manuscript = book(files)
    assert links(tree(manuscript)) == [("1", "index:id4"), ("[Who]", "a:who"), ("*", "index:id5")]
    assert breaches(manuscript) == []
    assert faults(manuscript) == ""


BIBLIOGRAPHY = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.transforms.post_transforms import SphinxPostTransform

class bibliography(nodes.General, nodes.Element):
    pass

class List(Directive):
    def run(self):
        return [bibliography()]

MADE = nodes.citation()

class Fill(SphinxPostTransform):
    default_priority = 5
    def run(self, **how):
        for node in list(self.document.findall(bibliography)):
            made = MADE  # the same, and more in it, each time
            made += [nodes.label("", "K84"), nodes.paragraph("", "The book.")]
            made["ids"] = ["cited"]
            node.replace_self(made)

def resolve(app, env, node, contnode):
    if node["reftarget"] == "k84":
        refuri = app.builder.get_relative_uri(env.current_document.docname, "b") + "#cited"
        return nodes.reference("", "", nodes.inline("", "[K84]"), internal=True, refuri=refuri)

def setup(app):
    app.add_directive("bibliography", List)
    app.add_post_transform(Fill)
    app.connect("missing-reference", resolve)
"""


def test_what_a_document_is_filled_with_at_the_end_can_be_linked_to(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    text = "See :any:`k84`."
    files = {"index.rst": page("B", text, "b"), "b.rst": page("Read", ".. bibliography::\n")}
    manuscript = book({**files, "filled_late.py": BIBLIOGRAPHY}, "extensions = ['filled_late']")
    assert links(tree(manuscript)) == [("[K84]", "b:cited")]
    assert tree(manuscript, "b").astext() == "Read\n\nK84\n\nThe book."
    assert faults(manuscript) == ""


THEOREMS = """
from docutils import nodes
from docutils.parsers.rst import Directive

class theorem(nodes.Admonition, nodes.Element):
    pass

class proof(nodes.Admonition, nodes.Element):
    pass

class box(nodes.Element):
    pass

class shot(nodes.General, nodes.Element):
    pass

def lines():
    inner = nodes.inline("", "", nodes.line("", "one"), nodes.line("", "two"))
    return nodes.line_block("", nodes.line("", "", inner), nodes.line("", "three"))

class Theorem(Directive):
    has_content = True
    def run(self):
        title = nodes.title("", "(Right angles)")
        content = nodes.section("", *(nodes.paragraph("", line) for line in self.content), classes=["c"], ids=["c"])
        proved = proof("", nodes.admonition("", nodes.paragraph("", "Proof.")))
        boxed = box("", nodes.paragraph("", "Mind"), nodes.paragraph("", "it."), classes=["admonition"])
        return [theorem("", title, content, ids=["angles"]), proved, boxed, shot("", uri="/shot.png", alt="A"), lines()]

def setup(app):
    app.add_directive("theorem", Theorem)
    app.add_enumerable_node(theorem, "theorem", lambda node: node[0].astext())
"""


def test_a_theorem_is_headed_by_its_number_as_a_figure_is(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"index.rst": page("B", ".. theorem::\n\n   Text."), "theorems.py": THEOREMS, "shot.png": PIXEL}
    conf = "extensions = ['theorems']\nnumfig = True\nnumfig_format = {'theorem': 'theorem %s'}"
    manuscript = book(files, conf)
    notes = list(tree(manuscript).findall(nodes.admonition))
    assert [" ".join(note.astext().split()) for note in notes] == [
        "Theorem 1 (Right angles) Text.", "Proof.", "Mind it.",
    ]  # fmt: skip
    assert notes[-1][0].astext() == "Mind" and isinstance(notes[-1][0], nodes.title)
    assert Path(only(tree(manuscript), nodes.image)["path"]).name == "shot.png"
    assert [line.astext() for line in only(tree(manuscript), nodes.line_block)] == ["one", "two", "three"]
    assert [one.code for one in manuscript.check()] == []


FILMS = """
from docutils import nodes
from docutils.parsers.rst import Directive

class film(nodes.General, nodes.Element):
    pass

class icon(nodes.General, nodes.Element):
    pass

class broken(nodes.General, nodes.Element):
    pass

class Films(Directive):
    def run(self):
        return [film("", id="7"), icon(), broken()]

def leave(self, node):
    pass

def film_html(self, node):
    self.body.append(self.starttag(node, "iframe", src="https://films.org/" + node["id"]) + "</iframe>")

def icon_html(self, node):
    self.body.append("<i class='icon'></i>")

def broken_html(self, node):
    self.builder.no_such_thing()

def setup(app):
    app.add_directive("films", Films)
    app.add_node(film, html=(film_html, leave))
    app.add_node(icon, html=(icon_html, leave))
    app.add_node(broken, html=(broken_html, leave))
"""


def test_a_film_is_shown_by_its_address(book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"index.rst": page("B", ".. films::"), "films.py": FILMS}
    manuscript = book(files, "extensions = ['films']")
    assert links(tree(manuscript)) == [("https://films.org/7", "https://films.org/7")]
    assert [one.message.split()[2] for one in manuscript.check()] == ["icon", "broken"]


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
    assert faults(manuscript) == "index:4 reference-dangling\n" * 3
    assert breaches(manuscript) == []


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
    text = ".. image:: a.png\n   :target: _images/a.png\n\n.. image:: a.png\n   :target: _images/b.png\n"
    manuscript = book({"index.rst": page("B", text), "a.png": PIXEL})
    assert len(list(tree(manuscript).findall(nodes.image))) == 2
    assert [one.message.split()[4] for one in manuscript.problems] == ["_images/b.png,"]


PERMALINK = """
from docutils import nodes

def here(name, raw, text, line, inliner):
    return [nodes.reference("", "\xb6", refid=text, classes=["headerlink"])], []

def setup(app):
    app.add_role("here", here)
"""


def test_a_permalink_is_not_printed(book: Read) -> None:
    manuscript = book({"index.rst": page("B", ".. _place:\n\nFixed :here:`place`")}, PERMALINK)
    assert tree(manuscript).astext() == "B\n\nFixed "
    assert faults(manuscript) == ""


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
    assert faults(manuscript) == "index:10 image-outside\nindex:7 image-missing\nindex:9 image-remote\n"
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
    # "mine" stands beside html and latex: where it fits, latex is not needed.
    assert tree(book(files)).astext().split() == ["B", "Paper.", "Print."]
    assert tree(book(files, tags=["mine"])).astext().split() == ["B", "Print.", "Mine."]


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


def test_extensions_become_plain(book: Read) -> None:
    conf = """
import os, sys
sys.path.insert(0, os.path.dirname(__file__))
extensions = ['sphinx.ext.todo', 'sphinx.ext.graphviz', 'sphinx.ext.autosummary', 'sphinx.ext.ifconfig']
extensions += ['nodes_of_casebound_test']
todo_include_todos = True
graphviz_dot = "no-dot-of-this-name"
"""
    extension = """
from docutils import nodes
from docutils.parsers.rst import Directive
class badge(nodes.Inline, nodes.TextElement): pass
class card(nodes.General, nodes.Element): pass
class drawing(nodes.General, nodes.Element): pass
class nothing(nodes.General, nodes.Element): pass
class special(nodes.paragraph): pass
class Everything(Directive):
    def run(self):
        box = card('', badge('', 'loose'), nodes.paragraph('', 'block', badge('', '!')), classes=['big'], ids=['box'])
        return [box, drawing(code='a -> b'), nothing(ids=['void']), special('', 'special', odd=object())]
def setup(app):
    app.add_directive('everything', Everything)
    for node in (badge, card, drawing, nothing, special):
        app.add_node(node)
"""
    text = """
.. everything::

.. graphviz::

   digraph { a -> b }

.. todo:: Draw it.

.. ifconfig:: todo_include_todos

   Shown.
"""
    manuscript = book({"index.rst": page("B", text), "nodes_of_casebound_test.py": extension}, conf)
    doctree = tree(manuscript)
    box = only(doctree, nodes.container)
    assert box["classes"] == ["card", "big"] and box["ids"] == ["index:box"]
    assert [child.tagname for child in box.children] == ["paragraph", "paragraph"]
    drawn, dot = doctree.findall(nodes.literal_block)
    assert (drawn["language"], drawn.astext(), dot["language"], dot.astext()) == (
        "drawing",
        "a -> b",
        "dot",
        "digraph { a -> b }",
    )
    assert only(doctree, nodes.admonition)["classes"][0] == "todo-node"
    assert doctree.astext().endswith("Shown.")
    assert faults(manuscript) == "index:6 node-empty\n"
    assert breaches(manuscript) == []


EXTENSIONS = {
    "autosummary.autosummary_table": "its content alone",
    "autosummary.autosummary_toc": "its content alone",
    "graphviz.graphviz": "a vector where Graphviz is installed, else its source as code",
    "ifconfig.ifconfig": "decided by the configuration",
    "inheritance_diagram.inheritance_diagram": "a vector where Graphviz is installed, else its source as code",
    "todo.todo_node": "an admonition, where todo_include_todos is true",
    "todo.todolist": "the list that the extension makes",
    "viewcode.viewcode_anchor": "nothing: its pages are HTML's",
}
"""What becomes of every node class of Sphinx's extensions."""


def test_every_node_of_an_extension_of_sphinx_is_decided_on() -> None:
    found = set()
    for module in pkgutil.walk_packages(sphinx.ext.__path__, "sphinx.ext."):
        if not module.name.endswith("__main__"):
            for name, one in vars(importlib.import_module(module.name)).items():
                if inspect.isclass(one) and issubclass(one, nodes.Node) and one.__module__ == module.name:
                    found.add(f"{module.name.removeprefix('sphinx.ext.')}.{name}")
    assert found == set(EXTENSIONS)


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


def test_downloads(book: Read) -> None:
    text = ":download:`the file <x.txt>` :download:`x.txt` :download:`far <https://x.org/y.zip>`"
    manuscript = book({"index.rst": page("B", text), "x.txt": "x"})
    assert tree(manuscript).astext() == "B\n\nthe file (x.txt) x.txt far"
    assert links(tree(manuscript)) == [("far", "https://x.org/y.zip")]


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
        "from casebound.settings import Places; p = Path(sys.argv[1]);"
        "m = read(Places(p, p, Path(sys.argv[2])));"
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


GRAPH = ".. graphviz::\n   :alt: one leads to two\n   :caption: A graph\n\n   digraph { one -> two }\n"


def test_a_graph_is_drawn_where_graphviz_is_installed(book: Read, program: Callable[[str], str]) -> None:
    program("dot")
    manuscript = book({"index.rst": page("B", GRAPH)}, "extensions = ['sphinx.ext.graphviz']")
    (image,) = tree(manuscript).findall(nodes.image)
    assert (image["alt"], image["uri"], Path(image["path"]).suffix) == (
        "one leads to two", "data:image/svg+xml;base64", ".svg",
    )  # fmt: skip
    assert "<svg" in Path(image["path"]).read_text()
    assert tree(manuscript).astext() == "B\n\none leads to two\n\nA graph"
    assert breaches(manuscript) == [] and faults(manuscript) == ""


def test_a_graph_that_cannot_be_drawn_is_its_source_and_is_told_of(book: Read, program: Callable[[str], str]) -> None:
    program("dot")
    conf = "extensions = ['sphinx.ext.graphviz']"
    manuscript = book({"index.rst": page("B", GRAPH.replace("->", "=>"))}, conf)
    assert "digraph { one => two }" in tree(manuscript).astext()
    assert [one.code for one in manuscript.problems] == ["source-warning"]
    manuscript = book({"index.rst": page("B", GRAPH)}, conf + "\ngraphviz_dot = 'no-dot-of-this-name'")
    assert "digraph { one -> two }" in tree(manuscript).astext()
    assert faults(manuscript) == ""


def test_the_cells_of_notebooks_show_what_print_can(book: Read) -> None:
    conf = (
        "asked = [('html', 'text/plain', 1)]\n"
        "def setup(app):\n    app.add_config_value('nb_mime_priority_overrides', asked, 'env')\n"
    )
    manuscript = book({"index.rst": page("B", "Text.")}, conf)
    chosen = manuscript.app.config.nb_mime_priority_overrides
    assert [kind for builder, kind, _ in sorted(chosen, key=lambda each: each[2]) if builder == "casebound"] == [
        "image/svg+xml", "image/png", "image/jpeg", "image/gif", "application/pdf", "text/latex",
        "text/markdown", "text/plain",
    ]  # fmt: skip
    assert ("html", "text/plain", 1) in chosen


def test_a_formula_names_equations_by_their_numbers(book: Read) -> None:
    first = r"""
.. math:: e
   :label: euler

.. math::
   :nowrap:
   :label: rows

   \begin{align} a \label{one} \\ b \tag{*} \label{star} \end{align}

:math:`\eqref{rows}` :math:`\ref{rows}` :math:`\eqref{one}` :math:`\eqref{star}` :math:`\eqref{nowhere}`
:math:`\ref{equation:a:euler}`
"""
    second = "\n:math:`\\eqref{euler}` :math:`a \\overset{\\eqref{euler}}{=} b` :math:`\\eqref{one}`\n"
    manuscript = book({"index.rst": page("Book", "", "a", "b"), "a.rst": page("A", first), "b.rst": page("B", second)})
    rows = "a:equation-rows"
    expected = [("(2)", rows), ("2", rows), ("(2)", rows), ("(*)", rows), ("1", "a:equation-euler")]
    assert links(tree(manuscript, "a")) == expected
    assert links(tree(manuscript, "b")) == [("(1)", "a:equation-euler")]
    formulas = [node.astext() for node in tree(manuscript, "b").findall(nodes.math)]
    assert formulas == [r"a \overset{\text{(1)}}{=} b", r"\eqref{one}"]
    assert breaches(manuscript) == []


def test_formulas_are_read_with_the_macros_of_the_project(book: Read) -> None:
    conf = r"""
mathjax3_config = {"tex": {"macros": {"R": r"\mathbb{R}", "half": r"\frac12", "ip": [r"\langle #1, #2\rangle", 2],
                                      "vb": [r"\vec#1", 1], "opt": ["#1-#2", 2, "x"], "loop": r"\loop x", "bad": None}}}
latex_elements = {"preamble": r"\DeclareMathOperator*{\argmax}{arg\,max} \newcommand{\E}[1]{\mathbb{E}[#1] \R}"}
"""
    text = r":math:`\ip{a}{\R^n} e^\half \vb x \argmax_y \E{z}`, :math:`\opt{b} \opt[c]{d}`, :math:`\Rho + \bad`"
    manuscript = book({"index.rst": page("Book", text)}, conf)
    assert [node.astext() for node in tree(manuscript).findall(nodes.math)] == [
        r"\langle a, \mathbb{R}^n\rangle e^{\frac12} \vec x \operatorname*{arg\,max}_y \mathbb{E}[z] \mathbb{R}",
        "x-b c-d",
        r"\Rho + \bad",
    ]


def test_a_formula_makes_macros_for_those_that_follow(book: Read) -> None:
    text = r"""
:math:`\R`

.. math:: \newcommand{\R}{\mathbb{R}} \def\p#1#2{(#1 \mid #2)} \newcommand{\o}{\newcommand{\i}{x}}

:math:`\DeclareMathOperator{\sgn}{sgn}`

:math:`\R^{\R}` and :math:`\renewcommand{\R}{\mathbf{R}} \R` and :math:`\R \p{a}{b} \sgn x`
"""
    (top,) = tree(book({"index.rst": page("Book", text)})).children
    assert [node.astext().strip() for node in top.findall(nodes.math)] == [
        r"\R",
        r"\mathbb{R}^{\mathbb{R}}",
        r"\mathbf{R}",
        r"\mathbf{R} (a \mid b) \operatorname{sgn} x",
    ]
    assert list(top.findall(nodes.math_block)) == []
    assert len(list(top.findall(nodes.paragraph))) == 2
