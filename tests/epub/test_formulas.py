"""Formulas on small screens: broken where TeX would break them, set smaller, shown as pictures without MathML."""

from __future__ import annotations

import re

import pytest
from lxml import etree

from casebound.typesetting import formula_drawing
from chores.formulas.structure import structure
from tests.epub.readers import Epub, H
from tests.epub.samples import css, shelf

MATHML = "{http://www.w3.org/1998/Math/MathML}"
POLYNOMIAL = " + ".join(f"a_{n} x^{n}" for n in range(9))
MATRIX = r"\begin{pmatrix} " + " & ".join(map(str, range(1, 15))) + r" \end{pmatrix}"


def formulas(rest: str) -> list[etree._Element]:
    return list(Epub(shelf(f"A\n=\n\n{rest}\n").pack().data).page().iter(f"{MATHML}math"))


def said(formula: etree._Element) -> str:
    return "".join(map(str, formula.itertext()))


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        (r"f(x) = x + 1", ["f(x)=x+1"]),
        (r"\text{what goes in at once} = \text{what comes out} \le \text{what was there}",
         ["what goes in at once", "=what comes out", "≤what was there"]),
        (POLYNOMIAL, ["a0x0", *(f"+a{n}x{n}" for n in range(1, 9))]),
        (r"-\text{what was lost} + \text{all that was won} = -1", ["−what was lost", "+all that was won", "=−1"]),
        (r"f(\text{one word}, \text{another}) = \text{what is given}", ["f(one word,another)", "=what is given"]),
        (rf"({POLYNOMIAL})", ["(a0x0", *(f"+a{n}x{n}" for n in range(1, 8)), "+a8x8)"]),
        (MATRIX, ["(1234567891011121314)"]),
    ],
)  # fmt: skip
def test_a_displayed_formula_is_broken_where_a_line_may_end(tex: str, parts: list[str]) -> None:
    made = formulas(f".. math:: {tex}")
    assert [said(one).replace("\u2061", "").replace("-", "−") for one in made] == parts
    assert all(one.get("alttext") for one in made)
    large = [one for one in made if one.get("display") == "block" or one.get("displaystyle") == "true"]
    assert large == made


def test_a_sign_at_the_beginning_of_a_line_has_its_room_at_both_sides() -> None:
    signs = [one.find(f"{MATHML}mo") for one in formulas(f".. math:: {POLYNOMIAL}")[1:]]
    assert {(one.text, one.get("form")) for one in signs} == {("+", "infix")}


def sizes(rest: str) -> list[float]:
    """The widths, in em, of what is set smaller where the room is narrower than that."""
    styles = [str(one.get("style", "")) for one in formulas(rest)]
    found = [re.fullmatch(r"font-size: min\(1em, calc\(100cqi / ([\d.]+)\)\)", style) for style in styles if style]
    return [float(one[1]) for one in found if one is not None]


def test_what_cannot_be_broken_is_as_wide_as_its_room_at_most() -> None:
    (wide,) = sizes(f".. math:: {MATRIX}")
    assert 20 < wide < 40
    (inline,) = sizes(rf"A line with :math:`\sqrt{{{POLYNOMIAL}}}` in it.")
    assert 20 < inline < 60
    assert sizes(f".. math:: {POLYNOMIAL}") == sizes(".. math:: x = 1") == []


def test_a_part_in_a_line_that_is_too_wide_has_a_room_of_its_own() -> None:
    made = formulas(rf"A line with :math:`y = \sqrt{{{POLYNOMIAL}}}` in it.")
    assert [one.getparent().get("class") for one in made] == ["math", "wide-math"]


def test_the_lines_of_a_displayed_formula_stand_together_and_take_no_focus() -> None:
    page = Epub(shelf(f"A\n=\n\n.. math:: {POLYNOMIAL}\n\n.. math:: x\n").pack().data).page()
    first, second = (one for one in page.iter(f"{H}div") if one.get("class") == "formula")
    assert [child.get("class") for child in first] == ["broken"]
    assert [child.tag for child in second] == [f"{MATHML}math"]
    assert [one for one in page.iter() if one.get("tabindex")] == []


def drawn(rest: str) -> Epub:
    return Epub(shelf(f"A\n=\n\n{rest}\n").pack(drawn=formula_drawing).data)


