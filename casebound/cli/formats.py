"""Findings of a check as text, JSON or GitHub's workflow commands."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from textwrap import indent

from casebound.model.diagnostics import Level, Problem, counted
from casebound.press.checking import LocatedProblem
from casebound.press.report import Report

__all__ = ["FORMATS", "render", "tell", "tell_of_stop"]

_COMMANDS = {Level.STOP: "error", Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


def _text(findings: Sequence[LocatedProblem]) -> str:
    return "".join(map(_lines, findings))


def _lines(each: LocatedProblem) -> str:
    problem = each.problem
    place = f"{each.path}:{problem.line}" if problem.line and each.path else each.path
    lines = f"{f'{place}: ' if place else ''}{problem.code} {problem.message}\n"
    lines += f"    {problem.fault.remedy}\n" if problem.fault.remedy else ""
    for name, picture in (("now", problem.now), ("wanted", problem.wanted)):
        lines += f"    {name}:\n{indent(picture, '      ')}\n" if picture else ""
    return lines


def _json(findings: Sequence[LocatedProblem]) -> str:
    return json.dumps([_entry(each) for each in findings], indent=2, ensure_ascii=False) + "\n"


def _entry(each: LocatedProblem) -> dict[str, object]:
    problem = each.problem
    return {
        "path": each.path,
        "line": problem.line,
        "docname": problem.docname,
        "code": problem.code,
        "level": problem.level.value,
        "message": problem.message,
        "remedy": problem.fault.remedy,
        "now": problem.now,
        "wanted": problem.wanted,
    }


def _github(findings: Sequence[LocatedProblem]) -> str:
    return "".join(map(_command, findings))


def _command(each: LocatedProblem) -> str:
    """A workflow command of GitHub Actions, with its escapes: the percent sign and line ends, in properties ``:,``."""
    problem = each.problem
    properties = {"file": each.path, "line": problem.line, "title": problem.code}
    stated = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
        if value
    )
    text = f"{problem.message} {problem.fault.remedy}".strip()
    return f"::{_COMMANDS[problem.level]} {stated}::{_escaped(text)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS: Mapping[str, Callable[[Sequence[LocatedProblem]], str]] = {"text": _text, "json": _json, "github": _github}
"""How findings are printed, by name."""


def render(form: str, findings: Sequence[LocatedProblem]) -> str:
    """The findings in one of the formats."""
    return FORMATS[form](findings)


def tell(report: Report, form: str, findings: Sequence[LocatedProblem]) -> None:
    """Say the findings in one of the formats; as text, how many they are."""
    text = render(form, findings).rstrip("\n")
    if text:
        report.say(text)
    if form == "text":
        report.say(counted(each.problem for each in findings) or "No faults.")


def tell_of_stop(form: str, report: Report, stopped: Problem) -> None:
    """Say a stop for programs too, which read stdout."""
    if form != "text":
        report.say(render(form, [LocatedProblem("", stopped)]).rstrip("\n"))
