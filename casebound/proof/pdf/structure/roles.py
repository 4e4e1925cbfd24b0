"""Roles: which types elements have, what may be in what, and what each must say (ISO 32000-1 14.8.4, ISO 14289-1 7)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from casebound.proof.pdf.structure.facts import is_language
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.pdf.structure.tree import AnnotationKid, TaggedElement, TagTree

__all__ = ["element_faults", "role_faults", "undescribed"]

_HEADINGS = {f"H{level}" for level in range(1, 7)}
_STANDARD = {
    *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct"),
    *("Private", "P", "H", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span"),
    *("Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT"),
    *("WP", "Figure", "Formula", "Form"),
    *_HEADINGS,
}
_WITHIN: Mapping[str, Collection[str]] = {
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOC", "TOCI", "Caption"},
    "TOCI": {"Lbl", "Reference", "NonStruct", "P", "TOC"},
}
"""The types that may be in some."""

_ROWS = {"Table", "THead", "TBody", "TFoot"}
_PARENTS: Mapping[str, Collection[str]] = {
    "LI": {"L"},
    "LBody": {"LI"},
    "Lbl": {"LI", "Note", "BibEntry", "TOCI", "Caption"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "TR": _ROWS,
    "TH": {"TR"},
    "TD": {"TR"},
    "TOCI": {"TOC"},
    "Document": {""},
}
"""The types that some may be in."""

_LINES = {"P", "Span", "Link", "Lbl", "Code", *_HEADINGS}
_BLOCKS = {"Document", "Part", "Sect", "Art", "Div", "L", "LI", "LBody", "Table", "TOC", "TOCI", "P", *_HEADINGS}
_MAY_BE_EMPTY = {"TD", "TH"}
_DESCRIBED = {"Figure", "Formula"}


def role_faults(tree: TagTree) -> Iterator[str]:
    """What is wrong with the types of elements and with what is in what."""
    if [element.role for element in tree.top] != ["Document"]:
        begins = ", ".join(element.written for element in tree.top) or "nothing"
        yield f"the tree begins with {begins}, not one Document"
    for element in tree.walk():
        if element.role not in _STANDARD:
            yield f"{element.place} has no standard type"
        parent = element.parent.role if element.parent is not None else ""
        if element.role in _PARENTS and parent not in _PARENTS[element.role]:
            yield f"{element.place} is in {parent or 'the root'}"
        elif parent in _WITHIN and element.role not in _WITHIN[parent]:
            yield f"{element.place} is in {parent}"
        elif parent in _LINES and element.role in _BLOCKS:
            yield f"{element.place} is in a line of {parent}"
        if not element.kids and element.role not in _MAY_BE_EMPTY:
            yield f"{element.place} is empty" if element.page is not None else f"an element {element.written} is empty"


def undescribed(tree: TagTree) -> list[TaggedElement]:
    """The pictures and formulas without a description."""
    return [each for each in tree.walk() if each.role in _DESCRIBED and not (each.text("/Alt") or "").strip()]


def element_faults(tagged: TaggedFile) -> Iterator[str]:
    """What elements have to say and do not."""
    for element in tagged.elements:
        language = element.text("/Lang")
        if language is not None and not is_language(language):
            yield f"{element.place} is in the language {language!r}"
        check = _CHECKS.get(element.role)
        if check is not None:
            yield from check(element)


def _list(element: TaggedElement) -> Iterator[str]:
    numbering = element.attributes.get("ListNumbering")
    marked = numbering not in (None, "/None") and any(map(_is_marked, element.elements))
    for item in element.elements:
        parts = [part.role for part in item.elements]
        if item.role == "LI" and marked and "Lbl" not in parts:
            yield f"{item.place} has no label"
        if item.role == "LI" and parts not in (["Lbl", "LBody"], ["LBody"], ["Lbl"]):
            yield f"{item.place} holds {', '.join(parts) or 'nothing'}"


def _is_marked(item: TaggedElement) -> bool:
    """Whether an item has a bullet or a number of its list: the number of a chapter is a link."""
    return any(part.role == "Lbl" and not part.elements for part in item.elements)


def _contents(element: TaggedElement) -> Iterator[str]:
    linked = {id(item): any(each.role == "Link" for each in _own(item)) for item in element.elements}
    if any(linked.values()):
        for item in element.elements:
            if item.role == "TOCI" and not linked[id(item)]:
                yield f"{item.place} opens nothing"


def _own(item: TaggedElement) -> Iterator[TaggedElement]:
    """What is in an entry of a contents, without those below it."""
    for element in item.elements:
        if element.role != "TOC":
            yield from element.walk()


def _head(element: TaggedElement) -> Iterator[str]:
    if element.attributes.get("Scope") not in ("/Row", "/Column", "/Both"):
        yield f"{element.place} does not say of what it is the head"


def _note(element: TaggedElement) -> Iterator[str]:
    if "/ID" not in element.entries:
        yield f"{element.place} has no name"


def _link(element: TaggedElement) -> Iterator[str]:
    if not any(isinstance(kid, AnnotationKid) for kid in element.kids):
        yield f"{element.place} has no annotation"


def _picture(element: TaggedElement) -> Iterator[str]:
    box = element.attributes.get("BBox")
    if not _is_box(box):
        yield f"{element.place} does not say where it is"


def _is_box(box: Any) -> bool:
    try:
        left, bottom, right, top = map(float, box)
    except (TypeError, ValueError):
        return False
    return left < right and bottom < top


_CHECKS: Mapping[str, Callable[[TaggedElement], Iterator[str]]] = {
    "L": _list,
    "TOC": _contents,
    "TH": _head,
    "Note": _note,
    "Link": _link,
    "Figure": _picture,
}
