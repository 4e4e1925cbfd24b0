"""Figures: what they show with its caption and legend, and pictures that give way where a page is nearly full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.graphics.images import Picture
from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.intrinsic_width import least_width, natural_width, sided
from casebound.typesetting.layout.keep_together import KeptTogether
from casebound.typesetting.layout.tables.stack import CellStack
from casebound.typesetting.layout.tables.tables import Table

__all__ = ["Figure", "floats", "goes_on", "pressed"]

_SIDES = {"left": (0.0, TA_LEFT), "center": (0.5, TA_CENTER), "right": (1.0, TA_RIGHT)}
_TEXT = 0.62  # of the measure, at least, for a caption and a legend below a narrow picture
_GAP, _LEGEND_GAP = 7.0, 3.0  # points above a caption and above a legend
_LINES = 36.0  # points of what a figure shows that stay on the page of its caption
_PRESSED = 0.75  # a picture is made smaller by this to be on a page that is nearly full
_LEGIBLE = 7.0  # points: a picture whose letters would be smaller is not pressed
_SMALLEST = 0.3  # and by this where no page has room for it


class Figure(Flowable):
    """What a figure shows, its caption and its legend, all on one side of the measure.

    ``wanted`` is the width the author asked for as points and, if not None, as a share of the measure. A picture
    stays with its caption; code is broken across pages, and so is a legend. A ``numbered`` one, which the text
    refers to by its number, may be at the head of the next page.
    """

    def __init__(
        self,
        body: Sequence[Flowable],
        caption: Sequence[Flowable],
        legend: Sequence[Flowable],
        align: str = "center",
        wanted: tuple[float | None, float | None] = (None, None),
        *,
        numbered: bool = False,
    ) -> None:
        super().__init__()
        self.numbered = numbered
        self.body, self.caption, self.legend = list(body), list(caption), list(legend)
        self.align, self.wanted = align, wanted
        self.spaceBefore, self.spaceAfter = 7.0, 14.0

    def minWidth(self) -> float:  # noqa: N802
        return max(map(least_width, [*self.body, *self.caption, *self.legend]), default=0.0)

    @property
    def natural_width(self) -> float:
        """The width at which no line of it is broken, in points."""
        return max(map(natural_width, [*self.body, *self.caption]), default=0.0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        share, side = _SIDES.get(self.align, _SIDES["center"])
        points, part = self.wanted
        asked = availWidth * part if part is not None else points
        box = min(asked or availWidth, availWidth)
        body = CellStack(self.body, box).wrap(self.canv)
        shown = max((picture.width for each in self.body for picture in _pictures(each)), default=box)
        measure = box if asked else min(max(shown, _TEXT * availWidth), availWidth)
        caption = CellStack([sided(each, side, measure) for each in self.caption], measure).wrap(self.canv)
        short = len(self.legend) == 1
        legend = CellStack([sided(each, side if short else TA_LEFT, measure) for each in self.legend], measure)
        self._stacks = [
            (0.0, (availWidth - box) * share, body),
            (_GAP, (availWidth - measure) * share, caption),
            (_LEGEND_GAP, (availWidth - measure) * share, legend.wrap(self.canv)),
        ]
        self._stacks = [each for each in self._stacks if each[2].content]
        if self._stacks:
            self._stacks[0] = (0.0, *self._stacks[0][1:])
        self.width, self.height = availWidth, sum(gap + stack.height for gap, _, stack in self._stacks)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        pictures = any(True for each in self.body for _ in _pictures(each))
        if self.legend and (pictures or not self.body):
            legend = self._stacks[-1][2]
            before, after = legend.cut(self.canv, availHeight - (self.height - legend.height))
            if before.content and after.content:
                return [self._part(self.body, self.caption, before.content), self._part((), (), after.content)]
        elif self.body and not pictures:
            body = self._stacks[0][2]
            before, after = body.cut(self.canv, min(availHeight, body.height - _LINES))
            if before.content and after.content:
                return [self._part(before.content, (), ()), self._part(after.content, self.caption, self.legend)]
        return []

    def _part(self, body: Sequence[Flowable], caption: Sequence[Flowable], legend: Sequence[Flowable]) -> Figure:
        return Figure(body, caption, legend, self.align, self.wanted)

    def draw(self) -> None:
        top = self.height
        for gap, left, stack in self._stacks:
            stack.draw(self.canv, left, top - gap)
            top -= gap + stack.height


def floats(flowable: Flowable, measure: float) -> bool:
    """Whether a flowable may give way to the text after it: a numbered picture of the text, not of a list or note.

    So may a numbered table that has to be turned in a measure of so many points.
    """
    while isinstance(flowable, Block):
        if flowable.surround.left or flowable.surround.right:
            return False
        flowable = flowable.child
    if isinstance(flowable, Table):
        return flowable.look.numbered and flowable.is_turned(measure)
    return isinstance(flowable, Figure) and flowable.numbered and not flowable.legend and any(_pictures(flowable))


def goes_on(flowable: Flowable) -> bool:
    """Whether a flowable that gives way may be higher than a page: a table, which goes on on the next one."""
    while isinstance(flowable, Block):
        flowable = flowable.child
    return isinstance(flowable, Table)


def _pictures(flowable: Flowable) -> Iterator[Picture]:
    """The pictures that are below one another in a flowable."""
    if isinstance(flowable, Picture):
        yield flowable
    elif isinstance(flowable, Block):
        yield from _pictures(flowable.child)
    elif isinstance(flowable, (KeptTogether, Figure)):
        for each in flowable.content if isinstance(flowable, KeptTogether) else flowable.body:
            yield from _pictures(each)


def pressed(canvas: Any, flowable: Flowable, width: float, room: float, *, whole: bool) -> bool:
    """Whether a flowable too high for its room fits now that its pictures are a little smaller.

    On a page of its own (``whole``) they may be much smaller, and their letters too.
    """
    pictures = list(_pictures(flowable))
    if not pictures:
        return False
    lacking = flowable.wrapOn(canvas, width, room)[1] - room
    high = sum(picture.height for picture in pictures)
    factor = (high - lacking) / high
    if factor < (_SMALLEST if whole else max(_PRESSED, *map(_legible, pictures))):
        return False
    for picture in pictures:
        picture.press *= factor * 0.999
    if flowable.wrapOn(canvas, width, room)[1] <= room:
        return True
    for picture in pictures:
        picture.press /= factor * 0.999
    return False


def _legible(picture: Picture) -> float:
    """What a picture may be made smaller by so that its letters can be read."""
    shown = picture.lettering * picture.width / picture.natural[0]
    return _LEGIBLE / shown if shown else 0.0
