"""The pages of a PDF as they begin: their labels, their lines from the top, their pictures. Read by PDFium."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from casebound.model.style import Paper
from chores.spacing import lines

__all__ = ["PrintedLine", "PrintedPage", "printed_pages"]

_DRAWN = (pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE)
_SLANT = 0.1  # radians
_LOW = 16  # points: a formula or a mark in a line is no picture


@dataclass(frozen=True)
class PrintedLine:
    """A line of a page: its text, the left end of its baseline in points."""

    text: str
    left: float = 0.0
    baseline: float = 0.0


@dataclass(frozen=True)
class PrintedPage:
    """A page of the PDF: its label, the lines of its text block from the top, the tops of its pictures in points."""

    label: str
    lines: tuple[PrintedLine, ...] = ()
    pictures: tuple[float, ...] = ()

    def is_below_a_picture(self, line: PrintedLine) -> bool:
        return any(top > line.baseline + _LOW for top in self.pictures)


def printed_pages(path: Path, paper: Paper) -> Iterator[PrintedPage]:
    """The pages of a PDF. Lines that are lettering of a drawing are left out."""
    found: dict[int, list[PrintedLine]] = {}
    for line in lines(path):
        first = line.letters[0]
        if paper.bottom - 2 < first.baseline < paper.height - paper.top + 2:
            found.setdefault(line.page, []).append(PrintedLine(line.text, first.left, first.baseline))
    with pypdfium2.PdfDocument(path) as document:
        for number, page in enumerate(document, 1):
            boxes = [each.get_bounds() for each in page.get_objects(_DRAWN, max_depth=1)]
            boxes = [box for box in boxes if box[3] - box[1] > _LOW]
            own = _turned_lines(page, paper) or found.get(number, [])
            text = [line for line in own if not any(_is_within(line, box) for box in boxes)]
            tops = tuple(box[3] for box in boxes if box[3] < paper.height - 2)
            yield PrintedPage(document.get_page_label(number - 1), tuple(text), tops)


def _turned_lines(page: pypdfium2.PdfPage, paper: Paper) -> list[PrintedLine]:
    """The lines of a page whose text is all turned on its side, in the order of the file; none where it is not."""
    text, letters = page.get_textpage(), ""
    for at in range(text.count_chars()):
        letter, y = chr(pdfium.FPDFText_GetUnicode(text, at)), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, at, ctypes.c_double(), y)
        if letter.isspace():
            letters += letter
        elif paper.bottom - 2 < y.value < paper.height - paper.top + 2:
            if abs(pdfium.FPDFText_GetCharAngle(text, at) % math.pi - math.pi / 2) > _SLANT:
                return []
            letters += letter
    return [PrintedLine(line) for line in letters.splitlines() if line.strip()]


def _is_within(line: PrintedLine, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= line.left <= box[2] and box[1] <= line.baseline <= box[3]
