"""What a person sees of a build: a progress line per stage, the problems as a linter prints them, a closing table.

Progress and problems go to stderr, what was asked for to stdout. Where stderr is not a terminal there is no motion:
one plain line for each finished stage.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from casebound.cli.summary import line, print_table, product_line, size
from casebound.model.diagnostics import Level, Problem, counted, stop
from casebound.press.report import Product, Stage, beside

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

__all__ = ["Terminal"]

COLOURS = {Level.STOP: "bold red", Level.ERROR: "red", Level.WARNING: "yellow", Level.INFO: "cyan"}


def _spelled(text: str) -> str:
    """The text with what the encoding of stdout does not have by its number."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _hush() -> None:
    """Let what is still to be printed, and what Python flushes when it ends, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):  # a replacement of stdout need not be a file
        os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


class _Line:
    """The progress line of one stage; without a progress bar it only counts."""

    def __init__(self, progress: Progress | None, name: str, total: int | None) -> None:
        self.done = 0
        self._progress = progress
        self._task = progress.add_task(name, total=total) if progress else None

    def advance(self, n: int = 1) -> None:
        self.done += n
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task, n)


class Terminal:
    """The report of a build on a terminal, in a pipe or in a log."""

    def __init__(self) -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, soft_wrap=True)
        self._seen: set[Problem] = set()

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        """A progress line while the stage works, and what it took when it is done."""
        begun = time.monotonic()
        if self._console.is_terminal:
            with _progress(self._console) as progress:
                work = _Line(progress, name, total)
                yield work
        else:
            work = _Line(None, name, total)
            yield work
        parts = f" {work.done}" if work.done else ""
        self._console.print(f"{name}{parts}: {time.monotonic() - begun:.1f} s", markup=False)

    def problem(self, problem: Problem) -> None:
        """Print the problem as a linter would, on stderr."""
        if problem in self._seen:
            return
        self._seen.add(problem)
        from rich.text import Text

        text = Text(line(problem))
        text.highlight_words([f"{problem.level.value} {problem.code}:"], COLOURS[problem.level])
        self._console.print(text)

    def say(self, text: str) -> None:
        """Print on stdout, as it is. Raises BuildStop where it cannot be written; a reader who has gone is no fault."""
        try:
            print(_spelled(text), flush=True)
        except OSError as error:
            _hush()
            if not isinstance(error, BrokenPipeError):
                raise stop("terminal-unwritable", detail=f"{error.strerror or error}.") from error

    def close(self, problems: Iterable[Problem], products: Sequence[Product], verdict: str) -> None:
        """The last words of a task: problems not yet printed, the verdict, outputs with pages and sizes, the count."""
        for problem in problems:
            self.problem(problem)
        if verdict:
            self.say(verdict)
        self._products(products)
        if self._seen:
            self.say(counted(self._seen))

    def _products(self, products: Sequence[Product]) -> None:
        """The closing table; plain lines where stdout is not a terminal."""
        if products and sys.stdout is not None and sys.stdout.isatty():
            print_table([(beside(one.path), f"{one.pages}" if one.pages else "", size(one.bytes)) for one in products])
            return
        for product in products:
            self.say(product_line(product))


def _progress(console: Console) -> Progress:
    """A line that vanishes when its stage is done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        # what was asked for may go to a file while the progress stays on the terminal
        redirect_stdout=sys.stdout.isatty(),
    )
