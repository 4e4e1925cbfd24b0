"""Code blocks: lines of coloured runs on a tint, wrapped at the measure and broken across pages by whole lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import dropwhile
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.platypus.flowables import Flowable

from casebound.model.style import RGB
from casebound.typesetting.fonts.glyph_runs import can_be_read
from casebound.typesetting.layout.cells import cells, columns
from casebound.typesetting.layout.code_lines import CodeLine, CodeRun, LineWriter
from casebound.typesetting.layout.drawn_code import fitting, leading
from casebound.typesetting.text.labels import draw_label
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Hyperlink

__all__ = ["CodeBlock", "CodeLook"]

_PADDING = 5.0
_SHIFTED = 0.72  # of the size: what is above or below the line
_HANG = 2  # characters by which a wrapped line's continuation hangs in
_SEARCH = 24  # characters back from the end of a line that are searched for a good place to cut it
_MARKED = 180.0  # points of a measure in which code that goes on says so
_WIDOW = 2  # lines kept together at a break
_SEARCHED = 4  # lines back from the end of a page that are searched for a good place to part code


def _goes_on(line: CodeLine) -> bool:
    """Whether a line ends in a backslash: shells and C read the next one with it."""
    return "".join(run.text for run in line.runs).rstrip().endswith("\\")


def _good_end(text: str, begin: int, end: int) -> int:
    """The last place from ``end`` back where code may be cut without hurting it much; ``end`` if there is none."""
    floor = max(begin + (end - begin) // 2, end - _SEARCH)
    for marks in (" ", ",;|&", "/.=:)]}"):
        for index in range(end, floor, -1):
            if text[index - 1] in marks:
                return index
    return end


def _readings(line: CodeLine, parts: Sequence[Sequence[CodeRun]]) -> list[str]:
    """What the parts of a wrapped line read as: the first that has ink as all of it, those after it as a space."""
    inked = dropwhile(str.isspace, (run.text for run in line.runs))
    text = "".join(inked)
    if not can_be_read(text) or any(run.link for run in line.runs):  # read elsewhere it would be no link
        return [""] * len(parts)
    blank = next((at for at, runs in enumerate(parts) if any(not run.text.isspace() for run in runs)), len(parts))
    return [*[""] * blank, text, *[" "] * len(parts)][: len(parts)]


@dataclass(frozen=True, slots=True)
class CodeLook:
    """How a block looks beside its style: colours of tint, stress, numbers and marks.

    ``before`` and ``after`` are set above and below what of it is on a page of several.
    """

    tint: RGB
    stress: RGB
    faint: RGB
    before: Paragraph | None = None
    after: Paragraph | None = None


def _mark_height(mark: Paragraph | None, width: float) -> float:
    """The points that a mark takes above or below code."""
    return 0.0 if mark is None else float(mark.wrap(width - 2 * _PADDING, 0)[1])


def _draw_mark(mark: Paragraph | None, canvas: Any, width: float, top: float) -> float:
    """Draw a mark below a height, and give its own."""
    height = _mark_height(mark, width)
    if mark is not None:
        mark.drawOn(canvas, _PADDING, top - height)
    return height


class CodeBlock(Flowable):
    """Lines of code. Long ones are wrapped; the mark of a wrapped line is drawn, not written: copying leaves it out."""

    origin: int | None = None

    def __init__(
        self, lines: Sequence[CodeLine], style: ParagraphStyle, look: CodeLook, *, whole: CodeBlock | None = None,
        above: Paragraph | None = None, below: Paragraph | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self._above, self._below = above, below
        self.lines, self.style, self.look = list(lines), style, look
        self._wrapped = whole is not None
        self.origin = whole.origin if whole else None
        self.part: str = whole.part if whole else ""
        self.leading: float = whole.leading if whole else leading(self._texts(), style)
        self._gutter: float = whole._gutter if whole else self._numbers()
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter

    def _texts(self) -> Iterable[str]:
        return ("".join(run.text for run in line.runs) for line in self.lines)

    def minWidth(self) -> float:  # noqa: N802
        return min(self.natural_width, self._advance * 20 + 2 * _PADDING + self._gutter)

    @property
    def natural_width(self) -> float:
        """The width at which no line is wrapped, in points."""
        widest = max((sum(cells(run.text) for run in line.runs) for line in self.lines), default=0)
        return widest * self._advance + 2 * _PADDING + self._gutter

    @property
    def _advance(self) -> float:
        return float(getFont(self.style.fontName).stringWidth("m", self.style.fontSize))

    def _numbers(self) -> float:
        """Room for line numbers."""
        longest = max((line.number or 0 for line in self.lines), default=0)
        return (len(str(longest)) + 1.5) * self._advance if longest else 0.0

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        if not self._wrapped:
            self._fit(availWidth - 2 * _PADDING)
            room = max(availWidth - 2 * _PADDING - self._gutter, self._advance * 8)
            self.lines = [part for line in self.lines for part in self._broken(line, room)]
            self._wrapped = True
        self.width = availWidth
        marks = sum(_mark_height(mark, availWidth) for mark in (self._above, self._below))
        self.height = len(self.lines) * self.leading + 2 * _PADDING + marks
        return self.width, self.height

    def _fit(self, room: float) -> None:
        """Take the size in which a table of characters fits."""
        style = fitting(self._texts(), self.style, self.natural_width - 2 * _PADDING, room)
        if style is not self.style:
            self.style, self.leading = style, leading(self._texts(), style)
            self._gutter = self._numbers()

    def _broken(self, line: CodeLine, room: float) -> Iterable[CodeLine]:
        ends = self._ends(line, room)
        if not ends:
            return [line]
        pieces: list[list[CodeRun]] = [[] for _ in range(len(ends) + 1)]
        position, piece = 0, 0
        for run in line.runs:
            start, names = 0, run.names
            while piece < len(ends) and ends[piece] - position < len(run.text):
                cut = ends[piece] - position
                pieces[piece].append(replace(run, text=run.text[start:cut], names=names))
                start, names, piece = cut, (), piece + 1
            pieces[piece].append(replace(run, text=run.text[start:], names=names))
            position += len(run.text)
        parts = [tuple(run for run in runs if run.text or run.names) for runs in pieces]
        readings = _readings(line, parts)
        first = CodeLine(parts[0], line.number, line.stressed, line.continued, readings[0])
        rest = zip(parts[1:], readings[1:], strict=True)
        return [first, *(CodeLine(runs, None, line.stressed, True, reading) for runs, reading in rest if runs)]

    def _ends(self, line: CodeLine, room: float) -> list[int]:
        """Where a line too long for its room is cut: after a space or a mark near the end, else where room ends."""
        size = self.style.fontSize
        if sum(run.width(size) for run in line.runs) <= room:
            return []
        widths = [count * run.cell(size) for run in line.runs for count in columns(run.text)]
        text = "".join(run.text for run in line.runs)
        ends: list[int] = []
        begin, left = 0, room
        for index, width in enumerate(widths):
            if width > left and index > begin:
                end = _good_end(text, begin, index)
                ends.append(end)
                begin, left = end, room - _HANG * self._advance - sum(widths[end:index])
            left -= width
        return ends

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        after = self.look.after if availWidth >= _MARKED else None
        before = self.look.before if availWidth >= _MARKED else None
        marks = sum(_mark_height(mark, availWidth) for mark in (self._above, after))
        count = int((availHeight - 2 * _PADDING - marks) / self.leading)
        if len(self.lines) - count < _WIDOW:
            count = len(self.lines) - _WIDOW
        count = self._parted(count)
        if count < _WIDOW:
            return []
        parts = ((self.lines[:count], self._above, after), (self.lines[count:], before, self._below))
        return [
            CodeBlock(lines, self.style, self.look, whole=self, above=above, below=below)
            for lines, above, below in parts
        ]

    def _parted(self, count: int) -> int:
        """So many lines or a few less: a page had better not end where a command goes on, or a wrapped line."""
        for fewer in range(count, max(count - _SEARCHED, _WIDOW - 1), -1):
            if not (self.lines[fewer].continued or _goes_on(self.lines[fewer - 1])):
                return fewer
        return count

    def draw(self) -> None:
        canvas, style = self.canv, self.style
        canvas.setFillColorRGB(*self.look.tint)
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        gutter = self._gutter
        top = self.height - _draw_mark(self._above, canvas, self.width, self.height)
        canvas.begin(self)
        baseline = top - _PADDING - self.leading * 0.5 - style.fontSize * 0.36
        for line in self.lines:
            if line.stressed:
                canvas.setFillColorRGB(*self.look.stress)
                canvas.rect(0, baseline - self.leading * 0.28, self.width, self.leading, stroke=0, fill=1)
            left = _PADDING + gutter + (_HANG * self._advance if line.continued else 0.0)
            if line.continued:
                self._draw_mark(left - 1.1 * self._advance, baseline)
            if line.number is not None:
                right = _PADDING + gutter - 1.2 * self._advance
                number, size = str(line.number), style.fontSize * 0.86
                draw_label(canvas, number, style.fontName, size, self.look.faint, right, baseline)
            self._draw_line(line, left, baseline)
            baseline -= self.leading
        _draw_mark(self._below, canvas, self.width, _mark_height(self._below, self.width))

    def _draw_line(self, line: CodeLine, left: float, baseline: float) -> None:
        canvas, size = self.canv, self.style.fontSize
        writer = LineWriter(canvas, baseline, size, line.reading)
        for run in line.runs:
            width = run.width(size)
            for name in run.names:
                canvas.place(name, left, baseline + size)
            link = Hyperlink(target=run.link) if run.link else None
            writer.write(run, left, link)
            if link is not None:
                rect = (left, baseline - size * 0.25, left + width, baseline + size * 0.9)
                canvas.link(link, rect, run.text)
            for kind in run.strokes:
                self._stroke(kind, run, left, width, baseline)
            left += width
        writer.end()

    def _stroke(self, kind: str, run: CodeRun, left: float, width: float, baseline: float) -> None:
        """Draw a line through a run or under it."""
        size = self.style.fontSize
        y = baseline + (-0.16 if kind == "underline" else 0.25) * size
        self.canv.saveState()
        self.canv.setStrokeColorRGB(*run.colour)
        self.canv.setLineWidth(0.5)
        self.canv.line(left, y, left + width, y)
        self.canv.restoreState()

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
