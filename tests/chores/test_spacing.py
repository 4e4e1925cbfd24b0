"""The spaces of a finished PDF are measured letter by letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from chores.spacing import lines, references, report
from tests.press.books import Shop
from tests.typesetting.samples import LOREM

CONF = 'project = "Tiny Book"\nauthor = "Ada"\n'
ROOT = "Book\n====\n\nSee :ref:`there` first, :ref:`there`, again.\n\n.. toctree::\n\n   one\n   two\n"
TWO = (
    f"Two\n===\n\n.. _there:\n\nThere\n-----\n\n{LOREM * 9}\n\n::\n\n   code with spaces that are as wide as letters\n"
)
ONE = "One\n===\n\nWords.\n"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shop = Shop.of(
        tmp_path_factory.mktemp("book"), {"conf.py": CONF, "index.rst": ROOT, "one.rst": ONE, "two.rst": TWO}
    )
    shop.make()
    return shop.book


def test_lines_are_found_with_their_words(path: Path) -> None:
    found = list(lines(path))
    texts = [line.text for line in found]
    assert "code with spaces that are as wide as letters" in texts
    measured = [line for line in found if line.is_text]
    assert len(measured) > 8
    assert [line.text for line in measured if not 0.12 < line.looseness < 0.6] == []
    words = " ".join(line.text for line in measured)
    assert "takes it. A service asks another for work" in words and "code" not in words


def test_the_spaces_round_a_reference_are_measured(path: Path) -> None:
    first, second = references(list(lines(path)))
    assert first.figures == second.figures == 1
    for one in (first, second):
        assert 1.0 < one.before < 5.0 and 1.0 < one.inside < 5.0 and 1.0 < one.usual < 5.0
        assert one.inside == pytest.approx(one.usual, abs=0.6)
        assert -0.6 < one.before - one.inside < 2.2  # what is left of the room for the figures stands at the left
    assert first.behind == pytest.approx(first.usual, abs=0.6) and second.behind == 0.0  # a comma is there


def test_what_is_printed(path: Path) -> None:
    said = list(report(path, most=2))
    assert said[0].endswith(" 2 references. Spaces in points: mean (least to most).")
    assert said[1].startswith("  2 with 1 figures: before ") and "; behind " in said[1]
    assert [line.partition(" of ")[0] for line in said[2::3]] == ["Loosest", "Tightest"]
    assert len(said) == 2 + 2 * 3
    loosest, tightest = (float(said[at].split()[0]) for at in (3, 6))
    assert loosest >= tightest
