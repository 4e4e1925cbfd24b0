"""Which chapters have a handout of their own, and what its file is called.

A name is the place of the chapter and its title, ``01-internals``: a folder then lists handouts in the book's order.
Places are counted among the sections beside it, those without a handout too, but not the front matter, which is 00.
So a name does not change when a section is added after it, a preface is written, or another section's handout is given
up; a section that is put in before others moves them on, as it does in the book. Titles that give the same name in
one place, in any case of their letters, get a number at their end: ``00-preface``, ``00-preface-2``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docutils.nodes import make_id

from casebound.model.book import Book, Chapter, Matter
from casebound.model.diagnostics import stop
from casebound.model.naming import unique

__all__ = ["Handout", "chosen", "handouts_of"]

_LONGEST = 60
_APOSTROPHE = re.compile("(?<=\\w)['\u2019\u02bc](?=\\w)")


@dataclass(frozen=True, slots=True)
class Handout:
    """A chapter with a handout of its own, and the file name of that, without ending."""

    chapter: Chapter
    name: str


def handouts_of(book: Book, depth: int) -> tuple[Handout, ...]:
    """The handouts of a book: one for each section, and for chapters down to ``depth``; documents may say otherwise.

    Unless it says so, front matter has none, nor has a document of the back matter without a section (a colophon).
    """
    return tuple(_handouts(book.sections, depth, "", set()))


def chosen(handouts: Sequence[Handout], only: str) -> Sequence[Handout]:
    """All of them, or the one that is named: by its file's name, the number that begins it (2, 02, 1.2 or 01-02), its
    title or document.

    Raises BuildStop (section-missing) for a name that none has.
    """
    wanted = only.strip().casefold().removesuffix(".pdf")
    if not wanted:
        return handouts
    number = _number(re.split(r"[.-]", wanted))
    for one in handouts:
        names = {one.name, one.chapter.title, one.chapter.docname, one.chapter.name}
        parts = one.name.split("-")
        numbered = bool(number) and number == _number(parts[: one.chapter.depth])
        if numbered or wanted in {name.casefold() for name in names} or wanted == "-".join(parts[1:]):
            return (one,)
    known = ", ".join(one.name for one in handouts) or "none"
    raise stop("section-missing", name=only, known=known)


def _number(parts: Sequence[str]) -> tuple[int, ...]:
    """The number that parts make up; none where one of them is no number."""
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()


def _handouts(chapters: Sequence[Chapter], depth: int, prefix: str, taken: set[str]) -> Iterator[Handout]:
    number = 0
    for chapter in chapters:
        number += chapter.matter is not Matter.FRONT
        path = f"{prefix}{0 if chapter.matter is Matter.FRONT else number:02}"
        if _wanted(chapter, depth):
            yield Handout(chapter, unique(f"{path}-{_slug(chapter.title)}", taken))
        yield from _handouts(chapter.children, depth, f"{path}-", taken)


def _wanted(chapter: Chapter, depth: int) -> bool:
    if chapter.handout is not None:
        return chapter.handout
    alone = chapter.matter is Matter.FRONT or (chapter.matter is Matter.BACK and not chapter.children)
    return chapter.depth <= depth and not alone


def _slug(title: str) -> str:
    """The words of a title with hyphens between them, Latin ones without accents, others in their own letters."""
    joined = _APOSTROPHE.sub("", unicodedata.normalize("NFKC", title))
    letters = (char if unicodedata.category(char)[0] in "LMN" else " " for char in joined)
    slug = "-".join(map(_plain, "".join(letters).split()))
    return slug[:_LONGEST].strip("-") or "section"


def _plain(word: str) -> str:
    written = [_ascii(char) for char in unicodedata.normalize("NFC", word)]
    return "".join(written) if all(written) else word.lower()


def _ascii(char: str) -> str:
    return make_id(f"x{char}")[1:]  # alone, a digit would make no id
