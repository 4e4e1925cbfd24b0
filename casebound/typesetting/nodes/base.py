"""The root of our node handlers: dispatch, names, and the containment of one node's failure."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from docutils import nodes
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.model.strokes import strokes
from casebound.typesetting.layout.block import Block, kept_together, name_first, on_new_page, stem
from casebound.typesetting.nodes.compositor import Compositor, failure
from casebound.typesetting.styles.upstream import NodeHandler, SphinxHandler
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Look, Run, TextRun, stripped

__all__ = ["BookHandler", "ancestors"]


def ancestors(node: nodes.Element) -> Iterator[nodes.Element]:
    """What a node stands in, the nearest first."""
    while (node := node.parent) is not None:
        yield node


class BookHandler(SphinxHandler):
    """Handlers of the book. A class inherits from the node classes it serves; rst2pdf's metaclass registers them.

    A block handler overrides ``gather_elements`` and gives a list of flowables; an inline handler overrides ``look``,
    how its text looks, or ``content``, and gives runs.
    """

    dispatchdict: ClassVar[dict[type, NodeHandler]] = {}

    def __init__(self) -> None:
        """Unlike its base, copies nothing: what the house has no handler for is set plainly and named."""

    def find_handler(self, node: nodes.Node) -> BookHandler | None:
        """The handler of a node's class, or of the nearest class it is derived from."""
        kind: Any = type(node)
        return _handler(kind)

    def elemdispatch(
        self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None = None
    ) -> list[Flowable]:
        """The flowables of a node, its names on the first of them; plain text where its handler fails."""
        handler = self.find_handler(node)
        depth = client.depth
        try:
            if handler is None:
                client.lose("node-unknown", node, name=type(node).__name__)
                flowables = client.set_children(node, style)
            else:
                flowables = handler.gather_elements(client, node, style)
        except RecursionError:
            raise
        except Exception as error:
            client.depth = depth
            client.lose("node-failed", node, name=type(node).__name__, detail=failure(error))
            flowables = client.plain(node, style)
        for flowable in flowables:
            stem(flowable, client.order.get(id(node)))
        return self._named(client, node, flowables)

    def _named(self, client: Compositor, node: nodes.Node, flowables: list[Flowable]) -> list[Flowable]:
        names: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        classes: list[str] = node.get("classes", []) if isinstance(node, nodes.Element) else []
        if flowables and "keep-together" in classes:
            flowables = kept_together(flowables)
        if flowables and "new-page" in classes:
            sides = (name.removesuffix("-page") for name in classes if name in ("odd-page", "even-page"))
            flowables = on_new_page(flowables, next(sides, ""))
        names = [name for name in names if client.feet.get(name) is None]
        if not flowables:
            client.pending_names += names
            return []
        names = client.take_names() + names
        return name_first(flowables, names)

    def runs(self, client: Compositor, node: nodes.Node, look: Look) -> list[Run]:
        """The runs of an inline node, its names in front; its plain text where its handler fails."""
        handler = self.find_handler(node)
        if handler is None:
            client.lose("node-unknown", node, name=type(node).__name__)
            return client.inline(node, look) if isinstance(node, nodes.Element) else []
        around = look.stroked(strokes(node["classes"])) if isinstance(node, nodes.Element) else look
        try:
            content = handler.content(client, node, handler.look(client, node, around))
        except RecursionError:
            raise
        except Exception as error:
            client.lose("node-failed", node, name=type(node).__name__, detail=failure(error))
            content = [TextRun(node.astext(), look)]
        return [*client.anchors(node, look), *content]

    def look(self, client: Compositor, node: Any, look: Look) -> Look:
        """How the text of an inline node looks among text of a look."""
        return look

    def content(self, client: Compositor, node: Any, look: Look) -> list[Run]:
        """The runs of an inline node in a look."""
        return client.inline(node, look)

    def gather_elements(self, client: Compositor, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        """What an inline node is where a block is wanted: a paragraph; a transparent block is its children."""
        if isinstance(node, (nodes.Inline, nodes.Text)):
            style = style or client.styles["bodytext"]
            runs = self.runs(client, node, Look.of(style))
            return [Paragraph(runs, style)] if stripped(runs) else []
        return client.set_children(node, style)

    def plainly(self, client: Compositor, node: nodes.Node, flowable: Flowable, style: str = "plain") -> Block:
        """The flowable as a block that turns into the node's plain text if it cannot be laid out."""
        block = Block(flowable)

        def plain(reason: Exception | None) -> Flowable:
            client.lose(
                "node-failed",
                node,
                name=type(node).__name__,
                detail=failure(reason) if reason else "it is too large for a page",
            )
            return Paragraph.plain(node.astext(), client.styles[style])

        block.plain = plain
        return block


@cache
def _handler(kind: Any) -> BookHandler | None:
    found = (BookHandler.dispatchdict.get(base) for base in inspect.getmro(kind))
    handler = next((handler for handler in found if handler is not None), None)
    assert handler is None or isinstance(handler, BookHandler)
    return handler
