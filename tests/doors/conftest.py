"""A press that prints nothing on paper: it keeps what it was asked and answers as told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import casebound.press
from casebound.model.diagnostics import Problem, problem
from casebound.press.checking import LocatedProblem, MendingResult
from casebound.press.leftovers import Cleaned


@dataclass
class Result:
    exit_code: int = 0
    problems: tuple[Problem, ...] = ()
    outputs: tuple[Any, ...] = ()
    stages: dict[str, float] = field(default_factory=dict)
    read: Any = None


@dataclass
class Verdict:
    ok: bool = True

    def summary(self) -> str:
        return "The outline is the book's." if self.ok else "The outline is not the book's."


class FakePress(ModuleType):
    """Stands in for casebound/press/press.py."""

    def __init__(self) -> None:
        super().__init__("casebound.press.press")
        self.asked: list[tuple[str, Any]] = []
        self.result = Result()
        self.verdict = Verdict()
        self.faults: list[Problem] = []
        self.raises: BaseException | None = None

    def _ask(self, name: str, what: Any) -> None:
        self.asked.append((name, what))
        if self.raises is not None:
            raise self.raises

    def make(self, places: Any, *, report: Any, **flags: Any) -> Result:
        self._ask("make", (places, flags))
        with report.stage("typeset", 2) as stage:
            stage.advance()
            stage.advance()
        return self.result

    def check(self, places: Any, *, report: Any, fresh: bool, over: Any) -> list[LocatedProblem]:
        self._ask("check", (places, over))
        return [LocatedProblem(f"source/{fault.docname}.rst", fault) for fault in self.faults]

    def mend(self, places: Any, *, report: Any, dry: bool, over: Any) -> MendingResult:
        self._ask("mend", dry)
        refused = tuple(LocatedProblem("source/index.rst", fault) for fault in self.faults)
        return MendingResult("--- a/x\n+++ b/x\n", () if refused else (Path("x"),), refused)

    def prove(
        self, places: Any, *, report: Any, closely: bool = False, validated: bool = False, read: Any = None,
        over: Any = None,
    ) -> Verdict:  # fmt: skip
        self._ask("prove", closely and validated)
        return self.verdict

    def outline(self, places: Any, *, report: Any, over: Any) -> str:
        self._ask("outline", places)
        return "Book\n  Section\n"

    def clean(self, places: Any) -> Cleaned:
        self._ask("clean", places)
        return Cleaned((places.build / "pdf" / "x.pdf",), (problem("output-kept", name="work/a", detail="it is no."),))


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> FakePress:
    fake = FakePress()
    monkeypatch.setitem(sys.modules, "casebound.press.press", fake)
    monkeypatch.setattr(casebound.press, "press", fake, raising=False)
    return fake


@pytest.fixture
def inv(press: FakePress, inv: Callable[..., int]) -> Callable[..., int]:
    """``inv(*words)`` in an empty project, with this press: the exit code."""
    return inv
