"""Tables: as wide as their room allows, else smaller, else turned on their side, else records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from reportlab.platypus.flowables import Flowable

from casebound.model.style import RGB
from casebound.typesetting.layout.intrinsic_width import least_width, natural_width
from casebound.typesetting.layout.tables.rows import Rows, TableGeometry
from casebound.typesetting.layout.tables.stack import CellStack
from casebound.typesetting.layout.tables.widths import Cell, Grid, column_widths, demands, padding

__all__ = ["Cell", "Grid", "Table", "TableLook", "TablePart", "column_widths"]

UPRIGHT = ((1.0, 150.0), (0.9, 120.0), (0.9, 84.0), (0.8, 64.0))
"""Sizes at which a table is tried before it is turned, each with the width in points of words that may be broken.

At the last its text is about 7.5 points.
"""

TURNED = (*UPRIGHT, (0.74, 44.0))
"""The same for a table turned on its side; at the last its text is about 7 points."""

_TITLE_ROOM = 48.0  # points left above a turned table for a heading
_SMALL = 0.25  # of a page: a table no higher than this is not broken
_BEFORE, _AFTER = 5.0, 14.0
_MOST = 0.75  # of a page: a turned table as long has it to itself
_FEW = 30.0  # points: a row no higher is not left alone at a page's foot
_SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks: colours of thin and of heavy rules, a page's height in points, its side and its width.

    ``wanted`` is the width the author asked for as points or, up to 1, as a share of the measure. ``title`` is
    above the table, ``mark`` above what of it goes on on another page. The text refers to a ``numbered`` one by its
    number.
    """

    hairline: RGB
    ink: RGB
    tallest: float
    nested: bool = False
    align: str = "left"
    wanted: tuple[float | None, float | None] = (None, None)
    title: Sequence[Flowable] = ()
    mark: Sequence[Flowable] = ()
    numbered: bool = False

    def asked(self, room: float) -> float | None:
        """The width the author asked for, in points."""
        points, share = self.wanted
        return room * share if share is not None else points


