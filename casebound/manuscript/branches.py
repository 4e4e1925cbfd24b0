"""Decides which branches of a document a book prints: ``only`` by its tags, ``ifconfig`` by the configuration."""

from __future__ import annotations

import sys

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.tags import Tags

__all__ = ["TAGS", "decide", "tags_of_book"]

TAGS = ("pdf", "print", "book")
"""What the builder sets beside the tags of its name."""

_OURS = (*TAGS, "casebound", "builder_casebound")


def decide(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Replace each branch by its content or by nothing.

    An ``only`` is printed where its expression is true under the book's tags (pdf, print, book and those the
    build was given). Where none of the branches that stand side by side in one parent fits, those that would
    fit a LaTeX build are printed: a page that offers html and latex means the latter for paper.
    """
    _decide_ifconfig(app, doctree, docname)
    book = tags_of_book(app)
    latex = Tags([*book, "latex"])
    while (branch := next(iter(doctree.findall(addnodes.only)), None)) is not None:
        parent = branch.parent
        assert parent is not None
        branches = [child for child in parent.children if isinstance(child, addnodes.only)]
        printed = [child for child in branches if _fits(child, book)]
        printed = printed or [child for child in branches if _fits(child, latex)]
        for child in branches:
            _replace(child, child.children if child in printed else [])


def tags_of_book(app: Sphinx) -> Tags:
    """The tags that the book is printed under, whichever builder runs."""
    builder = app.builder
    running = {builder.name, builder.format, f"builder_{builder.name}", f"format_{builder.format}"}
    return Tags([*(set(app.tags) - running), *_OURS])


def _decide_ifconfig(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    extension = sys.modules.get("sphinx.ext.ifconfig")
    if extension is not None and "sphinx.ext.ifconfig" in app.extensions:
        for node in doctree.findall(extension.ifconfig):
            if node["ids"]:
                node.insert(0, nodes.target(ids=node["ids"]))
        extension.process_ifconfig_nodes(app, doctree, docname)


def _fits(branch: addnodes.only, tags: Tags) -> bool:
    try:
        return bool(tags.eval_condition(branch["expr"]))
    except Exception:
        # Sphinx, too, prints a branch whose expression it cannot evaluate; it has warned when it read it.
        return True


def _replace(branch: addnodes.only, children: list[nodes.Node]) -> None:
    kept = list(children)
    if branch["ids"]:
        kept.insert(0, nodes.target(ids=list(branch["ids"])))
    branch.replace_self(kept)
