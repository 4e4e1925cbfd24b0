"""A finished PDF's structure, read with pypdf: outline, destinations, links, page labels, fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

__all__ = ["Bookmark", "PdfFile", "PdfLink", "PlaceInFile", "UnreadableOutput", "written"]


class UnreadableOutput(Exception):
    """An output that its reader cannot read."""


@dataclass(frozen=True, slots=True)
class PlaceInFile:
    """A place in a file: 0-based page and, where told, the height in points that comes to the window's top."""

    page: int
    top: float | None = None


@dataclass(frozen=True, slots=True)
class Bookmark:
    """One entry of the outline: ``target`` is a named destination, or ``spot`` an explicit place."""

    title: str
    target: str = ""
    spot: PlaceInFile | None = None
    children: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class PdfLink:
    """A link on a 0-based page. ``kind``: name, place (in this file), sibling (in ``file``), web, other.

    ``target`` is a name, or the URL of a web link; ``spot`` an explicit place, None where its page does not exist.
    """

    page: int
    kind: str
    target: str = ""
    spot: PlaceInFile | None = None
    file: str = ""


def _resolved(value: Any) -> Any:
    value = value.get_object() if isinstance(value, IndirectObject) else value
    return None if isinstance(value, NullObject) else value


def _get(holder: Any, key: str) -> Any:
    """A dictionary's value, resolved; None where it is absent."""
    holder = _resolved(holder)
    return _resolved(holder.raw_get(key)) if isinstance(holder, DictionaryObject) and key in holder else None


def _items(value: Any) -> list[Any]:
    value = _resolved(value)
    return list(value) if isinstance(value, ArrayObject) else []


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def written(name: object) -> bytes:
    """The bytes of a destination's name as they are in the file: they are no text string (12.3.2.4)."""
    original = getattr(name, "original_bytes", name)
    return original if isinstance(original, bytes) else str(original).encode()


def _name(value: Any) -> str:
    return written(value).decode("utf-8", "replace").removeprefix("/")


