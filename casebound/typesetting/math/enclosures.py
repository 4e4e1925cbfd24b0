"""Frames round a formula and strokes through it, drawn where ziamath draws none or another."""

from __future__ import annotations

import math
from typing import Any
from xml.etree import ElementTree

from ziafont.fonttypes import BBox
from ziamath.drawable import Box, Drawable
from ziamath.nodes.menclose import Menclose

__all__ = ["set_enclosure"]

_FRAME = 0.2  # em between a frame and what it holds
_HEAD = 0.42  # em: length of an arrow's head
_BARB = 0.15  # em: half its width
_BEYOND = 0.45  # em by which an arrow reaches beyond what it strikes out
_STEEPEST = 0.4  # of its width: how far an arrow rises at least

Point = tuple[float, float]

_STROKES = {
    "updiagonalstrike": ((0.0, 0.0), (1.0, 1.0)),
    "updiagonalarrow": ((0.0, 0.0), (1.0, 1.0)),
    "downdiagonalstrike": ((0.0, 1.0), (1.0, 0.0)),
    "horizontalstrike": ((0.0, 0.5), (1.0, 0.5)),
}
"""Where each begins and ends, as shares of a box's sides, upwards."""

_set_other = Menclose._setup


class EnclosureStroke(Drawable):
    """A line from the origin, upwards by ``rise``; an arrow where its head has a size, that of an em."""

    def __init__(self, run: float, rise: float, pen: float, head: float, colour: str) -> None:
        super().__init__()
        self.run, self.rise, self.pen, self.head, self.colour = run, rise, pen, head, colour
        self.bbox = BBox(0, run, min(rise, 0), max(rise, 0))

    def draw(self, x: float, y: float, svg: ElementTree.Element) -> tuple[float, float]:
        """Draw it on ziamath's drawing, whose y axis points downwards."""
        length = math.hypot(self.run, self.rise) or 1.0
        across, up = self.run / length, self.rise / length

        def place(along: float, aside: float) -> str:
            return f"{x + along * across - aside * up:.5f} {y - along * up - aside * across:.5f}"

        shaft = length - self.head * _HEAD
        line = {"d": f"M {place(0, 0)} L {place(shaft, 0)}", "stroke-width": f"{self.pen:.5f}", "stroke": self.colour}
        ElementTree.SubElement(svg, "path", line)
        if self.head:
            barb, heel = self.head * _BARB, shaft - self.head * 0.08
            outline = f"M {place(length, 0)} L {place(heel, barb)} L {place(shaft, 0)} L {place(heel, -barb)} Z"
            ElementTree.SubElement(svg, "path", {"d": outline, "fill": self.colour})
        return x + self.run, y


def set_enclosure(self: Menclose, **kwargs: Any) -> None:
    """Frames keep away from what they hold, strokes end at its corners, and an arrow has its head and its room.

    ziamath has a frame touch its letters, makes boxes taller than they are, and draws arrow heads by a mark of SVG
    that is no outline.
    """
    known = {"box", *_STROKES}
    if not known.issuperset(self.notation):
        _set_other(self, **kwargs)
        return
    em, pen = self.glyphsize, self.units_to_points(self.font.math.consts.fractionRuleThickness)
    left, right, bottom, top = self.base.bbox
    pad = _FRAME * em if "box" in self.notation else pen
    width, height = max(right, self.base.xadvance()) + 2 * pad, top - bottom + 2 * pad
    self.nodes.append(self.base)
    self.nodexy.append((pad - min(left, 0.0), 0))
    colour = self.style.mathcolor or "black"
    if "box" in self.notation:
        self.nodes.append(Box(width, height, pen, style=self.style, **kwargs))
        self.nodexy.append((0, pad - bottom))
    head = beyond = rise = 0.0
    if "updiagonalarrow" in self.notation:
        head, beyond = em, _BEYOND * em
        rise = max(beyond, _STEEPEST * width - height)
    for notation in self.notation:
        if notation in _STROKES:
            (x0, y0), (x1, y1) = _STROKES[notation]
            run, up = (x1 - x0) * width + beyond, (y1 - y0) * height + rise
            self.nodes.append(EnclosureStroke(run, up, pen, head, colour))
            self.nodexy.append((x0 * width, pad - bottom - y0 * height))
    self.bbox = BBox(0, width + beyond, bottom - pad, top + pad + rise)
