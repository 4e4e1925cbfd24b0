"""Where in the source a node comes from, as a reader of messages wants it: document and line."""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.util import get_filetype

from casebound.manuscript.reading.listening import is_generated, place_of

__all__ = ["place"]


def place(env: BuildEnvironment, node: nodes.Node, docname: str) -> tuple[str, int | None]:
    """The document (or included file) and 1-based line of a node, or of the nearest one around it that knows.

    What an extension has made up has no line.
    """
    source = _source(node)
    if source and is_generated(source):
        return docname, None
    return place_of(env, source, docname), _line(node, _is_rst(env, docname))


def _source(node: nodes.Node) -> str | None:
    around: nodes.Node | None = node
    while around is not None:
        if around.source:
            return str(around.source)
        around = around.parent
    return None


def _is_rst(env: BuildEnvironment, docname: str) -> bool:
    return docname in env.found_docs and get_filetype(env.config.source_suffix, env.doc2path(docname)) in {
        "restructuredtext",
        "rst",
    }


def _line(node: nodes.Node, rst: bool) -> int | None:
    inside = _first_inside(node)
    if inside is not None:
        return inside
    around: nodes.Node | None = node
    while around is not None:
        if around.line:
            # reStructuredText counts a heading at the line below it.
            heading = isinstance(around, nodes.title) and isinstance(around.parent, nodes.section)
            titled = rst and (heading or isinstance(around, nodes.section))
            return around.line - 1 if titled else around.line + _beneath(node, around)
        if isinstance(around, nodes.section) and isinstance(node, nodes.title | nodes.section):
            return None  # a heading that was made up: the section around its own begins elsewhere
        around = around.parent
    return None


def _first_inside(node: nodes.Node) -> int | None:
    """The first line that is known of what is in a block, of which docutils before 0.22 knows none itself."""
    if node.line or not isinstance(node, nodes.Element) or isinstance(node, nodes.TextElement | nodes.section):
        return None
    return next((one.line for one in node.findall(nodes.Element) if one.line and one.source == _source(node)), None)


def _beneath(node: nodes.Node, block: nodes.Node) -> int:
    """How many lines below the first of a block a node in it is, told by how both are written."""
    if node is block or not isinstance(block, nodes.TextElement) or not isinstance(node, nodes.Element):
        return 0
    before, written, _ = block.rawsource.partition(node.rawsource) if node.rawsource else ("", "", "")
    return before.count("\n") if written else 0
