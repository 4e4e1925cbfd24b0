"""What stays together: flowables bound to what follows them, and one drawn smaller so that it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.listing import CodeBlock
from casebound.typesetting.text.paragraph import Paragraph

__all__ = ["SMALLEST", "KeptTogether", "ScaledDown", "begins_page", "grouped", "is_compact"]

SMALLEST = 0.55
"""A flowable too large for a page is scaled down to this and no further."""

_SLACK = 0.01  # points by which a flowable may exceed its room: rounding, never ink
_LINES = 2  # lines of text that stay with a heading


class KeptTogether(Flowable):
    """Flowables that stay on one page with the beginning of the last of them: a heading with its text.

    ``whole`` says that they stay with all of it, where a page holds it.
    """

    def __init__(self, content: Sequence[Flowable], *, whole: bool = False) -> None:
        super().__init__()
        self.content, self.whole = list(content), whole

    def loosened(self, canvas: RecordingCanvas, measure: float) -> list[Flowable]:
        """What it holds, for pages that do not hold it together."""
        if not self.whole:
            return self.content
        for each in self.content:
            if isinstance(each, Block):
                each.surround.together = None
        return list(grouped(canvas, self.content, measure))

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
        if self.whole:
            return []
        last = self.content[-1]
        room = availHeight - (height - self._sizes[-1][1])
        parts = last.splitOn(self.canv, availWidth, room) if room > 0 else []
        if len(parts) < 2 or parts[0].wrapOn(self.canv, availWidth, room)[1] > room + _SLACK:
            return []
        return [KeptTogether([*self.content[:-1], parts[0]]), *parts[1:]]

    def draw(self) -> None:
        top = self.height
        for gap, flowable, (width, height) in zip(self._gaps(), self.content, self._sizes, strict=True):
            top -= gap + height
            flowable.drawOn(self.canv, self.canv.beginning(flowable, self.width - width), top)


class ScaledDown(Flowable):
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


def grouped(canvas: RecordingCanvas, flowables: Iterable[Flowable], measure: float) -> Iterator[Flowable]:
    """The flowables with each run of keep-with-next bound to what follows it, a heading to two lines of text."""
    run: list[Flowable] = []
    all_of_them = list(flowables)
    for flowable, after in zip_longest(all_of_them, all_of_them[1:]):
        if begins_page(flowable) and run:
            yield KeptTogether(run) if len(run) > 1 else run[0]
            run = []
        run.append(flowable)
        together = _together(flowable)
        if together is not None and after is not None and _together(after) is together:
            continue
        if not flowable.getKeepWithNext() and not _is_short(canvas, run, measure):
            yield KeptTogether(run, whole=together is not None) if len(run) > 1 or together is not None else run[0]
            run = []
    yield from run


def begins_page(flowable: Flowable) -> bool:
    """Whether an author has a flowable begin a page."""
    if isinstance(flowable, KeptTogether):
        return begins_page(flowable.content[0])
    return isinstance(flowable, Block) and (flowable.surround.new_page or begins_page(flowable.child))


def take_side(flowable: Flowable) -> str:
    """Whether the page that a flowable begins is to be "odd" or "even"; asked once, for parts of it are met again."""
    if isinstance(flowable, KeptTogether):
        return take_side(flowable.content[0])
    if not isinstance(flowable, Block):
        return ""
    inner = take_side(flowable.child)
    side, flowable.surround.side = flowable.surround.side, ""
    return side or inner


def _together(flowable: Flowable) -> object | None:
    """What a flowable shares with those that it stays on one page with."""
    if not isinstance(flowable, Block):
        return None
    return _together(flowable.child) if flowable.surround.together is None else flowable.surround.together


def is_compact(flowable: Flowable) -> bool:
    """Whether a flowable is not text whose lines run on across pages, but code or a table, with what is above."""
    inner = _inner(flowable)
    return is_compact(inner.content[-1]) if isinstance(inner, KeptTogether) else not isinstance(inner, Paragraph)


def _is_short(canvas: RecordingCanvas, run: Sequence[Flowable], measure: float) -> bool:
    """Whether a run that begins with a heading ends in fewer lines of text than stay with one."""
    if not _is_heading(run[0]):
        return False
    lines = 0
    for flowable in reversed(run):
        inner = _inner(flowable)
        if not isinstance(inner, (Paragraph, CodeBlock)):
            return False
        if _is_heading(flowable):
            return True
        flowable.wrapOn(canvas, measure, 0.0)
        lines += len(inner.lines)
        if lines >= _LINES:
            return False
    return True


def _is_heading(flowable: Flowable) -> bool:
    inner = _inner(flowable)
    return isinstance(inner, Paragraph) and inner.style.name.startswith("heading")


def _inner(flowable: Flowable) -> Flowable:
    """A flowable without what is round it."""
    while isinstance(flowable, Block):
        flowable = flowable.child
    return flowable
