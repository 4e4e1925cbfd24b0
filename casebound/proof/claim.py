"""The claim a proof holds outputs against: the book, the outputs, the words of the source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from casebound.model.book import Book, Chapter
from casebound.model.diagnostics import Problem
from casebound.proof.source.expectation import SourceReading

__all__ = ["Claim", "SourceWords"]

SourceWords = Mapping[str, Counter[str]]
"""Chapter name -> how often each word is in it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What the outputs must show.

    An output that was not asked for is None (or, for handouts, an empty tuple) and is not checked; one that was
    asked for and does not exist is a fault. ``handouts`` pairs a section with its file. ``words`` maps chapter
    names to ``source_words``, or is called once for that mapping; ``epub_words`` is the same for the EPUB where
    branches of the source make a difference. ``reported`` are the problems the build has told already: what they say
    is lost is not lost silently. ``landings`` gives the first letters at each named destination, or is
    called once for them; ``headings`` how each heading is set.
    ``references`` gives for each printed chapter the named destinations that its links open, or is called once for
    them; ``outward`` says whether those of a handout that are outside it are opened in other files. ``unmade`` are
    files that links may open once they are made. ``paged`` says that the EPUB must mark the pages of the PDF.
    ``readings`` gives for each printed chapter how it is to be read, or is called once for that; ``epub_readings`` the
    same for all chapters of the EPUB; ``tagged`` says that
    PDF files have a structure, ``standards`` which they are to meet, None where that is not known.
    """

    book: Book
    pdf: Path | None = None
    epub: Path | None = None
    handouts: tuple[tuple[Chapter, Path], ...] = ()
    words: SourceWords | Callable[[], SourceWords] | None = None
    epub_words: SourceWords | Callable[[], SourceWords] | None = None
    reported: tuple[Problem, ...] = ()
    landings: Mapping[str, str] | Callable[[], Mapping[str, str]] | None = None
    headings: Mapping[str, str] | Callable[[], Mapping[str, str]] | None = None
    references: Mapping[str, Collection[str]] | Callable[[], Mapping[str, Collection[str]]] | None = None
    outward: bool = True
    unmade: tuple[Path, ...] = ()
    paged: bool = False
    readings: Mapping[str, SourceReading] | Callable[[], Mapping[str, SourceReading]] | None = None
    epub_readings: Mapping[str, SourceReading] | Callable[[], Mapping[str, SourceReading]] | None = None
    tagged: bool = False
    standards: tuple[str, ...] | None = None

    def at_hand(self) -> Claim:
        """The same with all that it would be called for."""
        return replace(
            self, words=self.source_words(), epub_words=self.source_words_of_epub(), landings=self.landing_letters(),
            headings=self.set_headings(), references=self.source_references(), readings=self.source_readings(),
            epub_readings=self.source_readings_of_epub(),
        )  # fmt: skip

    def source_words(self) -> SourceWords:
        """The words of the source by chapter; empty where the claim brings none."""
        if self.words is None:
            return {}
        return self.words() if callable(self.words) else self.words

    def source_words_of_epub(self) -> SourceWords:
        """The words of the source that the EPUB has, by chapter: those of all outputs where the claim says no other."""
        if self.epub_words is None:
            return self.source_words()
        return self.epub_words() if callable(self.epub_words) else self.epub_words

    def landing_letters(self) -> Mapping[str, str]:
        """The first letters at each named destination; empty where the claim does not say."""
        if self.landings is None:
            return {}
        return self.landings() if callable(self.landings) else self.landings

    def set_headings(self) -> Mapping[str, str]:
        """How each heading is set, by its named destinations; empty where the claim does not say."""
        if self.headings is None:
            return {}
        return self.headings() if callable(self.headings) else self.headings

    def source_readings(self) -> Mapping[str, SourceReading]:
        """How each chapter is to be read; empty where the claim does not say."""
        if self.readings is None:
            return {}
        return self.readings() if callable(self.readings) else self.readings

    def source_readings_of_epub(self) -> Mapping[str, SourceReading]:
        """How each chapter of the EPUB is to be read; empty where the claim does not say."""
        if self.epub_readings is None:
            return {}
        return self.epub_readings() if callable(self.epub_readings) else self.epub_readings

    def source_references(self) -> Mapping[str, Collection[str]]:
        """What the links of each chapter open; empty where the claim does not say."""
        if self.references is None:
            return {}
        return self.references() if callable(self.references) else self.references
