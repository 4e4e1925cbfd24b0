"""The Sphinx door: ``extensions = ["casebound"]`` and ``sphinx-build -b casebound source build``."""

from __future__ import annotations

from collections.abc import Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging
from sphinx.util.display import progress_message

from casebound.cli.summary import PROVEN, product_line
from casebound.manuscript import CaseboundBuilder, from_app, layout_faults, setup_manuscript
from casebound.model.diagnostics import Level, Problem
from casebound.model.settings import ProjectFolders
from casebound.model.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from casebound.press.report import Stage

__all__ = ["setup"]

logger = logging.getLogger(__name__)

# What Sphinx has said itself: it comes back as a problem of the manuscript and is not said again.
SAID_BY_SPHINX = "source-warning"

WEIGHT = {Level.STOP: "ERROR", Level.ERROR: "ERROR", Level.WARNING: "WARNING", Level.INFO: "INFO"}


class _SphinxStage:
    """A stage under Sphinx, which shows that it works and not how far it is."""

    def advance(self, n: int = 1) -> None:
        """Nothing to show."""


class SphinxReport:
    """The report of a build under ``sphinx-build``: a problem is a Sphinx warning of type ``casebound.CODE``."""

    def __init__(self, documents: Container[str] = ()) -> None:
        self._documents = documents
        self._seen: set[Problem] = set()

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        """Sphinx's own line: the name, then done."""
        with progress_message(f"{name} {total}" if total else name):
            yield _SphinxStage()

    def problem(self, problem: Problem) -> None:
        """Log the problem, so that ``suppress_warnings`` and ``-W`` have their say."""
        if problem.code == SAID_BY_SPHINX or problem in self._seen:
            return
        self._seen.add(problem)
        # the path of a document as Sphinx writes it; an included file is a place as it is
        place = (problem.docname, problem.line) if problem.docname in self._documents else problem.place or None
        text = f"{problem.message} {problem.fault.remedy}".strip()
        logger.log(WEIGHT[problem.level], "%s", text, type="casebound", subtype=problem.code, location=place)

    def say(self, text: str) -> None:
        """Log the text as Sphinx logs what it does."""
        logger.info("%s", text)


def _run_press(app: Sphinx) -> None:
    """Make every output from what Sphinx has read; problems make ``sphinx-build`` end with 1."""
    from casebound.press import press

    manuscript = from_app(app)
    report = SphinxReport(app.env.found_docs)
    places = ProjectFolders(source=Path(app.srcdir), conf=Path(app.confdir), build=Path(app.outdir))
    result = press.make_from_manuscript(manuscript, places, jobs=app.parallel, report=report)
    for problem in result.problems:
        report.problem(problem)
    verdict = press.prove(places, report=report, read=manuscript)
    report.say(PROVEN if verdict.ok else verdict.summary())
    for output in result.outputs:
        report.say(product_line(output))
    if result.exit_code or not verdict.ok:
        app.statuscode = result.exit_code or 1


def _check_layout(app: Sphinx, env: BuildEnvironment) -> None:
    """Report the faults of layout under another builder where that is asked for; ours reports them in any case."""
    if app.config.casebound_check and not isinstance(app.builder, CaseboundBuilder):
        report = SphinxReport(env.found_docs)
        for problem in layout_faults(app):
            report.problem(problem)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the builder ``casebound`` and the settings ``casebound_*`` to a Sphinx application."""
    setup_manuscript(app)
    app.connect("casebound-read", _run_press)
    app.connect("env-check-consistency", _check_layout)
    return {
        "version": __version__,
        # Counts up when what is kept in Sphinx's environment (problems) changes its form.
        "env_version": 5,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
