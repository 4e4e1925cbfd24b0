"""What tests share: readers that may be missing, a clock that stands still, Invoke, a limit of recursion."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invoke import Program

from casebound.tasks import ns

PACKAGES = {
    "java": "a Java runtime",
    "mutool": "mupdf-tools",
    "pdfinfo": "poppler-utils",
    "pdffonts": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}


@pytest.fixture
def program() -> Callable[[str], str]:
    """The path of a program by its name; where it is not installed the test is skipped and says what to install."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            pytest.skip(f"{name} is not installed (package {PACKAGES.get(name, name)})")
        return path

    return find


@pytest.fixture(autouse=True)
def edition(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test builds the edition of one moment: 2026-01-01, so that its outputs can be compared."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")


@pytest.fixture
def inv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """``inv(*words)`` in the test's folder: the exit code."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    def run(*words: str) -> int:
        try:
            Program(namespace=ns, name="inv", binary="inv", binary_names=["inv"]).run(["inv", *words])
        except SystemExit as end:
            return int(end.code or 0)
        return 0

    return run


@pytest.fixture(scope="module")
def recursion() -> Iterator[None]:
    """The limit that reading sets, set before: Hypothesis wants to find it as it was."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(10_000)
    yield
    sys.setrecursionlimit(before)
