"""Where in the source a node comes from, as a reader of messages wants it: document and line."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from casebound.manuscript.listening import place_of

__all__ = ["place"]


def place(env: BuildEnvironment, node: nodes.Node, docname: str) -> tuple[str, int | None]:
    """The document (or included file) and 1-based line of a node, or of the nearest one around it that knows."""
    return place_of(env, _source(node), docname), _line(node)


def _source(node: nodes.Node) -> str | None:
    around: nodes.Node | None = node
    while around is not None:
        if around.source:
            return str(around.source)
        around = around.parent
    return None


def _line(node: nodes.Node) -> int | None:
    around: nodes.Node | None = node
    while around is not None:
        if isinstance(around, nodes.section) and around.children and around.children[0].line:
            return around.children[0].line
        if around.line:
            return around.line
        around = around.parent
    return None
