"""Faults in the structure of a PDF: each is seeded into a finished file, and the proof must find it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from casebound.proof import Verdict, prove
from tests.proof.structure import marking, misuses
from tests.proof.structure.book import SmallBook, build
from tests.proof.structure.faults import FAULTS, SeededFault

assert marking.__doc__
assert misuses.__doc__  # their faults are in the table


@pytest.fixture(scope="module")
def small_book(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    return build(tmp_path_factory.mktemp("small"))


def proven(book: SmallBook, path: Path) -> Verdict:
    return prove(replace(book.claim, pdf=path))


def test_the_book_has_no_fault(small_book: SmallBook) -> None:
    verdict = small_book.proven()
    assert verdict.problems == (), verdict.summary()


def test_nothing_is_found_in_a_file_that_is_only_written_anew(small_book: SmallBook, tmp_path: Path) -> None:
    path = tmp_path / small_book.pdf.name
    with pikepdf.open(small_book.pdf) as pdf:
        pdf.save(path)
    assert proven(small_book, path).problems == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_seeded_fault_is_found(small_book: SmallBook, tmp_path: Path, fault: SeededFault) -> None:
    path = tmp_path / small_book.pdf.name
    with pikepdf.open(small_book.pdf) as pdf:
        fault.seed(pdf)
        pdf.save(path)
    found = {problem.code: problem.message for problem in proven(small_book, path).problems}
    assert fault.says in found.get(fault.code, ""), found
