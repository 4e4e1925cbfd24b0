"""The files bound from one build's fragments: their matter, their plans, what leads out of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from casebound.bindery import Bindery, BoundFile, Gathering, paginate
from casebound.i18n.wording import word
from casebound.manuscript import Manuscript
from casebound.model.book import Chapter
from casebound.model.diagnostics import Problem, problem
from casebound.model.folios import PageStart, folio_of
from casebound.model.fragment import Fragment, Loss
from casebound.model.outline import OutlineEntry, chapter_contents, contents
from casebound.model.settings import ProjectFolders
from casebound.model.version import __version__
from casebound.press.manifest import Output, output
from casebound.press.plans.body import Body, FolioCounter
from casebound.press.plans.extracts import destinations, in_output, index_of, referred_to
from casebound.press.plans.handouts import chosen, handouts_of
from casebound.press.plans.outside import LinkedFiles, LinksOut
from casebound.press.plans.plans import LISTS, HandoutMatter, book_plan, handout_plan, pages_of, tagged
from casebound.press.plans.unclaimed import unclaimed
from casebound.typesetting import Typesetter

__all__ = ["Binder"]


class Binder:
    """The files bound from one build's fragments."""

    def __init__(
        self, places: ProjectFolders, read: Manuscript, typesetter: Typesetter, fragments: Mapping[str, Fragment],
        created: datetime | None,
    ) -> None:  # fmt: skip
        self.places, self.read, self.settings, self.created = places, read, read.settings, created
        self.book = in_output(read.book, "PDF")
        self.typesetter = typesetter
        self.problems: list[Problem] = []
        paging = FolioCounter(typesetter.blank(), read.settings.openings)
        self.front = list(self._front(read, paging, printed=self.book.root.name in fragments))
        self.body = Body.of(self.book, fragments, paging)
        self.indices = list(self._paged(self._indices()))
        self.handouts = handouts_of(self.book, self.settings.handout_depth)
        self.outside = self._outside(read)
        self.matter = {handout.name: self._matter(handout.chapter) for handout in self.handouts}
        self.bindery = Bindery(typesetter.style, self._used(), places.work / "faces")

    def _front(self, read: Manuscript, paging: FolioCounter, *, printed: bool) -> Iterator[Gathering]:
        """What comes before the chapters; ``printed`` says whether the root document has pages of its own."""
        entries: list[OutlineEntry] = list(contents(self.book, root=printed))
        if self.book.index:
            entries.append(OutlineEntry(self._word("index"), ":index"))
        entries += [OutlineEntry(index.title, index.target) for index in self.book.domain_indices]
        made = self._word("bound", program=f"casebound {__version__}")
        names = () if printed else sorted(_names(read, self.book.root))
        yield paging.add(self.typesetter.cover(self.book), bare=True)
        yield from paging.to_the_right()
        yield paging.add(self.typesetter.title_page(self.book, made, names), bare=True)
        if self.book.imprint is not None:
            yield paging.add(self.typesetter.imprint(self.book, made), bare=True)
        yield paging.add(self.typesetter.contents(self._word("contents"), entries, self.settings.contents_depth))
        for fragment in self._lists():
            yield paging.add(fragment)

    def _lists(self) -> Iterator[Fragment]:
        """The lists of figures, tables and listings that the book has."""
        for kind, name in LISTS:
            entries = [OutlineEntry(one.text, one.target) for one in self.book.captions if one.kind == kind]
            if entries:
                yield self.typesetter.captions(self._word(name), entries, name)

    def _indices(self) -> Iterator[tuple[str, Fragment]]:
        """The general index and those of domains, with their titles."""
        if self.book.index:
            title = self._word("index")
            yield title, self.typesetter.index(title, self.book.index, self.body.folios)
        for index in self.book.domain_indices:
            yield index.title, self.typesetter.index(index.title, index.groups, self.body.folios, index.name)

    def _paged(self, indices: Iterable[tuple[str, Fragment]]) -> Iterator[Gathering]:
        """The indices after the last chapter, each with its title as its running head."""
        paging = replace(self.body.paging)
        for title, index in indices:
            yield from paging.before(1)
            yield paging.add(index, self.book.title, title)

    def _matter(self, section: Chapter) -> HandoutMatter:
        """A handout's opening page, the list of what it refers to outside, and the index of its own entries."""
        inside = destinations(self.body, section)
        own = {name: folio for name, folio in self.body.folios.items() if name in inside}
        opening = self.typesetter.handout_opening(self.book, chapter_contents(section), self._pages(section))
        back = []
        groups = index_of(self.book.index, own)
        entries = self.outside.headings(referred_to(self.body, section) - ({":index"} if groups else set()))
        if entries:
            back.append(self.typesetter.contents(self._word("elsewhere"), entries, 2, "elsewhere"))
        if groups:
            back.append(self.typesetter.index(self._word("index"), groups, own))
        front = [(opening, False)]
        pages = self.body.of_section(section)
        if pages and (opening.pages + 1) % 2 != pages[0].first_folio % 2:  # right-hand pages stay right-hand pages
            front.append((self.typesetter.blank(), True))
        return HandoutMatter(tuple(front), tuple(back))

    def losses(self) -> Iterator[Loss]:
        """What the matter has that no face can show: names of the book, words of its language."""
        matter = [gathering.fragment for gathering in (*self.front, *self.indices)]
        matter += [fragment for one in self.matter.values() for fragment in one.fragments]
        for fragment in matter:
            yield from (loss for loss in fragment.losses if loss.code == "glyph-missing")

    def _used(self) -> Mapping[str, set[int]]:
        used: dict[str, set[int]] = {}
        fragments = [gathering.fragment for gathering in (*self.front, *self.body.all(), *self.indices)]
        fragments += [fragment for matter in self.matter.values() for fragment in matter.fragments]
        for fragment in fragments:
            for face, points in fragment.used.items():
                used.setdefault(face, set()).update(points)
        return used

    def _pages(self, section: Chapter) -> str:
        return pages_of(self.body.of_section(section), self.book.language)

    def _word(self, key: str, **values: object) -> str:
        return word(key, self.book.language, **values)

    def page_starts(self) -> tuple[PageStart, ...]:
        """Where each page of the book begins, in the order of its pages."""
        return tuple(
            PageStart(folio_of(one.folio_style, one.first_folio + page), one.fragment.name, origin)
            for one in (*self.front, *self.body.all(), *self.indices)
            for page, origin in enumerate(one.fragment.starts)
        )

    def book_file(self) -> tuple[Output, bytes]:
        """The book."""
        plan = book_plan(self.book, self.front, self.body, self.indices, self.created)
        bound = self.bindery.bind(tagged(plan, self.settings))
        path = self.places.pdf(self.book.basename)
        return self._output("pdf", path, bound, self.book.title, self.body.gatherings)

    def handout_files(self, only: str = "") -> Iterator[tuple[Output, bytes]]:
        """A handout for each chapter that has one, or for one of them. Raises BuildStop for an unknown section."""
        for handout in chosen(self.handouts, only):
            section = handout.chapter
            elsewhere = self.outside.elsewhere(destinations(self.body, section))
            plan = handout_plan(self.book, section, self.matter[handout.name], self.body, elsewhere, self.created)
            bound = self.bindery.bind(tagged(plan, self.settings))
            path = self.places.handout(handout.name)
            yield self._output("handout", path, bound, section.title, (chapter.name for chapter in section.walk()))

    def tell_of_what_is_absent(self) -> None:
        """Tell of handouts whose links open the book where this has never been made, and of there being none."""
        if not self.handouts:
            self.problems.append(problem("handouts-none"))
        path = self.places.pdf(self.book.basename)
        sections = (handout.chapter for handout in self.handouts)
        if not path.exists() and any(self.outside.opens_book(referred_to(self.body, one)) for one in sections):
            self.problems.append(problem("book-absent", name=path.name))

    def _index_folios(self) -> Iterator[tuple[str, str]]:
        for one in self.indices:
            if not one.bare:
                yield one.fragment.name, folio_of(one.folio_style, one.first_folio)

    def _outside(self, read: Manuscript) -> LinksOut:
        files = LinkedFiles(self._owners(), f"../pdf/{self.book.basename}.pdf")
        others = {**self._root_folios(read), **dict(self._index_folios())}
        return LinksOut(self.book, self.body, others, self.settings.handout_links, files, read.web)

    def _root_folios(self, read: Manuscript) -> dict[str, str]:
        """The folios of the root document's names where these are on the title page."""
        names = _names(read, self.book.root)
        return {name: folio for name, folio in paginate(self.front).items() if name in names}

    def _owners(self) -> dict[str, str]:
        """Named destination -> file name of the largest handout it is in."""
        owners: dict[str, str] = {}
        for handout in sorted(self.handouts, key=lambda handout: handout.chapter.depth):
            for target in destinations(self.body, handout.chapter):
                owners.setdefault(target, f"{handout.name}.pdf")
        return owners

    def _output(
        self, kind: str, path: Path, bound: BoundFile, title: str, made_from: Iterable[str]
    ) -> tuple[Output, bytes]:
        for gathering, target in bound.dangling:
            self.problems.append(problem("link-dangling", name=path.name, detail=f"{gathering} to {target}"))
        made_from = tuple(made_from)
        told = unclaimed(self.book, self.settings, path.name, bound.claims, made_from, self.read.problems)
        self.problems += [told] if told else []
        return output(kind, path, bound.pdf, bound.pages, title, made_from), bound.pdf


def _names(read: Manuscript, chapter: Chapter) -> set[str]:
    return {name for node in read.tree(chapter).findall() for name in getattr(node, "attributes", {}).get("ids", ())}
