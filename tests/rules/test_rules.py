"""Walks the folders: the source of a tiny book in, what `inv check` prints, its outline and its mended source out."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest

from casebound.cli import formats
from casebound.model.settings import ProjectFolders
from casebound.press import checking, press
from casebound.press.report import SilentReport

HERE = Path(__file__).parent
FOLDERS = sorted(path.parent.name for path in HERE.glob("*/book"))
WRITE = bool(os.environ.get("CASEBOUND_WRITE"))


def texts(folder: Path) -> dict[str, str]:
    """The sources under a folder by their paths, line ends as they are."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "conf.py")
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in paths}


def hold(path: Path, found: str) -> None:
    """Compare with the expected text; an empty one has no file."""
    if WRITE:
        path.write_text(found, encoding="utf-8") if found else path.unlink(missing_ok=True)
    assert found == (path.read_text(encoding="utf-8") if path.exists() else "")


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProjectFolders:
    """The book of a folder as a copy, seen from its own source folder."""
    book = tmp_path / "book"
    shutil.copytree(HERE / request.param / "book", book)
    if any(book.rglob("*.md")):
        if importlib.util.find_spec("myst_parser") is None:
            pytest.skip("myst-parser is not installed")
        (book / "conf.py").write_text('extensions = ["myst_parser"]\nmyst_enable_extensions = ["colon_fence"]\n')
    if not (book / "conf.py").exists():
        (book / "conf.py").write_text("")
    monkeypatch.chdir(book)
    return ProjectFolders(book, book, tmp_path / "build")


# myst-parser's: it asks Sphinx in ways that Sphinx will give up
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::PendingDeprecationWarning")
@pytest.mark.parametrize(("name", "places"), [(name, name) for name in FOLDERS], indirect=["places"])
def test_folder(name: str, places: ProjectFolders) -> None:
    folder = HERE / name
    before = texts(places.source)
    found = checking.check(places, report=SilentReport())
    hold(folder / "expected.txt", formats.render("text", found))
    drawn = press.outline(places, report=SilentReport())
    hold(folder / "outline.txt", drawn)
    dry = checking.mend(places, report=SilentReport(), dry=True)
    assert texts(places.source) == before
    done = checking.mend(places, report=SilentReport())
    assert dry == done
    hold(folder / "refused.txt", formats.render("text", done.findings))
    after = texts(places.source)
    changed = {path: text for path, text in after.items() if text != before[path]}
    assert changed.keys() == {path.relative_to(places.source).as_posix() for path in done.files}
    hold_mended(folder / "mended", changed)
    hold_rule(places, name, drawn, bool(done.findings))


def hold_mended(folder: Path, changed: dict[str, str]) -> None:
    if WRITE:
        shutil.rmtree(folder, ignore_errors=True)
        for path, text in changed.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
    assert changed == (texts(folder) if folder.exists() else {})


def hold_rule(places: ProjectFolders, name: str, drawn: str, refused: bool) -> None:
    """What is mended is right, makes the book that hoisting made, and has nothing left to mend."""
    again = checking.mend(places, report=SilentReport())
    assert again.files == ()
    left = {each.problem.code for each in checking.check(places, report=SilentReport())}
    if not refused:
        assert not left & {"text-after-toctree", "toctree-too-deep"} or name.startswith("ignored")
    if not name.startswith("as-is"):
        assert press.outline(places, report=SilentReport()) == drawn


def test_every_fault_of_the_rule_has_a_folder() -> None:
    told = "".join(path.read_text(encoding="utf-8") for path in HERE.glob("*/*.txt"))
    faults = {
        "text-after-toctree", "toctree-too-deep", "sections-after-toctree", "document-twice", "document-unreached",
        "toctree-dangling", "document-circular", "lead-missing-entry", "lead-silent", "lead-order",
        "document-untitled", "section-empty", "mend-refused", "ignore-unknown",
    }  # fmt: skip
    assert {code for code in faults if f" {code} " not in told} == set()
