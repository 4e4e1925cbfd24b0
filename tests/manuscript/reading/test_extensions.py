"""What extensions put into a tree: nodes of their own, boxes, films, and what comes at the end."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from pathlib import Path

import pytest
import sphinx.ext
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import PIXEL, links, only, tree

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
        refuri = app.builder.get_relative_uri(env.docname, "b") + "#cited"
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
    assert faults(manuscript) == "index:6 diagram-unknown\nindex:6 node-empty\nindex:7 diagram-undrawn\n"
    assert breaches(manuscript) == []


EXTENSIONS = {
    "autosummary.autosummary_table": "its content alone",
    "autosummary.autosummary_toc": "its content alone",
    "graphviz.graphviz": "a vector where Graphviz is installed, else its source as code",
    "ifconfig.ifconfig": "decided by the configuration",
    "inheritance_diagram.inheritance_diagram": "a vector where Graphviz is installed, else a list of its classes",
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


SUBFIGURES = """
from docutils import nodes
from docutils.parsers.rst import Directive

class Subfigure(Directive):
    def run(self):
        pictures = [nodes.image(uri="p.png", alt=words) for words in ("Left", "Right")]
        pictures += [nodes.image(uri="p.png"), nodes.caption("", "All")]
        return [nodes.figure("", *(each.deepcopy() for each in pictures), is_subfigure=True, subcaptions=side)
                for side in ("above", "below", None)]

def setup(app):
    app.add_directive("subfigure", Subfigure)
"""


def test_the_pictures_of_a_figure_have_captions_of_their_own(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"index.rst": page("B", ".. subfigure::"), "parts_of_casebound_test.py": SUBFIGURES, "p.png": PIXEL}
    manuscript = book(files, "extensions = ['parts_of_casebound_test']")
    found = [[child.tagname for child in figure] for figure in tree(manuscript).findall(nodes.figure)]
    assert found == [
        ["paragraph", "image", "paragraph", "image", "image", "caption"],
        ["image", "paragraph", "image", "paragraph", "image", "caption"],
        ["image", "image", "image", "caption"],
    ]
    words = [text.astext() for text in tree(manuscript).findall(nodes.paragraph) if "subcaption" in text["classes"]]
    assert words == ["Left", "Right"] * 2
    assert breaches(manuscript) == [] and {one.code for one in manuscript.check()} == {"alt-missing"}
