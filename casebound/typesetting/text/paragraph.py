"""The paragraph: runs broken into lines as a whole, kerned, justified within limits, with its links and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.typesetting.text.lines import set_lines
from casebound.typesetting.text.pieces import Line
from casebound.typesetting.text.printing import print_lines
from casebound.typesetting.text.runs import Hyperlink, InlineObject, Look, Run, TextRun, joined
from casebound.typesetting.text.words import Word, words_of

__all__ = ["Paragraph"]

_ORPHANS = 2  # lines that stay together at a page's foot and head


class Paragraph(Flowable):
    """A paragraph of runs in a style of the sheets.

    Lines break as Knuth and Plass have it. Justified lines whose spaces would gape are left ragged.
    """

    origin: int | None = None
    part = ""

    def __init__(self, runs: Iterable[Run], style: ParagraphStyle) -> None:
        super().__init__()
        self.style = style
        self.runs = joined(runs)
        self.lines: list[Line] = []
        self._words: list[Word] | None = None
        self._broken_for: float | None = None
        self._is_part = False

    @classmethod
    def plain(cls, text: str, style: ParagraphStyle) -> Self:
        """A paragraph of nothing but text."""
        return cls([TextRun(text, Look.of(style))], style)

    @property
    def words(self) -> list[Word]:
        if self._words is None:
            self._words = words_of(self.runs, self.style)
        return self._words

    def minWidth(self) -> float:  # noqa: N802
        widest = max((word.least for word in self.words), default=0.0)
        return float(widest + self.style.leftIndent + self.style.rightIndent)

    def getPlainText(self, identify: object = None) -> str:  # noqa: N802
        """The text and nothing else."""
        return "".join(run.text for run in self.runs if isinstance(run, TextRun))

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        if self._broken_for != availWidth and not self._is_part:
            self.lines = set_lines(self.words, self.style, max(availWidth, 1.0))
            self._broken_for = availWidth
        self.height = sum(line.height for line in self.lines)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        count, height = 0, 0.0
        for line in self.lines:
            height += line.height
            if height > availHeight + 0.01:
                break
            count += 1
        if count == len(self.lines):
            return [self]
        count = min(count, len(self.lines) - _ORPHANS)
        while count > _ORPHANS and self.lines[count - 1].breaks_word:
            count -= 1
        if count < _ORPHANS or self.lines[count - 1].breaks_word:
            return []
        head, tail = self._part(self.lines[:count]), self._part(self.lines[count:])
        head.keepWithNext = 0
        return [head, tail]

    def _part(self, lines: Sequence[Line]) -> Paragraph:
        """Some of the lines as a paragraph. They stay as they are: all columns of a story have one measure."""
        part = Paragraph(self.runs, self.style)
        part.origin, part.part = self.origin, self.part
        part.spaceBefore, part.spaceAfter = self.getSpaceBefore(), self.getSpaceAfter()
        part.keepWithNext = self.getKeepWithNext()
        part.lines, part._is_part = list(lines), True
        return part

    @property
    def last_width(self) -> float:
        """How far the last line reaches from the left edge, in points."""
        return self.lines[-1].left + self.lines[-1].width if self.lines else 0.0

    @property
    def last_left(self) -> float:
        """How far from the left edge the last line begins, in points."""
        return self.lines[-1].left if self.lines else 0.0

    def draw(self) -> None:
        canvas = self.canv
        canvas.begin(self)
        print_lines(canvas, self.lines, self.height, self.said)

    def said(self, link: Hyperlink) -> str:
        """What a link says, on whichever lines and pages it is."""
        texts = []
        for run in self.runs:
            if isinstance(run, (TextRun, InlineObject)) and run.look.link is link:
                alt = run.look.inside.alt if run.look.inside else None
                texts.append(run.text if isinstance(run, TextRun) else run.reading or alt or "")
        return " ".join("".join(texts).split())
