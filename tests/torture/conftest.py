"""The torture book built once, with its readings and the files they are held against."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from casebound import manuscript, proof
from casebound.model.book import Chapter
from casebound.model.settings import ProjectFolders
from casebound.press import press
from casebound.press.report import SilentReport
from casebound.typesetting import Typesetter
from tests.torture.readings import Edition, Pages

HERE = Path(__file__).parent
EPOCH = "1767225600"


@dataclass(frozen=True)
class Torture:
    """The book, what was met while it was made, and its outputs."""

    places: ProjectFolders
    result: press.BuildResult
    verdict: proof.Verdict
    chapters: tuple[Chapter, ...]

    @cached_property
    def pages(self) -> Pages:
        return Pages(self.places.pdf("torture-book"), self.chapters, Typesetter().style.paper)

    @cached_property
    def edition(self) -> Edition:
        return Edition(self.places.epub("torture-book"))


@pytest.fixture(scope="session")
def torture(tmp_path_factory: pytest.TempPathFactory) -> Torture:
    """The torture book with all outputs; not to be changed."""
    pytest.importorskip("myst_parser", reason="a chapter is written in Markdown (package myst-parser)")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*myst_parser.*")  # its use of what a later Sphinx takes away
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        folder = tmp_path_factory.mktemp("torture")
        shutil.copytree(HERE / "source", folder / "source")
        places = ProjectFolders(folder / "source", folder / "source", folder / "build")
        result = press.make(places, report=SilentReport(), jobs=2)
        verdict = press.prove(places, report=SilentReport())
        return Torture(places, result, verdict, tuple(manuscript.read(places).book.chapters()))


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Hold a text against its golden file; CASEBOUND_GOLDEN=1 in the environment writes the file instead."""

    def hold(name: str, text: str) -> None:
        path = HERE / "golden" / name
        if os.environ.get("CASEBOUND_GOLDEN"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert text.splitlines() == path.read_text(encoding="utf-8").splitlines()

    return hold
