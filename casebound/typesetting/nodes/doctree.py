"""What a node is and where it is in its document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from casebound.i18n.passages import language_of

__all__ = ["ancestors", "failure", "is_inline", "place", "said_language"]


def ancestors(node: nodes.Element) -> Iterator[nodes.Element]:
    """What a node is in, the nearest first."""
    while (node := node.parent) is not None:
        yield node


def is_inline(node: nodes.Node) -> bool:
    """Whether a node is set in a line of text."""
    if isinstance(node, nodes.image):
        return not isinstance(node.parent, (nodes.figure, nodes.document, nodes.section)) and _among_text(node)
    if isinstance(node, nodes.reference) and all(isinstance(c, nodes.image) for c in node.children) and node.children:
        return _among_text(node)
    if isinstance(node, nodes.target):
        return bool(node.children) or isinstance(node.parent, nodes.TextElement)
    if isinstance(node, (addnodes.desc_signature, addnodes.desc_signature_line)):
        return False  # set as blocks, though Sphinx counts them among inline nodes
    return isinstance(node, (nodes.Inline, nodes.Text))


def said_language(node: nodes.Element) -> str:
    """The language that a node says its text is in; empty for none. That of code is no language of people."""
    return "" if isinstance(node, (nodes.literal, nodes.FixedTextElement)) else language_of(node.get("classes", ()))


def _among_text(node: nodes.Node) -> bool:
    """Whether a picture is in a line of text; a link that holds nothing but pictures is none."""
    parent = node.parent
    if isinstance(parent, nodes.reference) and all(isinstance(child, nodes.image) for child in parent.children):
        parent = parent.parent
    return isinstance(parent, nodes.TextElement)


def place(node: nodes.Node) -> tuple[str, int | None]:
    """Docname and line of a node; for a node of an included file that file and its line there."""
    line, source = None, ""
    current: nodes.Node | None = node
    while current is not None:
        if isinstance(current, nodes.document):
            docname = str(current.get("source", ""))
            included = source and source.rpartition(".")[0] != docname
            return (source if included else docname), line
        if line is None and current.line:
            line, source = current.line, current.source or ""
        current = current.parent
    return source, line


def failure(error: BaseException) -> str:
    """An exception in one line, without what differs from run to run."""
    first = str(error).strip().partition("\n")[0]
    return f"{type(error).__name__}: {re.sub('0x[0-9a-f]+', '0x', first)}"[:200]
