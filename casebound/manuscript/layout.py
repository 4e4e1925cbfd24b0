"""The layout rule: lead first, toctree last in its section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebound.manuscript.places import place
from casebound.problems import Problem, problem

__all__ = ["faults", "has_text", "unprinted"]

_UNPRINTED = (
    nodes.substitution_definition,
    nodes.system_message,
    nodes.pending,
    nodes.raw,
    nodes.meta,
    nodes.decoration,
    nodes.transition,
    addnodes.highlightlang,
    addnodes.index,
    addnodes.tabular_col_spec,
)


def unprinted(app: Sphinx, node: nodes.Node) -> bool:
    """Whether a node and all in it is no text of the book."""
    if isinstance(node, _UNPRINTED) or type(node) is nodes.comment:
        return True
    return type(node).__name__ == "todo_node" and not getattr(app.config, "todo_include_todos", True)


def _printed(app: Sphinx, children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Toctrees and whatever a reader sees, in document order, without the subsections."""
    for child in children:
        if isinstance(child, nodes.section | nodes.title) or unprinted(app, child):
            continue
        if isinstance(child, addnodes.toctree | nodes.image) or (isinstance(child, nodes.Text) and str(child).strip()):
            yield child
        else:
            yield from _printed(app, child.children)


def has_text(app: Sphinx, section: nodes.section) -> bool:
    """Whether a section says anything beside its title: text of its own, or subsections."""
    printed = _printed(app, section.children)
    subsections = any(isinstance(child, nodes.section) for child in section.children)
    return subsections or any(not isinstance(node, addnodes.toctree) for node in printed)


def faults(
    app: Sphinx, docname: str, section: nodes.section, loose: Sequence[nodes.Node], owned: set[int]
) -> Iterator[Problem]:
    """What stands behind a toctree in its section.

    ``loose`` is what stands before the section but belongs to it; ``owned`` holds the ``id()`` of the
    toctrees that name documents: the others print nothing elsewhere.
    """
    toctree = False
    for node in _printed(app, [*loose, *section.children]):
        if isinstance(node, addnodes.toctree):
            toctree = toctree or id(node) in owned
        elif toctree:
            yield problem("text-after-toctree", *place(app.env, node, docname))
            break
    subsections = [child for child in section.children if isinstance(child, nodes.section)]
    toctree = toctree or any(
        id(node) in owned
        for child in [*loose, *section.children]
        if not isinstance(child, nodes.section)
        for node in child.findall(addnodes.toctree)
    )
    if toctree and subsections:
        yield problem("sections-after-toctree", *place(app.env, subsections[0], docname))
    for child in subsections:
        yield from faults(app, docname, child, (), owned)
