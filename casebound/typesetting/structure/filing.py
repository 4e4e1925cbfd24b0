"""Filing: contents of one owner as structure, each in the elements of its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebound.model.structure import Kid, StructureElement
from casebound.typesetting.structure.marked_content import Filed
from casebound.typesetting.text.runs import InlineElement

__all__ = ["nested"]


def nested(contents: Iterable[Filed]) -> tuple[Kid, ...]:
    """Contents in their order, all of an element of the line together where it begins."""
    return _level(list(contents), 0)


def _level(contents: Sequence[Filed], depth: int) -> tuple[Kid, ...]:
    """The contents that are in ``depth`` elements already."""
    groups: dict[int, list[Filed]] = {}
    for number, filed in enumerate(contents):
        element = _element(filed, depth)
        groups.setdefault(-number - 1 if element is None else id(element), []).append(filed)
    return tuple(_made(group, depth) for group in groups.values())


def _element(filed: Filed, depth: int) -> InlineElement | None:
    path = filed.inside.path if filed.inside is not None else ()
    return path[depth] if depth < len(path) else None


def _made(contents: Sequence[Filed], depth: int) -> Kid:
    element = _element(contents[0], depth)
    if element is None:
        return contents[0].content
    box = next((filed.box for filed in contents if filed.box is not None and filed.inside is element), None)
    return StructureElement(
        element.role, _level(contents, depth + 1), alt=element.alt, language=element.language, refers=element.refers,
        box=box,
    )  # fmt: skip
