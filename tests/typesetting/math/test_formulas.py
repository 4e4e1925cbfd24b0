"""Formulas: set as outlines at the baseline, numbered, within the measure, shown by their source where TeX fails."""

from __future__ import annotations

import re
import time

import pytest
from docutils import nodes
from reportlab.lib.colors import black

from casebound.tex import broken_display, display_parts, steps
from casebound.typesetting import Typesetter
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.math import BrokenFormula, formula
from tests.limits import SECONDS
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, of_nodes, printed, words

FORMULAS = r"""
a^2 + b^2 = c^2
\frac{1}{1+\frac{x}{y}} \tfrac12 \dfrac12
\sum_{i=0}^{n} i^2 = \frac{(n^2+n)(2n+1)}{6}
\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}
\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{Bmatrix} 1 & 2 \end{Bmatrix}
\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}
\begin{bmatrix} 1 & \cdots & 0 \\ \vdots & \ddots & \vdots \\ 0 & \cdots & 1 \end{bmatrix}
\begin{aligned} f(x) &= x^2 + 1 \\ &= (x+i)(x-i) \end{aligned}
\begin{split}(a + b)^2  &=  (a + b)(a + b) \\ &=  a^2 + 2ab + b^2\end{split}
\begin{align}x &= 1\\ y &= 2 \nonumber\end{align}
\begin{eqnarray} y & = & ax^2 + bx + c \\ f(x) & = & x^2 + 2xy + y^2 \end{eqnarray}
\begin{gather} a=b \\ c+d=e \end{gather}
\begin{alignat}{2} x &= 1 & y &= 2 \end{alignat}
\begin{multline*} a+b \\ c+d \end{multline*}
\begin{equation}\label{eq:e} E = mc^2 \end{equation}
f(x) = \begin{cases} x & \text{if } x > 0 \\[2pt] -x & \text{otherwise} \end{cases}
\begin{array}{c|cc} a & b & c \\ \hline d & e & f \end{array}
\sqrt{x} + \sqrt[3]{x+y}
\hat{x} \bar{x} \vec{x} \tilde{x} \dot{x} \ddot{x} \widehat{abc} \overrightarrow{AB}
\mathbb{R} \mathcal{L} \mathfrak{g} \mathbf{x} \mathrm{d} \mathsf{A} \mathtt{code} \mathit{it} \boldsymbol{\mu} \bm{x}
\left( \frac{a}{b} \right) \left[ x \right] \left\{ x \right\} \left. \frac ab \right|_{x=0} \Biggl\{ x \Biggr\}
\Bigl\langle x \Big\vert y \Bigr\rangle \bigl\lVert z \bigr\rVert
\Big\{ x \Big\} \biggl\lfloor \frac ab \biggr\rfloor \big\lvert w \big\rvert
M &= \begin{bmatrix} a \\ b \end{bmatrix} \\ \det M &= \begin{vmatrix} c & d \end{vmatrix} \\
x &= y
\mathtt{two words} \mathtt{two\ words}
\operatorname{argmax}_x f(x) + \operatorname*{lim\,sup}_{n\to\infty} a_n \mathop{\mathrm{arg\,min}}_y
\binom{n}{k} = \frac{n!}{k!(n-k)!} \binom nk
\overline{AB} \underline{AB} \overbrace{a+b}^{n} \underbrace{c+d}_{m}
\forall x \in \mathbb{R}, \exists y : x \leq y \Rightarrow y \geq x
A \subset B \subseteq C \cup D \cap E \setminus F, x \not\in A, x \not= y
a \equiv b \pmod{n} \quad a \bmod b
\xrightarrow{f} \xleftarrow[g]{f} \stackrel{def}{=} \overset{a}{b} \underset{a}{b}
\sum_{\substack{0<i<m\\0<j<n}} P(i,j)
\color{red}{x} \textcolor{blue}{y} \boxed{E = mc^2} \cancel{x}
x' + x'' + f'(x) \ldots \cdots \hbar \ell \aleph \partial \infty
\left\lVert x \right\rVert_2 \lfloor x \rfloor \langle x, y \rangle
10\,\mathrm{km}/\mathrm{h} % a comment
a \tag{5}
\begin{pmatrix} a & b \\ c & d \end{pmatrix}^T \begin{bmatrix} x \\ y \end{bmatrix}_{1}
\begin{bmatrix*}[r] -1 & 2 \end{bmatrix*} \begin{dcases} a & b \\ c & d \end{dcases}
\bcancel{x+1} \xcancel{x} \cancelto{0}{x^2+1} \fbox{words} \framebox[3cm]{words and $x^2$}
\SI{1.5e3}{\kilo\gram\metre\per\second} \num{12345.678 \pm 0.5} \si{m/s^2} \ang{12;30} \qty{5}{\percent}
\ce{2H2 + O2 -> 2H2O} \ce{SO4^2-} \ce{^{227}_{90}Th+} \ce{A <=>[\Delta][$T>100$] B v}
{}^{14}_{6}\mathrm{C} \text{5\% of \$3 if $x_1 > 0$}
\genfrac{(}{)}{0pt}{}{n}{k} \genfrac{}{}{}{0}{a}{b} \unicode{x2210}
""".strip().splitlines()


