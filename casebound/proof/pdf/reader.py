"""A finished PDF's structure, read with qpdf: outline, destinations, links, page labels, fonts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from casebound.proof.pdf.objects import bytes_of, entry, is_dictionary, items, number_of, text_of

__all__ = ["Bookmark", "PdfFile", "PdfLink", "PlaceInFile", "UnreadableOutput"]


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

    ``target`` is a name, or the URL of a web link; ``spot`` an explicit place, None where its page does not exist;
    ``number`` that of its object.
    """

    page: int
    kind: str
    target: str = ""
    spot: PlaceInFile | None = None
    file: str = ""
    number: int = 0


def _name(value: Any) -> str:
    return bytes_of(value).decode("utf-8", "replace")


class PdfFile:
    """A PDF opened for reading; every property is read when first asked for. Raises UnreadableOutput.

    A damaged file is not mended: readers differ in what they make of one.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._pdf = pikepdf.open(path, attempt_recovery=False)
            self.root = self._pdf.Root
            self.page_dictionaries: tuple[Any, ...] = tuple(page.obj for page in self._pdf.pages)
        except Exception as error:  # a broken file makes qpdf raise many types
            raise UnreadableOutput(f"{type(error).__name__}: {error}") from error
        self.page_numbers = {number_of(page): number for number, page in enumerate(self.page_dictionaries)}
        """The 0-based page that an object is, by its number."""

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def pages(self) -> int:
        return len(self.page_dictionaries)

    @property
    def is_encrypted(self) -> bool:
        return bool(self._pdf.is_encrypted)

    @property
    def information(self) -> Any:
        """The information dictionary (14.3.3)."""
        return self._pdf.trailer.get("/Info")

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The page label of every page (ISO 32000-2 12.4.2)."""
        return tuple(page.label for page in self._pdf.pages)

    @cached_property
    def destinations(self) -> dict[str, PlaceInFile | None]:
        """Every named destination; None where its page does not exist."""
        named = {name.decode("utf-8", "replace"): self._destination(value) for name, value in self.name_pairs}
        old = entry(self.root, "/Dests")
        for name, value in old.items() if is_dictionary(old) else ():
            named[str(name).removeprefix("/")] = self._destination(value)
        return named

    @cached_property
    def name_pairs(self) -> tuple[tuple[bytes, Any], ...]:
        """Names and values of the destinations' name tree in the order written (7.9.6)."""
        return tuple(_named(entry(entry(self.root, "/Names"), "/Dests"), set()))

    def _destination(self, value: Any) -> PlaceInFile | None:
        """The place an explicit destination names (12.3.2.2), None where its page does not exist."""
        array = entry(value, "/D") if is_dictionary(value) else value
        if not isinstance(array, Array) or not len(array):
            return None
        page = self.page_numbers.get(number_of(array[0]))
        if page is None:
            return None
        at = {"/XYZ": 3, "/FitH": 2, "/FitBH": 2, "/FitR": 5}.get(text_of(array[1])) if len(array) > 1 else None
        top = array[at] if at and at < len(array) else None
        return PlaceInFile(page, None if top is None else float(top))

    @cached_property
    def outline(self) -> tuple[Bookmark, ...]:
        """The outline as a tree (12.3.3)."""
        return self._bookmarks(entry(entry(self.root, "/Outlines"), "/First"), set())

    def _bookmarks(self, item: Any, seen: set[int]) -> tuple[Bookmark, ...]:
        found: list[Bookmark] = []
        while item is not None and number_of(item) not in seen:
            seen.add(number_of(item))
            value = entry(item, "/Dest")
            action = entry(item, "/A")
            if value is None and entry(action, "/S") == "/GoTo":
                value = entry(action, "/D")
            target, spot = self._aim(value)
            title = " ".join(text_of(entry(item, "/Title")).split())
            found.append(Bookmark(title, target, spot, self._bookmarks(entry(item, "/First"), seen)))
            item = entry(item, "/Next")
        return tuple(found)

    def _aim(self, value: Any) -> tuple[str, PlaceInFile | None]:
        """What a destination says: a name, or an explicit place."""
        if value is None:
            return "", None
        if isinstance(value, (Array, Dictionary)):
            return "", self._destination(value)
        return _name(value), None

    @cached_property
    def links(self) -> tuple[PdfLink, ...]:
        """Every link annotation (12.5.6.5) in page order."""
        return tuple(
            replace(self._link(number, annotation), number=number_of(annotation))
            for number, page in enumerate(self.page_dictionaries)
            for annotation in items(page.get("/Annots"))
            if entry(annotation, "/Subtype") == "/Link"
        )

    def _link(self, page: int, annotation: Any) -> PdfLink:
        action = entry(annotation, "/A")
        kind = text_of(entry(action, "/S"))
        value = entry(annotation, "/Dest") if action is None else entry(action, "/D")
        if kind == "/URI":
            return PdfLink(page, "web", bytes_of(entry(action, "/URI")).decode("utf-8", "replace"))
        if kind == "/GoToR":
            file = entry(action, "/F")
            file = (entry(file, "/UF") or entry(file, "/F")) if is_dictionary(file) else file
            return PdfLink(page, "sibling", "" if isinstance(value, Array) else _name(value), None, text_of(file))
        if kind not in ("", "/GoTo"):
            return PdfLink(page, "other", kind)
        target, spot = self._aim(value)
        return PdfLink(page, "name" if target else "place", target, spot)

    def fonts(self) -> Iterator[Any]:
        """Every font dictionary of the file, those inside other objects too."""
        try:
            for value in self._pdf.objects:
                yield from _fonts(value)
        except pikepdf.PdfError as error:
            raise UnreadableOutput(str(error)) from error


def _named(node: Any, seen: set[int]) -> Iterator[tuple[bytes, Any]]:
    if number_of(node) in seen:
        return
    seen |= {number_of(node)} - {0}
    names = items(entry(node, "/Names"))
    for name, value in zip(names[::2], names[1::2], strict=False):
        yield bytes_of(name), value
    for kid in items(entry(node, "/Kids")):
        yield from _named(kid, seen)


def _fonts(value: Any) -> Iterator[Any]:
    """Font dictionaries in an object, references not followed."""
    if is_dictionary(value):
        if "/S" in value or value.get("/Subtype") == "/Link":  # elements, actions and links are many, and hold none
            return
        if "/BaseFont" in value and value.get("/Type", "/Font") == "/Font":
            yield value
        for inner in value.values():
            if not number_of(inner):
                yield from _fonts(inner)
    elif isinstance(value, Array):
        for inner in value:
            if not number_of(inner):
                yield from _fonts(inner)
