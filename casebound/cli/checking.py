"""The linter's side of a check: faults as text, JSON or GitHub's workflow commands."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent

from casebound import manuscript
from casebound.cli.terminal import Report, beside
from casebound.model.diagnostics import Level, Problem, stop
from casebound.model.settings import Overrides, Places
from casebound.system.cache import damaged

__all__ = ["FORMATS", "Finding", "Mending", "check", "mend", "render"]

_COMMANDS = {Level.STOP: "error", Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "notice"}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the path of its source, as it is shortest from here; empty where it is known of no file."""

    path: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Mending:
    """What ``mend`` did, or would do: a unified diff, the files, and what it refused with the reason."""

    diff: str
    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def _findings(files_of: Callable[[str], Path], problems: Iterable[Problem]) -> list[Finding]:
    found = [Finding(beside(files_of(one.docname)) if one.docname else "", one) for one in problems]
    return sorted(found, key=lambda each: (each.path, each.problem.line or 0, each.problem.code, each.problem.message))


def check(
    places: Places, *, report: Report, fresh: bool = False, over: Overrides | None = None
) -> list[Finding]:  # fmt: skip
    """Read the source and give its faults, sorted by place. Raises BuildStop where it cannot be read."""
    with report.stage("reading"):
        over = over or Overrides()
        read = manuscript.read(places, checking=True, fresh=fresh, overrides=over.values, tags=over.tags)
    with report.stage("checking"):
        found = _findings(read.file, read.check())
    for one in damaged(read.misfits):
        report.problem(one)
    return found


def mend(places: Places, *, report: Report, dry: bool = False, over: Overrides | None = None) -> Mending:
    """Move misplaced toctrees in the source; ``dry`` writes nothing. Raises BuildStop where it cannot be read."""
    with report.stage("mending"):
        mended = manuscript.mend(places, over)
    for each in mended.files if not dry else ():
        _overwrite(each.path, each.after)
    shown = "".join(each.diff(beside(each.path)) for each in mended.files)
    return Mending(shown, tuple(each.path for each in mended.files), tuple(_findings(mended.file, mended.refused)))


def _overwrite(path: Path, data: bytes) -> None:
    """Write a source file whole or not at all; its rights stay, and a link stays a link. Raises BuildStop."""
    target = path.resolve()
    new = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        new.write_bytes(data)
        shutil.copymode(target, new)
        os.replace(new, target)
    except OSError as error:
        raise stop("source-unwritable", path=path, detail=f"{error.strerror or error}.") from error
    finally:
        new.unlink(missing_ok=True)


def _text(findings: Sequence[Finding]) -> str:
    return "".join(map(_lines, findings))


def _lines(each: Finding) -> str:
    problem = each.problem
    place = f"{each.path}:{problem.line}" if problem.line and each.path else each.path
    lines = f"{f'{place}: ' if place else ''}{problem.code} {problem.message}\n"
    lines += f"    {problem.fault.remedy}\n" if problem.fault.remedy else ""
    for name, picture in (("now", problem.now), ("wanted", problem.wanted)):
        lines += f"    {name}:\n{indent(picture, '      ')}\n" if picture else ""
    return lines


def _json(findings: Sequence[Finding]) -> str:
    return json.dumps([_entry(each) for each in findings], indent=2, ensure_ascii=False) + "\n"


def _entry(each: Finding) -> dict[str, object]:
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


def _github(findings: Sequence[Finding]) -> str:
    return "".join(map(_command, findings))


def _command(each: Finding) -> str:
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


FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = {"text": _text, "json": _json, "github": _github}
"""How findings are printed, by name."""


def render(form: str, findings: Sequence[Finding]) -> str:
    """The findings in one of the formats."""
    return FORMATS[form](findings)
