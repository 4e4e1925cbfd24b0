"""What a visible toctree prints where it stands: its caption, and a list of what it names.

A reader of the web pages sees that list. In a book the documents follow as chapters, and the list is a short contents
of theirs on the page that they follow. Right under the title of the root page there is none: the contents of the book
stand before it, and a caption there is the title of a part.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebound.manuscript.titles import title_text

__all__ = ["CLASS", "listing"]

CLASS = "toctree"
"""Class of the list."""


def listing(app: Sphinx, toctree: addnodes.toctree) -> list[nodes.Node]:
    """The caption and the list of a toctree; nothing for a hidden one."""
    if toctree.get("hidden"):
        return []
    first = _stands_first(app, toctree)
    links = list(_links(app, toctree, addresses_only=first))
    if not links:
        return []
    caption = " ".join(str(toctree.get("caption") or "").split())
    opens_part = first and bool(toctree.get("includefiles"))
    head = [nodes.rubric("", caption)] if caption and not opens_part else []
    items = [nodes.list_item("", nodes.paragraph("", "", link)) for link in links]
    return [*head, nodes.bullet_list("", *items, bullet="*", classes=[CLASS])]


def _stands_first(app: Sphinx, toctree: addnodes.toctree) -> bool:
    """Whether a toctree stands right under the title of the root page: what it names are the sections of the book."""
    if toctree.get("parent") != app.config.root_doc:
        return False
    node: nodes.Node | None = toctree.parent
    depth = 0
    while node is not None:
        depth += isinstance(node, nodes.section)
        node = node.parent
    return depth <= 1


def _links(app: Sphinx, toctree: addnodes.toctree, *, addresses_only: bool) -> Iterator[nodes.reference]:
    for title, name in toctree["entries"]:
        if "://" in name:
            yield nodes.reference("", title or name, refuri=name)
        elif name in app.env.titles and not addresses_only:
            text = nodes.inline("", title or title_text(app.env.titles[name]), classes=["doc"])
            yield nodes.reference("", "", text, refuri=app.builder.get_target_uri(name), internal=True)
