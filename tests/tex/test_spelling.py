"""TeX said in the commands that every converter knows: quantities, chemistry, enclosures, words, references."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from casebound.epub.math import formulas
from casebound.tex import UnreadableFormula, plain
from casebound.tex.arrays import NOTE
from casebound.typesetting.math import BrokenFormula, formula
from casebound.typesetting.math.mathml import mathml
from tests.limits import SECONDS
from tests.typesetting.math.test_formulas import FORMULAS

SPELLINGS = r"""
\num{1.23e-4}                                1.23 \times 10^{-4}
\num{-12345.678901}                          -12\,345.678\,901
\num{1234.5678}                              1234.5678
\num{1.5 +- 0.1}                             1.5 \pm 0.1
\num{6.022(12)e23}                           6.022(12) \times 10^{23}
\num{(1.5 \pm 0.1)}                          \num{(1.5 \pm 0.1)}
\num{e5}                                     10^{5}
\num{<= 2 x 3}                               \le 2 \times 3
\num{several}                                \num{several}
\si{\kilo\gram\metre\per\square\second}      \text{kg}\,\text{m}\,\text{s}^{-2}
\unit[per-mode=symbol]{\J\per\m\per\s}       \unit[per-mode=symbol]{\J\per\m\per\s}
\si[per-mode=symbol]{\joule\per\mole\per\K}  \text{J}/(\text{mol}\,\text{K})
\si[per-mode = fraction]{\meter\per\second}  \frac{\text{m}}{\text{s}}
\si{\per\cubic\centi\metre}                  \text{cm}^{-3}
\si{\metre\tothe{4}\of{eff}}                 \text{m}_{\text{eff}}^{4}
\si{kg.m^2/s^{-1}}                           \text{kg}\,\text{m}^{2}/\text{s}^{-1}
\si{\furlong}                                \si{\furlong}
\SI{10}{\um}                                 10\,\text{µm}
\SI{90}{\degree} \SI{5}{\percent}            90\text{°} 5\,\%
\qty{3e8}{\m\per\s}                          \qty{3e8}{\m\per\s}
\qty{3e8}{\metre\per\s}                      3 \times 10^{8}\,\text{m}\,\text{s}^{-1}
\qty(\frac{a}{b})                            \qty(\frac{a}{b})
\SIrange{10}{20}{\celsius}                   10\,\text{°C}\text{ to }20\,\text{°C}
\ang{12;30;15} \ang{-1.5}                    12^{\circ}30^{\prime }15^{\prime \prime } -1.5^{\circ}
\ce{H2O}                                     {\text{H}_{2}\text{O}}
\ce{SO4^2-} \ce{SO4^{2-}}                    {\text{SO}_{4}{}^{2-}} {\text{SO}_{4}{}^{2-}}
\ce{Na+ + Cl-}                               {\text{Na}{}^{+} + \text{Cl}{}^{-}}
\ce{2H2 + O2 -> 2H2O}                        {2\,\text{H}_{2} + \text{O}_{2}\longrightarrow 2\,\text{H}_{2}\text{O}}
\ce{A ->[heat][\Delta] B v}                  {\text{A}\;\xrightarrow[\Delta ]{\text{heat}}\; \text{B}\downarrow}
\ce{^{227}_{90}Th+}                          {{}^{227}_{90}\text{Th}{}^{+}}
\ce{CuSO4 * 5H2O}                            {\text{CuSO}_{4} \cdot 5\,\text{H}_{2}\text{O}}
\ce{C6H5-CHO\bond{#}N}                       {\text{C}_{6}\text{H}_{5}\text{–}\text{CHO}\text{≡}\text{N}}
\ce{1/2O2 (g)}                               {\tfrac{1}{2}\,\text{O}_{2}\,\text{(g)}}
\ce{A <=>> B}                                \ce{A <=>> B}
\ce{A                                        \ce{A
\cancelto{0}{x}                              {\cancel{⁣x}}^{0}
\framebox[3cm][l]{a $x^2$ b}                 \boxed{\text{a }x^2\text{ b}}
\text{at \SI{5}{m} if $y$}                   \text{at }5\,\text{m}\text{ if }y
\text{price \$5}                             \text{price }\$\text{5}
\ensuremath{x}                               {x}
\text{``a'' -- na\"{\i}ve \S{}1 fa\c{c}ade}   \text{“a” – naïve §1 façade}
\textcolor[rgb]{1,0.5,0}{x} \mathcolor{red}{y}  \textcolor{#ff8000}{x} \textcolor{red}{y}
\color[HTML]{0000FF} x + \textcolor[gray]{0.2}{y}  \color{#0000ff} x + \textcolor{#333333}{y}
\substack{i<n\\j<m} + a                      {\begin{smallmatrix}i<n\\j<m\end{smallmatrix}} + a
f''(x) + x_i'^2                              f^{\prime \prime }(x) + x_i^{\prime 2}
\left< x \right>                             \left\langle  x \right\rangle
\cfrac[l]{1}{2} \smash[b]{x} \hspace*{1em}   \cfrac{1}{2} \smash{x} \hspace{1em}
x \tag*{A} \unicode{65}                      x \qquad \text{A} A
""".strip().splitlines()


@pytest.mark.parametrize("line", SPELLINGS)
def test_commands_are_said_in_others(line: str) -> None:
    source, said = re.split(r" {2,}", line, maxsplit=1)
    assert plain(source) == said


ENVIRONMENTS = r"""
\begin{array}{*{2}{c}r} 1&2&3 \end{array}
    \begin{array}{ccr} 1&2&3 \end{array}

\begin{array}[t]{@{}l@{\quad}r@{}} a&b \end{array}
    \begin{array}{lr}{columnspacing=1em} a&b \end{array}

\begin{array}{r@{}l} a&=b \end{array}
    \begin{array}{rl}{columnspacing=0em} a&=b \end{array}

\begin{array}{r@{\;=\;}l} a&b \\ c&d \end{array}
    \begin{array}{rcl}{columnspacing=0em 0em} a &\;=\;& b \\ c &\;=\;& d \end{array}

\begin{array}{p{3cm}m{1cm}w{r}{2em}} a&b&c \end{array}
    \begin{array}{llr} a&b&c \end{array}

\begin{array}{>{\displaystyle}c<{^2}|c} a&b \end{array}
    \begin{array}{cc}{columnlines=solid}{\displaystyle  a^2}&b \end{array}

\begin{array}{|c|c|} \hline a&b \\ \hline c&d \\ \hline \end{array}
    \begin{array}{cc}{columnlines=solid;rowlines=solid;frame=left:solid right:solid top:solid bottom:solid}
     a&b \\ c&d \end{array}

\begin{array}{c:c||} a&b \\ \hline\hline c&d \\[2ex] \cline{1-1} e&f \end{array}
    \begin{array}{cc}{columnlines=dashed;rowlines=double none;frame=right:double;parts=2:solid:1-1}
    a&b \\ c&d \\ e&f \end{array}

\begin{array}{cc} \begin{array}{l|l} a&b \end{array} & c \end{array}
    \begin{array}{cc} \begin{array}{ll}{columnlines=solid} a&b \end{array} & c \end{array}

\begin{rcases} x > 0 \\ y > 0 \end{rcases} \Rightarrow z
    \left.\begin{array}{ll} x > 0 \\ y > 0 \end{array}\right\} \Rightarrow z

\begin{dcases*} a & if $x$ \end{dcases*}
    \left\{\begin{array}{ll}{\displaystyle  a }&{\displaystyle \text{if }x}\end{array}\right.

\begin{alignat}{2} 10&x + &3&y \end{alignat}
    \begin{align*}{columnspacing=0em} 10&x + &3&y \end{align*}

\begin{bsmallmatrix} a&b \end{bsmallmatrix}
    \left[\begin{smallmatrix} a&b \end{smallmatrix}\right]

\begin{numcases}{f(x)=} a&b \end{numcases}
    f(x)=\left\{\begin{array}{ll} a&\text{b} \end{array}\right.

\begin{CD} A @>f>> B \\ @VVgV @| \\ C @= D \end{CD}
    \begin{array}{ccc}{columnspacing=0.3em}A&\xrightarrow{\,f\,}&B\\
    \phantom{{\scriptstyle g}}\Big↓{\scriptstyle g}&&\Big‖\\C&\xlongequal{\quad}&D\end{array}
""".strip().split("\n\n")


@pytest.mark.parametrize(("source", "said"), [pair.split("\n", 1) for pair in ENVIRONMENTS])
def test_environments_are_said_in_others(source: str, said: str) -> None:
    """What travels as a note in a table's first cell stands here in braces."""
    shown = re.sub(rf"\\text\{{{NOTE}([^{{}}]*)\}}", r"{\1}", plain(source))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", said)


UNREADABLE = r"""
\begin{array}{cQc} a & b \end{array}          an array has a column Q
\begin{array}{*{n}{c}} a \end{array}          columns are repeated n times
\begin{CD} A @>f>> B @( C \end{CD}            a diagram has an arrow @(
\begin{CD} A @>f> B \end{CD}                  a diagram's arrow @> does not end
\textcolor[rgb]{1,2,3}{x}                     the colour [rgb]{1,2,3} is not known
\sideset{_a}{^b}\sum_i                        \sideset is not known
""".strip().splitlines()


@pytest.mark.parametrize("line", UNREADABLE)
def test_what_would_be_read_as_something_else_is_not_read(line: str) -> None:
    source, why = re.split(r" {2,}", line, maxsplit=1)
    with pytest.raises(UnreadableFormula, match=re.escape(why)):
        plain(source)
    with pytest.raises(BrokenFormula, match=re.escape(why)):
        formula(source, display=True)


def _letters(text: str) -> str:
    """What a formula says, apart from what the two converters write with different characters."""
    text = unicodedata.normalize("NFKD", re.sub(r"[\s\u2061\u2062\u2009]", "", text))
    alike = str.maketrans("−∣'∶⋅⟶_ˆ\u0302ˉ", "-|′:·→―^^¯")
    return text.translate(alike).replace("\u0304", "¯").replace(" ", "")


@pytest.mark.parametrize(
    "tex", [*FORMULAS, *(pair.split("\n")[0] for pair in ENVIRONMENTS), *(line.split("  ")[0] for line in SPELLINGS)]
)
def test_the_epub_says_what_the_pages_say(tex: str) -> None:
    pages, epub = _said(lambda: mathml(tex, display=True)), _said(lambda: formulas.converted(tex, block=True))
    assert epub == pages


def _said(make: Callable[[], Any]) -> list[str] | None:
    """The letters of what a converter makes, None where it makes nothing of it."""
    try:
        made = make()
    except Exception:
        # whatever error an unknown command leads the converters to
        return None
    return sorted(_letters("".join(map(str, made.itertext()))))


def test_what_never_ends_costs_little_time() -> None:
    begin = time.process_time()
    for source in (
        r"\ce{" * 20_000,
        r"\num{" + "1 " * 20_000,
        r"\text{" + "$x" * 20_000,
        "{" * 50_000,
        r"\begin{array}{" + "@{" * 20_000,
        r"\begin{array}{c}" * 5_000,
    ):
        assert plain(source) == source.strip()
    assert plain("f" + "'" * 50_000).count("prime") == 50_000
    assert time.process_time() - begin < SECONDS
