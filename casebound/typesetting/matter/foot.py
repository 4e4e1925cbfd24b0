"""Lines at the foot of a page that has little else on it."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.platypus.flowables import Flowable

__all__ = ["PageFoot"]


class PageFoot(Flowable):
    """Lines at the foot of the page, below all that is on it."""

    def __init__(self, lines: Sequence[Flowable]) -> None:
        super().__init__()
        self.lines = list(lines)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self._heights = [line.wrapOn(self.canv, availWidth, availHeight)[1] for line in self.lines]
        self.width, self.height = availWidth, max(availHeight, sum(self._heights))
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        """Lines that are more than a page begin at its top."""
        return self.lines

    def draw(self) -> None:
        top = sum(self._heights)
        for line, height in zip(self.lines, self._heights, strict=True):
            top -= height
            line.drawOn(self.canv, 0, top)
