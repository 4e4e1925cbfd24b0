"""Mathematics in a line and on display, with numbers; a formula that cannot be set is shown by its source."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import partial
from typing import Any

from docutils import nodes
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont, stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.tex import broken_display, display_parts, steps
from casebound.typesetting.layout.block import Block
from casebound.typesetting.layout.code_lines import CodeLine, CodeRun
from casebound.typesetting.layout.listing import CodeBlock
from casebound.typesetting.math import BrokenFormula, Formula, formula
from casebound.typesetting.nodes.base import BookHandler
from casebound.typesetting.nodes.code import look
from casebound.typesetting.nodes.context import Context
from casebound.typesetting.text.invisible_text import hidden_text
from casebound.typesetting.text.labels import draw_label
from casebound.typesetting.text.runs import InlineObject, Look, Run, TextRun, clean

__all__ = ["Displayed", "inline_formula"]

_MONO = 0.868  # size of code within text
_LONG = 9_000.0  # a formula in a line that is wider than 9 em may break at its relations
_SMALLEST = 0.7  # a displayed formula is scaled down to this and no further
_NUMBER_GAP = 12.0  # points between a formula and its number
_BEFORE, _AFTER = 4.0, 11.0


def inline_formula(tex: str, look: Look) -> list[Run]:
    """A formula in a line of text. Raises BrokenFormula."""
    whole = formula(tex)
    look = look.within("Formula", alt=tex)
    pieces = [whole]
    if whole.width > _LONG:
        with suppress(BrokenFormula):  # a step alone may be none
            pieces = [formula(step) for step in steps(tex)]
    runs: list[Run] = [_object(pieces[0], look)]
    for piece in pieces[1:]:
        runs += [TextRun(" ", look), _object(piece, look)]
    return runs


def _object(piece: Formula, look: Look) -> InlineObject:
    """A formula that the paragraph draws at its baseline."""
    size: float = look.base.fontSize
    scale = size / 1000
    draw = partial(_draw_inline, piece, size, look.colour)
    return InlineObject(look, piece.width * scale, piece.ascent * scale, piece.descent * scale, draw, piece.reading)


def _draw_inline(part: Formula, size: float, colour: Color, canvas: Any, x: float, y: float) -> None:
    part.draw(canvas, x, y, size, colour)


class MathHandler(BookHandler, nodes.math):
    """Mathematics in a line."""

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        tex = node.astext()
        try:
            return inline_formula(tex, look)
        except BrokenFormula as error:
            context.lose("math-plain", node, name=tex, reason=str(error))
            size: float = look.base.fontSize
            return [TextRun(tex, look.in_face(context.styles["literal"].fontName, size * _MONO))]


class Displayed(Flowable):
    """A formula on a line of its own, centred; its number is at the right edge of the measure.

    Where it is too wide it is made smaller, then broken at its relations. Raises BrokenFormula from ``wrap`` where
    neither helps.
    """

    def __init__(self, tex: str, style: ParagraphStyle, number: str = "") -> None:
        super().__init__()
        self.tex, self.style, self.number = tex, style, number
        self.formula = formula(tex, display=True)
        self.spaceBefore, self.spaceAfter = _BEFORE, _AFTER

    def minWidth(self) -> float:  # noqa: N802
        """What a table's column must give it."""
        return float(self.formula.width * self.style.fontSize / 1000 * _SMALLEST + self._number_room + 0.1)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        room = availWidth - self._number_room
        self.formula, factor = self._fitted(room)
        self.size = self.style.fontSize * factor
        scale = self.size / 1000
        self.ascent, self.descent = self.formula.ascent * scale, self.formula.descent * scale
        self.width, self.height = availWidth, max(self.ascent + self.descent, self.style.fontSize)
        return self.width, self.height

    @property
    def _number_room(self) -> float:
        if not self.number:
            return 0.0
        return float(stringWidth(self.number, self.style.fontName, self.style.fontSize)) + _NUMBER_GAP

    def _fitted(self, room: float) -> tuple[Formula, float]:
        whole = formula(self.tex, display=True)
        factor = room / (whole.width * self.style.fontSize / 1000)
        if factor < 1 and (broken := broken_display(self.tex)):
            whole = formula(broken, display=True)
            factor = room / (whole.width * self.style.fontSize / 1000)
        if factor < _SMALLEST:
            raise BrokenFormula("it is too wide")
        return whole, min(factor, 1.0)

    def draw(self) -> None:
        self.canv.begin(self)
        scale, colour = self.size / 1000, self.style.textColor
        width = self.formula.width * scale
        centred = (self.width - width) / 2
        x = max(min(centred, self.width - self._number_room - width), 0.0)
        baseline = self.height - self.ascent
        box = (x, baseline - self.descent, x + width, baseline + self.ascent)
        with self.canv.marks.drawn(None, box):
            self.formula.draw(self.canv, x, baseline, self.size, colour)
            font = getFont(self.style.fontName)
            said = hidden_text(self.canv, font, self.formula.reading, (x, baseline), width, self.size)
            self.canv._code.append(f"BT {said} ET")
        if self.number:
            self._draw_number(baseline)

    def _draw_number(self, baseline: float) -> None:
        style = self.style
        if re.search(r"\\\\|\\begin", self.tex):
            baseline = self.height / 2 - 0.33 * style.fontSize
        colour = tuple(style.textColor.rgb())
        draw_label(self.canv, self.number, style.fontName, style.fontSize, colour, self.width, baseline, read=True)


class MathBlockHandler(BookHandler, nodes.math_block):
    """Displayed formulas: an empty line in the source divides them, their number is at the last."""

    def blocks(self, context: Context, node: nodes.Element, style: ParagraphStyle | None) -> list[Flowable]:
        source = node.astext()
        parts = display_parts(source) if not node.get("nowrap") else [source.strip()]
        number = f"({node['number']})" if node.get("number") else ""
        flowables: list[Flowable] = []
        for index, tex in enumerate(parts):
            flowables.append(self._displayed(context, node, tex, number if index == len(parts) - 1 else ""))
        return flowables

    def content(self, context: Context, node: nodes.Element, look: Look) -> list[Run]:
        return MathHandler().content(context, node, look)

    def _displayed(self, context: Context, node: nodes.Element, tex: str, number: str) -> Flowable:
        def plain(error: Exception | None) -> Flowable:
            context.lose("math-plain", node, name=tex, reason=str(error or "it is too large"))
            code = context.styles["code"]
            lines = [*tex.split("\n"), *([number] if number else [])]
            runs = [CodeRun(clean(line).expandtabs(8), code.fontName, tuple(code.textColor.rgb())) for line in lines]
            return CodeBlock([CodeLine((run,)) for run in runs], code, look(context))

        try:
            block = Block(Displayed(tex, context.styles["bodytext"], number))
        except BrokenFormula as error:
            return plain(error)
        block.plain = plain
        return block
