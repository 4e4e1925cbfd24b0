"""The Invoke door: ``from casebound.tasks import ns`` in a project's ``tasks.py`` gives it these tasks.

The press is imported inside the tasks, so that ``inv --list`` answers at once and wherever Invoke runs.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke import Collection, Context, Exit, Task, task

from casebound.cli.configuration import DEFAULTS, configured, overrides, places_of, styles_of, variants
from casebound.cli.reporting import reporting
from casebound.model.diagnostics import is_fatal
from casebound.model.settings import declared

if TYPE_CHECKING:
    from casebound.cli.progress import Terminal
    from casebound.press.press import BuildResult
    from casebound.proof import Verdict

__all__ = ["ns"]


PLACES = {
    "source": "folder of the root document (default: source)",
    "conf": "folder of conf.py, if it is not the source folder",
    "build": "folder for the outputs (default: build)",
}
READING = {
    **PLACES,
    "define": "NAME=VALUE, overrides that value of conf.py; may be repeated",
    "tag": "a tag for only and for conf.py; may be repeated",
    "language": "the book's language, for instance de",
}
MAKING = {
    **READING,
    "jobs": "how many chapters are typeset in parallel (default: one for each core)",
    "style": f"a separate edition, in build/STYLE: {', '.join(variants())}, or the path of a style sheet; several "
    "separated by commas",
    "strict": "count warnings as errors",
    "fresh": "read and typeset everything again",
}
ONLY = "the one section to make a handout of: its title, document, or number"
REPEATED = ["define", "tag"]


def _making(name: str, kinds: frozenset[str], purpose: str, *, proven: bool = False) -> Task[Any]:
    """A task that runs the press for ``kinds``; ``proven`` reads the outputs back when they are made."""

    def body(
        context: Context,
        source: str = "",
        conf: str = "",
        build: str = "",
        jobs: int = 0,
        strict: bool = False,
        fresh: bool = False,
        style: str = "",
        define: Sequence[str] | None = None,
        tag: Sequence[str] | None = None,
        language: str = "",
        only: str = "",
    ) -> None:
        settings, styles = configured(context), styles_of(context, style)
        places = places_of(context, source, conf, build).edition(styles)
        with reporting(context) as report:
            from casebound.press import press

            result = press.make(
                places, report=report, kinds=kinds, styles=styles, jobs=jobs or int(settings.jobs),
                strict=strict or bool(settings.strict), fresh=fresh, over=overrides(define, tag, language), only=only,
            )  # fmt: skip
            code = _closed(report, result, press.prove(places, report=report, read=result.read) if proven else None)
        if code:
            raise Exit(code=code)

    body.__doc__ = purpose
    if kinds == {"handouts"}:
        return Task(body, name=name, help={**MAKING, "only": ONLY}, iterable=REPEATED)
    signature = inspect.signature(body)
    shown = [each for name, each in signature.parameters.items() if name != "only"]
    setattr(body, "__signature__", signature.replace(parameters=shown))  # noqa: B010
    return Task(body, name=name, help=dict(MAKING), iterable=REPEATED)


def _closed(report: Terminal, result: BuildResult, verdict: Verdict | None) -> int:
    """Say what was made and whether it is proven; gives the exit code."""
    from casebound.cli.summary import PROVEN

    proved = "" if verdict is None else PROVEN if verdict.ok else verdict.summary()
    report.close(result.problems, result.outputs, proved)
    return result.exit_code or int(verdict is not None and not verdict.ok)


book = _making(
    "book",
    frozenset({"pdf", "epub", "handouts"}),
    "Make everything: the book as PDF and EPUB, a handout for each section; then prove it.",
    proven=True,
)
pdf = _making("pdf", frozenset({"pdf"}), "Make the book as PDF.")
epub = _making("epub", frozenset({"epub"}), "Make the book as EPUB.")
handouts = _making("handouts", frozenset({"handouts"}), "Make one PDF for each section of the book.")


CHECKING = {
    **READING,
    "strict": MAKING["strict"],
    "format": "text, json or github (workflow commands); default: text",
    "baseline": "a file of known faults: only new ones are reported",
    "write-baseline": "write the current faults to the baseline",
    "fresh": "read everything again",
}


@task(help=CHECKING, iterable=REPEATED)
def check(
    context: Context,
    source: str = "",
    conf: str = "",
    build: str = "",
    strict: bool = False,
    format: str = "text",
    baseline: str = "",
    write_baseline: bool = False,
    fresh: bool = False,
    define: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    language: str = "",
) -> None:
    """Read the source and report faults of layout and reference, without building."""
    from casebound.cli import baseline as baselines
    from casebound.cli import formats

    if format not in formats.FORMATS:
        raise Exit(f"There is no format {format}. The formats are: {', '.join(formats.FORMATS)}.", code=2)
    if write_baseline and not baseline:
        raise Exit("Name the file to write with --baseline.", code=2)
    with reporting(context, partial(formats.tell_of_stop, format)) as report:
        from casebound.press import press

        over = overrides(define, tag, language)
        findings = press.check(places_of(context, source, conf, build), report=report, fresh=fresh, over=over)
        if write_baseline:
            baselines.record(Path(baseline), findings)
        if baseline:
            findings = baselines.new(Path(baseline), findings)
        formats.tell(report, format, findings)
    strict = strict or bool(configured(context).strict)
    if any(is_fatal(each.problem, strict) for each in findings):
        raise Exit(code=1)


@task(help={**READING, "dry": "show what would change and write nothing"}, iterable=REPEATED)
def mend(
    context: Context,
    source: str = "",
    conf: str = "",
    build: str = "",
    dry: bool = False,
    define: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    language: str = "",
) -> None:
    """Move misplaced toctrees to the end of their sections, in the source itself."""
    with reporting(context) as report:
        from casebound.cli import formats
        from casebound.press import press

        over = overrides(define, tag, language)
        done = press.mend(places_of(context, source, conf, build), report=report, dry=dry, over=over)
        if dry and done.diff:
            report.say(done.diff.rstrip("\n"))
        for path in done.files if not dry else ():
            report.say(f"fixed {path}")
        if done.findings:
            report.say(formats.render("text", done.findings).rstrip("\n"))
        elif not done.files:
            report.say("Nothing to fix.")
    if done.findings:
        raise Exit(code=1)


@task(
    help={**READING, "style": MAKING["style"], "thorough": "also run the slow checks, EPUBCheck among them"},
    iterable=REPEATED,
)
def proof(
    context: Context,
    source: str = "",
    conf: str = "",
    build: str = "",
    thorough: bool = False,
    style: str = "",
    define: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    language: str = "",
) -> None:
    """Re-read the outputs and compare them with the book."""
    with reporting(context) as report:
        from casebound.press import press

        places = places_of(context, source, conf, build).edition(styles_of(context, style))
        over = overrides(define, tag, language)
        verdict = press.prove(places, report=report, closely=thorough, validated=thorough, over=over)
        report.say(verdict.summary())
    if not verdict.ok:
        raise Exit(code=1)


@task(help=dict(READING), iterable=REPEATED)
def outline(
    context: Context,
    source: str = "",
    conf: str = "",
    build: str = "",
    define: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    language: str = "",
) -> None:
    """Print the book's tree."""
    with reporting(context) as report:
        from casebound.press import press

        places, over = places_of(context, source, conf, build), overrides(define, tag, language)
        report.say(press.outline(places, report=report, over=over).rstrip("\n"))


@task(help={"build": PLACES["build"]})
def clean(context: Context, build: str = "") -> None:
    """Delete the outputs and everything kept between builds; what casebound did not make is kept."""
    with reporting(context) as report:
        from casebound.press import press
        from casebound.press.report import beside

        cleaned = press.clean(places_of(context, "", "", build))
        for path in cleaned.deleted:
            report.say(f"deleted {beside(path)}")
        if not cleaned.deleted:
            report.say("Nothing to delete.")
        for kept in cleaned.kept:
            report.problem(kept)


@task
def settings(context: Context) -> None:
    """Print the settings for conf.py, with their defaults."""
    with reporting(context) as report:
        report.say("| setting | default | what it says |\n|---|---|---|")
        for each in declared():
            report.say(f"| `{each.name}` | `{each.default!r}` | {each.help} |")


ns = Collection(pdf, epub, handouts, check, mend, proof, outline, clean, settings)
ns.add_task(book, default=True)
ns.configure({"casebound": dict(DEFAULTS)})
