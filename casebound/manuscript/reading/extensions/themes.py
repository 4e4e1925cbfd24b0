"""What web pages show on a dark ground only is left out: a browser does so too when it prints, and EPUBs are light."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from casebound.manuscript.reading.places import place
from casebound.model.css.themes import is_dark, without_theme
from casebound.model.diagnostics import Problem, problem

__all__ = ["Themes", "left_out"]

_KEY = "casebound-themes"  # in Sphinx's metadata, which parallel reading brings home


def left_out(env: BuildEnvironment, docname: str) -> Iterator[Problem]:
    """The problems of a document that has something for dark pages."""
    found: Any = env.metadata.get(docname, {}).get(_KEY, ())
    for where, line, name in found:
        yield problem("dark-left-out", where, line, name=name)


class Themes(SphinxTransform):
    """Leaves out what is for dark pages, before Sphinx counts figures and looks for the files of pictures."""

    default_priority = 835  # before what notes the contents of a document, 840 and later

    def apply(self, **_: Any) -> None:
        found: list[tuple[str, int | None, str]] = []
        for node in list(self.document.findall(nodes.Element)):
            address = str(node.get("uri", "")) if isinstance(node, nodes.image) else ""
            if node.parent is not None and is_dark(node["classes"], address) and not _leads_on(node):
                name = f"The image {without_theme(address)}" if address else f"The {_kind(node)}"
                found.append((*place(self.env, node, self.env.docname), name))
                _leave_out(node)
            elif address:
                node["uri"] = without_theme(address)
        if found:
            kept: dict[str, Any] = self.env.metadata[self.env.docname]
            kept[_KEY] = found


def _kind(node: nodes.Element) -> str:
    """What an author calls a node."""
    return type(node).__name__.replace("_", " ")


def _leads_on(node: nodes.Element) -> bool:
    """Whether documents hang on a node: a section, or what holds a toctree."""
    return isinstance(node, nodes.section) or any(True for _ in node.findall(addnodes.toctree))


def _leave_out(node: nodes.Element) -> None:
    """Take a node out with what has nothing else to show, its caption too; what leads to it leads to its place."""
    while isinstance(node.parent, nodes.reference | nodes.paragraph | nodes.figure) and not _shows_more(node):
        node = node.parent
    ids = [name for each in node.findall(nodes.Element) for name in each["ids"]]
    assert node.parent is not None
    node.parent.replace(node, nodes.target(ids=ids) if ids else [])


def _shows_more(node: nodes.Element) -> bool:
    around = node.parent
    assert around is not None
    rest = [child for child in around.children if child is not node]
    if isinstance(around, nodes.figure):
        return any(not isinstance(child, nodes.caption | nodes.legend | nodes.target) for child in rest)
    return any(not isinstance(child, nodes.Text) or child.strip() for child in rest)
