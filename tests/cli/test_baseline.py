"""A baseline knows its faults again when their lines move, and when their messages are reworded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from casebound.cli import baseline
from casebound.model.diagnostics import CATALOGUE, problem
from casebound.press.checking import LocatedProblem


def finding(code: str, line: int = 3, path: str = "source/a.rst", **values: object) -> LocatedProblem:
    return LocatedProblem(path, problem(code, "a", line, **values))


FAULTS = [
    finding("image-missing", name="a.png"),
    finding("image-missing", name="ba.png"),
    finding("image-missing", name="ba.png"),
    finding("reference-failed", name="f", detail="KeyError: 'f'."),
    finding("document-twice", name="x", first="b:12"),
    finding("source-warning", detail="Duplicate explicit target name: one."),
    finding("text-after-toctree"),
]
# as casebound 0.1.0 wrote it
FIRST_FORMAT = [
    ("image-missing", "The image a.png does not exist.", 1),
    ("image-missing", "The image ba.png does not exist.", 2),
    ("reference-failed", "The link to f cannot be resolved; its text stands without: KeyError: 'f'.", 1),
    ("document-twice", "The document x is listed twice, first at b:N.", 1),
    ("source-warning", "Duplicate explicit target name: one.", 1),
    ("text-after-toctree", "Text stands after the toctree.", 1),
]
NEW = [
    finding("image-missing", name="a.png"),
    finding("image-missing", name="c.png"),
    finding("reference-failed", name="g", detail="KeyError: 'f'."),
    finding("document-twice", name="y", first="b:12"),
    finding("source-warning", detail="Duplicate explicit target name: two."),
    finding("text-after-toctree"),
    finding("text-after-toctree", path="source/b.rst"),
]


@pytest.fixture
def known(tmp_path: Path) -> Path:
    path = tmp_path / "known.json"
    baseline.record(path, FAULTS)
    return path


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "first.json"
    keys = ("code", "text", "count")
    faults = [{"path": "source/a.rst", **dict(zip(keys, one, strict=True))} for one in FIRST_FORMAT]
    path.write_text(json.dumps({"casebound": 1, "faults": faults}))
    return path


def test_faults_are_known_on_other_lines(known: Path) -> None:
    moved = [replace(one, problem=replace(one.problem, line=90)) for one in FAULTS]
    assert baseline.new(known, [*moved[:4], finding("document-twice", name="x", first="b:80"), *moved[5:]]) == []


def test_what_is_not_known_is_new(known: Path, first: Path) -> None:
    assert baseline.new(known, [*FAULTS, *NEW]) == NEW
    assert baseline.new(first, [*FAULTS, *NEW]) == NEW


def test_faults_are_known_in_other_words(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for code, fault in CATALOGUE.items():
        if code != "source-warning":  # the words of which are not ours
            monkeypatch.setitem(CATALOGUE, code, replace(fault, sentence=f"So: {fault.sentence}"))  # type: ignore[arg-type]
    others = [finding(one.problem.code, **{**one.problem.values}) for one in FAULTS]
    others[3] = finding("reference-failed", name="f", detail="for another reason.")
    assert others[0].problem.message.startswith("So: ")
    assert baseline.new(known, others) == []


def test_a_baseline_of_the_first_format_is_read(first: Path) -> None:
    assert baseline.new(first, FAULTS) == []
