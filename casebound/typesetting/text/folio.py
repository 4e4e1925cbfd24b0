"""Folios in running text: the binder stamps the page on which their target is."""

from __future__ import annotations

from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus.flowables import Flowable

from casebound.model.fragment import FolioBox
from casebound.model.style import RGB
from casebound.typesetting.text.runs import Hyperlink, InlineObject, Look

__all__ = ["FolioMark", "folio_box"]


def folio_box(target: str, look: Look, colour: RGB, text: str = " {folio}", align: str = "justified") -> InlineObject:
    """A box in a line of text in which the binder prints the folio of a named destination.

    One that is filled from edge to edge is as wide as a folio of two figures needs, so that one and three figures
    fill it unseen; another has room for three.
    """
    wide = "999" if align != "justified" else "99"
    width = round(stringWidth(text.format(folio=wide), look.face, look.size), 2)

    def draw(canvas: Any, x: float, y: float) -> None:
        box = FolioBox(0, x, y, width, target, look.face, look.size, text, align, colour)
        canvas.folio(box, look.inside)

    return InlineObject(look, width, look.size, 0.0, draw, claimed=False)


class FolioMark(Flowable):
    """The folio of ``target`` at the end of its room, on the first baseline of a paragraph styled ``beside``.

    It is a link that ``says`` what is there.
    """

    part = "folio"

    def __init__(self, target: str, says: str, style: ParagraphStyle, beside: ParagraphStyle) -> None:
        super().__init__()
        self.target, self.says, self.style, self.beside = target, says, style, beside

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width, self.height = availWidth, float(self.beside.leading)
        return self.width, self.height

    def draw(self) -> None:
        style = self.style
        baseline = self.beside.leading - self.beside.fontSize
        colour = tuple(style.textColor.rgb())
        box = FolioBox(
            0, 0.0, baseline, self.width, self.target, style.fontName, style.fontSize,
            align="left" if self.canv.mirrored else "right", colour=colour,
        )  # fmt: skip
        self.canv.begin(self)
        link = Hyperlink(target=f"#{self.target}")
        self.canv.folio(box, link)
        self.canv.link(link, (0, 0, self.width, self.height), self.says)
