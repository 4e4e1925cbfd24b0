"""A stack: flowables one below the other in a width of their own, as in a cell, that can be cut at a height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.keep_together import SMALLEST, KeptTogether, ScaledDown, grouped

__all__ = ["CellStack"]

_SLACK = 0.01
_ENDLESS = 1e7  # points: a flowable in a cell has no page below it that it could ask for


class CellStack:
    """Flowables with the space between them; ``height`` is known once they are wrapped."""

    def __init__(self, content: Sequence[Flowable], width: float) -> None:
        self.content = list(content)
        self.width = width
        self.height = 0.0
        self._heights: list[float] = []

    def wrap(self, canvas: Any) -> CellStack:
        """Find the heights of all parts; gives itself."""
        self.content = list(grouped(canvas, self.content, self.width))
        self._heights = [float(each.wrapOn(canvas, self.width, _ENDLESS)[1]) for each in self.content]
        self.height = sum(self._heights) + sum(self._gaps())
        return self

    def _gaps(self) -> list[float]:
        """The space above each part: none above the first."""
        pairs = zip(self.content, self.content[1:], strict=False)
        return [0.0, *(max(a.getSpaceAfter(), b.getSpaceBefore()) for a, b in pairs)][: len(self.content)]

    def cut(self, canvas: Any, room: float) -> tuple[CellStack, CellStack]:
        """What fits into a height of ``room`` points, and the rest; either may be empty."""
        left = room
        for index, (gap, each, height) in enumerate(zip(self._gaps(), self.content, self._heights, strict=True)):
            left -= gap
            if height <= left + _SLACK:
                left -= height
                continue
            parts = list(each.splitOn(canvas, self.width, left)) if left > 0 else []
            if len(parts) < 2 or parts[0].wrapOn(canvas, self.width, left)[1] > left + _SLACK:
                parts = []
            before, after = [*self.content[:index], *parts[:1]], [*(parts[1:] or [each]), *self.content[index + 1 :]]
            return self._part(canvas, before), self._part(canvas, after)
        return self, self._part(canvas, [])

    def forced(self, canvas: Any, room: float) -> CellStack:
        """The stack with a first part that can be cut at ``room`` or is in it: taken apart, plain, or shrunk."""
        first, *rest = self.content
        made: list[Flowable]
        if isinstance(first, KeptTogether) and len(first.content) > 1:
            made = [KeptTogether([each]) for each in first.content]  # bound to nothing any more
        elif isinstance(first, Block) and first.plain is not None and room / self._heights[0] < SMALLEST:
            first.set_plain(None)
            made = [first]
        else:
            made = [ScaledDown(first, min(room / self._heights[0], 1.0) * 0.99)]
        return self._part(canvas, [*made, *rest])

    def _part(self, canvas: Any, content: Sequence[Flowable]) -> CellStack:
        return CellStack(content, self.width).wrap(canvas)

    def draw(self, canvas: Any, left: float, top: float) -> None:
        """Draw it with its upper left corner at a point."""
        for gap, each, height in zip(self._gaps(), self.content, self._heights, strict=True):
            top -= gap + height
            each.drawOn(canvas, left, top)
