"""The captions of figures, tables and listings, in reading order."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from docutils import nodes

from casebound.manuscript.structure.titles import title_text
from casebound.model.book import Caption

__all__ = ["captions_of"]


def captions_of(tree: nodes.document, kinds: Collection[str]) -> Iterator[Caption]:
    """The captions of a chapter's tree. One without a place of its own leads to what it is in."""
    for node in tree.findall(nodes.Element):
        kind = _kind(node)
        if kind not in kinds:
            continue
        wanted = nodes.title if kind == "tables" else nodes.caption
        caption = next((child for child in node.children if isinstance(child, wanted)), None)
        text = _text(caption) if caption is not None else ""
        target = _target(node)
        if text and target:
            yield Caption(kind, text, target)


def _text(caption: nodes.Element) -> str:
    """A caption as it is printed, its number in front."""
    number = "".join(part.astext() for part in caption.findall(nodes.generated))
    return f"{number.strip()} {title_text(caption)}".strip()


def _kind(node: nodes.Element) -> str:
    if isinstance(node, nodes.figure):
        return "figures"
    if isinstance(node, nodes.table):
        return "tables"
    if isinstance(node, nodes.container) and "literal-block-wrapper" in node["classes"]:
        return "code"
    return ""


def _target(node: nodes.Node | None) -> str:
    while isinstance(node, nodes.Element):
        if node["ids"]:
            return str(node["ids"][0])
        node = node.parent
    return ""
