"""The worker pool: chapters typeset side by side in processes; one that crashes takes nothing with it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, replace

from docutils import nodes

from casebound.manuscript import Manuscript
from casebound.model.book import document_target
from casebound.model.fragment import Fragment, Loss
from casebound.model.settings import ProjectFolders
from casebound.system.garbage import at_rest, collect_rarely
from casebound.system.orphans import end_with_parent
from casebound.typesetting import Typesetter

__all__ = ["TypesettingJob", "TypesettingOptions", "typeset"]

_DEEPEST = 12_000  # Python frames that a worker may use: sources nest deeply


@dataclass(frozen=True, slots=True)
class TypesettingJob:
    """A chapter to typeset: its name, its pickled tree, the section title printed above its own."""

    name: str
    docname: str
    tree: bytes
    section: str = ""
    plain: bool = False


@dataclass(frozen=True, slots=True)
class TypesettingOptions:
    """How all chapters of a book are typeset: variants of the house style, language, whether links say their page."""

    styles: tuple[str, ...] = ()
    language: str = "en"
    page_references: bool = True
    show_urls: str = ""
    tagged: bool = True

    @classmethod
    def of(cls, read: Manuscript, places: ProjectFolders, styles: Sequence[str] = ()) -> TypesettingOptions:
        """Those of a book: its own styles, whose sheets lie beside ``conf.py``, and ``styles`` over them."""
        beside = [(name, places.conf / name) for name in read.settings.style]
        own = [str(path) if path.suffix and path.is_file() else name for name, path in beside]
        settings = read.settings
        said = (settings.page_references, settings.show_urls, settings.tagged)
        return cls((*own, *styles), read.book.language, *said)

    def typesetter(self) -> Typesetter:
        """A typesetter of this manner. Raises BuildStop for a style or face that does not exist."""
        return Typesetter(
            self.styles, self.language, page_references=self.page_references, show_urls=self.show_urls,
            tagged=self.tagged,
        )  # fmt: skip


_typesetter: Typesetter | None = None


def _begin(manner: TypesettingOptions) -> None:
    global _typesetter
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever stops the press stops it without a word
    gc.freeze()  # what the press has read is not this process's to look through, nor its memory's to copy
    sys.setrecursionlimit(_DEEPEST)
    collect_rarely()
    _typesetter = manner.typesetter()


def _run(job: TypesettingJob) -> Fragment:
    assert _typesetter is not None
    with at_rest():
        tree = pickle.loads(job.tree)
    return _typesetter.plain(job.name, tree) if job.plain else _typesetter.chapter(job.name, tree, job.section)


def _pool(workers: int, manner: TypesettingOptions) -> ProcessPoolExecutor:
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(manner,))


def typeset(
    jobs: Iterable[TypesettingJob], *, manner: TypesettingOptions, workers: int, done: Callable[[str], None]
) -> Iterator[Fragment]:
    """The fragments of all jobs, as they are finished. ``workers`` of 0 means one for each processor.

    A job whose worker ends abruptly breaks the pool for all others; they are run again one by one, and the
    culprit is set as plain text with the loss on record.
    """
    broken: list[TypesettingJob] = []
    with _pool(workers or os.cpu_count() or 1, manner) as pool:
        futures: dict[Future[Fragment], TypesettingJob] = {}
        for job in jobs:
            try:
                futures[pool.submit(_run, job)] = job
            except BrokenProcessPool:
                broken.append(job)
        for future in as_completed(futures):
            try:
                fragment = future.result()
            except BrokenProcessPool:
                broken.append(futures[future])
                continue
            done(fragment.name)
            yield fragment
    for job in broken:
        fragment = _alone(job, manner)
        done(fragment.name)
        yield fragment


def _alone(job: TypesettingJob, manner: TypesettingOptions) -> Fragment:
    """A job in a pool of its own; plain where it breaks that too, and its name alone where even that breaks."""
    with suppress(BrokenProcessPool):
        return _in_a_pool(job, manner)
    loss = Loss("worker-crashed", job.docname, None, {"name": job.name})
    plain = replace(job, plain=True)
    with suppress(BrokenProcessPool):
        return _in_a_pool(plain, manner).with_loss(loss)
    return _in_a_pool(replace(plain, tree=_name_alone(job)), manner).with_loss(loss)


def _in_a_pool(job: TypesettingJob, manner: TypesettingOptions) -> Fragment:
    with _pool(1, manner) as pool:
        return pool.submit(_run, job).result()


def _name_alone(job: TypesettingJob) -> bytes:
    """The pickled tree of a chapter that says no more than its name."""
    section = nodes.section("", nodes.title("", job.name), ids=[document_target(job.docname)])
    document = nodes.document(None, None)  # type: ignore[arg-type]
    document += section
    return pickle.dumps(document)
