"""The root of our node handlers: dispatch, names, and the containment of one node's failure."""

from __future__ import annotations

import inspect
from functools import cache
from typing import Any, ClassVar

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.model.css.strokes import strokes
from casebound.typesetting.layout.block import Block, kept_together, name_first, on_new_page
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.nodes.doctree import failure, said_language
from casebound.typesetting.styles.upstream import NodeHandler
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun, stripped

__all__ = ["BookHandler", "Dispatch"]


class BookHandler(NodeHandler):
    """Handlers of the book. A class inherits from the node classes it serves; rst2pdf's metaclass registers them.

    A block handler overrides ``blocks`` and gives a list of flowables; an inline handler overrides ``look``, how its
    text looks, or ``content``, and gives runs.
    """

    dispatchdict: ClassVar[dict[type, NodeHandler]] = {}

    def __init__(self) -> None:
        """Unlike its base, copies nothing: what the house has no handler for is set plainly and named."""

    def look(self, context: Context, node: Any, look: Look) -> Look:
        """How the text of an inline node looks among text of a look."""
        return look

    def content(self, context: Context, node: Any, look: Look) -> list[Run]:
        """The runs of an inline node in a look."""
        return context.inline(node, look)

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        """What an inline node is where a block is wanted: a paragraph; a transparent block is its children."""
        if isinstance(node, (nodes.Inline, nodes.Text)):
            style = style or context.styles["bodytext"]
            runs = context.runs(node, Look.of(style))
            return [Paragraph(runs, style)] if stripped(runs) else []
        return context.children(node, style)

    def plainly(self, context: Context, node: nodes.Node, flowable: Flowable, style: str = "plain") -> Block:
        """The flowable as a block that turns into the node's plain text if it cannot be laid out."""
        block = Block(flowable)

        def plain(reason: Exception | None) -> Flowable:
            context.lose(
                "node-failed",
                node,
                name=type(node).__name__,
                detail=failure(reason) if reason else "it is too large for a page",
            )
            return Paragraph.plain(node.astext(), context.styles[style])

        block.plain = plain
        return block


class Dispatch:
    """Has each node set by the handler of its class, or of the nearest class it is derived from."""

    def blocks(self, context: Context, node: Any, style: ParagraphStyle | None = None) -> list[Flowable]:
        """The flowables of a node, its names on the first of them; plain text where its handler fails."""
        handler = _handler_of(node)
        try:
            if handler is None:
                context.lose("node-unknown", node, name=type(node).__name__)
                flowables = context.children(node, style)
            else:
                flowables = handler.blocks(context, node, style)
        except RecursionError:
            raise
        except Exception as error:
            context.lose("node-failed", node, name=type(node).__name__, detail=failure(error))
            flowables = context.plain(node, style)
        for flowable in flowables:
            context.owned(flowable, node)
        return _named(context, node, flowables)

    def runs(self, context: Context, node: nodes.Node, look: Look) -> list[Run]:
        """The runs of an inline node, its names in front; its plain text where its handler fails."""
        handler = _handler_of(node)
        if handler is None:
            context.lose("node-unknown", node, name=type(node).__name__)
            return context.inline(node, look) if isinstance(node, nodes.Element) else []
        around = look.stroked(strokes(node["classes"])) if isinstance(node, nodes.Element) else look
        if isinstance(node, nodes.Element) and (language := said_language(node)):
            around = around.within("Span", language=language)
        try:
            content = handler.content(context, node, handler.look(context, node, around))
        except RecursionError:
            raise
        except Exception as error:
            context.lose("node-failed", node, name=type(node).__name__, detail=failure(error))
            content = [TextRun(node.astext(), look)]
        return [*context.anchors(node, look), *content]


def _named(context: Context, node: nodes.Node, flowables: list[Flowable]) -> list[Flowable]:
    """A node's flowables with its names on the first of them, and what its classes ask of pages."""
    names: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
    classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
    if flowables and "keep-together" in classes:
        flowables = kept_together(flowables)
    if flowables and "new-page" in classes:
        sides = (name.removesuffix("-page") for name in classes if name in ("odd-page", "even-page"))
        flowables = on_new_page(flowables, next(sides, ""))
    names = [name for name in names if context.footnotes.get(name) is None]
    if not flowables:
        context.log.waiting += names
        return []
    names = context.log.take() + names
    return name_first(flowables, names)


def _handler_of(node: nodes.Node) -> BookHandler | None:
    kind: Any = type(node)
    return _handler(kind)


@cache
def _handler(kind: Any) -> BookHandler | None:
    found = (BookHandler.dispatchdict.get(base) for base in inspect.getmro(kind))
    handler = next((handler for handler in found if handler is not None), None)
    assert handler is None or isinstance(handler, BookHandler)
    return handler
