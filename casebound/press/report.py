"""Where the press reports its progress, and the problems it finds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from casebound.model.diagnostics import Problem

__all__ = ["CountedStage", "Product", "Report", "SilentReport", "Stage", "beside"]


class Stage(Protocol):
    """A stage at work, which counts its finished parts."""

    def advance(self, n: int = 1) -> None:
        """``n`` more parts are done."""


class Report(Protocol):
    """Where the press reports what it does. A problem is printed once, however often it is reported."""

    def stage(self, name: str, total: int | None = None) -> AbstractContextManager[Stage]:
        """A stage begins, with ``total`` parts where that is known; it ends with the context."""

    def problem(self, problem: Problem) -> None:
        """Something is wrong."""

    def say(self, text: str) -> None:
        """Something a person asked for."""


class Product(Protocol):
    """An output as the closing table shows it."""

    @property
    def path(self) -> Path:
        """Where it lies."""

    @property
    def pages(self) -> int:
        """Its pages; 0 where the format has none."""

    @property
    def bytes(self) -> int:
        """Its size."""


class CountedStage:
    """A stage that counts its parts and shows nothing."""

    def __init__(self) -> None:
        self.done = 0

    def advance(self, n: int = 1) -> None:
        """``n`` more parts are done."""
        self.done += n


@dataclass
class SilentReport:
    """A report that keeps everything and prints nothing: for tests, and for Sphinx, which prints for itself."""

    stages: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        """Keep the name of the stage."""
        self.stages.append(name)
        yield CountedStage()

    def problem(self, problem: Problem) -> None:
        """Keep the problem."""
        if problem not in self.problems:
            self.problems.append(problem)

    def say(self, text: str) -> None:
        """Keep the text."""
        self.said.append(text)


def beside(path: Path) -> str:
    """A path as it is shortest from here."""
    path = Path(os.path.normpath(path))
    shown = os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    return Path(shown).as_posix()
