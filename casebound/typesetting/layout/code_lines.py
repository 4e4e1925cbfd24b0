"""Lines of code: coloured runs in cells of one width, and how a line is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont

from casebound.model.style import RGB
from casebound.typesetting.fonts.glyph_runs import Pen
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import StubFont, font_name
from casebound.typesetting.layout.cells import CellStretch, cells, in_cells
from casebound.typesetting.text.directions import stretches
from casebound.typesetting.text.runs import InlineElement

__all__ = ["CodeLine", "CodeRun", "LineWriter"]

_SHIFTED = 0.72  # of the size: what is above or below the line


@dataclass(frozen=True, slots=True)
class CodeRun:
    """A stretch of one line in one face and colour; ``link`` is a named destination with # in front, or a URL.

    ``rise`` is how far it is above the baseline, in sizes: what is raised or lowered is smaller. ``strokes`` are
    the lines through and under it.
    """

    text: str
    face: str
    colour: RGB
    link: str = ""
    names: tuple[str, ...] = ()
    rise: float = 0.0
    strokes: tuple[str, ...] = ()

    def size(self, size: float) -> float:
        """Its size in a line of this size."""
        return size * _SHIFTED if self.rise else size

    def width(self, size: float) -> float:
        """Its width in points in a line of this size."""
        return cells(self.text) * self.cell(size)

    def cell(self, size: float) -> float:
        """The width of a column in points in a line of this size."""
        font: StubFont = getFont(self.face)
        return font.column * self.size(size) / 1000


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One printed line: its runs, its number if there is one, whether it is stressed or goes on the one before.

    ``reading`` is what it reads as after its indent where that is not what it prints: the first part of a wrapped line,
    all of it.
    """

    runs: tuple[CodeRun, ...]
    number: int | None = None
    stressed: bool = False
    continued: bool = False
    reading: str = ""


class LineWriter:
    """Writes the runs of a line of code, whose baseline is so many points above the canvas's origin."""

    def __init__(self, canvas: Any, baseline: float, size: float, reading: str = "") -> None:
        self._canvas, self._baseline, self._size = canvas, baseline, size
        self._code = ["BT"]
        self._colour: RGB | None = None
        self._at: float | None = None  # where letters ended; None where nobody knows
        self._pen = Pen(partial(font_name, doc=canvas._doc), self._code)
        self._contents = canvas.marks.text(self._code)
        self._reading, self._is_read = reading, False

    def write(self, run: CodeRun, left: float, inside: InlineElement | None = None) -> None:
        """Write a run that begins so many points from the left, in an element of the line."""
        self._claim(run, inside)
        font: StubFont = getFont(run.face)
        size, rise = run.size(self._size), run.rise * self._size
        if run.colour != self._colour:
            self._colour = run.colour
            self._code.append("{:.3f} {:.3f} {:.3f} rg".format(*run.colour))
        for stretch in in_cells(font, run.text):
            width = stretch.cells * run.cell(self._size)
            if stretch.plain and stretch.text:
                self._plain(font, stretch.text, left, size, rise)
                self._at = left + width
            elif stretch.text:
                self._fitted(font, stretch, left, size, rise)
                self._at = None
            left += width

    def end(self) -> None:
        """Put what was written onto the canvas."""
        self._contents.end()
        self._pen.rest()
        self._canvas.write(" ".join([*self._code, "ET"]))

    def _claim(self, run: CodeRun, inside: InlineElement | None) -> None:
        """Have a run be in an element of the line; a line that reads as another text has none, and does so to its end.

        Its indent stays what it is: without ink there is no box that a reader finds letters in.
        """
        if not self._reading or (run.text.isspace() and not self._is_read):
            self._contents.go_on(inside)
        elif not self._is_read:
            self._contents.read(inside, self._reading)
            self._is_read = True

    def _plain(self, font: StubFont, text: str, left: float, size: float, rise: float) -> None:
        """Write letters that fill their cells by themselves."""
        if self._at is None or abs(self._at - left) > 0.01:
            self._code.append(f"1 0 0 1 {left:.2f} {self._baseline:.2f} Tm")
        shaped = shape(font, text)
        font.keep(text, shaped)
        self._pen.write(shaped.spans, size, rise)

    def _fitted(self, font: StubFont, stretch: CellStretch, left: float, size: float, rise: float) -> None:
        """Write letters in the middle of their cells; wider ones are set narrower."""
        room = stretch.cells * font.stringWidth("m", size)
        parts = [(part, shape(font, part, rtl)) for part, rtl in stretches(font.shown(stretch.text))]
        width = sum(shaped.width for _, shaped in parts) * size / 1000
        scale = min(1.0, room / width) if width and room else 1.0
        spare = 0.0 if len(stretch.text) > stretch.cells else max(room - width, 0.0) / 2
        self._code.append(f"1 0 0 1 {left + spare:.2f} {self._baseline:.2f} Tm {scale * 100:.1f} Tz")
        for text, shaped in parts:
            font.keep(text, shaped)
            self._pen.write(shaped.spans, size, rise)
        self._code.append("100 Tz")
        font.lacks(font.lacking(stretch.text))
