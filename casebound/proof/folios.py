"""Folios: what is printed at the head or foot of a page must be its page label (ISO 32000-2 12.4.2)."""

from __future__ import annotations

import re

from casebound.folios import roman
from casebound.problems import problem
from casebound.proof.pages import Page
from casebound.proof.report import Finding, some

__all__ = ["folios"]

_EDGES = " \t.,;:|–—-·•()[]"


def folios(name: str, labels: tuple[str, ...], pages: list[Page], body: int) -> Finding:
    """Labels against print. ``body`` is the 0-based page on which the front matter ends.

    A page agrees if its label stands among the words of its topmost or lowest line. A page without text has no
    folio to differ; a page of the front matter may go without one, but may not print another roman folio.
    """
    wrong: list[str] = []
    printed = blank = bare = 0
    for number, (label, page) in enumerate(zip(labels, pages, strict=True)):
        if _stands(label, page):
            printed += 1
        elif not page.text.strip():
            blank += 1
        elif number < body and not _other_roman(label, page, len(pages)):
            bare += 1
        else:
            edge = " / ".join(" ".join(line.split())[:60] for line in (page.head, page.foot))
            wrong.append(f"page {number + 1} is labelled “{label}”, its margins read “{edge}”")
    figures = {"folios": printed, "blank": blank, "without": bare, "differing": len(wrong)}
    problems = (problem("folio-differs", name=name, detail=some(wrong, 3)),) if wrong else ()
    return Finding("folios", figures, problems)


def _words(line: str) -> list[str]:
    return [word.strip(_EDGES) for word in line.split()]


def _stands(label: str, page: Page) -> bool:
    wanted = label.split()
    for line in (page.head, page.foot):
        found = _words(line)
        if wanted and any(found[at : at + len(wanted)] == wanted for at in range(len(found))):
            return True
    return False


def _other_roman(label: str, page: Page, pages: int) -> bool:
    """Whether the first or last word of a margin line is a roman folio, which is not the label."""
    if not re.fullmatch("[ivxlc]+", label):
        return False
    known = {roman(number) for number in range(1, pages + 1)}
    edges = {found[at] for line in (page.head, page.foot) if (found := _words(line)) for at in (0, -1)}
    return bool(edges & known)
