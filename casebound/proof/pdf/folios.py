"""Folios: what is printed at the head or foot of a page must be its page label (ISO 32000-2 12.4.2)."""

from __future__ import annotations

import re

from casebound.model.diagnostics import problem
from casebound.model.folios import roman
from casebound.proof.pdf.pages import PageText
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.report import CheckResult, some

__all__ = ["folios", "is_roman", "same_folios"]

_LINE = 4.0  # points by which the boxes of two words of one height differ: "x" has no ascender
_EDGES = " \t.,;:|–—-·•()[]"


def folios(name: str, labels: tuple[str, ...], pages: list[PageText], body: int) -> CheckResult:
    """Labels against print. ``body`` is the 0-based page on which the front matter ends.

    A page agrees if its label is among the words of its topmost or lowest line. A page without text has no
    folio to differ; a page of the front matter may go without one, but may not print another roman folio where
    folios are in this file: "x" at the foot of a cover is its author.
    """
    wrong: list[str] = []
    printed = blank = bare = 0
    known = {roman(number) for number in range(1, len(pages) + 1)}
    heights = [height for label, page in zip(labels, pages, strict=True) for height in _stands(label, page)]
    for number, (label, page) in enumerate(zip(labels, pages, strict=True)):
        if _stands(label, page):
            printed += 1
        elif not page.text.strip():
            blank += 1
        elif number < body and not _other_roman(label, page, known, heights):
            bare += 1
        else:
            edge = " / ".join(" ".join(line.split())[:60] for line in (page.head, page.foot))
            wrong.append(f"page {number + 1} is labelled “{label}”, its margins read “{edge}”")
    figures = {"folios": printed, "blank": blank, "without": bare, "differing": len(wrong)}
    problems = (problem("folio-differs", name=name, detail=some(wrong, 3)),) if wrong else ()
    return CheckResult("folios", figures, problems)


def same_folios(name: str, handout: PdfFile, book: PdfFile) -> CheckResult:
    """Every destination of a handout that the book has too must be on a page with the same label."""
    wrong: list[str] = []
    known = [target for target in handout.destinations if target in book.destinations and not target.startswith(":")]
    for target in sorted(known):
        here, there = handout.destinations[target], book.destinations[target]
        if here and there and handout.labels[here.page] != book.labels[there.page]:
            wrong.append(f"{target} is on {handout.labels[here.page]}, in the book on {book.labels[there.page]}")
    problems = (problem("folio-differs", name=name, detail=some(wrong, 3)),) if wrong else ()
    return CheckResult("folios of the book", {"destinations": len(known), "differing": len(wrong)}, problems)


def is_roman(label: str) -> bool:
    """Whether a label is a folio of front matter."""
    return re.fullmatch("[ivxlc]+", label) is not None


def _words(line: str) -> list[str]:
    return [word.strip(_EDGES) for word in line.split()]


def _margins(page: PageText) -> tuple[tuple[list[str], float], ...]:
    """The words of the topmost and of the lowest line, with its height."""
    return tuple((_words(line), height) for line, height in zip((page.head, page.foot), page.heights, strict=True))


def _stands(label: str, page: PageText) -> list[float]:
    """The heights at which a page prints its label."""
    wanted = label.split()
    return [
        height
        for found, height in _margins(page)
        if wanted and any(found[at : at + len(wanted)] == wanted for at in range(len(found)))
    ]


def _other_roman(label: str, page: PageText, known: set[str], heights: list[float]) -> bool:
    """Whether the first or last word of a line that is where folios do is a roman folio, which is not the label."""
    if not is_roman(label):
        return False
    lines = [found for found, at in _margins(page) if found and any(abs(at - height) < _LINE for height in heights)]
    return any(found[edge] in known for found in lines for edge in (0, -1))
