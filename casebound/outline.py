"""Outlines: the one tree that toctrees, PDF bookmarks and EPUB navigation are all compared as."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
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
    """The difference of two outlines by title and depth, each place with the entries it is in; empty for equals.

    Lines that only the wanted outline has begin with ``-``, those that only the found one has with ``+``.
    """
    before, after = picture(wanted).splitlines(), picture(found).splitlines()
    lines = list(difflib.unified_diff(before, after, wanted_name, found_name, lineterm="", n=2))
    return "\n".join(_above(lines[at:], before) if line.startswith("@@") else line for at, line in enumerate(lines))


def _above(hunk: Sequence[str], picture: Sequence[str]) -> str:
    """The head of a hunk as a reader wants it: not the numbers of its lines but what the first change stands in."""
    start = int(hunk[0].removeprefix("@@ -").split(" ")[0].split(",")[0])
    context = next(at for at, line in enumerate(hunk[1:]) if line[0] in "+-")
    depth, path = _depth(hunk[1 + context][1:]), list[str]()
    for entry in reversed(picture[: max(0, start - 1) + context]):
        if _depth(entry) < depth:
            depth = _depth(entry)
            path.insert(0, entry.strip())
    return f"in {' > '.join(path)}:" if path else "at the top:"


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
