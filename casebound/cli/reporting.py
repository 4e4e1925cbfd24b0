"""The report of a task: no fault and no Ctrl-C ends in a traceback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from invoke import Context, Exit

from casebound.cli.configuration import strange
from casebound.cli.progress import Terminal
from casebound.model.diagnostics import BuildStop, Problem

__all__ = ["reporting"]


@contextmanager
def reporting(context: Context, told: Callable[[Terminal, Problem], None] | None = None) -> Iterator[Terminal]:
    """A report for one task, in which no fault and no Ctrl-C ends in a traceback.

    ``told`` prints a stop in another way than as a line on stderr.
    """
    report = Terminal()
    for one in strange(context):
        report.problem(one)
    try:
        yield report
    except BuildStop as stopped:
        report.problem(stopped.problem)
        if told:
            told(report, stopped.problem)
        raise Exit(code=2) from None
    except KeyboardInterrupt:
        raise Exit("Interrupted; earlier outputs are as they were.", code=130) from None
