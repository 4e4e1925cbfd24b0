"""A built wheel in a fresh environment, used by another project through both doors.

The environment holds the wheel alone; everything else is lent to it by the environment that runs the tests, so that
nothing is fetched.
"""

from __future__ import annotations

import email
import json
import os
import re
import site
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from chores.readme import long_description

REPOSITORY = Path(__file__).parents[2]

CONF = "project = 'Downstream'\nauthor = 'Somebody'\n"
INDEX = """\
Downstream
==========

A book of another project.

.. _downstream-first:

First
-----

What comes first.

.. toctree::
   :hidden:

   first/one
"""
ONE = """\
One
===

Some words, and a way back: :ref:`downstream-first`.
"""


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """A process that knows nothing of the checkout."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=REPOSITORY)
    assert built.returncode == 0, built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that holds the wheel."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    packages = Path(run(interpreter, "-c", "import site; print(site.getsitepackages()[0])", cwd=folder).stdout.strip())
    # Further folders named in a .pth are searched last, and their own .pth files (an editable install) are not read.
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()))
    pip = (sys.executable, "-m", "pip", "--python", interpreter)
    installed = run(*pip, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    assert installed.returncode == 0, installed.stderr
    return interpreter


def test_the_description_on_an_index_leads_nowhere_that_an_index_has_not(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    text = metadata.get_payload(decode=False)
    assert isinstance(text, str)
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "the right place. CHECKING.md explains how to choose." in text
    addresses = re.findall(r"\]\(([^)]*)\)|(?:src|href)=[\"']([^\"']*)", text)
    assert [one for pair in addresses for one in pair if one and not one.startswith("https://")] == []
    assert len(text) > 5000


@pytest.mark.parametrize(
    ("readme", "shown"),
    [
        ("See [it](IT.md), [there](#there) and [`code`](a/b.md#c).\n", "See it, there and `code`.\n"),
        ("See [it](https://example.org/IT.md).\n", "See [it](https://example.org/IT.md).\n"),
        ('A\n\n<img src="a.png" alt="x"> ![b](b.png)\n\nB\n', "A\n\nB\n"),
        ("A ![b](b.png) c ![d](https://example.org/d.png)\n", "A  c ![d](https://example.org/d.png)\n"),
        ("Write `[it](IT.md)`:\n\n```\n[it](IT.md)\n```\n", "Write `[it](IT.md)`:\n\n```\n[it](IT.md)\n```\n"),
        ("```rst\na\n```\n\n[b](b)\n\n```\nc\n```\n", "```rst\na\n```\n\nb\n\n```\nc\n```\n"),
    ],
)
def test_links_and_pictures_of_a_readme_on_an_index(readme: str, shown: str) -> None:
    assert long_description(readme) == shown


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A downstream project of one section and one chapter."""
    source = tmp_path / "source"
    (source / "first").mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.rst").write_text(INDEX)
    (source / "first" / "one.rst").write_text(ONE)
    return tmp_path


def outputs(build: Path) -> list[str]:
    """What a reader finds in a build folder."""
    return sorted(
        path.relative_to(build).as_posix()
        for path in build.rglob("*")
        if path.is_file() and path.relative_to(build).parts[0] in {"pdf", "epub", "handouts", "manifest.json"}
    )


EXPECTED = ["epub/downstream.epub", "handouts/01-first.pdf", "manifest.json", "pdf/downstream.pdf"]


def test_the_wheel_carries_the_house_style_and_the_languages(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for folder, carried in (("styles", "styles"), ("casebound/i18n/languages", "i18n/languages")):
        assert {f"casebound/{carried}/{path.name}" for path in (REPOSITORY / folder).iterdir()} <= set(names)
    assert not [name for name in names if not name.startswith(("casebound/", "casebound-"))]


def test_the_style_is_found(python: Path, tmp_path: Path) -> None:
    code = (
        "import casebound, casebound.system.stylesheets\n"
        "folder = casebound.system.stylesheets.folder()\n"
        "print(casebound.__file__, folder, *folder.iterdir(), sep='\\n')"
    )
    found = run(python, "-c", code, cwd=tmp_path)
    assert found.returncode == 0, found.stderr
    package, folder, *sheets = found.stdout.splitlines()
    assert Path(package).is_relative_to(python.parents[1])
    assert Path(folder) == Path(package).parent / "styles"
    assert sheets


def test_the_invoke_door(python: Path, project: Path) -> None:
    (project / "tasks.py").write_text("from casebound.tasks import ns\n")
    listed = run(python, "-m", "invoke", "--list", cwd=project)
    assert listed.returncode == 0, listed.stderr
    made = run(python, "-m", "invoke", "book", cwd=project)
    assert made.returncode == 0, made.stdout + made.stderr
    assert outputs(project / "build") == EXPECTED
    assert json.loads((project / "build" / "manifest.json").read_text())
    tree = run(python, "-m", "invoke", "outline", cwd=project)
    assert tree.stdout == "Downstream\nFirst\n  One\n"


@pytest.mark.parametrize("conf", ["", "extensions = ['casebound']\n"])
def test_the_sphinx_door(python: Path, project: Path, conf: str) -> None:
    """The builder is found by its entry point, too."""
    (project / "source" / "conf.py").write_text(CONF + conf + "casebound_basename = 'downstream'\n")
    made = run(python, "-m", "sphinx", "-b", "casebound", "-W", "source", "build", cwd=project)
    assert made.returncode == 0, made.stdout + made.stderr
    assert outputs(project / "build") == EXPECTED
