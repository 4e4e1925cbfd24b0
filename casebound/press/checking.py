"""A check of the source, and what is moved in it: faults with the files they are in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from dataclasses import replace as replaced
from pathlib import Path

from casebound import manuscript
from casebound.model.diagnostics import Problem, stop
from casebound.model.settings import Overrides, ProjectFolders
from casebound.press.report import Report, beside
from casebound.press.workers import TypesettingOptions
from casebound.system.cache import damaged
from casebound.system.files import replace

__all__ = ["LocatedProblem", "MendingResult", "check", "mend"]

_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """A problem with the path of its source, as it is shortest from here; empty where it is known of no file."""

    path: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class MendingResult:
    """What ``mend`` did, or would do: a unified diff, the files, and what it refused with the reason."""

    diff: str
    files: tuple[Path, ...]
    findings: tuple[LocatedProblem, ...]


def _findings(files_of: Callable[[str], Path], problems: Iterable[Problem]) -> list[LocatedProblem]:
    found = [LocatedProblem(beside(files_of(one.docname)) if one.docname else "", one) for one in problems]
    return sorted(found, key=lambda each: (each.path, each.problem.line or 0, each.problem.code, each.problem.message))


def check(
    places: ProjectFolders, *, report: Report, fresh: bool = False, over: Overrides | None = None
) -> list[LocatedProblem]:  # fmt: skip
    """Read the source and give its faults, sorted by place, with those of its style sheets.

    Raises BuildStop where it cannot be read, or a style or a face does not exist.
    """
    with report.stage("reading"):
        over = over or Overrides()
        read = manuscript.read(places, checking=True, fresh=fresh, overrides=over.values, tags=over.tags)
    with report.stage("checking"):
        styled = TypesettingOptions.of(read, places).typesetter().remarks
        found = _findings(read.file, [*read.check(), *styled])
    for one in damaged(read.misfits):
        report.problem(one)
    return found


def mend(places: ProjectFolders, *, report: Report, dry: bool = False, over: Overrides | None = None) -> MendingResult:
    """Move misplaced toctrees in the source; ``dry`` writes nothing. Raises BuildStop where it cannot be read.

    What was moved may let others be moved that had to stay before: the source is read again until nothing does.
    """
    with report.stage("fixing"):
        mended = manuscript.mend(places, over)
        changed = {each.path: each for each in mended.files}
        for _ in range(0 if dry else _ROUNDS):
            if not mended.files:
                break
            for each in mended.files:
                _overwrite(each.path, each.after)
            mended = manuscript.mend(places, over)
            changed |= {each.path: replaced(changed.get(each.path, each), after=each.after) for each in mended.files}
    shown = "".join(each.diff(beside(each.path)) for each in changed.values())
    return MendingResult(shown, tuple(changed), tuple(_findings(mended.file, mended.refused)))


def _overwrite(path: Path, data: bytes) -> None:
    """Write a source file whole or not at all; its rights stay, and a link stays a link. Raises BuildStop."""
    try:
        replace({path.resolve(): data}, keep_rights=True)
    except OSError as error:
        raise stop("source-unwritable", path=path, detail=f"{error.strerror or error}.") from error
