"""What a proof found: problems, figures for ``build/proof.json``, and a table for the terminal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from casebound.model.diagnostics import Problem, is_fatal

__all__ = ["CheckResult", "Figures", "Verdict", "some"]

Figures = dict[str, Any]
"""Plain data that JSON can write: counts by name."""


def some(items: Iterable[str], most: int = 8) -> str:
    """The first few items of a list in one line, and how many more there are."""
    items = list(items)
    rest = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + rest


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found in one output; ``skipped`` says why it was not made."""

    check: str
    figures: Figures = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    skipped: str = ""

    @property
    def ok(self) -> bool:
        return not any(map(is_fatal, self.problems))

    def entry(self) -> Figures:
        """The finding as it is in ``build/proof.json``."""
        entry: Figures = {"ok": self.ok, **self.figures}
        return entry | {"skipped": self.skipped} if self.skipped else entry


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything a proof found: ``figures`` holds, for each output's file name, an entry per check."""

    problems: tuple[Problem, ...]
    figures: Figures

    @classmethod
    def of(cls, findings: Mapping[str, Sequence[CheckResult]]) -> Verdict:
        """The verdict on findings by output."""
        problems = tuple(problem for output in findings.values() for finding in output for problem in finding.problems)
        return cls(problems, {name: {f.check: f.entry() for f in output} for name, output in findings.items()})

    @property
    def ok(self) -> bool:
        """Whether nothing fell short; warnings and information do not count."""
        return not any(map(is_fatal, self.problems))

    def as_json(self) -> str:
        """The verdict as sorted JSON text, the same for the same outputs."""
        problems = [
            {
                "code": problem.code,
                "level": problem.level.value,
                "place": problem.place,
                "message": problem.message,
                "remedy": problem.fault.remedy,
            }
            for problem in self.problems
        ]
        data = {"ok": self.ok, "outputs": self.figures, "problems": problems}
        return json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def summary(self) -> str:
        """A readable table: a heading an output, a line a check with its figures."""
        lines: list[str] = []
        for output, checks in self.figures.items():
            lines.append(output)
            lines.extend(_line(check, entry) for check, entry in checks.items())
        return "\n".join(lines)


def _line(check: str, entry: Figures) -> str:
    if "skipped" in entry:
        return f"  – {check:<10} skipped: {entry['skipped']}"
    figures = [
        _figure(name, value)
        for name, value in entry.items()
        if name != "ok" and not isinstance(value, dict) and value != []
    ]
    return f"  {'✓' if entry['ok'] else '✗'} {check:<10} {', '.join(figures)}".rstrip()


def _figure(name: str, value: object) -> str:
    if isinstance(value, bool):
        return name if value else f"not {name}"
    if isinstance(value, int):
        return f"{value:,} {name}"
    return f"{name}: {some(map(str, value)) if isinstance(value, list) else value}"
