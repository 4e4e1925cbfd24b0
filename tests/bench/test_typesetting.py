"""What the chore that measures typesetting prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bench.typesetting import main


def test_the_time_of_a_book_is_printed_and_its_ratio_to_another_checkout(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "conf.py").write_text('project = "A"\nauthor = "B"\n', encoding="utf-8")
    (tmp_path / "index.rst").write_text("Book\n====\n\nSection\n-------\n\n.. toctree::\n\n   one\n", encoding="utf-8")
    (tmp_path / "one.rst").write_text("One\n===\n\nWords.\n", encoding="utf-8")
    here = Path(__file__).parents[2]
    assert main([str(tmp_path), "--rounds", "1", "--against", str(here)]) == 0
    one, other, ratio = capsys.readouterr().out.splitlines()
    line = rf" *\d+\.\d\d CPU s, 3 pages: {re.escape(str(here))}"
    assert re.fullmatch(line, one) and re.fullmatch(line, other)
    assert re.fullmatch(r" *\d+\.\d\d of that time", ratio)
