"""The spaces of a finished PDF, in points: round the page that a reference says, and in the loosest and tightest lines.

A reference, ``(p. 14)``, stands in a box of fixed width that is filled when all folios are known, so its spaces depend
on how many figures the folio has. Pages are read by PDFium, letter by letter, each with its advance width. A row of
a table whose columns are narrow and alike is taken for a line.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

import pypdfium2
import pypdfium2.raw as pdfium

from casebound.i18n.wording import word

__all__ = ["Line", "Reference", "lines", "references", "report"]

_APART = 1.5  # sizes of letters: what is further apart is no line of text, but cells or columns
_RAISED = 0.45  # sizes: marks of notes stand on their line
_SPACE = 0.09  # sizes: what is nearer is kerned
_LEAST = 5  # spaces of a line that is measured
_UNLIKE = 1.8  # a line of text has spaces alike: one so many times the usual is between cells


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a page in points: its sides, its baseline, its size."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    monospaced: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text on a page with a 1-based number."""

    page: int
    letters: tuple[Letter, ...]

    def before(self, at: int) -> float:
        """The space before a letter in points; 0 where there is none."""
        if not 0 < at < len(self.letters):
            return 0.0
        gap = self.letters[at].left - self.letters[at - 1].right
        return gap if gap > _SPACE * self.letters[at].size else 0.0

    @property
    def text(self) -> str:
        return "".join(" " * bool(self.before(at)) + letter.text for at, letter in enumerate(self.letters))

    @property
    def spaces(self) -> list[float]:
        """The widths of its spaces in points."""
        return [space for at in range(len(self.letters)) if (space := self.before(at))]

    @property
    def looseness(self) -> float:
        """The mean of its spaces in sizes of its letters."""
        return mean(self.spaces) / median(letter.size for letter in self.letters)

    @property
    def is_text(self) -> bool:
        spaces = self.spaces
        alike = len(spaces) >= _LEAST and max(spaces) < _UNLIKE * median(spaces)
        return alike and not any(letter.monospaced for letter in self.letters)


@dataclass(frozen=True, slots=True)
class Reference:
    """The spaces of a reference in points: before it, before its figures, behind it; 0 for none.

    ``usual`` is the mean of the others of its line.
    """

    figures: int
    before: float
    inside: float
    behind: float
    usual: float


def lines(path: Path) -> Iterator[Line]:
    """The lines of a PDF, page by page from the top; columns beside each other are lines of their own."""
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document, 1):
            level: list[Letter] = []
            for letter in sorted(_letters(page), key=lambda letter: -letter.baseline):
                if level and level[0].baseline - letter.baseline > _RAISED * max(level[0].size, letter.size):
                    yield from (Line(number, run) for run in _runs(level))
                    level = []
                level.append(letter)
            yield from (Line(number, run) for run in _runs(level))
    finally:
        document.close()


def _runs(level: list[Letter]) -> Iterator[tuple[Letter, ...]]:
    """The letters on one baseline, from left to right, parted where they are too far apart for a line of text."""
    run: list[Letter] = []
    for letter in sorted(level, key=lambda letter: letter.left):
        if run and letter.left - run[-1].right > _APART * max(run[-1].size, letter.size):
            yield tuple(run)
            run = []
        run.append(letter)
    if run:
        yield tuple(run)


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    text = page.get_textpage()
    for at in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, at)).replace("\x02", "-")  # which parts a word
        if letter.isspace() or not letter.isprintable():
            continue
        box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetLooseCharBox(text, at, box)
        pdfium.FPDFText_GetCharOrigin(text, at, x, y)
        size = float(pdfium.FPDFText_GetFontSize(text, at)) or 1.0
        yield Letter(letter, box.left, box.right, y.value, size, "Mono" in _face(text, at))
    text.close()


def _face(text: pypdfium2.PdfTextPage, at: int) -> str:
    name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, at, name, len(name), flags)
    return name.value.decode("utf-8", "replace")


def references(found: Sequence[Line], language: str = "en") -> Iterator[Reference]:
    """The references to pages that stand in lines, as a language words them."""
    said = "".join(word("folio", language, folio="0").split())
    pattern = re.compile(re.escape(said).replace("0", r"(\d+)"))
    for line in found:
        for match in pattern.finditer("".join(letter.text for letter in line.letters)):
            before, inside, behind = (line.before(at) for at in (match.start(), match.start(1), match.end()))
            rest = [line.before(at) for at in range(len(line.letters)) if not match.start() <= at <= match.end()]
            usual = [space for space in rest if space]
            yield Reference(len(match[1]), before, inside, behind, mean(usual) if usual else 0.0)


def report(path: Path, most: int = 10, language: str = "en") -> Iterator[str]:
    """What is to be said of a PDF: its references by how many figures they have, and so many lines of each kind."""
    found = list(lines(path))
    known = list(references(found, language))
    yield f"{path.name}: {len(found)} lines, {len(known)} references. Spaces in points: mean (least to most)."
    for figures in sorted({one.figures for one in known}):
        same = [one for one in known if one.figures == figures]
        widths = {
            "before": [one.before for one in same],
            "before the figures": [one.inside for one in same],
            "behind": [one.behind for one in same],
            "its line": [one.usual for one in same],
        }
        said = "; ".join(f"{name} {_span(list(filter(None, each)))}" for name, each in widths.items())
        yield f"  {len(same)} with {figures} figures: {said}"
    measured = sorted((line for line in found if line.is_text), key=lambda line: line.looseness)
    for kind, some in (("Loosest", measured[::-1][:most]), ("Tightest", measured[:most])):
        yield f"{kind} of {len(measured)} lines, with the mean of their spaces in sizes of their letters:"
        yield from (f"  {line.looseness:.3f}  page {line.page}: {line.text}" for line in some)


def _span(widths: Sequence[float]) -> str:
    return f"{mean(widths):.2f} ({min(widths):.2f} to {max(widths):.2f})" if widths else "-"
