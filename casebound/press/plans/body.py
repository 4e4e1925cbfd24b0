"""The pages of the book with their folios: roman ones in the front matter, from the body on arabic ones from 1.

Odd folios are those of right-hand pages. So an empty page precedes the body where one is needed, and before
each chapter that is to open on the right (``casebound_openings``, ``odd-page``). It is counted, but prints neither
head nor folio::

    holds    cover  empty  title  imprint  contents  empty  preface  empty  lead  empty  rpc  ...  index
    folio    i      ii     iii    iv       v         vi     vii      viii   1     2      3         57
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casebound.bindery import Gathering, paginate
from casebound.model.book import Book, Chapter, Matter
from casebound.model.folios import FolioStyle
from casebound.model.fragment import Fragment

__all__ = ["Body", "FolioCounter"]


@dataclass
class FolioCounter:
    """Gives gatherings their folios, one after the other; ``blank`` is an empty page."""

    blank: Fragment
    openings: str = "any"
    style: FolioStyle = FolioStyle.ROMAN
    folio: int = 1

    def add(
        self, fragment: Fragment, verso: str = "", recto: str = "", *, bare: bool = False, level: int = 1
    ) -> Gathering:
        """The fragment on the next pages; ``bare`` without heads and folios; ``level`` is that of its title."""
        full = fragment.name == ":cover"
        fragment = fragment.on(self.folio)
        made = Gathering(fragment, self.style, self.folio, verso, recto, bare=bare, full_page=full, level=level)
        self.folio += fragment.pages
        return made

    def to_the_right(self, side: str = "odd") -> Iterator[Gathering]:
        """An empty page where the next one would be a left-hand page, or for an "even" side a right-hand one."""
        if self.folio % 2 != (side == "odd"):
            yield self.add(self.blank, bare=True)

    def before(self, depth: int, side: str = "") -> Iterator[Gathering]:
        """The empty page before a chapter of this depth in the tree, where one is wanted; ``side`` is its own wish."""
        if side or self.openings == "recto" or (self.openings == "sections" and depth == 1):
            yield from self.to_the_right(side or "odd")

    def begin_body(self) -> Iterator[Gathering]:
        """Arabic folios from here on, from 1; the empty page before that, where one is needed."""
        yield from self.to_the_right()
        self.style, self.folio = FolioStyle.ARABIC, 1


@dataclass(frozen=True)
class Body:
    """The chapters' gatherings in reading order, by the chapter's name, and the folio of every destination in them.

    ``blanks`` are the empty pages by the name of the chapter after them, ``""`` for the one after all chapters.
    ``paging`` has counted up to the last chapter.
    """

    gatherings: Mapping[str, Gathering]
    blanks: Mapping[str, Gathering]
    folios: Mapping[str, str]
    paging: FolioCounter

    @classmethod
    def of(cls, book: Book, fragments: Mapping[str, Fragment], paging: FolioCounter) -> Body:
        """Number the pages of all chapters; ``paging`` has counted the contents and the lists and is not changed."""
        paging = replace(paging)
        gatherings: dict[str, Gathering] = {}
        blanks: dict[str, Gathering] = {}
        for chapter in book.chapters():
            fragment = fragments.get(chapter.name)
            if fragment is None:
                continue
            begins = paging.style is FolioStyle.ROMAN and chapter.matter is not Matter.FRONT
            empty = paging.begin_body() if begins else paging.before(chapter.depth, fragment.opening)
            blanks.update((chapter.name, blank) for blank in empty)
            level = max(chapter.depth, 1)
            gatherings[chapter.name] = paging.add(fragment, book.title, chapter.title, level=level)
        if paging.style is FolioStyle.ROMAN:
            blanks.update(("", blank) for blank in paging.begin_body())
        return cls(gatherings, blanks, paginate(tuple(_in_order(gatherings, blanks))), paging)

    def all(self) -> tuple[Gathering, ...]:
        """Every gathering, empty pages among them."""
        return tuple(_in_order(self.gatherings, self.blanks))

    def of_section(self, section: Chapter) -> tuple[Gathering, ...]:
        """The gatherings of one section, its lead first, with the empty pages between its chapters."""
        own = {c.name: self.gatherings[c.name] for c in section.walk() if c.name in self.gatherings}
        first = next(iter(own), "")
        return tuple(_in_order(own, {name: blank for name, blank in self.blanks.items() if name not in (first, "")}))


def _in_order(gatherings: Mapping[str, Gathering], blanks: Mapping[str, Gathering]) -> Iterator[Gathering]:
    for name, gathering in gatherings.items():
        if name in blanks:
            yield blanks[name]
        yield gathering
    if "" in blanks:
        yield blanks[""]