@pytest.mark.parametrize("tex", FORMULAS)
def test_what_authors_write_is_set(tex: str) -> None:
    for display in (True, False):
        made = formula(tex, display)
        assert made.width > 0
        assert made.ascent > 0
        assert made.marks


@pytest.mark.parametrize(
    "tex",
    [
        "",
        r"\unknowncommand{x}",
        "x^",
        r"\begin{pmatrix} a",
        r"\ce{A",
        r"\SI{5}{\furlong}",
        "{" * 80 + "x" + "}" * 80,
        "x+" * 4000,
    ],
)
def test_what_cannot_be_set_says_so(tex: str) -> None:
    with pytest.raises(BrokenFormula):
        formula(tex)


def test_no_letter_is_left_out_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    from casebound.typesetting.math import mathml

    monkeypatch.setattr(mathml, "tex2mml", lambda tex, inline: "<math><mi>a</mi></math>")
    with pytest.raises(BrokenFormula, match="b would be lost"):
        formula("a b")


def test_sizes_are_those_of_tex() -> None:
    one, quad = formula("ab").width, formula(r"a\quad b").width
    assert quad - one == pytest.approx(1000, abs=5)
    assert formula("x").descent < 30
    assert formula(r"\frac{a}{b}").descent > 200
    assert formula(r"\sum_i x", True).ascent + formula(r"\sum_i x", True).descent > 1.3 * formula(r"\sum_i x").ascent
    assert formula(r"-x").width < formula("y-x").width - 400


def test_an_arrow_strikes_out_and_one_is_as_long_as_its_words() -> None:
    struck = formula(r"\cancelto{0}{xyz}")
    assert len(struck.marks) == 6  # three letters, the shaft, the head, the value
    assert struck.ascent > formula("xyz").ascent + 400
    assert formula(r"\xrightarrow{abcdefgh}").width > formula("abcdefgh").width * 0.7 + 500
    framed = formula(r"\boxed{x}")
    assert (framed.width, framed.ascent) == (
        pytest.approx(formula("x").width + 440, abs=60),
        pytest.approx(formula("x").ascent + 200, abs=60),
    )


def test_a_row_in_a_row_costs_no_more_time() -> None:
    tex = "x"
    for _ in range(18):
        tex = rf"\frac{{1}}{{1+{tex}}}"
    begin = time.process_time()
    formula(tex)
    assert time.process_time() - begin < SECONDS  # 2 to the power of 18 without our patch


READINGS = r"""
x = \frac{-b \pm \sqrt{b^2 - 4ac}}{2a}     x = (−b ± √(b² − 4ac))/(2a)
\sum_{i=0}^{n} i^2 + \sqrt[3]{x+y}          ∑ᵢ₌₀ⁿ i² + ∛(x + y)
\int_{-\infty}^\infty e^{-x^2}\,dx          ∫_(−∞)^∞ e^(−x²) dx
a^{n-1} x_{max} 2^{2^n} \sin x              aⁿ⁻¹xₘₐₓ2^(2ⁿ) sin x
\begin{pmatrix} a & b \\ c & d \end{pmatrix}^T   (a, b; c, d)^T
\begin{align} x &= 1 \\ y &= 2 \end{align}  x = 1; y = 2
f(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{else} \end{cases}   f(x) = {1, if x > 0; 0, else
\hat{x} \vec{AB} f'(x) \binom{n}{k}          x̂(AB)⃗f′(x)(n ¦ k)
\ce{SO4^2- + Ba^2+ -> BaSO4 v}              SO₄²⁻ + Ba²⁺ ⟶ BaSO₄↓
\prescript{14}{6}{C} + \mathchoice{a}{b}{c}{d} \require{AMScd}    ₆¹⁴C + b
\SI{1.5e3}{\kilo\gram\per\second} \mathcal{A}   1.5 × 10³ kg s⁻¹A
""".strip().splitlines()


@pytest.mark.parametrize("line", READINGS)
def test_a_formula_reads_as_a_line_of_plain_text(line: str) -> None:
    tex, read = re.split(r" {2,}", line, maxsplit=1)
    assert formula(tex, display=True).reading == read


