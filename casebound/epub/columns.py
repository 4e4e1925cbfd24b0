"""Columns: in code a letter two cells wide takes the room of two others, whatever face a reader draws it with."""

from __future__ import annotations

from itertools import groupby

from lxml import etree

from casebound.epub.markup import Element, tag
from casebound.i18n.clusters import cluster_cells, clusters

__all__ = ["in_columns"]


def in_columns(pre: Element) -> None:
    """Set each wide letter of a block of code in a span that the style sheet makes two cells wide."""
    for element in list(pre.iter(etree.Element)):
        if element.text and not element.text.isascii():
            before, spans = _parted(element.text)
            element.text = before
            element[:0] = spans
        if element is not pre and element.tail and not element.tail.isascii():
            before, spans = _parted(element.tail)
            element.tail = before
            for span in reversed(spans):
                element.addnext(span)


def _parted(text: str) -> tuple[str, list[Element]]:
    """What is before the first wide letter, and the letters, each with what is after it."""
    before, spans = "", list[Element]()
    for wide, run in groupby(clusters(text), key=lambda cluster: cluster_cells(cluster) == 2):
        if wide:
            spans += map(_span, run)
        elif spans:
            spans[-1].tail = "".join(run)
        else:
            before = "".join(run)
    return before, spans


def _span(cluster: str) -> Element:
    span = etree.Element(tag("span"))
    span.set("class", "wide")
    span.text = cluster
    return span
