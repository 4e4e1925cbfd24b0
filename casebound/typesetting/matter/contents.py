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
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.variants import hanging
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import InlineObject, Look, TextRun

__all__ = ["captions", "contents", "contents_lines"]

_FOLIO_WIDTH = 22.0
_LEADER = 5.2  # points from dot to dot
_GAP = 0.6  # of the size, between the widest number and the titles


class ContentsLine(Flowable):
    """One line of the contents: number, title, leader dots, the box for its folio; all of it a link.

    ``column`` is the width in points that the numbers of its neighbours share.
    """

    def __init__(self, entry: OutlineEntry, style: ParagraphStyle, column: float = 0.0, *, leader: bool) -> None:
        super().__init__()
        self.style, self.target, self.leader = style, entry.target, leader
        self.title = _in_column(entry, style, column) if entry.number else Paragraph.plain(entry.title, style)
        self.spaceBefore, self.spaceAfter = style.spaceBefore, style.spaceAfter
        self.keepWithNext = getattr(style, "keepWithNext", 0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        _, self.height = self.title.wrapOn(self.canv, availWidth - _FOLIO_WIDTH - 8, availHeight)
        return availWidth, self.height

    def draw(self) -> None:
        style, canvas = self.style, self.canv
        turned = canvas.mirrored
        self.title.drawOn(canvas, _FOLIO_WIDTH + 8 if turned else 0, 0)
        baseline = style.leading - style.fontSize
        if self.leader:
            self._draw_leader(baseline)
        colour = tuple(style.textColor.rgb())
        box = FolioBox(
            0, 0.0 if turned else self.width - _FOLIO_WIDTH, baseline, _FOLIO_WIDTH, self.target, style.fontName,
            style.fontSize, align="left" if turned else "right", colour=colour,
        )  # fmt: skip
        canvas.folio(box)
        indent = style.leftIndent + min(style.firstLineIndent, 0)
        left, right = (0.0, self.width - indent) if turned else (indent, self.width)
        canvas.linkURL(f"#{self.target}", (left, -1, right, self.height), relative=1)

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


def _in_column(entry: OutlineEntry, style: ParagraphStyle, column: float) -> Paragraph:
    """A numbered title, its words after the column of the numbers in all of its lines."""
    rest = column - _width(entry.number, style)
    look = Look.of(style)
    gap = InlineObject(look, rest, style.fontSize, 0.0, lambda canvas, x, y: None)
    words = entry.title.removeprefix(entry.number).strip()
    return Paragraph([TextRun(entry.number, look), gap, TextRun(words, look)], hanging(style, column))


def _width(number: str, style: ParagraphStyle) -> float:
    return float(stringWidth(number, style.fontName, style.fontSize))


def contents_lines(
    compositor: Compositor, entries: Sequence[OutlineEntry], depth: int, level: int = 1
) -> Iterable[Flowable]:
    """The lines of entries and of what is below them, so many levels down."""
    style = compositor.styles[f"contents{min(level, 4)}"]
    widest = max((_width(entry.number, style) for entry in entries), default=0.0)
    for entry in entries:
        yield ContentsLine(entry, style, widest + _GAP * style.fontSize, leader=level > 1)
        if level < depth:
            yield from contents_lines(compositor, entry.children, depth, level + 1)


def contents(compositor: Compositor, title: str, entries: Sequence[OutlineEntry], depth: int) -> list[Flowable]:
    """The contents: sections bold, chapters with leaders, folios at the right."""
    return [Paragraph.plain(title, compositor.styles["contents-title"]), *contents_lines(compositor, entries, depth)]


def captions(compositor: Compositor, title: str, entries: Sequence[OutlineEntry]) -> list[Flowable]:
    """A list of captions, each with leaders and its folio."""
    style = compositor.styles["contents-caption"]
    lines = [ContentsLine(entry, style, leader=True) for entry in entries]
    return [Paragraph.plain(title, compositor.styles["contents-title"]), *lines]
