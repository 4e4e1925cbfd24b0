"""ziamath as the house uses it: everything that is changed inside it stands here, each with its reason.

It takes time to load, so it is imported when the first formula is met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

from ziamath.config import config
from ziamath.drawable import HLine, VLine
from ziamath.mathfont import MathFont
from ziamath.nodes import msubsup
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mtable import Mtable
from ziamath.nodes.munderover import Mover, Munder, Munderover
from ziamath.nodes.nodetools import node_is_singlechar
from ziamath.zmath import Math

from casebound.typesetting.mathematics.enclosures import set_enclosure

__all__ = ["lay_out"]

_AROUND_WORDS = 0.8  # em: what an arrow is longer than the words above and below it
_UNITS = ("em", "ex", "mu", "pt", "mm", "cm", "bp", "pc", "in")
_size_px = Mnode.size_px
_get_height_nostretch = Mrow._get_height_nostretch
_set_table = Mtable._setup
_place_super = msubsup.place_super
_set_labelled: dict[type[Mnode], Callable[..., None]] = {kind: kind._setup for kind in (Mover, Munder, Munderover)}


def lay_out(mathml: ElementTree.Element, size: float) -> tuple[Mnode, ElementTree.Element]:
    """A formula's box and its drawing as an SVG element, in points, the origin at its baseline."""
    root = Math(mathml, size=size).node
    drawing = ElementTree.Element("svg")
    root.draw(0, 0, drawing)
    return root, drawing


def _length(self: Mnode, size: str, fontsize: float | None = None) -> float:
    """ziamath makes an em 1.333 of its font's size (pixels for points), so that all its spaces are a third too wide."""
    value = float(_size_px(self, size, fontsize))
    return value / 1.333 if size.endswith(("mathspace", *_UNITS)) else value


def _row_extent(self: Mrow, line: list[ElementTree.Element], **kwargs: Any) -> tuple[float, float]:
    """ziamath measures every row twice, the rows inside it four times, and so on: seconds at ten fractions deep.

    While a row is being measured, those inside it need no measuring of their own.
    """
    if kwargs.get("nostretch"):
        return 0.0, 0.0
    return _get_height_nostretch(self, line, **kwargs)


def _level_super(base: Mnode, superscript: Mnode, font: MathFont) -> tuple[float, float, float]:
    """ziamath raises a power by its letter's height, beside a bracket too far; TeX has one height for all letters."""
    x, y, advance = _place_super(base, superscript, font)
    em = base.glyphsize
    if node_is_singlechar(base) and base.bbox.ymax < 0.85 * em and base.bbox.ymax - base.bbox.ymin < 1.05 * em:
        y = max(y, -base.units_to_points(font.math.consts.superscriptShiftUp))
    return x, y, advance


def _ruled_table(self: Mtable, **kwargs: Any) -> None:
    """ziamath leaves out the lines between the rows and columns of an array."""
    _set_table(self, **kwargs)
    rows, columns = _tracks(self)
    thickness = self.units_to_points(self.font.math.consts.fractionRuleThickness)
    for y in _between(rows, self.element.get("rowlines", "")):
        self.nodes.append(HLine(self.bbox.xmax, thickness, style=self.style, **kwargs))
        self.nodexy.append((0, y))
    for x in _between(columns, self.element.get("columnlines", "")):
        self.nodes.append(VLine(self.bbox.ymax - self.bbox.ymin, thickness, style=self.style, **kwargs))
        self.nodexy.append((x, -self.bbox.ymax))


Track = list[tuple[float, float]]


def _tracks(table: Mtable) -> tuple[list[Track], list[Track]]:
    """The extents of a table's cells, by row and by column."""
    counts = [len(row) for row in table.element]
    columns: list[Track] = [[] for _ in range(max(counts))]
    rows: list[Track] = []
    placed = zip(table.nodes, table.nodexy, strict=True)
    for count in counts:
        rows.append([])
        for column in range(count):
            node, (x, y) = next(placed)
            rows[-1].append((y - node.bbox.ymax, y - node.bbox.ymin))
            columns[column].append((x, x + node.bbox.xmax))
    return rows, columns


def _between(tracks: Sequence[Track], lines: str) -> Iterator[float]:
    """The middles of the gaps that have a line."""
    for first, second, line in zip(tracks, tracks[1:], lines.split(), strict=False):
        if line != "none":
            yield (max(end for _, end in first) + min(start for start, _ in second)) / 2


def _stretched_arrow(self: Mover | Munder | Munderover, **kwargs: Any) -> None:
    """ziamath leaves an arrow as short as it is under words however long."""
    arrow = self.element[0]
    if arrow.get("stretchy") == "words":
        words = [node for node in (getattr(self, "over", None), getattr(self, "under", None)) if node]
        width = max(node.bbox.xmax - node.bbox.xmin for node in words) + _AROUND_WORDS * self.glyphsize
        if width > self.base.bbox.xmax - self.base.bbox.xmin:
            rest = {name: value for name, value in kwargs.items() if name not in {"sub", "sup", "width"}}
            self.base = Mnode.fromelement(arrow, parent=self, width=width, **rest)
    _set_labelled[type(self)](self, **kwargs)


Mnode.size_px = _length  # type: ignore[method-assign]
Mrow._get_height_nostretch = _row_extent  # type: ignore[method-assign]
msubsup.place_super = _level_super
Mtable._setup = _ruled_table  # type: ignore[method-assign]
Menclose._setup = set_enclosure  # type: ignore[method-assign]
Mover._setup = _stretched_arrow  # type: ignore[method-assign]
Munder._setup = _stretched_arrow  # type: ignore[method-assign]
Munderover._setup = _stretched_arrow  # type: ignore[method-assign]
config.svg2 = False  # outlines where they stand, no symbols to be looked up
config.precision = 5  # so fine that a letter rounded is the same letter wherever it stands
config.minsizefraction = 0.2  # of 24 points: no letter smaller than 4.8 where text has 10
