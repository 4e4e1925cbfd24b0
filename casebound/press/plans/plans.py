"""Plans of the files to bind: which gatherings are in the book and in each handout, with which folios and outline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from casebound.bindery import BindingPlan, Gathering, NoteWords, OutsideDestination, paginate
from casebound.i18n.wording import MATTER, word
from casebound.model.book import Book, Chapter
from casebound.model.folios import FolioStyle, folio_of
from casebound.model.fragment import Fragment
from casebound.model.outline import OutlineEntry, bookmarks, chapter_bookmarks
from casebound.model.settings import Settings
from casebound.press.plans.body import Body

__all__ = ["LISTS", "HandoutMatter", "book_plan", "handout_plan", "pages_of", "tagged"]


@dataclass(frozen=True, slots=True)
class HandoutMatter:
    """What comes before and after a handout's chapters: its opening page, its lists.

    A front fragment marked True is printed without a folio.
    """

    front: tuple[tuple[Fragment, bool], ...]
    back: tuple[Fragment, ...] = ()

    @property
    def fragments(self) -> tuple[Fragment, ...]:
        return (*(fragment for fragment, _ in self.front), *self.back)


def pages_of(gatherings: Sequence[Gathering], language: str) -> str:
    """Which pages of the book gatherings are: ``Pages 3 to 41 of the book``, or ``p. 3 of the book``."""
    if not gatherings:
        return ""
    first, last = gatherings[0], gatherings[-1]
    begin = folio_of(first.folio_style, first.first_folio)
    end = folio_of(last.folio_style, last.first_folio + last.fragment.pages - 1)
    if begin == end:
        return word("page-of-book", language, folio=begin)
    return word("pages-of-book", language, first=begin, last=end)


def _numbered(fragments: Iterable[tuple[Fragment, bool]]) -> Iterator[Gathering]:
    """Front matter in roman folios; a fragment marked True is printed without one."""
    folio = 1
    for fragment, bare in fragments:
        yield Gathering(fragment, FolioStyle.ROMAN, folio, bare=bare)
        folio += fragment.pages


def book_plan(
    book: Book, front: Sequence[Gathering], body: Body, indices: Sequence[Gathering], created: datetime | None
) -> BindingPlan:
    """The plan of the book: front matter, all chapters, the indices, each with its title as its running head."""
    gatherings = [*front, *body.all(), *indices]
    outline = [*_titled((gathering.fragment for gathering in front), book.language), *bookmarks(book)]
    outline += [OutlineEntry(one.head_recto, one.fragment.name) for one in indices if not one.bare]
    return _plan(book, book.title, gatherings, outline, created)


def _titled(fragments: Iterable[Fragment], language: str) -> Iterator[OutlineEntry]:
    """The entries of the matter in the outline, by title; its named destination is the same in every language."""
    names = {fragment.name for fragment in fragments}
    return (OutlineEntry(word(name, language), f":{name}") for name in MATTER if f":{name}" in names)


_ELSEWHERE = ":elsewhere"

LISTS = (("figures", "figures"), ("tables", "tables"), ("code", "listings"))
"""Lists after the contents: the kind of their captions, name of the fragment."""


def handout_plan(
    book: Book, section: Chapter, matter: HandoutMatter, body: Body, elsewhere: Mapping[str, OutsideDestination],
    created: datetime | None,
) -> BindingPlan:  # fmt: skip
    """The plan of a section's handout: its opening page, the section's pages as they are in the book, its lists."""
    numbered = list(_numbered([*matter.front, *((fragment, False) for fragment in matter.back)]))
    front, back = numbered[: len(matter.front)], numbered[len(matter.front) :]
    pages = (_headed(gathering, book, section, noted=True) for gathering in body.of_section(section))
    lists = (replace(one, head_recto=word(one.fragment.name.removeprefix(":"), book.language)) for one in back)
    gatherings = [*front, *pages, *(_headed(gathering, book, section) for gathering in lists)]
    outline = [OutlineEntry(word("contents", book.language), ":contents"), chapter_bookmarks(book, section)]
    outline += _titled(matter.back, book.language)
    title = f"{book.title}: {section.title}"
    plan = _plan(book, title, gatherings, outline, created, elsewhere, _note_words(book, gatherings))
    return replace(plan, closed=plan.closed - {section.heading.target})


def _note_words(book: Book, gatherings: Sequence[Gathering]) -> NoteWords:
    folio = word("folio", book.language, folio=paginate(gatherings).get(_ELSEWHERE, ""))
    more = f"{word('more', book.language, count='{count}')} {folio}"
    return NoteWords(f"{word('elsewhere', book.language)}:", more, _ELSEWHERE)


def _headed(gathering: Gathering, book: Book, section: Chapter, *, noted: bool = False) -> Gathering:
    """The gathering with a handout's running heads: book and section on the verso, the chapter on the recto."""
    level = max(gathering.level - section.depth + 1, 1)
    return replace(gathering, head_verso=f"{book.title} \u00b7 {section.title}", noted=noted, level=level)


def _plan(
    book: Book, title: str, gatherings: Sequence[Gathering], outline: Sequence[OutlineEntry], created: datetime | None,
    elsewhere: Mapping[str, OutsideDestination] | None = None, notes: NoteWords | None = None,
) -> BindingPlan:  # fmt: skip
    return BindingPlan(
        title=title,
        gatherings=tuple(gatherings),
        author=book.author,
        subject=book.subject,
        keywords=", ".join(book.keywords),
        language=book.language,
        identifier=book.print_identifier,
        created=created,
        outline=tuple(outline),
        open_depth=1,
        closed=frozenset(chapter.heading.target for chapter in book.chapters() if not chapter.children),
        elsewhere=elsewhere or {},
        notes=notes or NoteWords(),
    )


def tagged(plan: BindingPlan, settings: Settings) -> BindingPlan:
    """The plan with the structure and the claims that the settings ask for."""
    return replace(plan, tagged=settings.tagged, conformance=settings.conformance)
