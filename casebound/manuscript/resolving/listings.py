"""What a visible toctree prints where it is: its caption, and a list of what it names.

A reader of the web pages sees that list. In a book the documents follow as chapters, and the list is a short contents
of theirs on the page that they follow. Right under the title of the root page there is none: the contents of the book
are before it, and a caption there is the title of a part. But a toctree that names addresses too is printed whole,
and so is one that an author asks for with the directive ``tableofcontents`` of sphinx-external-toc.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebound.manuscript.structure.titles import title_text

__all__ = ["CLASS", "listing"]

CLASS = "toctree"
"""Class of the list."""


def listing(app: Sphinx, toctree: addnodes.toctree) -> list[nodes.Node]:
    """The caption and the list of a toctree; nothing for a hidden one."""
    if toctree.get("hidden"):
        return []
    if _stands_first(app, toctree) and not _is_asked_for(app, toctree):
        return []
    links = list(_links(app, toctree))
    if not links:
        return []
    caption = " ".join(str(toctree.get("caption") or "").split())
    head = [nodes.rubric("", caption)] if caption else []
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return [*head, nodes.bullet_list("", *items, bullet="*", classes=[CLASS])]


def _stands_first(app: Sphinx, toctree: addnodes.toctree) -> bool:
    """Whether a toctree is right under the title of the root page: what it names are the sections of the book."""
    if toctree.get("parent") != app.config.root_doc:
        return False
    node: nodes.Node | None = toctree.parent
    depth = 0
    while node is not None:
        depth += isinstance(node, nodes.section)
        node = node.parent
    return depth <= 1


def _is_asked_for(app: Sphinx, toctree: addnodes.toctree) -> bool:
    """Whether a list right under the title of the root page says more than the contents of the book.

    A toctree of sphinx-external-toc is hidden unless the page has its directive.
    """
    return "sphinx_external_toc" in app.extensions or any("://" in name for _, name in toctree["entries"])


def _links(app: Sphinx, toctree: addnodes.toctree) -> Iterator[nodes.reference]:
    for title, name in toctree["entries"]:
        if "://" in name:
            yield nodes.reference("", title or name, refuri=name)
        elif name in app.env.titles:
            text = nodes.inline("", title or title_text(app.env.titles[name]), classes=["doc"])
            yield nodes.reference("", "", text, refuri=app.builder.get_target_uri(name), internal=True)
