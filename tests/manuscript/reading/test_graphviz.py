"""Graphs of Graphviz: drawn where it is installed, else their source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import tree

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
