"""The Sphinx door: a problem is a Sphinx warning, and the builder hands what was read to the press."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace

import casebound.press
from casebound.model.diagnostics import Problem, problem, stop

PROBLEMS = (
    problem("document-unreached", "spare", name="spare"),
    problem("image-missing", "index", 3, name="bus.svg"),
    problem("source-warning", "index", 4, detail="Sphinx has said so"),
)


class Press(ModuleType):
    """Stands in for casebound/press/press.py: reports and returns what it is given."""

    def __init__(self) -> None:
        super().__init__("casebound.press.press")
        self.problems: tuple[Problem, ...] = ()
        self.exit_code = 0
        self.outputs = (SimpleNamespace(path=Path("build/pdf/two.pdf"), pages=6, bytes=1234),)
        self.proven = True
        self.stop: Exception | None = None
        self.asked: list[Any] = []

    def make_from_manuscript(self, manuscript: Any, places: Any, *, jobs: int, report: Any) -> Any:
        self.asked.append((places, jobs))
        if self.stop:
            raise self.stop
        with report.stage("typeset", 2) as stage:
            stage.advance(2)
        for each in self.problems:
            report.problem(each)
        return self

    def prove(self, places: Any, *, report: Any, read: Any) -> Any:
        return SimpleNamespace(ok=self.proven, summary=lambda: "The outline is not the book's.")


@pytest.fixture
def press(monkeypatch: pytest.MonkeyPatch) -> Press:
    fake = Press()
    monkeypatch.setitem(sys.modules, "casebound.press.press", fake)
    monkeypatch.setattr(casebound.press, "press", fake, raising=False)
    return fake


def sphinx_build(folder: Path, conf: str = "", **flags: Any) -> tuple[int, str, str]:
    """Exit code, status and warnings of ``sphinx-build -b casebound`` on a book of two documents."""
    (folder / "conf.py").write_text(f"extensions = ['casebound']\nproject = 'Two'\n{conf}")
    (folder / "index.rst").write_text("Two\n===\n\n.. toctree::\n\n   spare\n")
    (folder / "spare.rst").write_text("Spare\n=====\n\nWords.\n")
    status, warnings = io.StringIO(), io.StringIO()
    out = folder / "build"
    with docutils_namespace():
        app = Sphinx(folder, folder, out, out / ".doctrees", "casebound", status=status, warning=warnings, **flags)
        app.build()
    return app.statuscode, strip_colors(status.getvalue()), strip_colors(warnings.getvalue())


def test_the_press_gets_what_was_read(press: Press, tmp_path: Path) -> None:
    code, status, warnings = sphinx_build(tmp_path, parallel=2)
    assert (code, warnings) == (0, "")
    ((places, jobs),) = press.asked
    assert (places.source, places.conf, places.build, jobs) == (tmp_path, tmp_path, tmp_path / "build", 2)
    assert "typeset 2... done" in status


def test_it_is_proven_and_says_where_it_is(press: Press, tmp_path: Path) -> None:
    code, status, _ = sphinx_build(tmp_path)
    assert code == 0
    assert "Proven: each output has the book's structure" in status
    assert "build/pdf/two.pdf  6 pages, 1 kB" in status
    press.proven = False
    code, status, _ = sphinx_build(tmp_path)
    assert code == 1
    assert "The outline is not the book's." in status


def test_problems_are_warnings_of_sphinx(press: Press, tmp_path: Path) -> None:
    press.problems, press.exit_code = PROBLEMS, 1
    code, _, warnings = sphinx_build(tmp_path)
    assert code == 1
    unreached, missing = warnings.replace(f"{tmp_path}/", "").splitlines()
    assert unreached.startswith("spare.rst: WARNING: spare is in no toctree and so not in the book. Name it")
    assert unreached.endswith("[casebound.document-unreached]")
    assert missing.startswith("index.rst:3: ERROR: The image bus.svg does not exist")


def test_suppress_warnings(press: Press, tmp_path: Path) -> None:
    press.problems = PROBLEMS[:1]
    code, _, warnings = sphinx_build(tmp_path, "suppress_warnings = ['casebound.document-unreached']")
    assert (code, warnings) == (0, "")


def test_warnings_fail_under_w(press: Press, tmp_path: Path) -> None:
    press.problems = PROBLEMS[:1]
    assert sphinx_build(tmp_path, warningiserror=True)[0] == 1


def test_a_stop_is_a_sphinx_error(press: Press, tmp_path: Path) -> None:
    press.stop = stop("book-empty")
    with pytest.raises(SphinxError, match=r"^The book is empty"):
        sphinx_build(tmp_path)


def test_another_builder_is_left_alone(press: Press, tmp_path: Path) -> None:
    sphinx_build(tmp_path)
    out = tmp_path / "html"
    with docutils_namespace():
        Sphinx(tmp_path, tmp_path, out, out, "html", status=None, warning=io.StringIO()).build()
    assert (out / "index.html").exists()
    assert len(press.asked) == 1
