"""What a web page folds away is unfolded, each part under its title: cards, tabs, boxes to be ticked."""

from __future__ import annotations

import re

from docutils import nodes

__all__ = ["unfold"]

_TITLES = {"sd-card-title", "sd-summary-text", "tab-label"}
_TABS = "sphinx-tabs"
_TICK = re.compile(r"\s*<input\b[^>]*\btype=[\"']?checkbox[^>]*>\s*", re.IGNORECASE)


def unfold(doctree: nodes.document) -> None:
    """Change a tree in place: titles of folded things become rubrics, ticked boxes characters."""
    for raw in list(doctree.findall(nodes.raw)):
        if _TICK.fullmatch(raw.astext()):
            raw.parent.replace(raw, nodes.Text("☑ " if re.search(r"\bchecked\b", raw.astext()) else "☐ "))
    for node in list(doctree.findall(nodes.Element)):
        if isinstance(node.parent, nodes.container) and _is_title(node):
            _entitle(node)


def _is_title(node: nodes.Element) -> bool:
    classes = node.parent["classes"]
    if isinstance(node, nodes.label):
        return "tabcontainer" in classes
    if _TITLES & set(node["classes"]):
        return isinstance(node, nodes.container | nodes.paragraph)
    # the tabs of a group have no class of their own: the first part of each is its name
    outer = node.parent.parent
    grouped = outer is not None and _TABS in outer["classes"] and not classes and len(node.parent) > 1
    return grouped and isinstance(node, nodes.container) and node.parent.index(node) == 0


def _entitle(node: nodes.Element) -> None:
    """Put a rubric in the place of a title, if all its text is in one line."""
    line: nodes.Element = node
    ids = list(node["ids"])
    while isinstance(line, nodes.container):
        if len(line) != 1 or not isinstance(line[0], nodes.Element):
            return
        line = line[0]
        ids += line["ids"]
    if not isinstance(line, nodes.paragraph | nodes.label):
        return
    title = nodes.rubric("", "", *line.children, ids=ids, classes=list(node["classes"]))
    title.source, title.line = line.source or node.source, line.line or node.line
    node.parent.replace(node, title)