class Table(Flowable):
    """A table that finds its size and widths when it knows its room.

    One too wide is set smaller, then turned; one that no page is wide enough for becomes records. ``grid`` gives
    the table at a scale.
    """

    def __init__(
        self, grid: Callable[[float], Grid], look: TableLook, records: Callable[[], Sequence[Flowable]]
    ) -> None:
        super().__init__()
        self.grid, self.look, self.records = grid, look, records
        self.spaceBefore = look.title[0].getSpaceBefore() if look.title else _BEFORE
        self.spaceAfter = _AFTER
        self._part: TablePart | None = None
        self._room = 0.0

    def minWidth(self) -> float:  # noqa: N802
        return max(sum(demands(self.grid(1.0))[0]), *map(least_width, self.look.title), 0.0)

    @property
    def natural_width(self) -> float:
        """The width at which no line in it is broken, in points."""
        return max(sum(demands(self.grid(1.0))[1]), *map(natural_width, self.look.title), 0.0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if self._room != availWidth:
            self._part, self._room = self._made(availWidth), availWidth
        if self._part is None:
            self.width, self.height = availWidth, 10 * self.look.tallest
        else:
            self.width, self.height = self._part.wrapOn(self.canv, availWidth, availHeight)
        return self.width, self.height

    def _made(self, room: float) -> TablePart | None:
        """The table laid out; None where no page is wide enough for it."""
        look, page, turned = self.look, self.look.tallest, False
        found = self._fitting(room, UPRIGHT) or (UPRIGHT[-1] if look.nested else None)
        asked = look.asked(room)
        if found is None:
            room, page, turned, asked = page - _TITLE_ROOM, room, True, None
            found = self._fitting(room, TURNED)
        if found is None:
            return None
        scale, longest = found
        grid = self.grid(scale)
        widths = tuple(column_widths(grid, room, asked, longest))
        rows = Rows.of(grid, TableGeometry(widths, scale, grid.pad, look.hairline, look.ink, page), self.canv)
        return TablePart(rows, look, look.title, room, turned=turned)

    @cached_property
    def _words(self) -> list[float]:
        """The widest word of each column at full size, in points."""
        grid = self.grid(1.0)
        return [width - grid.around(column) for column, width in enumerate(demands(grid)[0])]

    def is_turned(self, room: float) -> bool:
        """Whether the table has to be turned on its side in so many points."""
        if self.look.nested or self._fitting(room, UPRIGHT) is not None:
            return False
        return self._fitting(self.look.tallest - _TITLE_ROOM, TURNED) is not None

    def _fitting(self, room: float, steps: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
        """The first step at which the table fits without breaking any but long words: its scale and what is long."""
        for scale, longest in steps:
            around = 2 * padding(scale)
            if sum(min(word * scale + around, longest) for word in self._words) - around <= room:
                return scale, longest
        return None

    @property
    def shown(self) -> Sequence[Flowable]:
        """What is in the table once it has been wrapped, row by row."""
        return self._part.shown if self._part is not None else ()

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        if self._part is None:
            return [*self.look.title, *self.records()]
        return list(self._part.splitOn(self.canv, availWidth, availHeight))

    def draw(self) -> None:
        assert self._part is not None
        self._part.drawOn(self.canv, 0, 0)


class TablePart(Flowable):
    """A table, or what of it is on one page, below its title or the mark that it goes on."""

    def __init__(self, rows: Rows, look: TableLook, title: Sequence[Flowable], room: float, *, turned: bool) -> None:
        super().__init__()
        self.rows, self.look, self.turned, self.room = rows, look, turned, room
        self.title = CellStack(title, room)
        self.spaceAfter = _AFTER
        self._above = 0.0
        self.least = 0.0
        """How much of its page it takes at least, in points: the rest of the table is on the next one."""

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.title.wrap(self.canv)
        self._above = self.title.height + (self.title.content[-1].getSpaceAfter() if self.title.content else 0.0)
        deep = self._above + self.rows.height
        self.width, self.height = availWidth, max(deep, self.least)
        if self.turned:
            self.height = self._standing(availHeight) if deep <= availWidth + 0.01 else 10 * self.look.tallest
        return self.width, self.height

    @property
    def shown(self) -> Sequence[Flowable]:
        """What is in this part, row by row."""
        return [*self.title.content, *self.rows.content()]

    def _standing(self, room: float) -> float:
        """How high a turned table is: one that fills most of a page leaves nothing of it to a few lines."""
        long = self.rows.width
        return max(long, min(room, self.look.tallest)) if long >= _MOST * self.look.tallest else long

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        rows, whole = self.rows, availHeight >= self.look.tallest - 1
        if self.turned and rows.width > availHeight:
            return []
        room = (availWidth if self.turned else availHeight) - self._above
        small = self.height <= _SMALL * self.look.tallest and availHeight < (1 - _SMALL) * self.look.tallest
        if not self.turned and small and not self.look.nested:
            return []
        cut = rows.cut(self.canv, room, force=whole or self.turned)
        if cut is None or (not whole and len(cut[0].body) == 1 and cut[0].height - rows.head < _FEW):
            return []
        above = [self.title.content, self.look.mark if not self.look.nested else ()]
        first, rest = (
            TablePart(part, self.look, title, self.room, turned=self.turned)
            for part, title in zip(cut, above, strict=True)
        )
        first.least = 0.0 if self.turned or self.look.nested else availHeight
        return [first, rest]

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        deep = self._above + self.rows.height
        if self.turned:
            canvas.rotate(90)
            middle = (self.width - deep) / 2 if self.rows.begins and self.rows.ends else 0.0
            canvas.translate((self.height - self.rows.width) / 2, -deep - max(middle, 0.0))
        else:
            canvas.translate(0, self.height - deep)
        self.title.draw(canvas, 0, deep)
        if not self.turned:
            share = _SHARES.get(self.look.align, 0.0)
            canvas.translate((self.room - self.rows.width) * (1.0 - share if canvas.mirrored else share), 0)
        self.rows.draw(canvas)
        canvas.restoreState()
