"""Pages: flowables set one below the other into columns of a fixed size, in one pass, and nothing dies on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.block import Block
from casebound.typesetting.canvas import RecordingCanvas

__all__ = ["Columns", "Kept", "PageBreak", "Shrunk", "fill"]

_SLACK = 0.01  # points by which a flowable may exceed its room: rounding, never ink
_SMALLEST = 0.55  # a flowable too large for a page is scaled down to this and no further


class PageBreak(Flowable):
    """What follows begins on a new page."""


class Kept(Flowable):
    """Flowables that stay on one page with the beginning of the last of them: a heading with its text."""

    def __init__(self, content: Sequence[Flowable]) -> None:
        super().__init__()
        self.content = list(content)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return float(self.content[0].getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802
        return float(self.content[-1].getSpaceAfter())

    def _gaps(self) -> list[float]:
        pairs = zip(self.content, self.content[1:], strict=False)
        return [0.0] + [max(a.getSpaceAfter(), b.getSpaceBefore()) for a, b in pairs]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self._sizes = []
        height = 0.0
        for gap, flowable in zip(self._gaps(), self.content, strict=True):
            room = max(availHeight - height - gap, 0.0)
            size = flowable.wrapOn(self.canv, availWidth, room)
            self._sizes.append(size)
            height += gap + size[1]
        self.width, self.height = availWidth, height
        return availWidth, height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        _, height = self.wrap(availWidth, availHeight)
        last = self.content[-1]
        room = availHeight - (height - self._sizes[-1][1])
        parts = last.splitOn(self.canv, availWidth, room) if room > 0 else []
        if len(parts) < 2 or parts[0].wrapOn(self.canv, availWidth, room)[1] > room + _SLACK:
            return []
        return [Kept([*self.content[:-1], parts[0]]), *parts[1:]]

    def draw(self) -> None:
        top = self.height
        for gap, flowable, (_, height) in zip(self._gaps(), self.content, self._sizes, strict=True):
            top -= gap + height
            flowable.drawOn(self.canv, 0, top)


class Shrunk(Flowable):
    """A flowable drawn smaller by ``factor``."""

    def __init__(self, content: Flowable, factor: float) -> None:
        super().__init__()
        self.content, self.factor = content, factor

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        width, height = self.content.wrapOn(self.canv, availWidth / self.factor, availHeight / self.factor)
        self.width, self.height = width * self.factor, height * self.factor
        return self.width, self.height

    def draw(self) -> None:
        self.canv.scale(self.factor, self.factor)
        self.content.drawOn(self.canv, 0, 0)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where text stands on a page: ``count`` columns side by side, sizes in points."""

    width: float
    height: float
    count: int = 1
    gutter: float = 0.0

    @property
    def measure(self) -> float:
        return (self.width - self.gutter * (self.count - 1)) / self.count


class _Filler:
    def __init__(self, canvas: RecordingCanvas, columns: Columns, first: float) -> None:
        self.canvas, self.columns = canvas, columns
        self.column = 0
        self.height = first  # of the columns of this page
        self.room = first
        self.after: float | None = None  # the space the last flowable wants below it; None at a column's top
        self.drawn = False

    @property
    def at_top(self) -> bool:
        return self.after is None

    def next_column(self) -> None:
        self.column += 1
        if self.column == self.columns.count:
            self.next_page()
        self.room, self.after = self.height, None

    def next_page(self) -> None:
        self.canvas.showPage()
        self.column, self.drawn = 0, False
        self.height = self.columns.height
        self.room, self.after = self.height, None

    def gap(self, flowable: Flowable) -> float:
        return 0.0 if self.after is None else max(self.after, flowable.getSpaceBefore())

    def draw(self, flowable: Flowable, gap: float, height: float) -> None:
        self.room -= gap + height
        left = self.column * (self.columns.measure + self.columns.gutter)
        flowable.drawOn(self.canvas, left, self.room)
        self.after, self.drawn = float(flowable.getSpaceAfter()), True

    def set(self, flowable: Flowable) -> list[Flowable]:
        """Set one flowable; gives back what is left to set in its place."""
        if isinstance(flowable, PageBreak):
            if self.drawn:
                self.next_page()
            return []
        gap = self.gap(flowable)
        room = self.room - gap
        _, height = flowable.wrapOn(self.canvas, self.columns.measure, room)
        if height <= room + _SLACK:
            self.draw(flowable, gap, height)
            return []
        parts = flowable.splitOn(self.canvas, self.columns.measure, room) if room > 0 else []
        if parts and self._advances(parts[0], room):
            return list(parts)
        if self.at_top and self.height == self.columns.height:
            return self._oversized(flowable, height)
        self.next_column()
        return [flowable]

    def _advances(self, part: Flowable, room: float) -> bool:
        return bool(part.wrapOn(self.canvas, self.columns.measure, room)[1] <= room + _SLACK)

    def _oversized(self, flowable: Flowable, height: float) -> list[Flowable]:
        """What becomes of a flowable that fits no column and does not split."""
        if isinstance(flowable, Kept):
            return flowable.content
        factor = self.columns.height / height
        if isinstance(flowable, Block) and flowable.plain is not None and factor < _SMALLEST:
            flowable.set_plain(None)
            return [flowable]
        shrunk = Shrunk(flowable, factor * 0.999)
        _, height = shrunk.wrapOn(self.canvas, self.columns.measure, self.columns.height)
        self.draw(shrunk, 0.0, height)
        return []


def _grouped(flowables: Iterable[Flowable]) -> deque[Flowable]:
    """The flowables with each run of keep-with-next bound to what follows it."""
    result: deque[Flowable] = deque()
    run: list[Flowable] = []
    for flowable in flowables:
        run.append(flowable)
        if not flowable.getKeepWithNext() or isinstance(flowable, PageBreak):
            result.append(Kept(run) if len(run) > 1 else run[0])
            run = []
    result.extend(run)
    return result


def fill(
    canvas: RecordingCanvas, flowables: Iterable[Flowable], columns: Columns, *, first: float | None = None
) -> None:
    """Draw flowables onto the canvas's pages, column by column; the last page is shown.

    ``first`` is the height of the columns on the first page, where something stands above them.
    """
    filler = _Filler(canvas, columns, columns.height if first is None else first)
    queue = _grouped(flowables)
    while queue:
        queue.extendleft(reversed(filler.set(queue.popleft())))
    canvas.showPage()
