"""The one wrapper round every flowable: indents, rules, labels and names travel with it across page breaks.

rst2pdf lays lists, notes and definitions out as tables. Here they are a flat run of blocks, so that anything
inside them breaks as it would outside, at any depth of nesting and in table cells too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from reportlab.platypus.flowables import Flowable

from casebound.model.style import RGB

__all__ = [
    "Block",
    "EmptyBlock",
    "Hairline",
    "Label",
    "Surround",
    "VerticalRule",
    "block",
    "indent",
    "kept_together",
    "labelled",
    "name_first",
    "on_new_page",
    "ruled",
    "stem",
]

_CLOSING, _HAIRLINE = 7.0, 0.5  # points from a block down to the line that closes it, and that line's width
_DEEPEST = 210.0  # points: about half a measure, where nesting stops moving text in
_NARROWEST = 24.0  # points that indents leave of a measure that has as many


@dataclass(frozen=True, slots=True)
class VerticalRule:
    """A vertical line, ``x`` points from the edge where lines begin; running on into the space below by ``tail``."""

    x: float
    width: float
    colour: RGB
    tail: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A bullet, number or note mark in the indent of a block's first line, or a folio, which is read ``after`` it."""

    flowable: Flowable
    x: float
    width: float
    after: bool = False


@dataclass
class Surround:
    """What is round a flowable: distances from the measure in points, rules, labels, names.

    ``closing`` is the colour of a hairline in the space below it, over the whole measure. ``new_page`` has it begin a
    page, with an "odd" or "even" folio if ``side`` says so; flowables in a row that share ``together``, an object of
    their own, stay on one page where that holds them.
    """

    left: float = 0.0
    right: float = 0.0
    rules: list[VerticalRule] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    closing: RGB | None = None
    new_page: bool = False
    side: str = ""
    together: object | None = None


class Block(Flowable):
    """A flowable with its indents, rules, labels and the named destinations of its top edge."""

    def __init__(self, child: Flowable, surround: Surround | None = None) -> None:
        super().__init__()
        self.child = child
        self.surround = surround or Surround()
        self.plain: Callable[[Exception | None], Flowable] | None = None

    def getSpaceBefore(self) -> float:  # noqa: N802
        return float(self.child.getSpaceBefore())

    def getSpaceAfter(self) -> float:  # noqa: N802
        return float(self.child.getSpaceAfter())

    def getKeepWithNext(self) -> bool:  # noqa: N802
        return bool(self.child.getKeepWithNext())

    def minWidth(self) -> float:  # noqa: N802
        inner = self.child.minWidth() if hasattr(self.child, "minWidth") else 0.0
        return float(inner + self.surround.left + self.surround.right)

    def identity(self, maxLen: int | None = None) -> str:  # noqa: N803
        return str(self.child.identity(maxLen))

    def _inner(self, width: float) -> float:
        return max(width - self.surround.left - self.surround.right, min(width, _NARROWEST))

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if hasattr(self, "canv"):
            self.child.canv = self.canv
        width, height = self._wrap_child(self._inner(availWidth), availHeight)
        self._avail = availWidth
        self._child_width = width
        self.width, self.height = availWidth, height
        return self.width, self.height

    def _wrap_child(self, width: float, height: float) -> tuple[float, float]:
        try:
            return self.child.wrap(width, height)  # type: ignore[no-any-return]
        except Exception as error:
            if self.plain is None:
                raise
            self.set_plain(error)
            return self.child.wrap(width, height)  # type: ignore[no-any-return]

    def set_plain(self, reason: Exception | None) -> None:
        """Set the child as plain text instead, once; ``plain`` reports why."""
        assert self.plain is not None
        origin = getattr(self.child, "origin", None)
        self.child, self.plain = self.plain(reason), None
        stem(self.child, origin)
        if hasattr(self, "canv"):
            self.child.canv = self.canv

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        if hasattr(self, "canv"):
            self.child.canv = self.canv
        parts = self.child.split(self._inner(availWidth), availHeight)
        if not parts:
            return []
        blocks = [self._part(part, first=index == 0) for index, part in enumerate(parts)]
        blocks[-1].surround.closing = self.surround.closing
        for index, block in enumerate(blocks[:-1]):
            block.surround.rules = [replace(rule, tail=_gap(block, blocks[index + 1])) for rule in block.surround.rules]
        return list(blocks)

    def _part(self, part: Flowable, *, first: bool) -> Block:
        surround = Surround(self.surround.left, self.surround.right, list(self.surround.rules))
        if first:
            surround.labels, surround.names = self.surround.labels, self.surround.names
            surround.new_page, surround.side = self.surround.new_page, self.surround.side
        block = Block(part, surround)
        block.plain = self.plain
        return block

    def draw(self) -> None:
        surround, canvas = self.surround, self.canv
        for name in surround.names:
            canvas.place(name, 0, self.height)
        for rule in surround.rules:
            self._draw_rule(rule)
        if surround.closing is not None:
            self._fill(surround.closing, 0.0, -_CLOSING, self.width, _HAIRLINE)
        self._draw_labels(after=False)
        self.child.drawOn(canvas, self.child_left, 0)
        self._draw_labels(after=True)

    def _draw_labels(self, *, after: bool) -> None:
        for label in self.surround.labels:
            if label.after is after:
                _, height = label.flowable.wrap(label.width, self.height)
                x = self._avail - label.x - label.width if self.canv.mirrored else label.x
                label.flowable.drawOn(self.canv, x, self.height - height)

    @property
    def child_left(self) -> float:
        """Where the child is, from the left edge."""
        spare = self._inner(self._avail) - self._child_width
        edge = self.surround.right if self.canv.mirrored else self.surround.left
        return edge + float(self.canv.beginning(self.child, spare))

    def _draw_rule(self, rule: VerticalRule) -> None:
        foot = self.canv.absolutePosition(0, 0)[1]
        tail = min(rule.tail, max(foot, 0.0))
        x = self._avail - rule.x - rule.width if self.canv.mirrored else rule.x
        self._fill(rule.colour, x, -tail, rule.width, self.height + tail)

    def _fill(self, colour: RGB, x: float, y: float, width: float, height: float) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColorRGB(*colour)
        canvas.rect(x, y, width, height, stroke=0, fill=1)
        canvas.restoreState()


