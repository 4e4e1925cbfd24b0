"""Short columns side by side, for lists whose items take little room."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.intrinsic_width import least_width
from casebound.typesetting.layout.keep_together import KeptTogether

__all__ = ["Columns"]

_GUTTER = 16.0
_NARROWEST = 90.0  # points


class Columns(Flowable):
    """Columns of flowables beside each other; one below the other where they are higher than ``tallest`` points."""

    def __init__(self, columns: Sequence[Sequence[Flowable]], tallest: float) -> None:
        super().__init__()
        self.columns = [KeptTogether(column) for column in columns]
        self.tallest = tallest

    def getSpaceBefore(self) -> float:  # noqa: N802
        return max(column.getSpaceBefore() for column in self.columns)

    def getSpaceAfter(self) -> float:  # noqa: N802
        return max(column.getSpaceAfter() for column in self.columns)

    def minWidth(self) -> float:  # noqa: N802
        widest = max(_NARROWEST, *(least_width(column) + _GUTTER for column in self.columns))
        return widest * len(self.columns)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        count = len(self.columns)
        self._step = (availWidth + _GUTTER) / count
        self._heights = [c.wrapOn(self.canv, self._step - _GUTTER, availHeight)[1] for c in self.columns]
        self.width, self.height = availWidth, max(self._heights)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        if self.height <= self.tallest:
            return []
        return [flowable for column in self.columns for flowable in column.content]

    def draw(self) -> None:
        for index, (column, height) in enumerate(zip(self.columns, self._heights, strict=True)):
            place = len(self.columns) - 1 - index if self.canv.mirrored else index
            column.drawOn(self.canv, place * self._step, self.height - height)
