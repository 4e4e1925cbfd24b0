"""Named destinations of whole books: the words that stand where each leads are read there, however they are set."""

from __future__ import annotations

from pathlib import Path

from casebound.press import press
from tests.press.books import Shop, Told


def test_the_caption_of_a_table_on_its_side_is_read_where_its_name_leads(tmp_path: Path) -> None:
    rows = "\n".join("   " + ", ".join(f"cell{row}-{column} word" for column in range(14)) for row in range(60))
    table = f".. _wide:\n\n.. csv-table:: The wide one\n\n{rows}\n\nSee :ref:`wide`.\n"
    conf = 'project = "Tiny Book"\nnumfig = True\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": f"Tiny Book\n=========\n\n{table}"})
    assert [str(problem) for problem in shop.make().problems] == []
    verdict = press.prove(shop.places, report=Told(), closely=True)
    assert [str(problem) for problem in verdict.problems] == []
