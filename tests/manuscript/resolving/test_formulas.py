"""Formulas of a tree: the numbers of equations, and macros."""

from __future__ import annotations

from docutils import nodes

from casebound.manuscript.structure.spoken import spoken
from tests.manuscript.conftest import Read
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import page
from tests.manuscript.trees import links, tree


def test_a_formula_names_equations_by_their_numbers(book: Read) -> None:
    first = r"""
.. math:: e
   :label: euler

.. math::
   :nowrap:
   :label: rows

   \begin{align} a \label{one} \\ b \tag{*} \label{star} \end{align}

:math:`\eqref{rows}` :math:`\ref{rows}` :math:`\eqref{one}` :math:`\eqref{star}` :math:`\eqref{nowhere}`
:math:`\ref{equation:a:euler}`
"""
    second = "\n:math:`\\eqref{euler}` :math:`a \\overset{\\eqref{euler}}{=} b` :math:`\\eqref{one}`\n"
    manuscript = book({"index.rst": page("Book", "", "a", "b"), "a.rst": page("A", first), "b.rst": page("B", second)})
    rows = "a:equation-rows"
    expected = [("(2)", rows), ("2", rows), ("(2)", rows), ("(*)", rows), ("1", "a:equation-euler")]
    assert links(tree(manuscript, "a")) == expected
    assert links(tree(manuscript, "b")) == [("(1)", "a:equation-euler")]
    formulas = [node.astext() for node in tree(manuscript, "b").findall(nodes.math)]
    assert formulas == [r"a \overset{\text{(1)}}{=} b", r"\eqref{one}"]
    assert breaches(manuscript) == []


def test_formulas_are_read_with_the_macros_of_the_project(book: Read) -> None:
    conf = r"""
mathjax3_config = {"tex": {"macros": {"R": r"\mathbb{R}", "half": r"\frac12", "ip": [r"\langle #1, #2\rangle", 2],
                                      "vb": [r"\vec#1", 1], "opt": ["#1-#2", 2, "x"], "loop": r"\loop x", "bad": None}}}
latex_elements = {"preamble": r"\DeclareMathOperator*{\argmax}{arg\,max} \newcommand{\E}[1]{\mathbb{E}[#1] \R}"}
"""
    text = r":math:`\ip{a}{\R^n} e^\half \vb x \argmax_y \E{z}`, :math:`\opt{b} \opt[c]{d}`, :math:`\Rho + \bad`"
    manuscript = book({"index.rst": page("Book", text)}, conf)
    assert [node.astext() for node in tree(manuscript).findall(nodes.math)] == [
        r"\langle a, \mathbb{R}^n\rangle e^{\frac12} \vec x \operatorname*{arg\,max}_y \mathbb{E}[z] \mathbb{R}",
        "x-b c-d",
        r"\Rho + \bad",
    ]


def test_a_formula_makes_macros_for_those_that_follow(book: Read) -> None:
    text = r"""
:math:`\R`

.. math:: \newcommand{\R}{\mathbb{R}} \def\p#1#2{(#1 \mid #2)} \newcommand{\o}{\newcommand{\i}{x}}

:math:`\DeclareMathOperator{\sgn}{sgn}`

:math:`\R^{\R}` and :math:`\renewcommand{\R}{\mathbf{R}} \R` and :math:`\R \p{a}{b} \sgn x`
"""
    (top,) = tree(book({"index.rst": page("Book", text)})).children
    assert [node.astext().strip() for node in top.findall(nodes.math)] == [
        r"\R",
        r"\mathbb{R}^{\mathbb{R}}",
        r"\mathbf{R}",
        r"\mathbf{R} (a \mid b) \operatorname{sgn} x",
    ]
    assert list(top.findall(nodes.math_block)) == []
    assert len(list(top.findall(nodes.paragraph))) == 2


def test_a_sum_is_read_apart_from_its_terms() -> None:
    assert spoken(r"\sum_{i=0}^n x_i") == "∑ᵢ₌₀ⁿ xᵢ"
    assert spoken(r"\int_0^\infty f(x)\,dx") == "∫₀^∞ f(x) dx"
    assert spoken(r"\left(\bigcup_i\right) A_i") == "(⋃ᵢ)Aᵢ"
