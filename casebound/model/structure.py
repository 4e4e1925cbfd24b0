"""The logical structure of a file: a tree of elements that says what its marks are (ISO 32000-2 14.7, 14.8).

The roles are the standard structure types of PDF 1.7 (ISO 32000-1 14.8.4) and one of ours: ``H`` with a ``level``,
which the binder turns into ``H1`` to ``H6`` by the place of the chapter in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

__all__ = ["Kid", "LinkContent", "MarkedContent", "StructureElement", "moved", "plain", "read", "walk"]

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in points from the lower left corner of the text block."""


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A stretch of a page's content, by its number on that page (marked-content identifier)."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class LinkContent:
    """A link area of the fragment, by its place in ``Fragment.links``."""

    index: int


@dataclass(frozen=True, slots=True)
class StructureElement:
    """An element: its role, what is in it in reading order, its attributes.

    ``alt`` says what a picture or a formula shows; None where nobody said it. ``name`` is a named destination that
    tells a note from others, ``scope`` is that of a head cell (``Row``, ``Column``), ``numbering`` that of a list.
    ``refers`` is the name of the note that it calls for. ``heads`` are the names of the head cells of a cell.
    """

    role: str
    kids: tuple[Kid, ...] = ()
    level: int = 0
    alt: str | None = None
    language: str = ""
    name: str = ""
    refers: str = ""
    numbering: str = ""
    scope: str = ""
    columns: int = 1
    rows: int = 1
    heads: tuple[str, ...] = ()
    box: Box | None = None


Kid = StructureElement | MarkedContent | LinkContent

_USUAL = StructureElement("")
_TUPLES = {"heads", "box"}
_ATTRIBUTES = ("level", "alt", "language", "name", "refers", "numbering", "scope", "columns", "rows", "heads", "box")


def walk(kids: Sequence[Kid]) -> Iterator[Kid]:
    """Everything in a tree, parents before children."""
    for kid in kids:
        yield kid
        if isinstance(kid, StructureElement):
            yield from walk(kid.kids)


def moved(kids: Sequence[Kid], page: Callable[[int], int]) -> tuple[Kid, ...]:
    """The tree with its content on other pages."""
    return tuple(_moved(kid, page) for kid in kids)


def _moved(kid: Kid, page: Callable[[int], int]) -> Kid:
    if isinstance(kid, MarkedContent):
        return MarkedContent(page(kid.page), kid.mcid)
    return replace(kid, kids=moved(kid.kids, page)) if isinstance(kid, StructureElement) else kid


def plain(kid: Kid) -> Any:
    """An element or a content as JSON has it: short, for a book has a hundred thousand of them."""
    if isinstance(kid, MarkedContent):
        return [kid.page, kid.mcid]
    if isinstance(kid, LinkContent):
        return {"link": kid.index}
    stated = {name: getattr(kid, name) for name in _ATTRIBUTES if getattr(kid, name) != getattr(_USUAL, name)}
    return {"role": kid.role, "kids": list(map(plain, kid.kids)), **stated}


def read(data: Any) -> Kid:
    """What ``plain`` has written."""
    if isinstance(data, list):
        return MarkedContent(data[0], data[1])
    if "link" in data:
        return LinkContent(data["link"])
    stated: dict[str, Any] = {name: tuple(data[name]) if name in _TUPLES else data[name] for name in data}
    stated["kids"] = tuple(map(read, data["kids"]))
    return StructureElement(**stated)
