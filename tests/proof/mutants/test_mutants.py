"""Mutants: faults in finished outputs, each of which the proof must see; and files that are only written anew."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from tests.proof.mutants.editing import changed
from tests.proof.mutants.orchard import Mutant, Orchard, build

FILES = sorted(path.stem for path in Path(__file__).parent.glob("on_*.py"))
MUTANTS: list[Mutant] = [
    each for name in FILES for each in importlib.import_module(f"tests.proof.mutants.{name}").MUTANTS
]


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Orchard:
    return build(tmp_path_factory.mktemp("orchard"))


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: f"{mutant.kind}: {mutant.name}")
def test_a_mutant_is_seen(orchard: Orchard, tmp_path: Path, mutant: Mutant) -> None:
    outputs = orchard.copy(tmp_path)
    mutant.seed(outputs)
    assert not orchard.proven(outputs).ok


def test_the_outputs_have_no_fault(orchard: Orchard, tmp_path: Path) -> None:
    assert orchard.proven(orchard.copy(tmp_path)).problems == ()


def test_a_file_that_is_only_written_anew_is_as_good(orchard: Orchard, tmp_path: Path) -> None:
    outputs = orchard.copy(tmp_path)
    for path in (outputs.pdf, *outputs.handouts):
        with changed(path):
            pass
    assert orchard.proven(outputs).problems == ()
