"""Real documentation mended: it checks clean of what can be mended, and its web pages say what they said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from casebound.model.settings import ProjectFolders
from casebound.press import checking
from casebound.press.report import SilentReport
from corpora.fetch import fetch

MENDABLE = {"text-after-toctree", "toctree-too-deep"}


def pages(source: Path, conf: Path, build: Path) -> dict[str, list[str]]:
    """The words of each web page's body, in order, as Sphinx makes it without a theme."""
    words = ["-q", "-b", "html", "-c", str(conf), "-D", "html_theme=basic", "-d", str(build / "trees")]
    command = [sys.executable, "-m", "sphinx", *words, str(source), str(build / "html")]
    subprocess.run(command, check=True, capture_output=True, timeout=1800)
    found = {}
    for path in sorted((build / "html").rglob("*.html")):
        bodies = html.parse(str(path)).getroot().xpath("//div[@class='body']")
        found[path.relative_to(build / "html").as_posix()] = " ".join("".join(one.itertext()) for one in bodies).split()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", ["nova", "flask", "sphinx", "django"])
def test_the_web_pages_say_the_same(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fetched = fetch(name)
    # a checkout as it lies: documentation often includes what stands beside it
    whole = fetched.source.resolve()
    root = next((folder for folder in whole.parents if folder.parent.name == "unpacked"), whole)
    copy = Path(shutil.copytree(root, tmp_path / "copy", symlinks=False))
    source = copy / whole.relative_to(root)
    places = ProjectFolders(source, fetched.conf, tmp_path / "build")
    before = pages(source, fetched.conf, tmp_path / "web")
    done = checking.mend(places, report=SilentReport())
    left = [one.problem for one in checking.check(places, report=SilentReport()) if one.problem.code in MENDABLE]
    refused = [one.problem for one in done.findings]
    after = pages(source, fetched.conf, tmp_path / "web")
    moved = [page for page in before if before[page] != after[page]]
    with capsys.disabled():
        print(f"\n{name}: {len(before)} pages, {len(done.files)} files mended, {len(moved)} pages in another order")
    assert before.keys() == after.keys()
    assert [page for page in moved if Counter(before[page]) != Counter(after[page])] == []
    assert len(moved) <= len(done.files)
    assert left == [] or refused, [str(one) for one in (*left, *refused)]
