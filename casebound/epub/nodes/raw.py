"""Raw text in an EPUB: what HTML shows was made into nodes before; a break or a rule is left, the rest is said."""

from __future__ import annotations

import re

from docutils import nodes

from casebound.epub.markup import Element, add
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders

__all__: list[str] = []

_MARK = re.compile(r"<(br|hr)\b", re.IGNORECASE)


@renders(nodes.raw)
def _raw(page: ChapterPage, node: nodes.raw, parent: Element) -> None:
    page.anchor_here(node, parent)
    mark = _MARK.search(node.astext()) if {"html", "xhtml"} & set(str(node.get("format", "")).split()) else None
    in_line = isinstance(node.parent, nodes.TextElement)
    if mark and (mark[1].lower() == "br") == in_line:
        add(parent, mark[1].lower())
    elif node.astext().strip():
        page.report("raw-left-out", node, name=str(node.get("format", "")) or "text")
