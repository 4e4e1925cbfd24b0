"""Notebooks: their cells show what print can."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import page
from tests.manuscript.trees import PIXEL, tree


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
