"""The Invoke door: ``from casebound.tasks import ns`` in a project's ``tasks.py`` gives it these tasks.

The press is imported inside the tasks, so that ``inv --list`` answers at once and wherever Invoke runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from invoke import Collection, Context, Exit, Task, task

from casebound.problems import BuildStop, counted, is_fatal
from casebound.settings import Places

if TYPE_CHECKING:
    from casebound.linting import Finding
    from casebound.terminal import Terminal

__all__ = ["ns"]

DEFAULTS = {"source": "source", "conf": "", "build": "build", "jobs": 0, "strict": False}

PLACES = {
    "source": "folder of the root document (default: source)",
    "conf": "folder of conf.py, if it is not the source folder",
    "build": "folder for the outputs (default: build)",
}
MAKING = {
    **PLACES,
    "jobs": "how many chapters are typeset in parallel (default: one for each core)",
    "style": "a variant of the house style, or several separated by commas: a separate edition, in build/STYLE",
    "strict": "count warnings as errors",
    "fresh": "read and typeset everything again",
}
PROVEN = "Proven: each output has the book's structure, links and words (figures: inv proof)."


def _places(context: Context, source: str, conf: str, build: str) -> Places:
    """Flags count from where one stands, configured places from the folder that holds ``tasks.py``."""
    settings = context.config.casebound
    project = Path(getattr(context.config, "_project_prefix", None) or "")

    def place(flag: str, configured: str) -> Path:
        return Path(flag).absolute() if flag else (project / configured).absolute()

    at = place(source, settings.source)
    beside = place(conf, settings.conf) if conf or settings.conf else at
    return Places(source=at, conf=beside, build=place(build, settings.build))


def _styles(style: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in style.split(",") if name.strip())


@contextmanager
def _report() -> Iterator[Terminal]:
    """A report for one task, in which no fault and no Ctrl-C ends in a traceback."""
    from casebound.terminal import Terminal

    report = Terminal()
    try:
        yield report
    except BuildStop as stopped:
        report.problem(stopped.problem)
        raise Exit(code=2) from None
    except KeyboardInterrupt:
        raise Exit("Interrupted; earlier outputs are as they were.", code=130) from None


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
    ) -> None:
        settings = context.config.casebound
        places = _places(context, source, conf, build).edition(_styles(style))
        with _report() as report:
            from casebound.press import press

            result = press.make(
                places,
                kinds=kinds,
                styles=_styles(style),
                jobs=jobs or int(settings.jobs),
                strict=strict or bool(settings.strict),
                fresh=fresh,
                report=report,
            )
            code, proved = result.exit_code, ""
            if proven:
                verdict = press.prove(places, report=report, read=result.read)
                code = code or int(not verdict.ok)
                proved = PROVEN if verdict.ok else verdict.summary()
            report.close(result.problems, result.outputs, proved)
        if code:
            raise Exit(code=code)

    body.__doc__ = purpose
    return Task(body, name=name, help=dict(MAKING))


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
    **PLACES,
    "strict": MAKING["strict"],
    "format": "text, json or github (workflow commands); default: text",
    "baseline": "a file of known faults: only new ones are reported",
    "write-baseline": "write the current faults to the baseline",
    "fresh": "read everything again",
}


@task(help=CHECKING)
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
) -> None:
    """Read the source and report faults of layout and reference, without building."""
    from casebound import linting

    if format not in linting.FORMATS:
        raise Exit(f"There is no format {format}. The formats are: {', '.join(linting.FORMATS)}.", code=2)
    if write_baseline and not baseline:
        raise Exit("Name the file to write with --baseline.", code=2)
    with _report() as report:
        from casebound.press import press

        findings = press.check(_places(context, source, conf, build), report=report, fresh=fresh)
        if write_baseline:
            linting.record(Path(baseline), findings)
        if baseline:
            findings = linting.new(Path(baseline), findings)
        _told(report, format, findings)
    strict = strict or bool(context.config.casebound.strict)
    if any(is_fatal(each.problem, strict) for each in findings):
        raise Exit(code=1)


def _told(report: Terminal, form: str, findings: list[Finding]) -> None:
    from casebound import linting

    text = linting.render(form, findings).rstrip("\n")
    if text:
        report.say(text)
    if form == "text":
        report.say(counted(each.problem for each in findings) or "No faults.")


@task(help={**PLACES, "dry": "show what would change and write nothing"})
def mend(context: Context, source: str = "", conf: str = "", build: str = "", dry: bool = False) -> None:
    """Move misplaced toctrees to the end of their sections, in the source itself."""
    with _report() as report:
        from casebound import linting
        from casebound.press import press

        done = press.mend(_places(context, source, conf, build), report=report, dry=dry)
        if dry and done.diff:
            report.say(done.diff.rstrip("\n"))
        for path in done.files if not dry else ():
            report.say(f"mended {path}")
        if done.findings:
            report.say(linting.render("text", done.findings).rstrip("\n"))
        elif not done.files:
            report.say("Nothing to mend.")
    if done.findings:
        raise Exit(code=1)


@task(help={**PLACES, "style": MAKING["style"], "thorough": "also run the slow checks, EPUBCheck among them"})
def proof(
    context: Context, source: str = "", conf: str = "", build: str = "", thorough: bool = False, style: str = ""
) -> None:
    """Re-read the outputs and compare them with the book."""
    with _report() as report:
        from casebound.press import press

        places = _places(context, source, conf, build).edition(_styles(style))
        verdict = press.prove(places, report=report, thorough=thorough)
        report.say(verdict.summary())
    if not verdict.ok:
        raise Exit(code=1)


@task(help=dict(PLACES))
def outline(context: Context, source: str = "", conf: str = "", build: str = "") -> None:
    """Print the book's tree."""
    with _report() as report:
        from casebound.press import press

        report.say(press.outline(_places(context, source, conf, build), report=report).rstrip("\n"))


@task(help={"build": PLACES["build"]})
def clean(context: Context, build: str = "") -> None:
    """Delete the outputs and everything kept between builds; what casebound did not make is kept."""
    with _report() as report:
        from casebound.press import press
        from casebound.terminal import beside

        cleaned = press.clean(_places(context, "", "", build))
        for path in cleaned.deleted:
            report.say(f"deleted {beside(path)}")
        if not cleaned.deleted:
            report.say("Nothing to delete.")
        for kept in cleaned.kept:
            report.problem(kept)


ns = Collection(pdf, epub, handouts, check, mend, proof, outline, clean)
ns.add_task(book, default=True)
ns.configure({"casebound": dict(DEFAULTS)})
