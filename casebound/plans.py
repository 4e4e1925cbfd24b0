"""Plans of the files to bind: which gatherings stand in the book and in each handout, with which folios and outline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from docutils.nodes import make_id

from casebound.bindery import Elsewhere, Gathering, NoteWords, Plan, paginate
from casebound.book import Book, Chapter
from casebound.folios import FolioStyle
from casebound.fragment import Fragment
from casebound.outline import Entry, book_outline, chapter_outline
from casebound.wording import MATTER, word

__all__ = ["LISTS", "Body", "Handout", "Matter", "book_plan", "handout_plan", "handouts_of", "pages_of"]


@dataclass(frozen=True, slots=True)
class Handout:
    """A chapter with a handout of its own, and the file name of that, without ending."""

    chapter: Chapter
    name: str


def handouts_of(book: Book, depth: int) -> tuple[Handout, ...]:
    """The handouts of a book: one for each section, and for chapters down to ``depth``; documents may say otherwise.

    A name is the numbers of the chapter and of those around it, each counted from 1 among its siblings, and its
    title: it stays as it is when another section is added behind.
    """
    return tuple(_handouts(book.sections, depth, ""))


def _handouts(chapters: Sequence[Chapter], depth: int, prefix: str) -> Iterator[Handout]:
    for number, chapter in enumerate(chapters, 1):
        path = f"{prefix}{number:02}"
        wanted = chapter.depth <= depth if chapter.handout is None else chapter.handout
        if wanted:
            slug = make_id(chapter.title) or re.sub(r"[\W_]+", "-", chapter.title.lower()).strip("-")
            yield Handout(chapter, f"{path}-{slug[:60].strip('-') or 'section'}")
        yield from _handouts(chapter.children, depth, f"{path}-")


@dataclass(frozen=True)
class Body:
    """The chapters' gatherings in reading order, by the chapter's name, and the folio of every destination in them."""

    gatherings: Mapping[str, Gathering]
    folios: Mapping[str, str]

    @classmethod
    def of(cls, book: Book, fragments: Mapping[str, Fragment]) -> Body:
        """Number the pages of all chapters from 1."""
        gatherings: dict[str, Gathering] = {}
        folio = 1
        for chapter in book.chapters():
            fragment = fragments.get(chapter.name)
            if fragment is None:
                continue
            gatherings[chapter.name] = Gathering(
                fragment, FolioStyle.ARABIC, folio, head_verso=book.title, head_recto=chapter.title
            )
            folio += fragment.pages
        return cls(gatherings, paginate(tuple(gatherings.values())))

    @property
    def pages(self) -> int:
        return sum(gathering.fragment.pages for gathering in self.gatherings.values())

    def of_section(self, section: Chapter) -> tuple[Gathering, ...]:
        """The gatherings of one section, its lead first."""
        return tuple(self.gatherings[chapter.name] for chapter in section.walk() if chapter.name in self.gatherings)


@dataclass(frozen=True, slots=True)
class Matter:
    """What stands round a handout's chapters: its opening page, and the lists behind them.

    A front fragment marked True is printed without a folio.
    """

    front: tuple[tuple[Fragment, bool], ...]
    back: tuple[Fragment, ...] = ()

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return (*(fragment for fragment, _ in self.front), *self.back)


def pages_of(gatherings: Sequence[Gathering], language: str) -> str:
    """Which pages of the book gatherings are: ``Pages 3 to 41 of the book``."""
    if not gatherings:
        return ""
    first, last = gatherings[0], gatherings[-1]
    final = last.first_folio + last.fragment.pages - 1
    return word("pages-of-book", language, first=first.first_folio, last=final)


def _numbered(fragments: Iterable[tuple[Fragment, bool]]) -> Iterator[Gathering]:
    """Front matter in roman folios; a fragment marked True is printed without one."""
    folio = 1
    for fragment, bare in fragments:
        yield Gathering(fragment, FolioStyle.ROMAN, folio, bare=bare, full_page=fragment.name == "cover")
        folio += fragment.pages


def book_plan(
    book: Book, front: Sequence[tuple[Fragment, bool]], body: Body, indices: Sequence[tuple[str, Fragment]],
    created: datetime | None,
) -> Plan:  # fmt: skip
    """The plan of the book: front matter, all chapters, the indices with their titles."""
    gatherings = [*_numbered(front), *body.gatherings.values()]
    outline = [*_titled((fragment for fragment, _ in front), book.language), *book_outline(book)]
    folio = body.pages + 1
    for title, index in indices:
        gatherings.append(Gathering(index, FolioStyle.ARABIC, folio, book.title, title))
        outline.append(Entry(title, f":{index.name}"))
        folio += index.pages
    return _plan(book, book.title, gatherings, outline, created)


def _titled(fragments: Iterable[Fragment], language: str) -> Iterator[Entry]:
    """What of the matter stands in the outline, by its title; its named destination is the same in every language."""
    names = {fragment.name for fragment in fragments}
    return (Entry(word(name, language), f":{name}") for name in MATTER if name in names)


LISTS = (("figures", "figures"), ("tables", "tables"), ("code", "listings"))
"""Lists behind the contents: the kind of their captions, name of the fragment."""


def handout_plan(
    book: Book, section: Chapter, matter: Matter, body: Body, elsewhere: Mapping[str, Elsewhere],
    created: datetime | None,
) -> Plan:  # fmt: skip
    """The plan of a section's handout: its opening page, the section's pages as they stand in the book, its lists."""
    numbered = list(_numbered([*matter.front, *((fragment, False) for fragment in matter.back)]))
    front, back = numbered[: len(matter.front)], numbered[len(matter.front) :]
    pages = (_headed(gathering, book, section, noted=True) for gathering in body.of_section(section))
    lists = (replace(one, head_recto=word(one.fragment.name, book.language)) for one in back)
    gatherings = [*front, *pages, *(_headed(gathering, book, section) for gathering in lists)]
    outline = [Entry(word("contents", book.language), ":contents"), chapter_outline(section)]
    outline += _titled(matter.back, book.language)
    title = f"{book.title}: {section.title}"
    return _plan(book, title, gatherings, outline, created, elsewhere, _note_words(book, gatherings))


def _note_words(book: Book, gatherings: Sequence[Gathering]) -> NoteWords:
    listed = word("folio", book.language, folio=paginate(gatherings).get(":elsewhere", ""))
    return NoteWords(f"{word('elsewhere', book.language)}:", f"{word('more', book.language, count='{count}')} {listed}")


def _headed(gathering: Gathering, book: Book, section: Chapter, *, noted: bool = False) -> Gathering:
    """The gathering with a handout's running heads: book and section on the verso, the chapter on the recto."""
    return replace(gathering, head_verso=f"{book.title} \u00b7 {section.title}", noted=noted)


def _plan(
    book: Book, title: str, gatherings: Sequence[Gathering], outline: Sequence[Entry], created: datetime | None,
    elsewhere: Mapping[str, Elsewhere] | None = None, notes: NoteWords | None = None,
) -> Plan:  # fmt: skip
    return Plan(
        title=title,
        gatherings=tuple(gatherings),
        author=book.author,
        subject=book.subject,
        keywords=", ".join(book.keywords),
        language=book.language,
        identifier=book.identifier,
        created=created,
        outline=tuple(outline),
        open_depth=1,
        elsewhere=elsewhere or {},
        notes=notes or NoteWords(),
    )
