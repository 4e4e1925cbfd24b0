"""Where a formula may break: into formulas, into lines, into the pieces of a line."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["broken_display", "display_parts", "steps"]


def display_parts(source: str) -> list[str]:
    """The formulas of a displayed block: Sphinx takes an empty line as the end of one and the beginning of the next."""
    return [part.strip() for part in re.split(r"\n[ \t]*\n", source) if part.strip()]


_RELATION = (
    r"=|<|>|:=|\\(?:leq?q?|geq?q?|neq?|equiv|approx|simeq|sim|cong|propto|in|notin|subset(?:eq)?|supset(?:eq)?|to|"
    r"mapsto|(?:long)?(?:right|left|leftright)arrow|Rightarrow|Leftarrow|Leftrightarrow|implies|iff|coloneqq)"
    r"(?![A-Za-z])"
)
_TOKEN = re.compile(rf"(?P<relation>{_RELATION})|(?P<stop>,(?!\d))|\\(?P<word>[A-Za-z]+)|\\.|[{{}}()\[\]]|.", re.DOTALL)
_STEPS = {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1, "left": 1, "begin": 1, "right": -1, "end": -1}


def _cuts(tex: str, *, stops: bool) -> list[tuple[int, int]]:
    """Where the relations (and commas) of a formula's outermost level begin and end."""
    now, found = 0, []
    for token in _TOKEN.finditer(tex):
        now += _STEPS.get(token["word"] or token.group(), 0)
        if now == 0 and (token["relation"] or (stops and token["stop"])):
            found.append(token.span())
    return found


def steps(tex: str) -> list[str]:
    """A formula in the pieces between which a line may break: after its relations and commas."""
    if re.search(r"\\begin|\\\\|(?<!\\)&|\\(?:atop|choose|over)(?![A-Za-z])|[_^]\s*(?:=|,)", tex):
        return [tex]
    ends = [0, *(end for _, end in _cuts(tex, stops=True)), len(tex)]
    pieces = [tex[start:end].strip() for start, end in pairwise(ends)]
    return [piece for piece in pieces if piece]


def broken_display(tex: str) -> str | None:
    """A formula of one line in several, each but the first beginning with a relation; None where it has no two."""
    if re.search(r"\\begin\{(?!array|\w*matrix|cases)|(?<!\\)&|\\(?:atop|choose|over)(?![A-Za-z])|[_^]\s*=", tex):
        return None
    if r"\\" in re.sub(r"\\begin\{(\w+)\}.*?\\end\{\1\}", "", tex, flags=re.DOTALL):
        return None
    cuts = [start for start, _ in _cuts(tex, stops=False)]
    if len(cuts) < 2:
        return None
    starts = [*cuts, len(tex)]
    lines = [f"&{tex[start:end].strip()}" for start, end in pairwise(starts)]
    lines[0] = tex[: cuts[0]] + lines[0]
    return r"\begin{align*}" + r"\\".join(lines) + r"\end{align*}"
