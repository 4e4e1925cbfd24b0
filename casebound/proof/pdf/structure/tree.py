"""The tree of a file's structure elements, and what of it does not hold together (ISO 32000-2 14.7)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary

from casebound.proof.pdf.objects import bytes_of, entry, is_dictionary, items, number_of, text_of

__all__ = [
    "AnnotationKid",
    "ContentKid",
    "TagTree",
    "TaggedElement",
    "name_of",
    "read_tree",
    "references_of",
]

_DEEPEST = 400  # elements that are in one another


@dataclass(frozen=True, slots=True)
class ContentKid:
    """A content in an element: its 0-based page, its number there."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class AnnotationKid:
    """An annotation in an element, by the number of its object."""

    number: int


@dataclass(slots=True)
class TaggedElement:
    """An element as it is in a file: its type as written, the standard type which that stands for, what is in it.

    ``page`` is the 0-based page of its first content, or of that of the elements in it.
    """

    written: str
    role: str
    entries: Dictionary
    number: int = 0
    parent: TaggedElement | None = field(default=None, repr=False)
    kids: list[TaggedElement | ContentKid | AnnotationKid] = field(default_factory=list)
    page: int | None = None
    attributes: dict[str, Any] = field(default_factory=dict)

    @property
    def elements(self) -> list[TaggedElement]:
        return [kid for kid in self.kids if isinstance(kid, TaggedElement)]

    def walk(self) -> Iterator[TaggedElement]:
        """The element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.elements)

    def text(self, key: str) -> str | None:
        """A text that it states, as ``/Alt``; None where it states none."""
        value = entry(self.entries, key)
        return None if value is None else text_of(value)

    @property
    def place(self) -> str:
        """What it is and where, for a reader."""
        return self.written if self.page is None else f"{self.written} on page {self.page + 1}"


@dataclass(slots=True)
class TagTree:
    """The elements of a file below the root of its structure, and what is wrong with how they are tied together."""

    top: list[TaggedElement]
    roles: Mapping[str, str]
    faults: list[str]

    def walk(self) -> Iterator[TaggedElement]:
        for element in self.top:
            yield from element.walk()


def references_of(element: TaggedElement) -> list[int]:
    """The numbers of the elements that one refers to."""
    return [number_of(each) for each in items(entry(element.entries, "/Ref"))]


def name_of(element: TaggedElement) -> str:
    """The name of an element; empty where it has none."""
    return bytes_of(entry(element.entries, "/ID")).decode("utf-8", "replace")


def read_tree(root: Any, pages: Mapping[int, int]) -> TagTree:
    """Read the tree of a file; ``pages`` are the 0-based pages by the numbers of their objects."""
    mapped = entry(root, "/RoleMap")
    roles = {str(name)[1:]: text_of(value)[1:] for name, value in (mapped.items() if is_dictionary(mapped) else ())}
    faults = [f"the role {role} stands for itself" for role in roles if _circular(role, roles)]
    reader = _TreeReader(pages, roles, faults)
    return TagTree(reader.top(items(entry(root, "/K"))), roles, faults)


def _circular(role: str, roles: Mapping[str, str]) -> bool:
    seen = {role}
    while (role := roles.get(role, "")) and role not in seen:
        seen.add(role)
    return bool(role)


class _TreeReader:
    """Reads elements from the top down, each once."""

    def __init__(self, pages: Mapping[int, int], roles: Mapping[str, str], faults: list[str]) -> None:
        self._pages, self._roles, self._faults = pages, roles, faults
        self._seen: set[int] = set()

    def top(self, kids: list[Any]) -> list[TaggedElement]:
        return [kid for each in kids if isinstance(kid := self._kid(each, None, None, 0), TaggedElement)]

    def _kid(
        self, value: Any, parent: TaggedElement | None, page: int | None, depth: int
    ) -> TaggedElement | ContentKid | AnnotationKid | None:
        if isinstance(value, int):
            return self._content(page, value, parent)
        if not isinstance(value, Dictionary):
            self._faults.append(f"{_place(parent)} has a kid that is nothing")
            return None
        kind = value.get("/Type")
        if kind == "/MCR":
            mcid = value.get("/MCID")
            return self._content(self._page(value, page), mcid if isinstance(mcid, int) else -1, parent)
        if kind == "/OBJR":
            return AnnotationKid(number_of(value.get("/Obj")))
        return self._element(value, parent, page, depth)

    def _page(self, value: Dictionary, page: int | None) -> int | None:
        """The 0-based page that an element or a content says, else that of what it is in."""
        own = value.get("/Pg")
        return page if own is None else self._pages.get(number_of(own))

    def _content(self, page: int | None, mcid: int, parent: TaggedElement | None) -> ContentKid | None:
        if page is None or mcid < 0:
            self._faults.append(f"{_place(parent)} has content on no page of the file")
            return None
        return ContentKid(page, mcid)

    def _element(
        self, value: Dictionary, parent: TaggedElement | None, page: int | None, depth: int
    ) -> TaggedElement | None:
        number = number_of(value)
        if (number and number in self._seen) or depth > _DEEPEST:
            self._faults.append(f"an element is in {_place(parent)} and somewhere else")
            return None
        self._seen.add(number)
        written = text_of(value.get("/S"))[1:]
        element = TaggedElement(written, self._standard(written), value, number, parent)
        if parent is not None and number_of(value.get("/P")) != parent.number:
            self._faults.append(f"{written} in {_place(parent)} names another parent")
        element.attributes = _attributes(value)
        own = self._page(value, page)
        for each in items(value.get("/K")):
            kid = self._kid(each, element, own, depth + 1)
            if kid is not None:
                element.kids.append(kid)
        places = (kid.page for kid in element.kids if not isinstance(kid, AnnotationKid) and kid.page is not None)
        element.page = next(places, own if "/Pg" in value else None)
        return element

    def _standard(self, written: str) -> str:
        seen: set[str] = set()
        while written in self._roles and written not in seen:
            seen.add(written)
            written = self._roles[written]
        return written


def _place(element: TaggedElement | None) -> str:
    return element.written if element is not None else "the root"


def _attributes(value: Dictionary) -> dict[str, Any]:
    """All attributes of an element by their names, whoever owns them (14.7.6)."""
    found: dict[str, Any] = {}
    for each in items(value.get("/A")):
        if is_dictionary(each):
            found |= {key[1:]: attribute for key, attribute in each.items() if key != "/O"}
    return found
