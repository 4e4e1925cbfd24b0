"""The fragments of a book's chapters, from the store where nothing they are made from has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from casebound.manuscript import Manuscript
from casebound.model.fragment import Fragment
from casebound.press import workers
from casebound.press.claims import is_printed
from casebound.press.fragments import FragmentStore, style_digest
from casebound.press.report import Stage
from casebound.typesetting import Typesetter

__all__ = ["Chapters"]


@dataclass
class Chapters:
    """The printed chapters of a book, being typeset in one manner by so many workers; ``store`` keeps fragments."""

    read: Manuscript
    manner: workers.TypesettingOptions
    typesetter: Typesetter
    store: FragmentStore
    jobs: int
    found: dict[str, Fragment] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        book = self.read.book
        self.chapters = [chapter for chapter in book.chapters() if is_printed(chapter, book, self.read)]

    def typeset(self, stage: Stage) -> dict[str, Fragment]:
        """A fragment for each chapter, by its name, in the order of the book."""
        jobs = list(self._missing())
        for _ in self.found:
            stage.advance()
        if jobs:
            for fragment in workers.typeset(
                jobs, manner=self.manner, workers=min(self.jobs or os.cpu_count() or 1, len(jobs)),
                done=lambda _: stage.advance(),
            ):  # fmt: skip
                self.store.put(self.keys[fragment.name], fragment)
                self.found[fragment.name] = fragment
        self.store.sweep()
        return {chapter.name: self.found[chapter.name] for chapter in self.chapters}

    def _missing(self) -> Iterator[workers.TypesettingJob]:
        """The chapters that the store has no fragment of."""
        book, typesetter = self.read.book, self.typesetter
        style = style_digest(typesetter.sheets, (face.path for face in typesetter.style.faces.values()))
        style += f"{self.manner.page_references} {self.manner.show_urls} {self.manner.tagged}"
        sections = book.section_titles()
        for chapter in self.chapters:
            section = sections.get(chapter.name, "")
            key = self.store.key(style, book.language, chapter.name, section, self.read.digest(chapter))
            self.keys[chapter.name] = key
            fragment = self.store.get(key)
            if fragment is not None:
                self.found[chapter.name] = fragment
            else:
                yield workers.TypesettingJob(chapter.name, chapter.docname, self.read.dump(chapter), section)
