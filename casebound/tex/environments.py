"""Environments of TeX, read with their arguments and said in those that every converter knows."""

from __future__ import annotations

import re
from collections.abc import Callable

from casebound.tex.arrays import array, noted, tabular_rows
from casebound.tex.diagrams import diagram
from casebound.tex.groups import argument

__all__ = ["with_environments"]

_MARK = re.compile(r"\\(begin|end)\s*\{([A-Za-z]+\*?)\}")
_OPTION = re.compile(r"\s*\[[^\[\]]*\]")
_FENCES = {"": ("(", ")"), "p": ("(", ")"), "b": ("[", "]"), "B": (r"\{", r"\}"), "v": ("|", "|"), "V": ("‖", "‖")}


def with_environments(tex: str) -> str:
    """The formula with its environments said in others; one that does not end stays as it is.

    Raises Unreadable for an array with a column that is not known, and for a diagram's arrow.
    """
    made: list[list[str]] = [[]]
    open_names: list[str] = []
    at = 0
    for mark in _MARK.finditer(tex):
        made[-1].append(tex[at : mark.start()])
        at = mark.end()
        if mark[1] == "begin":
            open_names.append(mark[2])
            made.append([])
        elif open_names and open_names[-1] == mark[2]:
            inner = "".join(made.pop())
            made[-1].append(_said(open_names.pop(), inner))
        else:
            return tex  # what is not nested no converter reads
    while open_names:
        inner = "".join(made.pop())
        made[-1].append(rf"\begin{{{open_names.pop()}}}{inner}")
    return "".join([*made[0], tex[at:]])


def _said(name: str, inner: str) -> str:
    meaning = _ENVIRONMENTS.get(name)
    return rf"\begin{{{name}}}{inner}\end{{{name}}}" if meaning is None else meaning(name, inner)


def _array(name: str, inner: str) -> str:
    option = _OPTION.match(inner)
    found = argument(inner, option.end() if option else 0)
    if found is None:
        return rf"\begin{{{name}}}{inner}\end{{{name}}}"
    return array(found[0], inner[found[1] :], opening=r"\displaystyle " if name == "darray" else "")


def _cases(name: str, inner: str) -> str:
    r"""A brace at the left, or with ``r`` at the right; ``d`` has cells in display style, ``*`` words in the second."""
    body = inner
    if name.endswith("*"):
        rows, _ = tabular_rows(inner)
        body = r"\\".join("&".join([row[0], *(rf"\text{{{cell.strip()}}}" for cell in row[1:])]) for row in rows)
    cells = array("ll", body, opening=r"\displaystyle " if name.startswith("d") else "")
    return rf"\left.{cells}\right\}}" if "rcases" in name else rf"\left\{{{cells}\right."


def _numbered_cases(name: str, inner: str) -> str:
    found = argument(inner, 0)
    return inner if found is None else found[0] + _cases("cases*", inner[found[1] :])


def _sided_matrix(name: str, inner: str) -> str:
    """A matrix of mathtools, which says the side of all its columns."""
    left, right = _FENCES[name[0]] if name[0] != "m" else (".", ".")
    option = _OPTION.match(inner)
    side, body = (option.group().strip("[] "), inner[option.end() :]) if option else ("c", inner)
    rows, _ = tabular_rows(body)
    cells = array(side * max(map(len, rows), default=1), body)
    return rf"\left{left}{cells}\right{right}" if name[0] != "m" else cells


def _small_matrix(name: str, inner: str) -> str:
    left, right = _FENCES[name.removesuffix("*").removesuffix("smallmatrix")]
    option = _OPTION.match(inner)
    cells = rf"\begin{{smallmatrix}}{inner[option.end() :] if option else inner}\end{{smallmatrix}}"
    return rf"\left{left}{cells}\right{right}" if name[0] != "s" else f"{{{cells}}}"


def _aligned_at(name: str, inner: str) -> str:
    """Pairs of columns with no gap between them: their number comes first."""
    found = argument(inner, 0)
    body = inner if found is None or not inner.lstrip().startswith("{") else inner[found[1] :]
    wide = name.startswith(("xalign", "xxalign"))
    return rf"\begin{{align*}}{'' if wide else noted({'columnspacing': '0em'})}{body}\end{{align*}}"


def _one_column(side: str) -> Callable[[str, str], str]:
    return lambda name, inner: array(side, inner, opening=r"\displaystyle ")


_SMALL = r"\scriptstyle "


def _subarray(name: str, inner: str) -> str:
    found = argument(inner, 0)
    if found is not None and found[0].strip() == "l":
        return f"{{{array('l', inner[found[1] :], opening=_SMALL)}}}"
    return rf"{{\begin{{smallmatrix}}{inner if found is None else inner[found[1] :]}\end{{smallmatrix}}}}"


def _bare(name: str, inner: str) -> str:
    """An environment that has a length to begin with and changes nothing but spaces."""
    found = argument(inner, 0)
    return inner if found is None or not inner.lstrip().startswith("{") else inner[found[1] :]


_ENVIRONMENTS: dict[str, Callable[[str, str], str]] = {
    **dict.fromkeys(("array", "darray"), _array),
    **dict.fromkeys(("rcases", "drcases", "dcases", "rcases*", "drcases*", "dcases*", "cases*"), _cases),
    **dict.fromkeys(("numcases", "subnumcases"), _numbered_cases),
    **{f"{kind}smallmatrix{star}": _small_matrix for kind in "pbBvV" for star in ("", "*")},
    "smallmatrix*": _small_matrix,
    **{f"{kind}matrix*": _sided_matrix for kind in ("", *"pbBvV")},
    **{f"{kind}{star}": _aligned_at for kind in ("alignat", "xalignat", "xxalignat") for star in ("", "*")},
    "alignedat": _aligned_at,
    "lgathered": _one_column("l"),
    "rgathered": _one_column("r"),
    **dict.fromkeys(("subarray", "crampedsubarray"), _subarray),
    "spreadlines": _bare,
    "CD": lambda name, inner: diagram(inner),
}
