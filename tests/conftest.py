"""What tests share: readers that may be missing, and a clock that stands still."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

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