def test_a_reader_without_mathml_shows_a_picture_of_the_formula() -> None:
    epub = drawn("Half is :math:`\\frac{1}{2}` of it.\n\n.. math:: \\frac{1}{2}\n\n.. math:: \\frac{1}{2}")
    pictures = list(epub.page().iter(f"{H}img"))
    assert {(one.get("class"), one.get("alt")) for one in pictures} == {("formula-picture", r"\frac{1}{2}")}
    assert [one.get("class") for one in epub.page().iter(f"{MATHML}math")] == ["drawn"] * 3
    files = [name for name in epub.members if "formula" in name]
    assert len(files) == 2 and len({one.get("src") for one in pictures}) == 2
    heights = []
    for one in pictures:
        svg = etree.fromstring(epub.members[f"EPUB/{one.get('src')}"])
        _, _, wide, high = map(float, str(svg.get("viewBox")).split())
        width = float(re.search(r"width: ([\d.]+)em", one.get("style"))[1])
        assert wide / 1000 == pytest.approx(width, abs=0.01)
        assert len(list(svg.iter("{http://www.w3.org/2000/svg}path"))) == 3  # two figures and a bar
        heights.append(high / 1000)
    assert heights[0] < heights[1] == heights[2] < 2.5
    assert "vertical-align: -0." in pictures[0].get("style")


def test_a_formula_that_reads_right_as_text_has_no_picture_nor_has_one_in_a_heading() -> None:
    assert [name for name in drawn(":math:`x + 1 = y`").members if "formula" in name] == []
    epub = drawn(":math:`x_1`\n\nOf :math:`x_2`\n-------------\n\nText.")
    assert [one.get("alt") for one in epub.page().iter(f"{H}img")] == ["x_1"]


def test_pictures_of_formulas_are_shown_where_mathml_is_not_alone() -> None:
    rules = re.sub(r"/\*.*?\*/", "", css(), flags=re.DOTALL)
    known = re.search(r"@supports \(math-style: normal\) \{(.*?\})\s*\}", rules, flags=re.DOTALL)
    assert known is not None
    assert [" ".join(rule.split()) for rule in re.findall(r"[^{}]+\{[^{}]*\}", known[1])] == [
        ".drawn { display: revert; }",
        ".formula-picture, .formula > .formula-picture { display: none; }",
    ]
    assert ".drawn { display: none; }" in rules[: known.start()]


@pytest.mark.parametrize(
    ("tex", "reads"),
    [
        (r"\left( \frac12 \right)", "( frac(1, 2) )"),
        (r"\left( \binom nk \right)", "( ( atop(n, k) ) )"),
        (r"x_12 + x^12", "x _(1) 2 + x ^(1) 2"),
        (r"\Gamma_1 + \gamma", "Γ:upright _(1) + γ"),
        (r"\upalpha + \Upgamma + \omicron", "α:upright + Γ:upright + ο"),
        (r"\boldsymbol{x\alpha1}_1 + \bm\Sigma", "x:bold α:bold 1:bold _(1) + Σ:bold+upright"),
        (r"\mathbfcal{Ab} + \mathup{d} + \mathnormal{d}", "A:bold+script b:bold+script + d:upright + d"),
        (r"{\scr AB} c", "A:script B:script c"),
        (r"a \mathbin{b} c", "a b c"),
        (r"\det_A x", "{d:upright e:upright t:upright}v(A) x"),
        (r"\limsup_x y", "{l:upright i:upright m:upright s:upright u:upright p:upright}v(x) y"),
        (r"\operatorname*{am}_x y", "{a:upright m:upright}v(x) y"),
        (r"\mathop{\rm am}_x y", "{a:upright m:upright}v(x) y"),
        (r"\textstyle \det_A x", "d:upright e:upright t:upright _(A) x"),
        (r"\overbrace{ab}_1 + \underbrace{ab}^2", "{a b}n(⏞)v(1) + {a b}v(⏟)n(2)"),
        (r"\dddot{x}_1^2", "xn(˙ ˙ ˙) _(1) ^(2)"),
        (r"\begin{bmatrix*}[r] a & b \end{bmatrix*}", "[ [a<r | b<r] ]"),
        (r"\begin{numcases}{f} a & if $x$ \end{numcases}", "f { [a<l | i:upright f:upright x<l]"),
        (r"\sum_{\begin{subarray}{l} a \\ bc \end{subarray}} x", "∑v([a<l; b c<l]) x"),
        (r"\Big< x \Big\lbrace y", "〈 x { y"),
    ],
)
def test_formulas_are_read_as_mathjax_reads_them(tex: str, reads: str) -> None:
    (made,) = formulas(f".. math:: {tex}")
    assert structure(made) == reads
