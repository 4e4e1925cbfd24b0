"""A formula in the commands that converters know: what they misread is said in others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from casebound.tex.arrays import NOTE
from casebound.tex.chemistry import CHEMISTRY
from casebound.tex.colours import COLOURS
from casebound.tex.enclosures import ENCLOSURES
from casebound.tex.environments import with_environments
from casebound.tex.faces import FACES
from casebound.tex.groups import Command, respelt
from casebound.tex.si.quantities import QUANTITIES
from casebound.tex.texts import with_texts
from casebound.tex.unreadable import UnreadableFormula

__all__ = ["depth", "letters", "plain"]

_STACK = Command(lambda rows: rf"{{\begin{{smallmatrix}}{rows}\end{{smallmatrix}}}}")


def _unknown(*_: str) -> str:
    raise UnreadableFormula(r"\sideset is not known")


def _fraction(name: str) -> Command:
    r"""A fraction with its parts in groups: converters take the digits of ``\frac12`` for one number."""
    return Command(lambda above, below: rf"\{name}{{{above}}}{{{below}}}", arguments=2)


_SIDES = Command(_unknown, arguments=2)
"""No converter sets scripts at both sides of an operator that has limits besides."""
_COMMANDS = with_texts(
    {
        **ENCLOSURES,
        **QUANTITIES,
        **CHEMISTRY,
        **COLOURS,
        **FACES,
        "substack": _STACK,
        "crampedsubstack": _STACK,
        "sideset": _SIDES,
        "prescript": Command(lambda above, below, held: rf"{{}}^{{{above}}}_{{{below}}}{{{held}}}", arguments=3),
        # the style of a formula in a line: the others are for its neighbours
        "mathchoice": Command(lambda _, text, *__: rf"{{{text}}}", arguments=4),
        "require": Command(lambda _: ""),  # MathJax loads an extension
        **{name: _fraction(name) for name in ("frac", "dfrac", "tfrac", "binom", "dbinom", "tbinom")},
    }
)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*(?:\n|$)")


def depth(tex: str) -> int:
    """How deep the groups of a formula are nested."""
    now = deepest = 0
    for mark in re.finditer(r"\\(?:left|right|begin|end)\b|\\.|[{}]", tex, re.DOTALL):
        now += {"{": 1, "\\left": 1, "\\begin": 1, "}": -1, "\\right": -1, "\\end": -1}.get(mark.group(), 0)
        deepest = max(deepest, now)
    return deepest


def plain(tex: str) -> str:
    """The formula as every converter reads it; several lines are aligned.

    Raises UnreadableFormula where what a formula asks for would be read as something else.
    """
    tex = respelt(with_environments(_COMMENT.sub("", tex)), _COMMANDS)
    for pattern, meaning in _RULES:
        tex = pattern.sub(meaning, tex)
    tex = tex.strip()
    if _is_aligned(tex):
        return rf"\begin{{align*}}{tex}\end{{align*}}"
    return tex


def _is_aligned(tex: str) -> bool:
    """Whether a formula has rows or columns outside of all environments and groups: Sphinx aligns such a one."""
    now = 0
    for mark in re.finditer(r"\\(?:begin|end)\b|\\.|[{}&]", tex, re.DOTALL):
        if now == 0 and mark.group() in {"&", r"\\"}:
            return True
        now += {"{": 1, r"\begin": 1, "}": -1, r"\end": -1}.get(mark.group(), 0)
    return False


def letters(tex: str) -> Counter[str]:
    """The letters and digits that a normal formula prints, commands and their arguments of lengths left out."""
    tex = re.sub(rf"\\text\{{{NOTE}[^{{}}]*\}}", "", tex)
    tex = re.sub(r"\\(?:begin|end)\s*\{[^{}]*\}(?:\s*\{[^{}]*\})?|\\(?:text)?color\s*\{[^{}]*\}", "", tex)
    tex = re.sub(r"\\(?:hspace|mspace|hskip|kern|mkern|mskip|rule)\*?\s*\{?\s*-?[\d.]+\s*\w\w\}?", "", tex)
    tex = re.sub(r"\\(?:newcommand|def|let|DeclareMathOperator).*", "", tex)
    return Counter(re.findall(r"[A-Za-z0-9]", re.sub(r"\\[A-Za-z]+", "", tex)))


_NOT = {
    "=": "≠", r"\in": "∉", r"\ni": "∌", r"\subset": "⊄", r"\subseteq": "⊈", r"\supset": "⊅", r"\supseteq": "⊉",
    r"\equiv": "≢", r"\sim": "≁", r"\approx": "≉", r"\cong": "≇", "<": "≮", ">": "≯", r"\leq": "≰", r"\le": "≰",
    r"\geq": "≱", r"\ge": "≱", r"\mid": "∤", r"\parallel": "∦", r"\exists": "∄", r"\to": "↛", r"\rightarrow": "↛",
}  # fmt: skip


def _negated(found: re.Match[str]) -> str:
    return _NOT.get(found.group(1), found.group())


_DELIMITERS = {
    r"\lbrace": r"\{", r"\rbrace": r"\}", r"\lparen": "(", r"\rparen": ")",
    "<": "⟨", ">": "⟩", r"\lt": "⟨", r"\gt": "⟩",
    r"\lbrack": "[", r"\rbrack": "]", r"\|": "‖", r"\lVert": "‖", r"\rVert": "‖", r"\Vert": "‖",
    r"\lvert": "|", r"\rvert": "|", r"\vert": "|", r"\langle": "⟨", r"\rangle": "⟩",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\lgroup": "⟮", r"\rgroup": "⟯",
    r"\lmoustache": "⎰", r"\rmoustache": "⎱", r"\uparrow": "↑", r"\downarrow": "↓", r"\updownarrow": "↕",
    r"\Uparrow": "⇑", r"\Downarrow": "⇓", r"\Updownarrow": "⇕",
}  # fmt: skip


def _delimiter(found: re.Match[str]) -> str:
    """A delimiter after ``\\big`` and its kin as a letter: not every converter knows it by its name there."""
    return found[1] + _DELIMITERS.get(found[2], found[2])


def _from_eqnarray(found: re.Match[str]) -> str:
    """The rows ``a & = & b`` of an eqnarray as rows ``a & = b``: the relation spaced as in any other formula."""
    rows = (re.split(r"(?<!\\)&", row) for row in found.group(1).split(r"\\"))
    return r"\begin{align*}" + r"\\".join("&".join([row[0], "".join(row[1:])]) for row in rows) + r"\end{align*}"


def _primed(found: re.Match[str]) -> str:
    return "^{" + r"\prime " * len(found[1]) + (found[2] or found[3] or "") + "}"


def _operator(found: re.Match[str]) -> str:
    """A named operator: its name as one word, thin spaces in it kept."""
    star, name = found.group(1) or "", re.sub(r"\\[,;: ]|~", "\u2009", found.group(2))
    return rf"\operatorname{star}{{{name}}}"


def _large_operator(found: re.Match[str]) -> str:
    return rf"\operatorname*{{{found.group(1)}}}"


def _digit_apart(found: re.Match[str]) -> str:
    return found[1] or f"{found[2]}{{{found[3]}}}"


_MATRIX = r"\\begin\{(\w*matrix)\}(?:(?!\\begin|\\end).)*\\end\{\1\}"
_NAME = r"\s*\{((?:[^{}\\]|\\[,;: ])*)\}"
_RULES: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(pattern, re.DOTALL), meaning)
    for pattern, meaning in (
        (r"(?<!\\)\\\n", r"\\ "),
        (r"\\(?:nonumber|notag|displaylimits|allowbreak|nobreak|hfill?)(?![A-Za-z])", ""),
        (r"\\label\s*\{[^{}]*\}", ""),
        (r"\\tag\*\s*\{([^{}]*)\}", r"\\qquad \\text{\1}"),
        (r"\\tag\s*\{([^{}]*)\}", r"\\qquad \\text{(\1)}"),
        # options that change a size or a side, and no converter reads
        (r"\\(cfrac|(?:over|under)bracket|smash)\s*\[[^\[\]]*\](?:\s*\[[^\[\]]*\])?", r"\\\1"),
        (r"\\(hspace|mspace)\*", r"\\\1"),
        # environments
        (r"\\(?:begin|end)\{(?:equation|displaymath|math|subequations)\*?\}", ""),
        (r"\\begin\{eqnarray\*?\}(.*?)\\end\{eqnarray\*?\}", _from_eqnarray),
        (r"\\(begin|end)\{(?:align(?:ed)?|split|flalign|gather(?:ed)?|multlined?)\*?\}", r"\\\1{align*}"),
        (r"\\begin\{([\w*]+)\}\s*\[[tbc]\]", r"\\begin{\1}"),
        (r"\\\\\*?\s*\[\s*-?[\d.]+\s*\w\w\s*\]", r"\\\\"),
        (r"\\\\\s*(\\end\{)", r"\1"),
        (r"\\begin\{([bBpvV]?matrix)\*\}\s*(?:\[[lcr]\])?", r"\\begin{\1}"),
        (r"\\end\{([bBpvV]?matrix)\*\}", r"\\end{\1}"),
        # what latex2mathml takes for three things where a script belongs to all of it
        (rf"{_MATRIX}(?=\s*[\^_])", r"{\g<0>}"),
        # commands
        (r"(\\[bB]igg?[lmr]?(?![A-Za-z]))\s*(\\(?:[A-Za-z]+|\|)|[<>])", _delimiter),
        (r"\\genfrac\{\(\}\{\)\}\{0\w*\}\{\d?\}(?=\{)", r"\\binom"),
        (r"\\genfrac\{\}\{\}\{\}\{\d?\}(?=\{)", r"\\frac"),
        (r"\\(?:raise|lower)\s*-?[\d.]+\s*\w\w", ""),
        (r"\\unicode\{\s*x([0-9A-Fa-f]{1,5})\s*\}", lambda found: chr(int(found[1], 16))),
        (r"\\unicode\{\s*(\d{1,6})\s*\}", lambda found: chr(int(found[1]))),
        (r"\\href\s*\{[^{}]*\}", ""),
        # docutils gives the face to the first letter alone
        (r"\{\s*\\(cal|frak|scr|tt)(?![A-Za-z])\s*([^{}]*)\}", r"{\\math\1{\2}}"),
        (r"\\dd\s*\[([^\[\]]*)\]", r"\\mathrm {d}^{\1}"),
        (r"\\varliminf(?![A-Za-z])", r"\\underline{\\lim}\\,"),
        (r"\\varlimsup(?![A-Za-z])", r"\\overline{\\lim}\\,"),
        (r"\\varinjlim(?![A-Za-z])", r"\\underrightarrow{\\lim}\\,"),
        (r"\\varprojlim(?![A-Za-z])", r"\\underleftarrow{\\lim}\\,"),
        # an index without braces is one digit
        (r"(\\(?:text\w*|[mh]box|operatorname\*?)\s*\{[^{}]*\})|([_^])\s*(\d)(?=\d)", _digit_apart),
        (
            r"\\up(?=(?:var)?(?:alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|omicron|pi|rho|sigma|tau"
            r"|upsilon|phi|chi|psi|omega)(?![A-Za-z]))([a-z]+)",
            r"\\mathrm {\\\1}",
        ),
        (
            r"\\Up(gamma|delta|theta|lambda|xi|pi|sigma|upsilon|phi|psi|omega)(?![A-Za-z])",
            lambda found: f"\\{found[1].title()} ",
        ),
        (r"\\omicron(?![A-Za-z])", "ο"),
        # primes and the power after them are one script
        (r"(?<=[A-Za-z0-9)\]}])('+)(?:\s*\^\s*(?:\{([^{}]*)\}|(\\[A-Za-z]+|[A-Za-z0-9*])))?", _primed),
        # an accent with its letter is a whole
        (
            r"\\(acute|bar|breve|check|dot|ddot|grave|hat|mathring|tilde|vec)\s*([A-Za-z]|\\[A-Za-z]+)(?=\s*[_^])",
            r"\\\1{\2}",
        ),
        (r"\\(left|right|middle)\s*(?:<|\\lt(?![A-Za-z]))", r"\\\1\\langle "),
        (r"\\(left|right|middle)\s*(?:>|\\gt(?![A-Za-z]))", r"\\\1\\rangle "),
        (r"\\lang(?![A-Za-z])", r"\\langle"),
        (r"\\rang(?![A-Za-z])", r"\\rangle"),
        (r"\\dv\s*\{([^{}]*)\}\s*\{([^{}]*)\}", r"\\frac{\\mathrm {d}\1}{\\mathrm {d}\2}"),
        (rf"\\operatorname(\*)?{_NAME}", _operator),
        (rf"\\mathop\s*\{{\s*\\(?:mathrm|rm|text|operatorname){_NAME}\s*\}}", _large_operator),
        (r"\\mathop\s*\{\s*\\rm\s+([A-Za-z]+)\s*\}", _large_operator),
        (r"\\not\s*(=|<|>|\\[A-Za-z]+)", _negated),
        (r"\\bmod(?![A-Za-z])", r"\\ \\mathrm {mod}\\ "),
        # letters
        (r"\\copyright(?![A-Za-z])", "©"),
        (r"\\dag(?:ger)?(?![A-Za-z])", "†"),
        (r"\\ddag(?:ger)?(?![A-Za-z])", "‡"),
        (r"\\AA(?![A-Za-z])", "Å"),
        (r"\\varnothing(?![A-Za-z])", "∅"),
        (r"\\circledR(?![A-Za-z])", "®"),
        (r"\\blacksquare(?![A-Za-z])", "■"),
        (r"\\oiint(?![A-Za-z])", "∯"),
        (r"\\oiiint(?![A-Za-z])", "∰"),
    )
]
