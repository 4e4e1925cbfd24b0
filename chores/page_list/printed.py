"""The pages of a PDF as they begin: their labels, their lines from the top, their pictures. Read by PDFium."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from casebound.model.style import Paper
from chores.spacing import Line, lines

__all__ = ["PrintedPage", "printed_pages"]

_DRAWN = (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE)
_LOW = 16  # points: a formula or a mark in a line is no picture


@dataclass(frozen=True)
class PrintedPage:
    """A page of the PDF: its label, the lines of its text block from the top, the tops of its pictures in points."""

    label: str
    lines: tuple[Line, ...] = ()
    pictures: tuple[float, ...] = ()

    def is_below_a_picture(self, line: Line) -> bool:
        return any(top > line.letters[0].baseline + _LOW for top in self.pictures)


def printed_pages(path: Path, paper: Paper) -> Iterator[PrintedPage]:
    """The pages of a PDF. Lines that are lettering of a drawing are left out."""
    found: dict[int, list[Line]] = {}
    for line in lines(path):
        if paper.bottom - 2 < line.letters[0].baseline < paper.height - paper.top + 2:
            found.setdefault(line.page, []).append(line)
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            boxes = [each.get_bounds() for each in page.get_objects(_DRAWN, max_depth=1)]
            boxes = [box for box in boxes if box[3] - box[1] > _LOW]
            text = [line for line in found.get(number, []) if not any(_is_within(line, box) for box in boxes)]
            tops = tuple(box[3] for box in boxes if box[3] < paper.height - 2)
            yield PrintedPage(document.get_page_label(number - 1), tuple(text), tops)


def _is_within(line: Line, box: tuple[float, float, float, float]) -> bool:
    first = line.letters[0]
    return box[0] <= first.left <= box[2] and box[1] <= first.baseline <= box[3]
