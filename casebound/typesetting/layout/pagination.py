"""Pages: flowables set one below the other into columns of a fixed size, in one pass, and nothing dies on the way."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import islice

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.figures import floats, goes_on, pressed
from casebound.typesetting.layout.footnote_area import FootnoteArea
from casebound.typesetting.layout.keep_together import (
    SMALLEST,
    KeptTogether,
    ScaledDown,
    begins_page,
    grouped,
    is_compact,
    take_side,
)

__all__ = ["TextColumns", "fill"]

_SLACK = 0.01  # points by which a flowable may exceed its room: rounding, never ink
_EVEN = 1.0  # points by which columns may differ from the height that is just enough
_LOOKED_AT = 1000  # flowables, more than two columns hold
_SPARED = 0.15  # of a page: room that stays empty rather than hold the beginning of code or of a table


@dataclass(frozen=True, slots=True)
class TextColumns:
    """Where text is on a page: ``count`` columns side by side, sizes in points.

    ``closeness`` is what the space between flowables is multiplied by.
    """

    width: float
    height: float
    count: int = 1
    gutter: float = 0.0
    closeness: float = 1.0

    @property
    def measure(self) -> float:
        return (self.width - self.gutter * (self.count - 1)) / self.count


def _holds(sizes: Iterable[tuple[float, float, float]], height: float, count: int) -> bool:
    """Whether flowables of these heights, with the space they want above and below, are in columns so high."""
    column, used, after = 1, 0.0, 0.0
    for tall, above, below in sizes:
        gap = max(after, above) if used else 0.0
        if used and used + gap + tall > height + _SLACK:
            column, used, gap = column + 1, 0.0, 0.0
        used, after = used + gap + tall, below
        if column > count or used > height + _SLACK:
            return False
    return True


class _Filler:
    def __init__(self, canvas: RecordingCanvas, columns: TextColumns, first: float, footnotes: FootnoteArea) -> None:
        self.canvas, self.columns, self.footnotes = canvas, columns, footnotes
        self.column = 0
        self.height = first  # of the columns of this page
        self.room = first
        self.foot = 0.0  # points that stay free below the columns
        self.floating: list[Flowable] = []  # figures that have been moved to the head of this page
        self.after: float | None = None  # the space the last flowable wants below it; None at a column's top

    @property
    def at_top(self) -> bool:
        return self.after is None

    @property
    def at_head(self) -> bool:
        """Whether nothing is on the page yet."""
        return self.column == 0 and self.at_top

    def lower(self, rest: Iterable[Flowable]) -> None:
        """Make the columns of this page as high as it takes to hold the rest, if they can."""
        measure, count = self.columns.measure, self.columns.count
        sizes = [
            (flowable.wrapOn(self.canvas, measure, self.height)[1], flowable.getSpaceBefore(), flowable.getSpaceAfter())
            for flowable in islice(rest, _LOOKED_AT)
        ]
        low, high = sum(height for height, _, _ in sizes) / count, self.height
        if not _holds(sizes, high, count):
            return
        while high - low > _EVEN:
            middle = (low + high) / 2
            low, high = (low, middle) if _holds(sizes, middle, count) else (middle, high)
        self.foot, self.height, self.room = self.height - high, high, high

    def next_column(self) -> None:
        self.column += 1
        if self.column == self.columns.count:
            self.next_page()
        self.room, self.after = self.height, None

    def next_page(self) -> None:
        self.footnotes.draw(self.canvas)
        self.canvas.showPage()
        self.column, self.foot = 0, 0.0
        self.height = self.columns.height
        self.room, self.after = self.height, None

    def is_full_for(self, flowable: Flowable) -> bool:
        """Whether a flowable does not fit here and may wait for the head of the next page, which has room for it."""
        if self.at_head or self.columns.count > 1:
            return False
        measure, room = self.columns.measure, self.room - self.gap(flowable) - self.footnotes.height
        height, notes = self.height_of(flowable, room)
        if height + notes <= room + _SLACK or (height + notes > self.columns.height and not goes_on(flowable)):
            return False
        return not pressed(self.canvas, flowable, measure, room - notes, whole=False)

    def is_spared(self, flowable: Flowable, height: float) -> bool:
        """Whether code or a table waits for the next page, which holds it whole, since it leaves little room empty."""
        page = self.columns.height
        return (
            self.columns.count == 1
            and not self.at_top
            and height <= page
            and self.room - self.footnotes.height <= _SPARED * page
            and is_compact(flowable)
        )

    def gap(self, flowable: Flowable) -> float:
        return 0.0 if self.after is None else max(self.after, flowable.getSpaceBefore()) * self.columns.closeness

    def draw(self, flowable: Flowable, gap: float, height: float) -> None:
        self.room -= gap + height
        column = self.columns.count - 1 - self.column if self.canvas.mirrored else self.column
        left = column * (self.columns.measure + self.columns.gutter)
        left += self.canvas.beginning(flowable, self.columns.measure - flowable.width)
        moved = any(flowable is each for each in self.floating)
        with self.canvas.apart(repeated=False) if moved else nullcontext():
            flowable.drawOn(self.canvas, left, self.room + self.foot)
        self.after = float(flowable.getSpaceAfter())
        self.footnotes.take(self.canvas, self.footnotes.called(flowable), self.columns.measure)

    def height_of(self, flowable: Flowable, room: float) -> tuple[float, float]:
        """The height of a flowable, and that of the notes it calls for."""
        _, height = flowable.wrapOn(self.canvas, self.columns.measure, room)
        return height, self.footnotes.cost(self.canvas, self.footnotes.called(flowable), self.columns.measure)

    def set(self, flowable: Flowable) -> list[Flowable]:
        """Set one flowable; gives back what is left to set in its place."""
        gap = self.gap(flowable)
        room = self.room - gap - self.footnotes.height
        height, notes = self.height_of(flowable, room)
        if height + notes <= room + _SLACK:
            self.draw(flowable, gap, height)
            return []
        whole = self.at_top and self.height == self.columns.height
        if pressed(self.canvas, flowable, self.columns.measure, room - notes, whole=whole):
            return [flowable]
        if not self.is_spared(flowable, height + notes) and (parts := self._parts(flowable, room, notes)):
            return parts
        if not whole:
            self.next_column()
            return [flowable]
        if notes:
            return [flowable, *self.footnotes.release(self.footnotes.called(flowable))]
        parts = self._split(flowable, room)
        return parts if len(parts) > 1 else self._oversized(flowable, height)  # what it became breaks by itself

    def _parts(self, flowable: Flowable, room: float, notes: float) -> list[Flowable]:
        """What a flowable is split into, so that the first of it fits with the notes that it calls for."""
        low = reserved = 0.0
        while not (parts := self._fitting(flowable, room, reserved)):
            larger = self._needed(flowable, room, reserved, notes)
            if reserved == notes or larger >= room:
                return []
            low, reserved = reserved, larger
        # the notes of all that would fit without any are more than those of the part: it takes what they leave
        while reserved - low > _EVEN:
            middle = (low + reserved) / 2
            low, reserved = (low, middle) if self._fitting(flowable, room, middle) else (middle, reserved)
        return self._split(flowable, room - reserved) if reserved else parts

    def _fitting(self, flowable: Flowable, room: float, reserved: float) -> list[Flowable]:
        """What a flowable is split into where so much is reserved, if the first of it fits with its notes."""
        parts = self._split(flowable, room - reserved)
        return parts if parts and sum(self.height_of(parts[0], room)) <= room + _SLACK else []

    def _needed(self, flowable: Flowable, room: float, reserved: float, notes: float) -> float:
        """What the notes of the first part take where so much is reserved for them; those of the whole if no less."""
        parts = self._split(flowable, room - reserved)
        needed = self.height_of(parts[0], room)[1] if parts else notes
        return needed if needed > reserved else notes

    def _split(self, flowable: Flowable, room: float) -> list[Flowable]:
        measure = self.columns.measure
        return list(grouped(self.canvas, flowable.splitOn(self.canvas, measure, room), measure))

    def _oversized(self, flowable: Flowable, height: float) -> list[Flowable]:
        """What becomes of a flowable that fits no column and does not split."""
        if isinstance(flowable, KeptTogether):
            return flowable.loosened(self.canvas, self.columns.measure)
        factor = self.columns.height / height
        if isinstance(flowable, Block) and flowable.plain is not None and factor < SMALLEST:
            flowable.set_plain(None)
            return [flowable]
        shrunk = ScaledDown(flowable, factor * 0.999)
        _, height = shrunk.wrapOn(self.canvas, self.columns.measure, self.columns.height)
        self.draw(shrunk, 0.0, height)
        return []

    def end(self) -> float:
        """Draw the notes of the last page and show it; gives how many points of it are used."""
        used = self.height - self.room + self.footnotes.height
        self.footnotes.draw(self.canvas)
        self.canvas.showPage()
        return used


def fill(
    canvas: RecordingCanvas,
    flowables: Iterable[Flowable],
    columns: TextColumns,
    *,
    first: float | None = None,
    balanced: bool = False,
    footnotes: FootnoteArea | None = None,
) -> float:
    """Draw flowables onto the canvas's pages, column by column; the last page is shown. Gives how many points it has.

    ``first`` is the height of the columns on the first page, where something is above them. With ``balanced``
    the columns of the last page are equally high. ``footnotes`` are set on the pages that call for them.
    """
    footnotes = footnotes or FootnoteArea({}, (0.0, 0.0, 0.0))
    filler = _Filler(canvas, columns, columns.height if first is None else first, footnotes)
    queue = deque(grouped(canvas, flowables, columns.measure))
    waiting: list[Flowable] = []  # pictures for the head of the next page
    while queue:
        if balanced and filler.at_head:
            filler.lower(queue)
        flowable = queue.popleft()
        if begins_page(flowable):
            if not filler.at_head:
                filler.next_page()
            if waiting:  # they are before what begins the page
                queue.extendleft(reversed([*waiting, flowable]))
                waiting = []
                continue
            canvas.turn(take_side(flowable))
        if _waits(flowable, queue, columns.measure) and (waiting or filler.is_full_for(flowable)):
            waiting.append(flowable)
            continue
        queue.extendleft(reversed(filler.set(flowable)))
        if waiting and (filler.at_head or not queue):
            queue.extendleft(reversed(waiting))
            filler.floating, waiting = waiting, []
        if not queue:
            queue.extend(footnotes.rest())
    return filler.end()


def _waits(flowable: Flowable, after: Iterable[Flowable], measure: float) -> bool:
    """Whether a picture may be on another page than its text: where something else comes after it."""
    return floats(flowable, measure) and not all(floats(each, measure) for each in after)
