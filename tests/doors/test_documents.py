"""The documents at the root say what is so: commands, tasks, files."""

from __future__ import annotations

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


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "ARCHITECTURE.md", "CHECKING.md"])
def test_links_between_documents(document: str) -> None:
    text = (REPOSITORY / document).read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", text)
    assert [target for target in targets if not (REPOSITORY / target).exists()] == []


def test_the_readme_is_short() -> None:
    assert README.count("\n") < 120
