"""The outlines of letters, for what is drawn below them."""

from __future__ import annotations

from typing import Any

from fontTools.pens.basePen import BasePen

from casebound.i18n.clusters import clusters
from casebound.typesetting.graphics.svg.lettering.widths import width_of
from casebound.typesetting.graphics.svg.matrices import Matrix, Point
from casebound.typesetting.graphics.svg.outlines import Outline, Step, joined, moved
from casebound.typesetting.graphics.svg.scene import Writing

__all__ = ["traced"]


def traced(line: Writing) -> Outline:
    """The outline of a run of text whose letters are apart, in the space of its matrix."""
    found: list[Outline] = []
    at = 0.0
    for letter, is_last in ((each[i], i == len(each) - 1) for each in clusters(line.text) for i in range(len(each))):
        writer = line.font.lender(ord(letter))
        shaper = writer.shaper
        pen = _TracingPen()
        glyph = shaper.get_nominal_glyph(ord(letter))
        if glyph is not None:
            shaper.draw_glyph_with_pen(glyph, pen)
        scale = line.size / shaper.face.upem
        frame: Matrix = (scale, 0, 0, -scale, at, 0)
        found.append(moved(tuple(pen.steps), frame))
        at += width_of(line.font, letter, line.size) + line.spacing * is_last + (line.word if letter == " " else 0.0)
    return joined(found)


class _TracingPen(BasePen):
    """Keeps what a face draws."""

    def __init__(self) -> None:
        super().__init__(None)
        self.steps: list[Step] = []

    def _moveTo(self, pt: Any) -> None:  # noqa: N802
        self.steps.append(("M", (_point(pt),)))

    def _lineTo(self, pt: Any) -> None:  # noqa: N802
        self.steps.append(("L", (_point(pt),)))

    def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:  # noqa: N802
        self.steps.append(("C", (_point(pt1), _point(pt2), _point(pt3))))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(("Z", ()))


def _point(pt: Any) -> Point:
    return float(pt[0]), float(pt[1])
