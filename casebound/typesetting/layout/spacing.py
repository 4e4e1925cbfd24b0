"""Space above and below what a node became: set on the first and last flowable, so that distances never add up."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.keep_together import KeptTogether

__all__ = ["spaced"]


def spaced(flowables: Sequence[Flowable], *, before: float = 0.0, after: float = 0.0) -> list[Flowable]:
    """The flowables with at least ``before`` points above the first of them and ``after`` below the last."""
    if flowables:
        first, last = _innermost(flowables[0], 0), _innermost(flowables[-1], -1)
        if before > first.getSpaceBefore():
            first.spaceBefore = before
        if after > last.getSpaceAfter():
            last.spaceAfter = after
    return list(flowables)


def _innermost(flowable: Flowable, end: int) -> Flowable:
    """The flowable whose own space counts at that end."""
    while isinstance(flowable, (Block, KeptTogether)):
        flowable = flowable.child if isinstance(flowable, Block) else flowable.content[end]
    return flowable
