"""ziamath as the house uses it: everything that is changed inside it is here, each with its reason.

It takes time to load, so it is imported when the first formula is met.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

from ziamath.config import config
from ziamath.mathfont import MathFont
from ziamath.nodes import msubsup
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mtable import Mtable
from ziamath.nodes.munderover import Mover, Munder, Munderover
from ziamath.nodes.nodetools import node_is_singlechar
from ziamath.zmath import Math

from casebound.typesetting.math.enclosures import set_enclosure
from casebound.typesetting.math.rules import set_ruled_table

__all__ = ["lay_out"]

_AROUND_WORDS = 0.8  # em: what an arrow is longer than the words above and below it
_UNITS = ("em", "ex", "mu", "pt", "mm", "cm", "bp", "pc", "in")
_size_px = Mnode.size_px
_get_height_nostretch = Mrow._get_height_nostretch
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
Mtable._setup = set_ruled_table  # type: ignore[method-assign]
Menclose._setup = set_enclosure  # type: ignore[method-assign]
Mover._setup = _stretched_arrow  # type: ignore[method-assign]
Munder._setup = _stretched_arrow  # type: ignore[method-assign]
Munderover._setup = _stretched_arrow  # type: ignore[method-assign]
config.svg2 = False  # outlines where they are, no symbols to be looked up
config.precision = 5  # so fine that a letter rounded is the same letter wherever it is
config.minsizefraction = 0.2  # of 24 points: no letter smaller than 4.8 where text has 10
