"""The documents at the root say what is so: commands, tasks, files."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import pytest

from casebound.model.settings import ProjectFolders

REPOSITORY = Path(__file__).parents[2]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def commands() -> list[str]:
    """The README's two commands."""
    return re.findall(r"```console\n(.+)\n```", README)


def test_continuous_integration_calls_the_test_command() -> None:
    make, test = commands()
    assert make.endswith("inv book")
    assert (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == test


def test_every_task_of_the_readme_is_there() -> None:
    named = {
        name
        for row in re.findall(r"^\| (`inv.+?) \|", README, re.MULTILINE)
        for name in re.findall(r"`inv (\w+)`", row)
    }
    source = (REPOSITORY / "tasks.py").read_text() + (REPOSITORY / "casebound" / "tasks.py").read_text()
    assert named >= {"book", "check", "proof", "test", "lint"}
    assert [name for name in named if not re.search(rf"^def {name}\(|^{name} = _making\(", source, re.MULTILINE)] == []


def test_outputs_lie_where_the_readme_says() -> None:
    places = ProjectFolders(Path("source"), Path("source"), Path("build"))
    said = re.findall(r"^\| `(build/[^`]+)` \|", README, re.MULTILINE)
    assert said == [
        places.pdf("NAME").as_posix(),
        places.epub("NAME").as_posix(),
        places.handout("NN-SECTION").as_posix(),
        places.manifest.as_posix(),
        places.proof.as_posix(),
        f"{places.work.as_posix()}/",
    ]


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "CHECKING.md", "ACCESSIBILITY.md"]
)
def test_links_between_documents(document: str) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []


_PATH = re.compile(r"`([\w.*/-]+(?:/|\.(?:py|md|toml|yaml|css)))`")
_THEIRS = {"conf.py", "invoke.yaml", "tasks.py"}
"""Files of any project."""


def unknown_paths(text: str, repository: Path) -> list[str]:
    """The paths that a document names and that do not exist.

    A path begins at the root, at ``casebound/``, or in the folder of the path before it in its paragraph or row.
    """
    missing = []
    for paragraph in re.split(r"\n\n|\n(?=\|)", text):
        folders = [repository, repository / "casebound"]
        for name in _PATH.findall(paragraph):
            found = next((folder / name for folder in folders if (folder / name).exists()), None)
            if found is not None:
                here = found if found.is_dir() else found.parent
                folders = [repository, repository / "casebound", here]
            elif name not in _THEIRS and not name.startswith("build/"):
                missing.append(name)
    return missing


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHECKING.md", "WRITING.md", "ACCESSIBILITY.md"]
)
def test_every_path_of_a_document_exists(document: str) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    assert unknown_paths(text, REPOSITORY) == []


@pytest.mark.parametrize("document", ["CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_every_class_of_a_document_exists(document: str) -> None:
    named = re.findall(r"`([A-Z][a-z]+(?:[A-Z][a-z]+)*)`", (REPOSITORY / document).read_text(encoding="utf-8"))
    source = "".join(path.read_text(encoding="utf-8") for path in (REPOSITORY / "casebound").rglob("*.py"))
    assert [name for name in named if not re.search(rf"^class {name}\b", source, re.MULTILINE)] == []


def test_a_path_that_does_not_exist_is_found(tmp_path: Path) -> None:
    (tmp_path / "casebound" / "model").mkdir(parents=True)
    (tmp_path / "casebound" / "model" / "book.py").touch()
    assert unknown_paths("`model/`: `book.py`, `gone.py`; `conf.py`", tmp_path) == ["gone.py"]
    assert unknown_paths("`casebound/model/book.py`\n\n`book.py`", tmp_path) == ["book.py"]


def test_what_a_docstring_names_of_the_package_exists() -> None:
    missing = []
    for path in sorted((REPOSITORY / "casebound").rglob("*.py")):
        for name in re.findall(r"``(casebound(?:\.\w+)+)``", path.read_text(encoding="utf-8")):
            try:
                pkgutil.resolve_name(name)
            except (ImportError, AttributeError):
                missing.append(f"{path.name}: {name}")
    assert [one for one in missing if not one.endswith("casebound.CODE")] == []


def test_the_readme_is_short() -> None:
    assert README.count("\n") < 120
