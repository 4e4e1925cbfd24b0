"""One build on its way through the stages: typeset, bound, packed, written together."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from casebound import epub
from casebound.i18n.wording import word
from casebound.manuscript import Manuscript, Medium
from casebound.model.book import Book
from casebound.model.css.colours import tinted
from casebound.model.diagnostics import Problem, is_fatal, problem, stop
from casebound.model.folios import PageStart
from casebound.model.fragment import Fragment, Loss
from casebound.model.settings import Overrides, ProjectFolders, edition_name
from casebound.model.version import __version__
from casebound.press import leftovers, manifest, workers
from casebound.press.binder import Binder
from casebound.press.chapters import Chapters
from casebound.press.cover import make_cover
from casebound.press.fragments import FragmentStore
from casebound.press.manifest import Output
from casebound.press.missing import together
from casebound.press.plans.extracts import in_output
from casebound.press.report import Report, Stage
from casebound.press.sheets import OwnSheets
from casebound.system import files
from casebound.system.cache import damaged
from casebound.system.stylesheets import folder
from casebound.typesetting import Typesetter, formula_drawing

__all__ = ["Build", "BuildResult"]


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build made and met, and the book that it was made from."""

    exit_code: int
    problems: tuple[Problem, ...]
    outputs: tuple[Output, ...]
    stages: dict[str, float] = field(default_factory=dict)
    read: Manuscript | None = field(default=None, repr=False, compare=False)


