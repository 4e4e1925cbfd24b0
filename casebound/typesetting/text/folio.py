"""A folio in running text: the binder stamps the page on which its target stands."""

from __future__ import annotations

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.model.fragment import FolioBox

__all__ = ["FolioMark"]


class FolioMark(Flowable):
    """The folio of ``target`` at the end of its room, on the first baseline of a paragraph styled ``beside``."""

    def __init__(self, target: str, style: ParagraphStyle, beside: ParagraphStyle) -> None:
        super().__init__()
        self.target, self.style, self.beside = target, style, beside

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
        self.canv.folio(box)
        self.canv.linkURL(f"#{self.target}", (0, 0, self.width, self.height), relative=1)
