"""Folios: page numbers as printed, and the ranges in which a file counts them (ISO 32000-2 12.4.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

__all__ = ["FolioRange", "FolioStyle", "PageStart", "folio_of", "folios", "join_runs", "roman"]


class FolioStyle(Enum):
    """How folios of a range are written; the value is the name the PDF specification gives the style."""

    ROMAN = "r"
    ARABIC = "D"
    NONE = ""


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A positive number in lower-case roman figures."""
    if number < 1:
        raise ValueError(f"there is no roman figure for {number}")
    figures = ""
    for value, figure in _ROMAN:
        count, number = divmod(number, value)
        figures += figure * count
    return figures


def folio_of(style: FolioStyle, number: int) -> str:
    """A page's number as it is printed in a style; nothing in the style that has none."""
    if style is FolioStyle.NONE:
        return ""
    return roman(number) if style is FolioStyle.ROMAN else str(number)


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where a page of the printed book begins: its folio, the name of the fragment it belongs to, and in that fragment
    the node that it begins with (``Fragment.starts``); -1 where no node is known.
    """

    folio: str
    fragment: str
    origin: int = -1


@dataclass(frozen=True, slots=True)
class FolioRange:
    """Pages from 0-based ``page`` on are counted from ``first`` (1-based) in ``style``, after ``prefix``."""

    page: int
    style: FolioStyle
    first: int = 1
    prefix: str = ""

    def folio(self, page: int) -> str:
        """The folio of a 0-based page of this range."""
        return self.prefix + folio_of(self.style, self.first + page - self.page)


def folios(ranges: Sequence[FolioRange], pages: int) -> tuple[str, ...]:
    """The folio of each of ``pages`` pages; the ranges are in order and the first begins at page 0."""
    if pages and (not ranges or ranges[0].page != 0):
        raise ValueError("the first range of folios begins at page 0")
    result: list[str] = []
    for index, span in enumerate(ranges):
        end = ranges[index + 1].page if index + 1 < len(ranges) else pages
        result.extend(span.folio(page) for page in range(span.page, min(end, pages)))
    return tuple(result)


def join_runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Sorted page numbers with neighbours joined: ``[12, 13, 14, 30]`` becomes ``[(12, 14), (30, 30)]``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
