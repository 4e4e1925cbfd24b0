"""Named destinations as a name tree (ISO 32000-2 7.9.6, 12.3.2.4)."""

from __future__ import annotations

from dataclasses import dataclass

from casebound.bindery.file import ObjectFile
from casebound.bindery.syntax import destination_name, literal, number

__all__ = ["ExplicitDestination", "name_tree"]

_KIDS = 200


@dataclass(frozen=True, slots=True)
class ExplicitDestination:
    """The object number of a page and the place on it, in points, that a viewer brings to its upper left corner."""

    page: int
    x: float
    y: float

    @property
    def destination(self) -> bytes:
        return b"[%d 0 R/XYZ %b %b null]" % (self.page, number(self.x), number(self.y))


def name_tree(file: ObjectFile, spots: dict[str, ExplicitDestination]) -> int:
    """Write the tree, sorted by the bytes of the written names, and return the number of its root."""
    ordered = sorted((destination_name(target), spot) for target, spot in spots.items())
    level = [_leaf(file, ordered[begin : begin + _KIDS]) for begin in range(0, len(ordered), _KIDS)]
    while len(level) > _KIDS:
        level = [_branch(file, level[begin : begin + _KIDS]) for begin in range(0, len(level), _KIDS)]
    return file.add(b"<</Kids[%b]>>" % _kids(level) if level else b"<</Names[]>>")


_Node = tuple[int, bytes, bytes]  # object number, first and last name


def _leaf(file: ObjectFile, entries: list[tuple[bytes, ExplicitDestination]]) -> _Node:
    first, last = entries[0][0], entries[-1][0]
    names = b"".join(literal(name) + spot.destination for name, spot in entries)
    return file.add(b"<</Limits[%b%b]/Names[%b]>>" % (literal(first), literal(last), names)), first, last


def _branch(file: ObjectFile, nodes: list[_Node]) -> _Node:
    first, last = nodes[0][1], nodes[-1][2]
    return file.add(b"<</Limits[%b%b]/Kids[%b]>>" % (literal(first), literal(last), _kids(nodes))), first, last


def _kids(nodes: list[_Node]) -> bytes:
    return b" ".join(b"%d 0 R" % node[0] for node in nodes)
