"""The structure of front and back matter: which element each of its lines is, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from reportlab.platypus.flowables import Flowable

from casebound.model.structure import Kid, StructureElement
from casebound.typesetting.layout.block import stem
from casebound.typesetting.structure.filing import nested
from casebound.typesetting.structure.marked_content import Filed, Owner

__all__ = ["heading", "line", "listed", "structure_of"]

_TEXT, _HEADING = "P", "H"
_LISTS = {"TOCI": "TOC", "LI": "L"}


class _MatterLine(NamedTuple):
    """A line: its role, the level of its entry in a list, 0 outside of lists; what was filed under it."""

    role: str
    level: int
    kids: tuple[Kid, ...]


def line(flowable: Flowable, place: int) -> Flowable:
    """A line of text, the ``place``-th of its matter."""
    stem(flowable, place, _TEXT)
    return flowable


def heading(flowable: Flowable) -> Flowable:
    """The heading of its matter."""
    stem(flowable, 0, _HEADING)
    return flowable


def listed(flowable: Flowable, place: int, role: str, level: int) -> Flowable:
    """An entry of a contents (``TOCI``) or of an index (``LI``), the ``place``-th of its matter, at a level from 1."""
    stem(flowable, place, f"{role} {level}")
    return flowable


def structure_of(filed: Mapping[Owner, Sequence[Filed]], *, index: bool = False) -> tuple[Kid, ...]:
    """The elements of some matter: its heading, its lines, its entries, each below the one that it belongs to."""
    lines = [_line(owner[1], nested(contents)) for owner, contents in sorted(filed.items(), key=_place)]
    kids = _made(lines)
    if not index:
        return kids
    before = [kid for kid in kids if isinstance(kid, StructureElement) and kid.role == "H"]
    return (*before, StructureElement("Index", tuple(kid for kid in kids if kid not in before)))


def _place(item: tuple[Owner, Sequence[Filed]]) -> tuple[bool, int, bool]:
    (place, part), _ = item
    return part != _HEADING, place, part not in (_TEXT, _HEADING)


def _line(part: str, kids: tuple[Kid, ...]) -> _MatterLine:
    role, _, level = part.partition(" ")
    return _MatterLine(role, int(level or 0), kids)


def _made(lines: Sequence[_MatterLine]) -> tuple[Kid, ...]:
    kids: list[Kid] = []
    at = 0
    while at < len(lines):
        line, end = lines[at], at + 1
        if not line.level:
            kids.append(StructureElement(line.role, line.kids, level=int(line.role == _HEADING)))
        else:
            while end < len(lines) and lines[end].level >= line.level:
                end += 1
            kids.append(StructureElement(_LISTS[line.role], tuple(_entries(lines[at:end], line.level))))
        at = end
    return tuple(kids)


def _entries(lines: Sequence[_MatterLine], level: int) -> Iterable[StructureElement]:
    """Neighbours of a level, with what is below each."""
    begins = [at for at, line in enumerate(lines) if line.level == level]
    for at, after in zip(begins, [*begins[1:], len(lines)], strict=True):
        line, below = lines[at], _made(lines[at + 1 : after])
        if line.role == "TOCI":
            yield StructureElement("TOCI", (StructureElement("Reference", line.kids), *below))
        else:
            own = (StructureElement("P", line.kids), *below) if below else line.kids
            yield StructureElement("LI", (StructureElement("LBody", own),))
