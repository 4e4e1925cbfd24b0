"""Outlines: the one tree that toctrees, PDF bookmarks and EPUB navigation are all compared as."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casebound.book import Book, Chapter, Heading

__all__ = ["Entry", "book_outline", "chapter_outline", "difference", "picture", "walk"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an outline: the title as printed, the named destination it opens, the entries beneath it.

    ``target`` is empty where the format read back does not tell it.
    """

    title: str
    target: str = ""
    children: tuple[Entry, ...] = ()


def _heading_entry(heading: Heading) -> Entry:
    return Entry(heading.numbered_title, heading.target, tuple(map(_heading_entry, heading.children)))


def chapter_outline(chapter: Chapter) -> Entry:
    """A chapter's entry: its own headings first, then its child chapters."""
    own = _heading_entry(chapter.heading)
    return Entry(own.title, own.target, own.children + tuple(map(chapter_outline, chapter.children)))


def book_outline(book: Book) -> tuple[Entry, ...]:
    """The outline of the whole book: the root's own text, its headings, then a tree per section.

    The root document stands as the first entry beside the sections, not above them: a reader opening the
    sidebar sees the sections at once.
    """
    root = _heading_entry(book.root.heading)
    return (root, *map(chapter_outline, book.sections))


def walk(entries: Iterable[Entry], depth: int = 0) -> Iterator[tuple[int, Entry]]:
    """Every entry with its depth, parents before children."""
    for entry in entries:
        yield depth, entry
        yield from walk(entry.children, depth + 1)


def picture(entries: Iterable[Entry]) -> str:
    """An outline as indented text, a line an entry."""
    return "".join(f"{'  ' * depth}{entry.title}\n" for depth, entry in walk(entries))


def difference(wanted: Iterable[Entry], found: Iterable[Entry], wanted_name: str, found_name: str) -> str:
    """A unified difference of two outlines by title and depth; empty where they are equal."""
    before, after = picture(wanted).splitlines(), picture(found).splitlines()
    return "\n".join(difflib.unified_diff(before, after, wanted_name, found_name, lineterm="", n=2))
