"""Named destinations (ISO 32000-2 12.3.2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebound.bindery.file import ObjectFile
from casebound.bindery.syntax import destination_name, number
from casebound.bindery.trees import name_tree

__all__ = ["ExplicitDestination", "named_destinations"]


@dataclass(frozen=True, slots=True)
class ExplicitDestination:
    """The object number of a page and the place on it, in points, that a viewer brings to its upper left corner."""

    page: int
    x: float
    y: float

    @property
    def destination(self) -> bytes:
        return b"[%d 0 R/XYZ %b %b null]" % (self.page, number(self.x), number(self.y))


def named_destinations(file: ObjectFile, spots: Mapping[str, ExplicitDestination]) -> int:
    """Write the name tree of the destinations and return the number of its root."""
    return name_tree(file, ((destination_name(target), spot.destination) for target, spot in spots.items()))
