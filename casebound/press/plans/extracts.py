"""What of the book belongs to one section: its destinations, its index entries, the targets it refers to outside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from casebound.model.book import Book, Chapter, IndexEntry, IndexGroup, Reference
from casebound.press.plans.body import Body

__all__ = ["destinations", "in_output", "index_of", "referred_to"]


def destinations(body: Body, section: Chapter) -> frozenset[str]:
    """Every named destination of a section's pages."""
    return frozenset(name for gathering in body.of_section(section) for name in gathering.fragment.destinations)


def in_output(book: Book, name: str) -> Book:
    """The book with those index entries that an output prints, PDF or EPUB; with all where it prints none."""
    return replace(book, index=_chosen(book.index, lambda one: one.output in ("", name)) or book.index)


def index_of(groups: Sequence[IndexGroup], targets: Collection[str]) -> tuple[IndexGroup, ...]:
    """The index entries that point at these targets, and the cross-references between them."""
    return _chosen(groups, lambda one: one.target in targets)


def _chosen(groups: Sequence[IndexGroup], is_wanted: Callable[[Reference], bool]) -> tuple[IndexGroup, ...]:
    kept = [(group, [e for entry in group.entries if (e := _entry(entry, is_wanted)) is not None]) for group in groups]
    terms = {entry.term for _, entries in kept for entry in entries if entry.references or entry.subentries}
    result = []
    for group, entries in kept:
        known = tuple(e for entry in entries if (e := _referring(entry, terms)) is not None)
        if known:
            result.append(IndexGroup(group.letter, known))
    return tuple(result)


def _entry(entry: IndexEntry, is_wanted: Callable[[Reference], bool]) -> IndexEntry | None:
    references = tuple(filter(is_wanted, entry.references))
    subentries = tuple(e for sub in entry.subentries if (e := _entry(sub, is_wanted)) is not None)
    if references or subentries or entry.see or entry.seealso:
        return replace(entry, references=references, subentries=subentries)
    return None


def _referring(entry: IndexEntry, terms: Collection[str]) -> IndexEntry | None:
    """The entry with those cross-references whose terms are in this index; None where nothing is left of it."""
    see = tuple(term for term in entry.see if term in terms)
    seealso = tuple(term for term in entry.seealso if term in terms)
    subentries = tuple(e for sub in entry.subentries if (e := _referring(sub, terms)) is not None)
    if entry.references or subentries or see or seealso:
        return replace(entry, subentries=subentries, see=see, seealso=seealso)
    return None


def referred_to(body: Body, section: Chapter) -> frozenset[str]:
    """The named destinations outside a section that its links open."""
    own = destinations(body, section)
    return frozenset(
        link.target
        for gathering in body.of_section(section)
        for link in gathering.fragment.links
        if link.target and link.target not in own
    )
