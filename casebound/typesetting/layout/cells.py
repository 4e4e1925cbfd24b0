"""Cells: letters of code in columns of one width, wide ones in two of them, as editors show them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from casebound.i18n.clusters import cluster_cells, clusters
from casebound.typesetting.fonts.scripts import COMPLEX, EUROPEAN, RIGHT_TO_LEFT

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stub_fonts import StubFont

__all__ = ["CellStretch", "cells", "columns", "in_cells"]


class CellStretch(NamedTuple):
    """Letters that are written together, and how many cells they take; ``plain`` ones fill theirs by themselves."""

    text: str
    cells: int
    plain: bool


def cells(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else sum(map(cluster_cells, clusters(text)))


def columns(text: str) -> list[int]:
    """The cells that each character takes; those that belong to the one before take none."""
    if text.isascii():
        return [1] * len(text)
    return [count for cluster in clusters(text) for count in (cluster_cells(cluster), *[0] * (len(cluster) - 1))]


def in_cells(font: StubFont, text: str) -> Iterator[CellStretch]:
    """A text as stretches that are placed one after the other, each at the column where it begins."""
    if text.isascii():
        yield CellStretch(text, len(text), True)
        return
    if RIGHT_TO_LEFT.search(text):  # the order of its words is found out as a whole
        yield CellStretch(text, cells(text), False)
        return
    width = font.own_width(ord("m"))
    last: CellStretch | None = None
    for cluster in clusters(text):
        own = len(cluster) == 1 and font.has(ord(cluster)) and abs(font.own_width(ord(cluster)) - width) < 1
        new = CellStretch(cluster, cluster_cells(cluster), own and cluster_cells(cluster) == 1)
        if last is not None and ((last.plain and new.plain) or _joins(last.text, cluster)):
            last = CellStretch(last.text + cluster, last.cells + new.cells, new.plain)
        else:
            if last is not None:
                yield last
            last = new
    if last is not None:
        yield last


def _joins(before: str, cluster: str) -> bool:
    """Whether letters are shaped with those before them, as those of India are."""
    return all(COMPLEX.match(each) and each.isalpha() and not EUROPEAN.match(each) for each in (before[0], cluster[0]))
