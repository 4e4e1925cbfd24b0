"""Blocks that are struck out or underlined as a whole: every output strikes text, so their text takes the class."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes

from casebound.model.css.strokes import strokes

__all__ = ["strike", "strike_blocks"]

_APART = (nodes.generated, nodes.target)  # numbers and names, which are first


def strike_blocks(doctree: nodes.document) -> None:
    """Change a tree in place: what a list, a table, a container or another block asks for, its paragraphs ask for."""
    for block in list(doctree.findall(nodes.Element)):
        asked = strokes(block["classes"]) if block.get("classes") else ()
        if asked and not isinstance(block, (nodes.TextElement, nodes.Inline)):
            strike(block.children, asked)


def strike(blocks: Iterable[nodes.Node], asked: Sequence[str]) -> None:
    """Put ``asked``, classes of strokes, on all text in blocks. Code has them as a whole."""
    for block in blocks:
        if isinstance(block, nodes.FixedTextElement):
            block["classes"] += [name for name in asked if name not in block["classes"]]
        elif isinstance(block, nodes.TextElement) and not isinstance(block, nodes.Inline):
            first = next((at for at, child in enumerate(block) if not isinstance(child, _APART)), len(block))
            if first < len(block):
                block[first:] = [nodes.inline("", "", *block.children[first:], classes=list(asked))]
        elif isinstance(block, nodes.Element):
            strike(block.children, asked)