def block(flowable: Flowable) -> Block:
    """The flowable as a block."""
    return flowable if isinstance(flowable, Block) else Block(flowable)


def indent(flowables: Iterable[Flowable], left: float, right: float = 0.0) -> list[Flowable]:
    """The flowables moved in from both sides, rules and labels with them; nothing is moved in beyond any use."""
    blocks = list(map(block, flowables))
    for each in blocks:
        around = each.surround
        step = min(left, max(_DEEPEST - around.left, 0.0))
        around.left += step
        around.right = min(around.right + right, _DEEPEST / 2)
        around.rules = [replace(rule, x=rule.x + step) for rule in around.rules]
        around.labels = [replace(label, x=label.x + step) for label in around.labels]
    return list(blocks)


def ruled(flowables: Sequence[Flowable], width: float, colour: RGB, gap: float) -> list[Flowable]:
    """The flowables moved in by ``gap``, with a rule at their left that runs through the space between them."""
    blocks = [block(flowable) for flowable in indent(flowables, gap)]
    for index, each in enumerate(blocks):
        tail = _gap(each, blocks[index + 1]) if index + 1 < len(blocks) else 0.0
        each.surround.rules.append(VerticalRule(0.0, width, colour, tail))
    return list(blocks)


def labelled(flowables: Sequence[Flowable], label: Label) -> list[Flowable]:
    """The flowables with a label beside the first of them."""
    blocks = list(map(block, flowables))
    if blocks:
        blocks[0].surround.labels.append(label)
    return list(blocks)


def name_first(flowables: Sequence[Flowable], names: Sequence[str]) -> list[Flowable]:
    """The flowables with named destinations at the top of the first of them."""
    if not names or not flowables:
        return list(flowables)
    first = block(flowables[0])
    first.surround.names.extend(name for name in names if name not in first.surround.names)
    return [first, *flowables[1:]]


def on_new_page(flowables: Sequence[Flowable], side: str = "") -> list[Flowable]:
    """The flowables, the first of which begins a page; ``side`` is "odd" or "even" where its folio is to be that."""
    first = block(flowables[0])
    first.surround.new_page, first.surround.side = True, side or first.surround.side
    return [first, *flowables[1:]]


def kept_together(flowables: Sequence[Flowable]) -> list[Flowable]:
    """The flowables, which stay on one page where that holds all of them."""
    blocks, mark = list(map(block, flowables)), object()
    for each in blocks:
        each.surround.together = mark
    return list(blocks)


def stem(flowable: Flowable, origin: int | None, part: str = "") -> None:
    """Note on a flowable which node of its chapter it is, or which part of one, unless a nearer one is noted."""
    while isinstance(flowable, Block):
        flowable = flowable.child
    if getattr(flowable, "origin", None) is None:
        flowable.origin = origin
        if part:
            flowable.part = part


def _gap(upper: Flowable, lower: Flowable) -> float:
    return max(float(upper.getSpaceAfter()), float(lower.getSpaceBefore()))


class EmptyBlock(Flowable):
    """Nothing, with a height: it carries names where there is nothing to print, and yields at a page's top."""

    def __init__(self, height: float = 0.0) -> None:
        super().__init__()
        self.height = height

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        return availWidth, self.height

    def draw(self) -> None:
        """Nothing to draw."""


class Hairline(Flowable):
    """A thin line of at most ``longest`` points, bound to what follows it."""

    def __init__(self, colour: RGB, longest: float, *, before: float = 0.0, after: float = 0.0) -> None:
        super().__init__()
        self.colour, self.longest = colour, longest
        self.spaceBefore, self.spaceAfter, self.keepWithNext = before, after, 1

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width, self.height = min(self.longest, availWidth), _HAIRLINE
        return self.width, self.height

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setFillColorRGB(*self.colour)
        self.canv.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        self.canv.restoreState()
