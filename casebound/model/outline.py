"""Outlines: the one tree that toctrees, PDF bookmarks and EPUB navigation are all compared as."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from casebound.model.book import Book, Chapter, Heading

__all__ = [
    "OutlineEntry",
    "book_outline",
    "bookmarks",
    "chapter_bookmarks",
    "chapter_contents",
    "chapter_outline",
    "contents",
    "cut",
    "difference",
    "picture",
    "walk",
]


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One entry of an outline: the title as printed, the named destination it opens, the entries below it.

    ``target`` is empty where the format read back does not tell it; so is ``number``, with which the title begins
    where the book numbers it.
    """

    title: str
    target: str = ""
    children: tuple[OutlineEntry, ...] = ()
    number: str = field(default="", compare=False)


def _heading_entry(heading: Heading) -> OutlineEntry:
    children = tuple(map(_heading_entry, heading.children))
    return OutlineEntry(heading.numbered_title, heading.target, children, ".".join(map(str, heading.number)))


def chapter_outline(chapter: Chapter) -> OutlineEntry:
    """A chapter's entry: its own headings first, then its child chapters."""
    own = _heading_entry(chapter.heading)
    return replace(own, children=own.children + tuple(map(chapter_outline, chapter.children)))


def book_outline(book: Book) -> tuple[OutlineEntry, ...]:
    """The outline of the whole book: the root's own text, its headings, then a tree per section.

    The root document is the first entry, next to the sections and not above them: a reader opening the
    sidebar sees the sections at once.
    """
    root = _heading_entry(book.root.heading)
    return (root, *map(chapter_outline, book.sections))


def cut(entries: Iterable[OutlineEntry], depth: int) -> tuple[OutlineEntry, ...]:
    """Entries with so many levels; with 0 there are none."""
    return tuple(replace(e, children=cut(e.children, depth - 1)) for e in entries) if depth > 0 else ()


def bookmarks(book: Book) -> tuple[OutlineEntry, ...]:
    """The book's outline as far down as its PDF and its EPUB show it."""
    return cut(book_outline(book), book.outline_depth) if book.outline_depth else book_outline(book)


def chapter_bookmarks(book: Book, chapter: Chapter) -> OutlineEntry:
    """A chapter's entry as far down as the book shows it, one level at least."""
    entry = chapter_outline(chapter)
    return cut((entry,), max(1, book.outline_depth - chapter.depth + 1))[0] if book.outline_depth else entry


def chapter_contents(chapter: Chapter) -> OutlineEntry:
    """A chapter's entry for printed contents: of the headings of each document so many levels as it says."""
    own = _own_contents(chapter)
    return replace(own, children=own.children + tuple(map(chapter_contents, chapter.children)))


def contents(book: Book, *, root: bool) -> tuple[OutlineEntry, ...]:
    """The book's outline for printed contents; ``root`` says whether the root document has pages of its own.

    They have the book's title, and are named where there are headings below it.
    """
    own = _own_contents(book.root)
    sections = tuple(map(chapter_contents, book.sections))
    return (own, *sections) if root and (own.children or not sections) else sections


def _own_contents(chapter: Chapter) -> OutlineEntry:
    own = _heading_entry(chapter.heading)
    return cut((own,), chapter.toc_depth)[0] if chapter.toc_depth else own


def walk(entries: Iterable[OutlineEntry], depth: int = 0) -> Iterator[tuple[int, OutlineEntry]]:
    """Every entry with its depth, parents before children."""
    for entry in entries:
        yield depth, entry
        yield from walk(entry.children, depth + 1)


def picture(entries: Iterable[OutlineEntry]) -> str:
    """An outline as indented text, a line an entry."""
    return "".join(f"{'  ' * depth}{entry.title}\n" for depth, entry in walk(entries))


def difference(wanted: Iterable[OutlineEntry], found: Iterable[OutlineEntry], wanted_name: str, found_name: str) -> str:
    """The difference of two outlines by title and depth, each place with the entries it is in; empty for equals.

    Lines that only the wanted outline has begin with ``-``, those that only the found one has with ``+``.
    """
    before, after = picture(wanted).splitlines(), picture(found).splitlines()
    lines = list(difflib.unified_diff(before, after, wanted_name, found_name, lineterm="", n=2))
    return "\n".join(_above(lines[at:], before) if line.startswith("@@") else line for at, line in enumerate(lines))


def _above(hunk: Sequence[str], picture: Sequence[str]) -> str:
    """The head of a hunk as a reader wants it: not line numbers, but the entry that the first change is in."""
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
