"""Contents, and lists of captions: lines of a number, a title, leader dots and a folio, each a link.

The numbers of neighbours share a column, whose width is that of the widest::

    1  RPC over AMQP . . . . . . . .  2
    10 Reporting a Provider Tree . . 47
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.model.fragment import FolioBox
from casebound.model.outline import OutlineEntry
from casebound.typesetting.layout.block import stem
from casebound.typesetting.matter.structure import heading, listed
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.variants import hanging
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Hyperlink, InlineObject, Look, Run, TextRun

__all__ = ["captions", "contents", "contents_lines"]

_FOLIO_WIDTH = 22.0
_LEADER = 5.2  # points from dot to dot
_GAP = 0.6  # of the size, between the widest number and the titles


class ContentsLine(Flowable):
    """One line of the contents: number, title, leader dots, the box for its folio; all of it a link.

    ``column`` is the width in points that the numbers of its neighbours share; ``level`` is that of the entry, from 1.
    """

    part = ""

    def __init__(
        self, entry: OutlineEntry, style: ParagraphStyle, column: float = 0.0, *, level: int, leader: bool
    ) -> None:
        super().__init__()
        self.entry, self.style, self.level, self.leader = entry, style, level, leader
        self.link = Hyperlink(target=f"#{entry.target}")
        look = Look.of(style).inside_of(self.link)
        runs = _in_column(entry, look, column) if entry.number else [TextRun(entry.title, look)]
        self.title = Paragraph(runs, hanging(style, column) if entry.number else style)
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self.keepWithNext = getattr(style, "keepWithNext", 0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        _, self.height = self.title.wrapOn(self.canv, availWidth - _FOLIO_WIDTH - 8, availHeight)
        return availWidth, self.height

    def draw(self) -> None:
        style, canvas = self.style, self.canv
        turned = canvas.mirrored
        stem(self.title, self.origin, self.part)
        self.title.drawOn(canvas, _FOLIO_WIDTH + 8 if turned else 0, 0)
        baseline = style.leading - style.fontSize
        if self.leader:
            self._draw_leader(baseline)
        colour = tuple(style.textColor.rgb())
        box = FolioBox(
            0, 0.0 if turned else self.width - _FOLIO_WIDTH, baseline, _FOLIO_WIDTH, self.entry.target, style.fontName,
            style.fontSize, align="left" if turned else "right", colour=colour,
        )  # fmt: skip
        canvas.begin(self.title)
        canvas.folio(box, self.link)
        indent = style.leftIndent + min(style.firstLineIndent, 0)
        left, right = (0.0, self.width - indent) if turned else (indent, self.width)
        canvas.link(self.link, (left, -1, right, self.height), self.entry.title)

    def _draw_leader(self, baseline: float) -> None:
        start, end = self.title.last_width + 6, self.width - _FOLIO_WIDTH - 2
        if self.canv.mirrored:
            start, end = _FOLIO_WIDTH + 2, _FOLIO_WIDTH + 8 + self.title.last_left - 6
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColorRGB(0.66, 0.66, 0.66)
        first = int(start / _LEADER) + 1
        for index in range(first, int(end / _LEADER)):
            canvas.circle(index * _LEADER, baseline + 0.9, 0.42, stroke=0, fill=1)
        canvas.restoreState()


def _in_column(entry: OutlineEntry, look: Look, column: float) -> list[Run]:
    """A numbered title, its words after the column of the numbers in all of its lines."""
    rest = column - _width(entry.number, look.base)
    gap = InlineObject(look, rest, look.size, 0.0, lambda canvas, x, y: None)
    words = entry.title.removeprefix(entry.number).strip()
    return [TextRun(entry.number, look), gap, TextRun(words, look)]


def _width(number: str, style: ParagraphStyle) -> float:
    return float(stringWidth(number, style.fontName, style.fontSize))


def contents_lines(
    compositor: Compositor, entries: Sequence[OutlineEntry], depth: int, level: int = 1
) -> Iterable[Flowable]:
    """The lines of entries and of what is below them, so many levels down."""
    return _listed(_lines(compositor, entries, depth, level))


def _lines(compositor: Compositor, entries: Sequence[OutlineEntry], depth: int, level: int) -> Iterable[ContentsLine]:
    style = compositor.styles[f"contents{min(level, 4)}"]
    widest = max((_width(entry.number, style) for entry in entries), default=0.0)
    for entry in entries:
        yield ContentsLine(entry, style, widest + _GAP * style.fontSize, level=level, leader=level > 1)
        if level < depth:
            yield from _lines(compositor, entry.children, depth, level + 1)


def contents(compositor: Compositor, title: str, entries: Sequence[OutlineEntry], depth: int) -> list[Flowable]:
    """The contents: sections bold, chapters with leaders, folios at the right."""
    head = heading(Paragraph.plain(title, compositor.styles["contents-title"]))
    return [head, *contents_lines(compositor, entries, depth)]


def captions(compositor: Compositor, title: str, entries: Sequence[OutlineEntry]) -> list[Flowable]:
    """A list of captions, each with leaders and its folio."""
    style = compositor.styles["contents-caption"]
    lines = [ContentsLine(entry, style, level=1, leader=True) for entry in entries]
    return [heading(Paragraph.plain(title, compositor.styles["contents-title"])), *_listed(lines)]


def _listed(lines: Iterable[ContentsLine]) -> Iterable[Flowable]:
    """The lines as entries of one list."""
    return (listed(line, place, "TOCI", line.level) for place, line in enumerate(lines, start=1))
