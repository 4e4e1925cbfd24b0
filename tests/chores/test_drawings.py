"""Drawings are held against a browser, and what differs without a word is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from chores.drawings import Result, compare, constructs, table
from chores.pictures import BROWSERS

NO_BROWSER = not any(map(shutil.which, BROWSERS))


@pytest.mark.skipif(NO_BROWSER, reason="no browser is installed (package chromium)")
def test_a_difference_is_found(tmp_path: Path) -> None:
    (same, *_) = constructs("structure: use")
    sheet = "<style>rect{fill:red}@media print{rect{fill:blue}}</style>"
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80">'
    differs = f'{head}{sheet}<rect width="99" height="80"/></svg>'
    results = compare([same, ("made", "paper is another medium", differs.encode())], tmp_path / "drawings")
    assert [result.verdict for result in results] == ["same", "SILENT"]
    assert [path.name for path in (tmp_path / "drawings").glob("*.png")] == ["001.png"]


def test_the_table_of_the_repository_has_every_construct_and_nothing_is_silent() -> None:
    written = (Path(__file__).parents[2] / "chores" / "drawings.md").read_text("utf-8")
    rows = [line.split(" | ")[0].removeprefix("| ") for line in written.splitlines() if line.startswith("| ")]
    assert [row for row in rows if row != "construct"] == [name for _, name, _ in constructs()]
    assert "SILENT |" not in written
    assert len(rows) > 200


def test_a_table() -> None:
    results = [
        Result("shapes", "rect", 0.0, ""),
        Result("shapes", "blur", 0.5, "filters | are left out"),
        Result("text", "odd", 0.5, ""),
    ]
    assert table(results).splitlines()[7:] == [
        "3 constructs: 1 same, 1 reported, 1 silent.",
        "",
        "## Shapes",
        "",
        "| construct | verdict | what a build says |",
        "|---|---|---|",
        "| rect | same |  |",
        "| blur | reported | filters \\| are left out |",
        "",
        "## Text",
        "",
        "| construct | verdict | what a build says |",
        "|---|---|---|",
        "| odd | SILENT |  |",
    ]
