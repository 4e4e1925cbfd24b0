"""Mutants: faults in finished outputs, each of which the proof must see; and files that are only written anew."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.proof.mutants.editing import changed
from tests.proof.mutants.orchard import Mutant, Orchard, build

_HERE = Path(__file__).parent
_MODULES = sorted(path.stem for path in _HERE.glob("on_*.py"))
MUTANTS: list[Mutant] = [
    mutant for name in _MODULES for mutant in importlib.import_module(f"tests.proof.mutants.{name}").MUTANTS
]
UNSEEN = {line for line in (_HERE / "unseen.txt").read_text(encoding="utf-8").splitlines() if line[:1] != "#"}


def _cases() -> Iterator[Any]:
    for mutant in MUTANTS:
        name = f"{mutant.kind}: {mutant.name}"
        unseen = [pytest.mark.xfail(strict=True, reason="the proof does not see it yet")] if name in UNSEEN else []
        yield pytest.param(mutant, id=name, marks=unseen)


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return build(tmp_path_factory.mktemp("orchard"))


@pytest.mark.parametrize("mutant", list(_cases()))
def test_a_mutant_is_seen(orchard: Orchard, tmp_path: Path, mutant: Mutant) -> None:
    outputs = orchard.copy(tmp_path)
    mutant.seed(outputs)
    assert not orchard.proven(outputs).ok


def test_what_is_not_seen_is_a_mutant() -> None:
    assert {f"{mutant.kind}: {mutant.name}" for mutant in MUTANTS} >= UNSEEN


def test_the_outputs_have_no_fault(orchard: Orchard, tmp_path: Path) -> None:
    assert orchard.proven(orchard.copy(tmp_path)).problems == ()


def test_a_file_that_is_only_written_anew_is_as_good(orchard: Orchard, tmp_path: Path) -> None:
    outputs = orchard.copy(tmp_path)
    for path in (outputs.pdf, *outputs.handouts):
        with changed(path):
            pass
    assert orchard.proven(outputs).problems == ()
