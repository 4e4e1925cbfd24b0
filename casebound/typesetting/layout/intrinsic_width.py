"""How wide a flowable must be and would like to be: what a table's columns are shared out by."""

from __future__ import annotations

from reportlab.lib.enums import TA_LEFT
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.layout.block import Block, stem
from casebound.typesetting.layout.keep_together import KeptTogether
from casebound.typesetting.styles.variants import aligned
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import InlineObject, LineBreak, TextRun

__all__ = ["least_width", "natural_width", "sided"]

_LONGEST = 600  # characters of a paragraph that are measured


def least_width(flowable: Flowable) -> float:
    """The width below which a flowable breaks words or loses its form, in points."""
    if isinstance(flowable, Block):
        return least_width(flowable.child) + _sides(flowable)
    if isinstance(flowable, KeptTogether):
        return max(map(least_width, flowable.content))
    return float(flowable.minWidth() or 0.0) if hasattr(flowable, "minWidth") else 0.0


def natural_width(flowable: Flowable) -> float:
    """The width at which a flowable would be without breaking a line, in points."""
    if isinstance(flowable, Block):
        return natural_width(flowable.child) + _sides(flowable)
    if isinstance(flowable, KeptTogether):
        return max(map(natural_width, flowable.content))
    if isinstance(flowable, Paragraph):
        return _line(flowable)
    wide = getattr(flowable, "natural_width", None)
    return least_width(flowable) if wide is None else float(wide)


def sided(flowable: Flowable, side: int, room: float) -> Flowable:
    """A flowable whose line is on a side, one of reportlab.lib.enums; what is longer than a line, at the left."""
    if isinstance(flowable, Block):
        flowable.child = sided(flowable.child, side, room)
    elif isinstance(flowable, Paragraph):
        side = side if natural_width(flowable) <= room else TA_LEFT
        if side != flowable.style.alignment:
            moved = Paragraph(flowable.runs, aligned(flowable.style, side))
            stem(moved, flowable.origin, flowable.part)
            return moved
    return flowable


def _sides(block: Block) -> float:
    return float(block.surround.left + block.surround.right)


def _line(paragraph: Paragraph) -> float:
    """A paragraph on one line, or the widest of the lines its author ended."""
    style = paragraph.style
    widest = line = 0.0
    left = _LONGEST
    for run in paragraph.runs:
        if isinstance(run, LineBreak):
            widest, line = max(widest, line), 0.0
        elif isinstance(run, InlineObject):
            line += run.width
        elif isinstance(run, TextRun):
            text = run.text[:left]
            left -= len(text)
            line += stringWidth(text, run.look.face, run.look.size)
    return float(max(widest, line) + style.leftIndent + style.rightIndent + 1.0)