class Build:
    """One build on its way through the stages."""

    def __init__(
        self, places: ProjectFolders, report: Report, kinds: frozenset[str], jobs: int, strict: bool,
        styles: tuple[str, ...] = (), only: str = "",
    ) -> None:  # fmt: skip
        self.places, self.report, self.kinds, self.jobs, self.strict = places, report, kinds, jobs, strict
        self.styles, self.only = styles, only
        self.seconds: dict[str, float] = {}
        self.problems: list[Problem] = []
        self.losses: list[tuple[str, Loss]] = []
        self.pending: list[tuple[Output, bytes]] = []
        self.misfits: list[str] = []
        self.created = _created()
        self.typesetter: Typesetter | None = None

    @contextmanager
    def timed(self, name: str, total: int | None = None) -> Iterator[Stage]:
        begun = monotonic()
        with self.report.stage(name, total) as stage:
            yield stage
        self.seconds[name] = self.seconds.get(name, 0.0) + monotonic() - begun

    def make(self, read: Manuscript) -> BuildResult:
        files.claim(self.places)
        book = read.book
        self._typesetter(self._manner(read))  # a style that means nothing ends the build before anything is made
        paged = "epub" in self.kinds and self._is_paged(read.settings.page_list)
        starts: tuple[PageStart, ...] = ()
        if paged or self.kinds & {"pdf", "handouts"}:
            starts = self._typeset_and_bind(read, book)
        if "epub" in self.kinds:
            self._pack(read, book, starts if paged else ())
        self.problems = [*read.problems, *self.problems]
        self._write(read.overrides)
        for one in damaged([*read.misfits, *self.misfits]):  # of the build, and no fault of what it made
            self.report.problem(one)
        return BuildResult(self._exit_code(), tuple(self.problems), self.outputs, self.seconds, read)

    def _is_paged(self, asked: str | bool) -> bool:
        """Whether the EPUB says where the pages of the PDF begin: by itself where the same build makes that."""
        return "pdf" in self.kinds if asked == "auto" else bool(asked)

    def _typeset_and_bind(self, read: Manuscript, book: Book) -> tuple[PageStart, ...]:
        """Make the PDF files that are wanted; gives where each page of the book's begins."""
        manner = self._manner(read)
        typesetter = self._typesetter(manner)
        fragments = self._fragments(read, typesetter, manner)
        with self.timed("binding"):
            binder = Binder(self.places, read, typesetter, fragments, self.created)
            if "pdf" in self.kinds:
                self.pending.append(binder.book_file())
            if "handouts" in self.kinds:
                self.pending += binder.handout_files(self.only)
                if "pdf" not in self.kinds:
                    binder.tell_of_what_is_absent()
            losses = together([*self.losses, *(("", loss) for loss in binder.losses())])
            self.problems += [problem(one.code, one.docname, one.line, **one.values) for one in losses]
            self.problems += binder.problems
            self.misfits += binder.bindery.misfits
        return binder.page_starts()

    def _manner(self, read: Manuscript) -> workers.TypesettingOptions:
        return workers.TypesettingOptions.of(read, self.places, self.styles)

    def _typesetter(self, manner: workers.TypesettingOptions) -> Typesetter:
        """The typesetter of this process; what it has to say of its style sheets is said once."""
        if self.typesetter is None:
            self.typesetter = manner.typesetter()
            self.problems += self.typesetter.remarks
        return self.typesetter

    def _fragments(
        self, read: Manuscript, typesetter: Typesetter, manner: workers.TypesettingOptions
    ) -> dict[str, Fragment]:
        """A fragment for each chapter that has pages."""
        store = FragmentStore(self.places.work / "fragments")
        chapters = Chapters(read, manner, typesetter, store, self.jobs)
        with self.timed("typesetting", len(chapters.chapters)) as stage:
            fragments = chapters.typeset(stage)
        self.misfits += store.misfits
        self.losses = [
            (chapter.docname, loss) for chapter in chapters.chapters for loss in fragments[chapter.name].losses
        ]
        return fragments

    def _pack(self, read: Manuscript, book: Book, starts: Sequence[PageStart]) -> None:
        with self.timed("packing"):
            css = self._css(read)
            modified = self.created or read.changed()
            made = word("bound", book.language, program=f"casebound {__version__}")
            edition = epub.pack(
                in_output(book, "EPUB"), partial(read.tree, medium=Medium.EPUB), css=css, modified=modified,
                starts=starts, made=made, contents_depth=max(1, read.settings.contents_depth), drawn=formula_drawing,
                cover=partial(self._cover, read),
            )  # fmt: skip
        self.problems += edition.losses
        path = self.places.epub(book.basename)
        made_from = (chapter.name for chapter in book.chapters())
        self.pending.append((manifest.output("epub", path, edition.data, 0, book.title, made_from), edition.data))

    def _cover(self, read: Manuscript) -> bytes:
        """The page that is the EPUB's cover where the book names no picture."""
        cover = make_cover(read.book, self._typesetter(self._manner(read)), self.places)
        self.misfits += cover.misfits
        if "pdf" not in self.kinds:  # else the PDF's cover has been told of, which has the same words
            losses = together(("", loss) for loss in cover.losses)
            self.problems += [problem(one.code, one.docname, one.line, **one.values) for one in losses]
        return cover.pdf

    def _css(self, read: Manuscript) -> str:
        """The style sheet of the EPUB: the house's in the accent of the style, and those of ``casebound_css`` below."""
        css = (folder() / "epub.css").read_text(encoding="utf-8")
        usual, chosen = self._typesetter(self._manner(read)).accents
        css = css if chosen == usual else tinted(css, chosen)
        own = OwnSheets(self.places.conf)
        sheets = [own.text(name) for name in read.settings.css]
        self.problems += own.problems
        return "\n".join([*own.namespaces, css, *filter(None, sheets)])

    def _write(self, over: Overrides) -> None:
        """All outputs and their manifest together, then what they have made stale is deleted."""
        with self.timed("writing"):
            made = {output.path for output in self.outputs}
            stale = leftovers.stale(self.places, self.kinds, made) if not self.only else []
            paths = [self.places.build / entry["path"] for entry in stale]
            text = manifest.render(
                __version__,
                self.places,
                self.outputs,
                self.problems,
                paths,
                edition_name(self.styles),
                over.stated(),
            )
            contents = {output.path: data for output, data in self.pending}
            files.write_together({**contents, self.places.manifest: text.encode()})
            for told in leftovers.give_up(self.places, stale):
                self.report.problem(told)

    @property
    def outputs(self) -> tuple[Output, ...]:
        return tuple(output for output, _ in self.pending)

    def _exit_code(self) -> int:
        return int(any(is_fatal(problem, self.strict) for problem in self.problems))


def _created() -> datetime | None:
    """The time that outputs carry: SOURCE_DATE_EPOCH, or none. Raises BuildStop where it is no number."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise stop("setting-invalid", name="SOURCE_DATE_EPOCH", value=epoch, detail=str(error)) from error