def test_a_formula_is_found_and_copied_where_it_stands(typeset: Set) -> None:
    made = typeset("Title\n=====\n\nSo :math:`a^2 + b^2 = c^2` holds.\n\n.. math:: E = \\text{שלום} + \\frac{m}{c}\n")
    assert made.losses == []
    assert "So a² + b² = c² holds." in made.text
    assert "E = שלום + m/c" in made.text
    assert made.off_page() == []


def test_a_formula_is_drawn_the_same_each_time() -> None:
    def code() -> list[str]:
        formula.cache_clear()
        canvas = RecordingCanvas("unused.pdf", initialFontName="Helvetica")
        formula(r"\sqrt{\frac{a}{b}}").draw(canvas, 10, 20, 10, black)
        return list(canvas._code)

    assert code() == code()


def test_blocks_and_breaks() -> None:
    assert display_parts("a\n\nb\n  \nc\\\\\nd") == ["a", "b", "c\\\\\nd"]
    assert steps("f(x, y) = a, b") == ["f(x, y) =", "a,", "b"]
    assert steps(r"\left( a = b \right)") == [r"\left( a = b \right)"]
    assert steps("1,000 < x_{i=1}") == ["1,000 <", "x_{i=1}"]
    assert broken_display("a = b = c") == r"\begin{align*}a &= b\\&= c\end{align*}"
    assert broken_display("a = b") is None
    assert broken_display("a &= b = c") is None


def test_a_formula_in_a_line_stands_at_its_baseline(typeset: Set) -> None:
    made = typeset(f"Title\n=====\n\n{LOREM} Here :math:`a^2` stands and :math:`\\frac{{a}}{{b}}`. {LOREM}\n")
    assert made.losses == []
    assert "Here" in made.text
    assert made.off_page() == []


def test_a_broken_formula_is_shown_by_its_source(typeset: Set) -> None:
    more = "{\\color{red} x} + \\colorbox{yellow}{$red$}", "\\begin{tikzcd} A \\arrow[r] & B \\end{tikzcd}"
    blocks = "\n".join(f".. math:: {tex}\n" for tex in ("\\bar{y} + \\foo{z}", *more))
    made = typeset(f"Title\n=====\n\nSee :math:`\\foo{{x}}` and\n\n{blocks}")
    assert r"\foo{x}" in made.text
    assert r"\bar{y} + \foo{z}" in made.text
    assert [(loss.values["name"], loss.values["reason"]) for loss in made.fragment.losses] == [
        (r"\foo{x}", r"\foo is not known"),
        (r"\bar{y} + \foo{z}", r"\foo is not known"),
        (r"{\color{red} x} + \colorbox{yellow}{$red$}", r"\colorbox is not known"),
        (r"\begin{tikzcd} A \arrow[r] & B \end{tikzcd}", "the environment tikzcd is not known"),
    ]


def _block(tex: str, **attributes: object) -> nodes.math_block:
    return nodes.math_block(tex, tex, nowrap=False, **attributes)


def test_a_number_stands_at_the_right_edge_and_can_be_linked(typesetter: Typesetter) -> None:
    block = _block("a = b", number=12, ids=["chapter:equation-a"])
    link = nodes.paragraph("", "See ", nodes.reference("", "(12)", refid="chapter:equation-a", internal=True))
    made = printed(typesetter, of_nodes(words(LOREM), block, link))
    assert "chapter:equation-a" in made.fragment.destinations
    assert [link.target for link in made.fragment.links] == ["chapter:equation-a"]
    paper = made.style.paper
    right = paper.origin(True)[0] + paper.block[0]
    ends = [edge for _, letter, _, _, edge, _ in made.boxes() if letter == ")"]
    assert any(abs(edge - right) < 3 for edge in ends)


def test_a_wide_formula_becomes_smaller_then_breaks_then_is_shown_by_its_source(typesetter: Typesetter) -> None:
    terms = " + ".join(f"a_{{{number}}}" for number in range(12))
    broken = printed(typesetter, of_nodes(_block(f"s = {terms} = {terms} = {terms}")))
    assert broken.losses == []
    plain = printed(typesetter, of_nodes(_block(" + ".join([terms] * 4))))
    assert [loss.code for loss in plain.fragment.losses] == ["math-plain"]
    assert "a_{11}" in plain.text
    assert plain.off_page() == []


def test_a_formula_in_a_heading_and_in_a_link_takes_their_look(typesetter: Typesetter) -> None:
    paragraph = nodes.paragraph("", "", nodes.reference("", "", nodes.math("", "x^2"), refuri="https://example.org"))
    section = nodes.section("", nodes.title("", "On ", nodes.math("", "x^2")), paragraph, ids=["chapter:a"])
    made = printed(typesetter, of_nodes(section))
    assert made.losses == []
    assert [link.url for link in made.fragment.links] == ["https://example.org"]
