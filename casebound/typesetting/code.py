"""Code blocks: lines of coloured runs on a tint, wrapped at the measure and broken across pages by whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.platypus.flowables import Flowable

__all__ = ["CodeBlock", "Line", "Run"]

RGB = tuple[float, float, float]

_PADDING = 5.0
_HANG = 2  # characters by which a wrapped line's continuation hangs in
_WIDOW = 2  # lines kept together at a break


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one line in one face and colour; ``link`` is a named destination with # in front, or a URL."""

    text: str
    face: str
    colour: RGB
    link: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its runs, its number if lines are numbered, whether it is stressed or goes on the one before."""

    runs: tuple[Run, ...]
    number: int | None = None
    stressed: bool = False
    continued: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a block looks beside its style: colours of tint, stress, numbers and marks."""

    tint: RGB
    stress: RGB
    faint: RGB


class CodeBlock(Flowable):  # type: ignore[misc]
    """Lines of code. Long ones are wrapped; the mark of a wrapped line is drawn, not written, so copying leaves it out."""

    def __init__(self, lines: Sequence[Line], style: ParagraphStyle, look: Look, *, wrapped: bool = False) -> None:
        super().__init__()
        self.lines, self.style, self.look = list(lines), style, look
        self._wrapped = wrapped
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter

    def minWidth(self) -> float:  # noqa: N802
        return self._advance * 12 + 2 * _PADDING

    @property
    def _advance(self) -> float:
        return float(getFont(self.style.fontName).stringWidth("m", self.style.fontSize))

    @property
    def _gutter(self) -> float:
        """Room for line numbers."""
        longest = max((line.number or 0 for line in self.lines), default=0)
        return (len(str(longest)) + 1.5) * self._advance if longest else 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if not self._wrapped:
            room = max(availWidth - 2 * _PADDING - self._gutter, self._advance * 8)
            self.lines = [part for line in self.lines for part in self._broken(line, room)]
            self._wrapped = True
        self.width = availWidth
        self.height = len(self.lines) * self.style.leading + 2 * _PADDING
        return self.width, self.height

    def _broken(self, line: Line, room: float) -> Iterable[Line]:
        size = self.style.fontSize
        if sum(getFont(run.face).stringWidth(run.text, size) for run in line.runs) <= room:
            return [line]
        hang = _HANG * self._advance
        broken: list[list[Run]] = [[]]
        left = room
        for run in line.runs:
            width_of = getFont(run.face).stringWidth
            start, names = 0, run.names
            for index, letter in enumerate(run.text):
                width = width_of(letter, size)
                if width > left and (index > start or broken[-1]):
                    broken[-1].append(Run(run.text[start:index], run.face, run.colour, run.link, names))
                    broken.append([])
                    start, left, names = index, room - hang, ()
                left -= width
            broken[-1].append(Run(run.text[start:], run.face, run.colour, run.link, names))
        first, *rest = (tuple(run for run in runs if run.text or run.names) for runs in broken)
        return [
            Line(first, line.number, line.stressed, line.continued),
            *(Line(runs, None, line.stressed, True) for runs in rest if runs),
        ]

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        count = int((availHeight - 2 * _PADDING) / self.style.leading)
        if len(self.lines) - count < _WIDOW:
            count = len(self.lines) - _WIDOW
        if count < _WIDOW:
            return []
        head, tail = self._part(self.lines[:count]), self._part(self.lines[count:])
        return [head, tail]

    def _part(self, lines: Sequence[Line]) -> CodeBlock:
        part = CodeBlock(lines, self.style, self.look, wrapped=True)
        part._fixed_gutter = self._current_gutter()
        return part

    _fixed_gutter: float | None = None

    def _current_gutter(self) -> float:
        return self._gutter if self._fixed_gutter is None else self._fixed_gutter

    def draw(self) -> None:
        canvas, style = self.canv, self.style
        canvas.setFillColorRGB(*self.look.tint)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        gutter = self._current_gutter()
        baseline = self.height - _PADDING - style.leading * 0.5 - style.fontSize * 0.36
        for line in self.lines:
            if line.stressed:
                canvas.setFillColorRGB(*self.look.stress)
                canvas.rect(0, baseline - style.leading * 0.28, self.width, style.leading, stroke=0, fill=1)
            left = _PADDING + gutter + (_HANG * self._advance if line.continued else 0.0)
            if line.continued:
                self._draw_mark(left - 1.1 * self._advance, baseline)
            if line.number is not None:
                canvas.setFillColorRGB(*self.look.faint)
                canvas.setFont(style.fontName, style.fontSize * 0.86)
                canvas.drawRightString(_PADDING + gutter - 1.2 * self._advance, baseline, str(line.number))
            self._draw_line(line, left, baseline)
            baseline -= style.leading

    def _draw_line(self, line: Line, left: float, baseline: float) -> None:
        canvas, size = self.canv, self.style.fontSize
        text = canvas.beginText(left, baseline)
        for run in line.runs:
            width = getFont(run.face).stringWidth(run.text, size)
            for name in run.names:
                canvas.place(name, left, baseline + size)
            if run.link:
                rect = (left, baseline - size * 0.25, left + width, baseline + size * 0.9)
                canvas.linkURL(run.link, rect, relative=1)
            if run.text:
                text.setFont(run.face, size)
                text.setFillColorRGB(*run.colour)
                text.textOut(run.text)
            left += width
        canvas.drawText(text)

    def _draw_mark(self, left: float, baseline: float) -> None:
        """A small hooked arrow: the line before goes on here."""
        canvas, size = self.canv, self.style.fontSize * 0.5
        canvas.saveState()
        canvas.setStrokeColorRGB(*self.look.faint)
        canvas.setLineWidth(0.5)
        path = canvas.beginPath()
        path.moveTo(left, baseline + size * 1.2)
        path.lineTo(left, baseline + size * 0.5)
        path.lineTo(left + size, baseline + size * 0.5)
        path.moveTo(left + size * 0.6, baseline + size * 0.8)
        path.lineTo(left + size, baseline + size * 0.5)
        path.lineTo(left + size * 0.6, baseline + size * 0.2)
        canvas.drawPath(path)
        canvas.restoreState()