class PdfFile:
    """A PDF opened for reading; every property is read when first asked for. Raises UnreadableOutput."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._reader = PdfReader(path)
            self.root = self._reader.root_object
            self._pages = [page.indirect_reference for page in self._reader.pages]
        except Exception as error:  # pypdf raises many types on a broken file
            raise UnreadableOutput(f"{type(error).__name__}: {error}") from error
        self._numbers = {reference.idnum: number for number, reference in enumerate(self._pages) if reference}

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def pages(self) -> int:
        return len(self._pages)

    @cached_property
    def page_numbers(self) -> dict[int, int]:
        """The 0-based page that an object is, by its number."""
        return self._numbers

    @cached_property
    def page_dictionaries(self) -> tuple[DictionaryObject, ...]:
        """Every page as it is written."""
        return tuple(_resolved(page) for page in self._pages)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The page label of every page (ISO 32000-2 12.4.2)."""
        return tuple(self._reader.page_labels)

    @cached_property
    def destinations(self) -> dict[str, PlaceInFile | None]:
        """Every named destination; None where its page does not exist."""
        named = {_name(name): self._destination(value) for name, value in self.name_pairs}
        for name, value in (_get(self.root, "/Dests") or {}).items():
            named[str(name).removeprefix("/")] = self._destination(value)
        return named

    @cached_property
    def name_pairs(self) -> tuple[tuple[Any, Any], ...]:
        """Names and values of the destinations' name tree in the order written (7.9.6)."""
        return tuple(self._name_pairs(_get(_get(self.root, "/Names"), "/Dests"), set()))

    def _name_pairs(self, node: Any, seen: set[int]) -> Iterator[tuple[Any, Any]]:
        if id(node) in seen:
            return
        seen.add(id(node))
        names = _items(_get(node, "/Names"))
        for name, value in zip(names[::2], names[1::2], strict=False):
            yield _resolved(name), _resolved(value)
        for kid in _items(_get(node, "/Kids")):
            yield from self._name_pairs(_resolved(kid), seen)

    def _destination(self, value: Any) -> PlaceInFile | None:
        """The place an explicit destination names (12.3.2.2), None where its page does not exist."""
        value = _resolved(value)
        array = _items(_get(value, "/D") if isinstance(value, DictionaryObject) else value)
        page = self._numbers.get(array[0].idnum) if array and isinstance(array[0], IndirectObject) else None
        if page is None:
            return None
        kind = str(_resolved(array[1])) if len(array) > 1 else ""
        at = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}.get(kind)
        top = _resolved(array[at]) if at and at < len(array) else None
        return PlaceInFile(page, None if top is None else float(top))

    @cached_property
    def outline(self) -> tuple[Bookmark, ...]:
        """The outline as a tree (12.3.3)."""
        return self._bookmarks(_get(_get(self.root, "/Outlines"), "/First"), set())

    def _bookmarks(self, item: Any, seen: set[int]) -> tuple[Bookmark, ...]:
        found: list[Bookmark] = []
        while item is not None and id(item) not in seen:
            seen.add(id(item))
            value = _get(item, "/Dest")
            action = _get(item, "/A")
            if value is None and _get(action, "/S") == "/GoTo":
                value = _get(action, "/D")
            target, spot = self._aim(value)
            title = " ".join(_text(_get(item, "/Title") or "").split())
            found.append(Bookmark(title, target, spot, self._bookmarks(_get(item, "/First"), seen)))
            item = _get(item, "/Next")
        return tuple(found)

    def _aim(self, value: Any) -> tuple[str, PlaceInFile | None]:
        """What a destination says: a name, or an explicit place."""
        if value is None:
            return "", None
        if isinstance(value, ArrayObject | DictionaryObject):
            return "", self._destination(value)
        return _name(value), None

    @cached_property
    def links(self) -> tuple[PdfLink, ...]:
        """Every link annotation (12.5.6.5) in page order."""
        return tuple(
            self._link(number, _resolved(annotation))
            for number, page in enumerate(self._pages)
            for annotation in _items(_get(page, "/Annots"))
            if _get(annotation, "/Subtype") == "/Link"
        )

    def _link(self, page: int, annotation: Any) -> PdfLink:
        action = _get(annotation, "/A")
        kind = _get(action, "/S")
        value = _get(annotation, "/Dest") if action is None else _get(action, "/D")
        if kind == "/URI":
            return PdfLink(page, "web", _text(_get(action, "/URI") or ""))
        if kind == "/GoToR":
            file = _get(action, "/F")
            file = _get(file, "/UF") or _get(file, "/F") if isinstance(file, DictionaryObject) else file
            return PdfLink(page, "sibling", "" if isinstance(value, ArrayObject) else _name(value), None, _text(file))
        if kind not in (None, "/GoTo"):
            return PdfLink(page, "other", str(kind))
        target, spot = self._aim(value)
        return PdfLink(page, "name" if target else "place", target, spot)

    def fonts(self) -> Iterator[DictionaryObject]:
        """Every font dictionary of the file, those inside other objects too."""
        for number in sorted(
            {n for table in self._reader.xref.values() for n in table} | set(self._reader.xref_objStm)
        ):
            try:
                value = IndirectObject(number, 0, self._reader).get_object()
            except Exception as error:  # pypdf raises many types on a broken object
                raise UnreadableOutput(f"object {number}: {error}") from error
            yield from _fonts(value)


def _fonts(value: Any) -> Iterator[DictionaryObject]:
    """Font dictionaries in an object, references not followed."""
    if isinstance(value, DictionaryObject):
        if "/BaseFont" in value and value.get("/Type", "/Font") == "/Font":
            yield value
        for inner in dict.values(value):
            yield from _fonts(inner)
    elif isinstance(value, ArrayObject):
        for inner in list.__iter__(value):
            yield from _fonts(inner)
