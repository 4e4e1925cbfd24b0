"""The press: strings the stages together and writes what they make."""

from __future__ import annotations

from casebound import manuscript, proof
from casebound.manuscript import Manuscript
from casebound.model.diagnostics import problem
from casebound.model.outline import book_outline, picture
from casebound.model.settings import Overrides, ProjectFolders, edition_name
from casebound.press import checking, leftovers, manifest
from casebound.press.build import Build, BuildResult
from casebound.press.claims import claim
from casebound.press.report import Report
from casebound.system import files, folders
from casebound.system.garbage import collecting_rarely

__all__ = ["KINDS", "BuildResult", "check", "clean", "make", "make_from_manuscript", "mend", "outline", "prove"]

KINDS = frozenset({"pdf", "epub", "handouts"})


@collecting_rarely()
def make(
    places: ProjectFolders, *, report: Report, kinds: frozenset[str] = KINDS, styles: tuple[str, ...] = (),
    jobs: int = 0, strict: bool = False, fresh: bool = False, over: Overrides | None = None, only: str = "",
) -> BuildResult:  # fmt: skip
    """Read the source and make the outputs of ``kinds``. Raises BuildStop where the build cannot run.

    ``styles`` are laid over those of ``conf.py``, ``over`` over its other values; ``only`` names the one section that
    a handout is made of.
    """
    over = over or Overrides()
    run = Build(places, report, kinds, jobs, strict, styles, only)
    if fresh:
        folders.empty(places.work)
    with run.timed("reading"):
        read = manuscript.read(places, jobs=jobs or 1, fresh=fresh, overrides=over.values, tags=over.tags)
    return run.make(read.edition(edition_name(styles)))


@collecting_rarely()
def make_from_manuscript(
    read: Manuscript, places: ProjectFolders, *, report: Report, kinds: frozenset[str] = KINDS, jobs: int = 0,
    strict: bool = False,
) -> BuildResult:  # fmt: skip
    """Make the outputs from what ``sphinx-build`` has read."""
    return Build(places, report, kinds, jobs, strict).make(read)


@collecting_rarely()
def check(
    places: ProjectFolders, *, report: Report, fresh: bool = False, over: Overrides | None = None
) -> list[checking.LocatedProblem]:  # fmt: skip
    """Read the source and give its faults, without making anything."""
    return checking.check(places, report=report, fresh=fresh, over=over)


def mend(
    places: ProjectFolders, *, report: Report, dry: bool = False, over: Overrides | None = None
) -> checking.MendingResult:
    """Move misplaced toctrees in the source."""
    return checking.mend(places, report=report, dry=dry, over=over)


def outline(places: ProjectFolders, *, report: Report, over: Overrides | None = None) -> str:
    """The book's tree as indented text."""
    over = over or Overrides()
    with report.stage("reading"):
        read = manuscript.read(places, checking=True, overrides=over.values, tags=over.tags)
    return picture(book_outline(read.book))


@collecting_rarely()
def prove(
    places: ProjectFolders, *, report: Report, closely: bool = False, validated: bool = False,
    read: Manuscript | None = None, over: Overrides | None = None,
) -> proof.Verdict:  # fmt: skip
    """Read the outputs back, hold them against the book, and write the verdict.

    The source is read with what the last build said over ``conf.py``, unless ``over`` says something else.
    ``read`` is the book if it has just been made: what is read a second time in one process need not be the same,
    where an extension looks into modules that the first reading has imported.
    """
    if read is None:
        with report.stage("reading"):
            over = over or Overrides.of(manifest.made_with(places))
            read = manuscript.read(places, overrides=over.values, tags=over.tags)
            read = read.edition(manifest.edition(places))
    with report.stage("proving"):
        for name in manifest.made_otherwise(places, read.overrides.stated()):
            report.problem(problem("output-otherwise", name=name))
        verdict = proof.prove(claim(read, places), closely=closely, validated=validated)
    files.write(places.proof, verdict.as_json().encode())
    for found in verdict.problems:
        report.problem(found)
    return verdict


def clean(places: ProjectFolders) -> leftovers.Cleaned:
    """Delete what casebound has made in the build folder, its editions in other styles too, and nothing else."""
    return leftovers.clean(places)
