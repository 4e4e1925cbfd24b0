"""The places outside a handout: how its links open them, and what paper says of them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from casebound.bindery import OutsideDestination
from casebound.i18n.wording import word
from casebound.manuscript import WebAddresses
from casebound.model.book import Book
from casebound.model.outline import OutlineEntry, book_outline, walk
from casebound.press.plans.body import Body

__all__ = ["DestinationContext", "LinkedFiles", "LinksOut"]


class LinkedFiles(NamedTuple):
    """The files that links may open, by relative names: for each destination the handout it is in; the book."""

    owners: Mapping[str, str]
    book: str


class DestinationContext(NamedTuple):
    """Where a named destination is: its document, the heading above it, the section of that heading."""

    docname: str
    heading: OutlineEntry
    section: OutlineEntry


class LinksOut:
    """All named destinations of a book as a reader of a handout sees them.

    ``others`` are the folios of what is in no chapter: of the printed indices, and of the root document where it
    has no pages of its own and its names are on the title page; ``policy`` is the setting
    ``casebound_handout_links``; ``web`` knows the addresses of the published pages.
    """

    def __init__(
        self, book: Book, body: Body, others: Mapping[str, str], policy: str, files: LinkedFiles, web: WebAddresses
    ) -> None:
        self._policy, self._files, self._web, self._language = policy, files, web, book.language
        self._folios = {**body.folios, **others}
        self._outline = (*book_outline(book), *_indices(book).values())
        self._standing = _standings(book, body, self._outline)
        self._standing |= {
            entry.target: DestinationContext(name, entry, entry) for name, entry in _indices(book).items()
        }
        root = DestinationContext(book.root.docname, self._outline[0], self._outline[0])
        self._standing |= {target: root for target in others if target not in self._standing}

    def elsewhere(self, own: Collection[str]) -> dict[str, OutsideDestination]:
        """Every destination of the book that is not ``own``."""
        return {target: place for target, place in self._places.items() if target not in own}

    @cached_property
    def _places(self) -> dict[str, OutsideDestination]:
        """Every destination of the book, worked out once for all handouts."""
        return {target: self._place(target) for target in self._folios}

    def _place(self, target: str) -> OutsideDestination:
        folio = self._folios[target]
        if self._policy == "web":
            return OutsideDestination(
                "", folio, self._web.address(self._standing[target].docname, target), self._note(target)
            )
        files = {"sibling": self._files.owners.get(target, self._files.book), "book": self._files.book}
        return OutsideDestination(files.get(self._policy, ""), folio, note=self._note(target))

    def opens_book(self, targets: Iterable[str]) -> bool:
        """Whether a link to one of these destinations opens the book's own file."""
        return any(self._places[target].file == self._files.book for target in targets if target in self._places)

    def _note(self, target: str) -> str:
        """``Scheduling (Internals, p. 14 of the book)``, the words about the page never parted."""
        _, heading, section = self._standing[target]
        among = f"{section.title}, " if section.target != heading.target else ""
        page = word("page-of-book", self._language, folio=self._folios[target]).replace(" ", "\N{NO-BREAK SPACE}")
        return f"{heading.title} ({among}{page})"

    def headings(self, targets: Collection[str]) -> tuple[OutlineEntry, ...]:
        """The headings that destinations are under, grouped by section, in the book's order."""
        wanted = {self._standing[target].heading.target for target in targets if target in self._standing}
        found: list[OutlineEntry] = []
        for section in self._outline:
            within = (entry for _, entry in walk(section.children) if entry.target in wanted)
            places = tuple(OutlineEntry(entry.title, entry.target) for entry in within)
            if places or section.target in wanted:
                found.append(OutlineEntry(section.title, section.target, places))
        return tuple(found)


def _indices(book: Book) -> dict[str, OutlineEntry]:
    """The indices by the names that Sphinx has for their pages."""
    titles = {index.target: index.title for index in book.domain_indices}
    titles[":index"] = word("index", book.language)
    return {name: OutlineEntry(titles[target], target) for name, target in book.indices.items()}


def _standings(book: Book, body: Body, outline: tuple[OutlineEntry, ...]) -> dict[str, DestinationContext]:
    """Each destination with the last heading at or above it in the same chapter."""
    known = {entry.target: (entry, section) for section in outline for _, entry in walk([section])}
    found: dict[str, DestinationContext] = {}
    for chapter in book.chapters():
        gathering = body.gatherings.get(chapter.name)
        if gathering is None:
            continue
        places = {name: (place.page, -place.y) for name, place in gathering.fragment.destinations.items()}
        heads = sorted((name for name in places if name in known), key=places.__getitem__)
        heights = [places[name] for name in heads]
        for name, place in places.items():
            above = heads[max(0, bisect_right(heights, place) - 1)] if heads else chapter.heading.target
            found.setdefault(name, DestinationContext(chapter.docname, *known[name if name in known else above]))
    return found
