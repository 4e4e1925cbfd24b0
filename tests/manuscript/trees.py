"""A chapter tree and what stands in it, for the tests."""

from __future__ import annotations

import base64
from typing import Any

from docutils import nodes

from casebound.manuscript import Manuscript

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def tree(manuscript: Manuscript, name: str = "index") -> nodes.document:
    return manuscript.tree(next(chapter for chapter in manuscript.book.chapters() if chapter.name == name))


def links(doctree: nodes.document) -> list[tuple[str, str]]:
    """Text and target of every link."""
    found = doctree.findall(lambda node: isinstance(node, nodes.Element) and ("refid" in node or "refuri" in node))
    return [
        (node.astext(), node.get("refid") or node.get("refuri")) for node in found if isinstance(node, nodes.Element)
    ]


def only(doctree: nodes.document, kind: type[Any]) -> Any:
    (found,) = doctree.findall(kind)
    return found
