"""Formulas are held against MathJax, and what differs without a word is found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from chores.formulas import Result, compare, constructs, install, table
from chores.formulas.structure import structure
from chores.readers import program

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_a_difference_is_found() -> None:
    for name in ("node", "npm"):
        try:
            program(name)
        except LookupError as error:
            pytest.skip(str(error))
    try:
        modules = install(ROOT / "build" / "mathjax")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"npm cannot bring MathJax: {error.stderr}")
    found = [
        r"\left( \frac12 \right)",
        r"a \sideset{_a^b}{_c^d}\sum",
        r"\qty{5}{\metre}",
        r"a \coloneqq b",
        r"a {\tiny b}",
    ]
    results = compare([("made", tex) for tex in found], modules)
    assert [result.verdict for result in results] == ["same", "reported", "alone", "judged", "same"]
    assert results[3].judged == "the sign is another, and means the same"
    assert Result("made", "x", "x", "y").verdict == "SILENT"


def test_the_table_of_the_repository_has_every_construct_and_nothing_is_silent() -> None:
    written = (ROOT / "chores" / "formulas.md").read_text("utf-8")
    (total,) = (line for line in written.splitlines() if line.startswith("| *all* |"))
    counts = [int(cell) for cell in total.split("|")[2:-1]]
    assert counts[0] == len(list(constructs())) == sum(counts[1:]) > 1500
    assert counts[-1] == 0


@pytest.mark.parametrize(
    ("mathml", "said"),
    [
        ("<mi>x</mi><mi mathvariant='normal'>x</mi><mi>sin</mi>", "x x:upright s:upright i:upright n:upright"),
        ("<mi>𝐱</mi><mi mathvariant='bold'>x</mi><mi>ℝ</mi>", "x:bold+upright x:bold+upright R:double-struck"),
        ("<msubsup><mi>x</mi><mn>1</mn><mn>2</mn></msubsup>", "x _(1) ^(2)"),
        ("<msup><msub><mi>x</mi><mn>1</mn></msub><mn>2</mn></msup>", "x _(1) ^(2)"),
        ("<munder><mo>∑</mo><mi>i</mi></munder>", "∑v(i)"),
        ("<mstyle displaystyle='false'><munder><mo>∑</mo><mi>i</mi></munder></mstyle>", "∑ _(i)"),
        ("<mfrac><mn>1</mn><mn>2</mn></mfrac>", "frac(1, 2)"),
        ("<mtable><mtr><mtd><mi>a</mi></mtd><mtd columnalign='left'><mi>b</mi></mtd></mtr></mtable>", "[a<c | b<l]"),
        ("<mtext>a b</mtext><mo>−</mo><mspace width='1em'/>", "a:upright b:upright −"),
    ],
)
def test_structure(mathml: str, said: str) -> None:
    assert structure(f'<math display="block">{mathml}</math>') == said


def test_a_table() -> None:
    results = [
        Result("words", "x", "x", "x"),
        Result("words", "|a|", said="not | known"),
        Result("scripts", "x_1", "x", "x _(1)"),
    ]
    assert table(results).splitlines()[7:] == [
        "| group | tried | same | reported | alone | judged | silent |",
        "|---|---|---|---|---|---|---|",
        "| words | 2 | 1 | 1 | 0 | 0 | 0 |",
        "| scripts | 1 | 0 | 0 | 0 | 0 | 1 |",
        "| *all* | 3 | 1 | 1 | 0 | 0 | 1 |",
        "",
        "## What is not the same",
        "",
        "| formula | verdict | ours, or why not | MathJax's |",
        "|---|---|---|---|",
        "| `\\|a\\|` | reported | not \\| known |  |",
        "| `x_1` | SILENT | `x` | `x _(1)` |",
    ]
