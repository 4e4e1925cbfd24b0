"""Line breaking: the best set of breaks for a whole paragraph, after Knuth and Plass (Software: Practice and
Experience 11, 1981)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

__all__ = ["FORCED", "BreakItem", "box", "breaks", "glue", "penalty", "ratio"]

FORCED = -10_000.0
"""A penalty that is always a break."""

_FLAGGED = 3_000.0  # demerits of two hyphens at the ends of neighbouring lines
_RUNT, _RUNTED = 0.08, 10_000.0  # of the measure: a last line no longer has these demerits


class BreakItem(NamedTuple):
    """A box, glue or penalty. Widths are points; ``what`` is whatever the caller prints for it.

    ``cost`` is None for a box and for glue; glue alone stretches. A flagged penalty prints ``what`` (a hyphen)
    when it is taken.
    """

    width: float
    stretch: float
    shrink: float
    cost: float | None
    flagged: bool
    is_glue: bool
    what: Any

    @property
    def is_forced(self) -> bool:
        """Whether a line must end here."""
        return self.cost is not None and self.cost <= FORCED


_new = tuple.__new__  # a paragraph has hundreds of items


def box(width: float, what: object) -> BreakItem:
    """Something that does not break."""
    return _new(BreakItem, (width, 0.0, 0.0, None, False, False, what))


def glue(width: float, stretch: float, shrink: float, what: object) -> BreakItem:
    """A space that may stretch, shrink, or vanish at a break."""
    return _new(BreakItem, (width, stretch, shrink, None, False, True, what))


def penalty(cost: float, width: float = 0.0, what: object = None, *, flagged: bool = False) -> BreakItem:
    """A place where a line may end at a cost, printing ``what``."""
    return _new(BreakItem, (width, 0.0, 0.0, cost, flagged, False, what))


@dataclass(slots=True)
class _Node:
    position: int
    line: int
    demerits: float
    width: float
    stretch: float
    shrink: float
    flagged: bool
    before: _Node | None


def _legal(items: Sequence[BreakItem], highest: float) -> list[int]:
    """Positions where a line may end: glue after a box, and penalties that cost no more than ``highest``."""
    legal = []
    boxed = False
    for index, item in enumerate(items):
        if item.cost is not None:
            if item.cost <= highest:
                legal.append(index)
        elif item.is_glue:
            if boxed:
                legal.append(index)
            boxed = False
        else:
            boxed = True
    return legal


def ratio(natural: float, stretch: float, shrink: float, room: float) -> float:
    """How far a line's glue is stretched (up to 1 and beyond) or shrunk (down to -1) to fill its room."""
    lack = room - natural
    if lack > 0:
        return lack / stretch if stretch > 0 else 1e6 * lack
    if lack < 0:
        return lack / shrink if shrink > 0 else -1e6
    return 0.0


def breaks(
    items: Sequence[BreakItem],
    first: float,
    rest: float,
    *,
    tolerances: Sequence[tuple[float, float]],
    ragged: float = 0.0,
) -> list[int]:
    """Where the lines end, as positions in ``items``; the last is a forced penalty, which must be there.

    ``first`` and ``rest`` are the widths of the first and all other lines. Each of ``tolerances`` is one
    attempt: how far glue may stretch, and the highest penalty that counts as a place to break. The last
    attempt always succeeds. ``ragged`` is the room by which a line may fall short of its width for nothing.
    """
    for number, (tolerance, highest) in enumerate(tolerances):
        found = _attempt(items, first, rest, tolerance, highest, ragged, last=number == len(tolerances) - 1)
        if found is not None:
            return found
    raise ValueError("no attempt was asked for")


def _attempt(
    items: Sequence[BreakItem],
    first: float,
    rest: float,
    tolerance: float,
    highest: float,
    ragged: float,
    *,
    last: bool,
) -> list[int] | None:
    width = stretch = shrink = 0.0
    active = [_Node(-1, 0, 0.0, 0.0, 0.0, 0.0, False, None)]
    legal = _legal(items, highest)
    position = 0
    for end in legal:
        for item in items[position:end]:
            if item.cost is None:
                width += item.width
                stretch += item.stretch
                shrink += item.shrink
        position = end
        active = _extended(items, active, end, width, stretch, shrink, first, rest, tolerance, ragged, last)
        if not active:
            return None
    best: _Node | None = min(active, key=lambda node: node.demerits)
    ends: list[int] = []
    while best is not None and best.before is not None:
        ends.append(best.position)
        best = best.before
    return ends[::-1]


def _extended(
    items: Sequence[BreakItem], active: list[_Node], end: int, width: float, stretch: float, shrink: float,
    first: float, rest: float, tolerance: float, ragged: float, last: bool,
) -> list[_Node]:  # fmt: skip
    """The active nodes after a legal break: those that may still grow, and the best one that ends here."""
    item = items[end]
    cost = item.cost if item.cost is not None else 0.0
    forced = cost <= FORCED
    extra = item.width if item.cost is not None else 0.0
    kept: list[_Node] = []
    best, least = None, float("inf")
    for node in active:
        natural = width - node.width + extra
        room = rest if node.line else first
        r = ratio(natural, stretch - node.stretch + ragged, shrink - node.shrink, room)
        if r >= -1.0:
            if not forced:
                kept.append(node)
            if r <= tolerance:
                demerits = node.demerits + _demerits(r, cost, forced, item.flagged and node.flagged)
                if forced and node.line and natural < _RUNT * room:
                    demerits += _RUNTED
                if demerits < least:
                    best, least = node, demerits
    if best is None and not kept and last:  # one box is wider than the line: it stands out
        best, least = active[-1], active[-1].demerits + 1e12
    if best is not None:
        after = _after(items, end, width, stretch, shrink)
        kept.append(_Node(end, best.line + 1, least, *after, item.flagged, best))
    return kept


def _demerits(r: float, cost: float, forced: bool, flagged: bool) -> float:
    badness = min(100.0 * abs(r) ** 3, 1e6)
    demerits = (10.0 + badness) ** 2
    if not forced:
        demerits += cost * abs(cost)
    return demerits + (_FLAGGED if flagged else 0.0)


def _after(
    items: Sequence[BreakItem], end: int, width: float, stretch: float, shrink: float
) -> tuple[float, float, float]:
    """Totals at the first thing printed after a break: glue and idle penalties at a line's start vanish."""
    for position in range(end, len(items)):  # a slice would copy the rest of the paragraph at each place to break
        item = items[position]
        if item.is_glue:
            width += item.width
            stretch += item.stretch
            shrink += item.shrink
        elif item.cost is None or (item.cost <= FORCED and position > end):
            break
    return width, stretch, shrink
