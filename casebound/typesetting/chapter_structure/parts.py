"""Elements that several kinds of nodes become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casebound.model.structure import Kid, StructureElement

__all__ = [
    "alone",
    "begins_with_label",
    "code_block",
    "item_body",
    "list_item",
    "paragraph",
    "paragraphs",
    "referring",
    "spoken",
]


def paragraph(kids: Sequence[Kid]) -> list[Kid]:
    return [StructureElement("P", tuple(kids))] if kids else []


def paragraphs(kids: Sequence[Kid]) -> list[Kid]:
    """What is in a cell as elements of their own."""
    content = kids and not isinstance(kids[0], StructureElement)
    return paragraph(kids) if content else list(kids)


def referring(kid: Kid) -> Kid:
    """The text of an entry of a contents."""
    return replace(kid, role="Reference") if isinstance(kid, StructureElement) and kid.role == "P" else kid


def begins_with_label(element: StructureElement) -> bool:
    first = element.kids[0] if element.kids else None
    return isinstance(first, StructureElement) and first.role == "Lbl"


def code_block(kids: Sequence[Kid]) -> list[Kid]:
    return paragraph([StructureElement("Code", tuple(kids))]) if kids else []


def item_body(kids: Sequence[Kid]) -> StructureElement:
    return StructureElement("LBody", alone(kids))


def alone(kids: Sequence[Kid]) -> tuple[Kid, ...]:
    """What is in an item or a cell: one that is a paragraph and nothing else needs no element for that."""
    only = kids[0] if len(kids) == 1 else None
    plain = isinstance(only, StructureElement) and only == StructureElement("P", only.kids)
    return only.kids if plain and isinstance(only, StructureElement) and not _has_code(only) else tuple(kids)


def _has_code(element: StructureElement) -> bool:
    return any(isinstance(kid, StructureElement) and kid.role == "Code" for kid in element.kids)


def list_item(label: Sequence[Kid], kids: Sequence[Kid]) -> list[Kid]:
    parts = (*([StructureElement("Lbl", tuple(label))] if label else []), *([item_body(kids)] if kids else []))
    return [StructureElement("LI", parts)] if parts else []


def spoken(kid: Kid, language: str) -> Kid:
    """An element in a language."""
    return replace(kid, language=language) if isinstance(kid, StructureElement) and not kid.language else kid
