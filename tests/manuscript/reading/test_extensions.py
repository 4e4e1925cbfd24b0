"""What extensions put into a tree: nodes of their own, boxes, films, graphs, notebooks, and what comes at the end."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
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


GRAPH = ".. graphviz::\n   :alt: one leads to two\n   :caption: A graph\n\n   digraph { one -> two }\n"


def test_a_graph_is_drawn_where_graphviz_is_installed(book: Read, program: Callable[[str], str]) -> None:
    program("dot")
    manuscript = book({"index.rst": page("B", GRAPH)}, "extensions = ['sphinx.ext.graphviz']")
    (image,) = tree(manuscript).findall(nodes.image)
    assert (image["alt"], image["uri"], Path(image["path"]).suffix) == (
        "one leads to two", "of Graphviz", ".svg",
    )  # fmt: skip
    assert "<svg" in Path(image["path"]).read_text()
    assert tree(manuscript).astext() == "B\n\none leads to two\n\nA graph"
    assert breaches(manuscript) == [] and faults(manuscript) == ""


def test_a_graph_that_cannot_be_drawn_is_its_source_and_is_told_of(book: Read, program: Callable[[str], str]) -> None:
    program("dot")
    conf = "extensions = ['sphinx.ext.graphviz']"
    manuscript = book({"index.rst": page("B", GRAPH.replace("->", "=>"))}, conf)
    assert "digraph { one => two }" in tree(manuscript).astext()
    assert [one.code for one in manuscript.problems] == ["diagram-failed"]
    manuscript = book({"index.rst": page("B", GRAPH)}, conf + "\ngraphviz_dot = 'no-dot-of-this-name'")
    assert "digraph { one -> two }" in tree(manuscript).astext()
    assert faults(manuscript) == "index:4 diagram-undrawn\n"


def test_the_cells_of_notebooks_show_what_print_can(book: Read) -> None:
    conf = (
        "asked = [('html', 'text/plain', 1)]\n"
        "def setup(app):\n    app.add_config_value('nb_mime_priority_overrides', asked, 'env')\n"
    )
    manuscript = book({"index.rst": page("B", "Text.")}, conf)
    chosen = manuscript.app.config.nb_mime_priority_overrides
    assert [kind for builder, kind, _ in sorted(chosen, key=lambda each: each[2]) if builder == "casebound"] == [
        "image/svg+xml", "image/png", "image/jpeg", "image/gif", "application/pdf", "text/latex",
        "text/markdown", "text/html", "text/plain",
    ]  # fmt: skip
    assert ("html", "text/plain", 1) in chosen


NOTEBOOKS = """
from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx import addnodes

class MimeBundle(nodes.container): pass

TABLE = "<style>td {{ color: red }}</style><table><tr><th>h</th></tr><tr><td>cell of {0}</td></tr></table>"
SCRIPT = "<div id='plot'></div><script>plot('{0}')</script>"

def html(text): return nodes.raw("", text, format="html")
def plain(text): return nodes.literal_block("", text)

def myst(*forms):
    children = [nodes.container("", node, mime_type=kind) for kind, node in forms]
    return nodes.container("", *children, nb_element="mime_bundle")

def jupyter(*forms):
    return MimeBundle("", *[node for _, node in forms], mimetypes=[kind for kind, _ in forms])

def branch(name, node):
    return addnodes.only("", nodes.container("", node, classes=["nboutput"]), expr=name)

class Cells(Directive):
    def run(self):
        cells = []
        for name, bundle in (("MyST", myst), ("Jupyter", jupyter)):
            for text in (TABLE, SCRIPT):
                cells.append(bundle(("text/html", html(text.format(name))), ("text/plain", plain("repr of " + name))))
        cells.append(myst(("text/html", html(SCRIPT.format("alone")))))
        for text in (TABLE, SCRIPT):
            cells += [branch("html", html(text.format("nbsphinx"))), branch("latex", plain("repr of nbsphinx"))]
        picture = nodes.image(uri="p.png", alt="plot", candidates={"*": "p.png"})
        other = {"html": html(TABLE.format("a page")), "latex": plain("LaTeX")}
        pair = [addnodes.only("", node, expr=name) for name, node in other.items()]
        return cells + [branch("html", html(TABLE.format("x"))), branch("latex", picture), nodes.paragraph(), *pair]

def setup(app):
    app.add_directive("cells", Cells)
"""

SELECT = """
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

class Select(SphinxPostTransform):
    default_priority = 4  # as MyST-NB chooses
    def run(self, **_):
        order = sorted(self.config.nb_mime_priority_overrides, key=lambda each: each[2])
        for bundle in [node for node in self.document.findall(nodes.container) if node.get("nb_element")]:
            kinds = [child["mime_type"] for child in bundle.children]
            found = [kinds.index(kind) for builder, kind, _ in order if builder == "casebound" and kind in kinds]
            bundle.parent.replace(bundle, bundle[found[0]].children if found else [])

def setup(app):
    app.add_config_value("nb_mime_priority_overrides", [], "env")
    app.add_post_transform(Select)
"""


def test_tables_of_notebooks_are_tables_and_scripts_give_way_to_text(
    book: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path / "source")
    files = {"cells_of_casebound_test.py": NOTEBOOKS, "choice_of_casebound_test.py": SELECT, "p.png": PIXEL}
    conf = "extensions = ['cells_of_casebound_test', 'choice_of_casebound_test']"
    manuscript = book({"index.rst": page("B", ".. cells::"), **files}, conf)
    doctree = tree(manuscript)
    assert [table.astext().split() for table in doctree.findall(nodes.table)] == [
        ["h", "cell", "of", name] for name in ("MyST", "Jupyter", "nbsphinx")
    ]
    assert [block.astext() for block in doctree.findall(nodes.literal_block)] == [
        *(f"repr of {name}" for name in ("MyST", "Jupyter", "nbsphinx")),
        "LaTeX",  # a pair of branches that is no output of a cell
    ]
    assert [image["uri"] for image in doctree.findall(nodes.image)] == ["p.png"]
    assert [one.code for one in manuscript.check()] == ["node-empty"]  # what has nothing but a script
    assert breaches(manuscript) == []


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
