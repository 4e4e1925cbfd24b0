"""A fragment is valid as long as nothing that sets type has changed, and no longer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebound.press.engine import engine_digest, engine_files
from tests.test_layers import PACKAGE, graph, modules


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package that may be edited."""
    copy = tmp_path_factory.mktemp("engine") / "casebound"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def edited(package: Path, name: str) -> bool:
    """Whether an edit of a file changes the digest."""
    path = package / name
    text = path.read_text(encoding="utf-8")
    before = engine_digest.__wrapped__(package)
    try:
        path.write_text(f"{text}\n# another line\n", encoding="utf-8")
        return engine_digest.__wrapped__(package) != before
    finally:
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *("typesetting/typesetter.py", "typesetting/fonts/shaping.py", "typesetting/nodes/prose.py"),
        *("model/fragment.py", "i18n/bidi.py", "i18n/languages/de.toml", "tex/spelling.py", "tex/si/units.py"),
        *("svg/cascade.py", "system/stylesheets.py"),
    ],
)
def test_an_edit_of_what_sets_type_counts(package: Path, name: str) -> None:
    assert edited(package, name)


@pytest.mark.parametrize(
    "name",
    [
        *("tasks.py", "extension.py", "cli/progress.py", "press/build.py", "press/fragments.py", "epub/page.py"),
        *("bindery/pages.py", "proof/checks.py", "manuscript/facts.py", "model/settings.py", "system/files.py"),
    ],
)
def test_an_edit_of_anything_else_does_not(package: Path, name: str) -> None:
    assert not edited(package, name)


def test_everything_that_typesetting_imports_counts() -> None:
    imported, known = graph(PACKAGE), modules(PACKAGE)
    reached = set[str]()
    waiting = [name for name in known if name.startswith("casebound.typesetting")]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += imported[name]
    assert {path for path in engine_files() if path.suffix == ".py"} >= {known[name] for name in reached}
