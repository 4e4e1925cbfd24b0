"""How the pages of finished books are made up: ``python -m bench.pages BOOK.pdf ...`` prints what a typographer counts.

For each book: how much of its pages is left blank at the foot (pages before an opening do not count), the pages less
than a third full, the headings with fewer than two lines of text below them, the justified lines whose spaces have
grown by more than twice their width. Ends with 1 if there is any of the last three. The house style's paper is taken
for granted.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf

from casebound.model.style import Paper
from casebound.typesetting.styles.stylesheet import load

__all__ = ["Sheet", "main"]

_WORD = re.compile(r'<word xMin="[\d.-]+" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">')
_GREY = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")
_DOTS = 24  # per inch, at which pages are looked at
_PAPER = 251  # grey from which on it is blank
_AIR = 12.0  # points that a bookmark opens above its heading
_SPACE = 5.2  # points: twice a space of the text face


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page from its top: middles of its lines of text, where its text block is inked last, whether it is an opening.

    All in points.
    """

    lines: tuple[float, ...]
    lowest: float
    opening: bool


def _words(path: Path) -> Iterator[list[tuple[float, float]]]:
    """Top and bottom of every word, page by page."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    for page in text.split("<page ")[1:]:
        yield [(float(top), float(bottom)) for top, bottom in _WORD.findall(page)]


def _inked(path: Path, paper: Paper) -> Iterator[float]:
    """The lowest inked row of each page's text block; 0 for an empty one."""
    data = subprocess.run(["pdftoppm", "-gray", "-r", str(_DOTS), path], capture_output=True, check=True).stdout
    place = 0
    while match := _GREY.match(data, place):
        width, height = int(match[1]), int(match[2])
        place = match.end() + width * height
        rows = (data[match.end() + row * width : match.end() + (row + 1) * width] for row in range(height))
        tops = (row * 72 / _DOTS for row, dots in enumerate(rows) if min(dots) < _PAPER)
        yield max((top for top in tops if paper.top < top < paper.height - paper.bottom + 3), default=0.0)


def sheets(path: Path, paper: Paper) -> list[Sheet]:
    """The pages of a book."""
    found = []
    for words, lowest in zip(_words(path), _inked(path, paper), strict=True):
        middles = sorted({round((top + bottom) / 2) for top, bottom in words if bottom > paper.top})
        lines = [middle for middle, above in zip(middles, [-9, *middles], strict=False) if middle - above > 4]
        found.append(Sheet(tuple(map(float, lines)), lowest, all(bottom > paper.top - 6 for _, bottom in words)))
    return found


def headings(pdf: pikepdf.Pdf, height: float) -> Iterator[tuple[str, int, float]]:
    """Title, 0-based page and distance from the page's top of every bookmark that opens a place on a page."""
    names = pikepdf.NameTree(pdf.Root.Names.Dests)
    numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}

    def walk(items: Sequence[pikepdf.OutlineItem]) -> Iterator[tuple[str, int, float]]:
        for item in items:
            place = item.destination
            place = names[str(place)] if isinstance(place, (str, pikepdf.String)) else place
            place = place.D if isinstance(place, pikepdf.Dictionary) else place
            if place is not None and len(place) > 3 and place[3] is not None:
                yield str(item.title), numbers[place[0].objgen], height - float(place[3]) + _AIR
            yield from walk(item.children)

    with pdf.open_outline() as outline:
        yield from walk(outline.root)


def gaping(pdf: pikepdf.Pdf) -> tuple[int, list[int]]:
    """How many lines are justified, and the 1-based pages of those that gape."""
    widened = [
        (number, float(operands[0]))
        for number, page in enumerate(pdf.pages, 1)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "Tw" and float(operands[0])
    ]
    return len(widened), [number for number, space in widened if space > _SPACE]


def low(pages: Sequence[Sheet], found: Iterator[tuple[str, int, float]], foot: float) -> list[str]:
    """Headings with fewer than two lines below them on their page, though the chapter goes on on the next."""
    result = []
    for title, number, top in found:
        page = pages[number]
        ends = number + 1 == len(pages) or pages[number + 1].opening
        below = [line for line in page.lines if top - 4 < line < foot]
        if not ends and len(below) < 3 and page.lowest - top < 60:
            result.append(f"{number + 1}: {title}")
    return result


def measure(path: Path, paper: Paper) -> bool:
    """Print a book's figures; gives whether all is well."""
    pages = sheets(path, paper)
    block = paper.block[1]
    full = {
        number: (page.lowest - paper.top) / block
        for number, (page, after) in enumerate(pairwise(pages), 1)
        if not after.opening and not (page.opening and not page.lowest)
    }
    sparse = [number for number, share in full.items() if share < 1 / 3]
    with pikepdf.open(path) as pdf:
        justified, gapes = gaping(pdf)
        lonely = low(pages, headings(pdf, paper.height), paper.height - paper.bottom)
    blank = sum(1 - share for share in full.values()) / len(full) if full else 0.0
    print(f"{path.name}: {len(pages)} pages, {blank:.1%} blank at the foot, {justified} justified lines")
    print(f"  pages less than a third full: {sparse}")
    print(f"  headings with fewer than two lines: {lonely}")
    print(f"  pages with gaping lines: {gapes}")
    return not (sparse or lonely or gapes)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure the books named on the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("book", nargs="+", type=Path)
    paper = load().style.paper
    return 0 if all([measure(path, paper) for path in parser.parse_args(arguments).book]) else 1


if __name__ == "__main__":
    sys.exit(main())
