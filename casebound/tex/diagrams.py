"""Commutative diagrams of the environment CD (package amscd), as arrays of objects and arrows."""

from __future__ import annotations

import re

from casebound.tex.arrays import noted, tabular_rows
from casebound.tex.unreadable import UnreadableFormula

__all__ = ["UnknownArrow", "diagram"]

_ARROW = re.compile(r"@(?P<kind>[<>AV])|@(?P<plain>[=|.])")
_ACROSS = {">": r"\xrightarrow", "<": r"\xleftarrow"}
_DOWN = {"V": r"\Big\downarrow", "A": r"\Big\uparrow"}
_SHORTEST = r"\quad"  # beside what is written on an arrow, or alone


class UnknownArrow(UnreadableFormula):
    """A diagram has an arrow that amscd does not have."""


def diagram(body: str) -> str:
    """A diagram as an array: objects with arrows between them in one row, arrows below the objects in the next.

    Raises UnknownArrow.
    """
    rows, _ = tabular_rows(body)
    lines = [_line("&".join(row)) for row in rows]
    columns = max(map(len, lines), default=1)
    cells = r"\\".join("&".join(line) for line in lines)
    note = noted({"columnspacing": "0.3em"})
    return rf"\begin{{array}}{{{'c' * columns}}}{note}{cells}\end{{array}}"


def _line(row: str) -> list[str]:
    """A row of the diagram in cells: objects are in the odd columns, arrows across in the even ones."""
    cells: list[str] = [""]
    at = 0
    upright = row.lstrip().startswith("@") and re.match(r"\s*@[AV|.]", row) is not None
    while found := _ARROW.search(row, at):
        cells[-1] += row[at : found.start()]
        arrow, at = _arrow(row, found)
        if upright:
            cells[-1] += arrow
            cells += ["", ""]
        else:
            cells += [arrow, ""]
    if "@" in row[at:]:
        raise UnknownArrow(f"a diagram has an arrow {row[at:][row[at:].index('@') :][:2]}")
    cells[-1] += row[at:]
    while len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return [cell.strip() for cell in cells]


def _arrow(row: str, found: re.Match[str]) -> tuple[str, int]:
    """An arrow and where its writing ends."""
    if found["plain"]:
        return {"=": r"\xlongequal{\quad}", "|": r"\Big\Vert", ".": ""}[found["plain"]], found.end()
    kind = found["kind"]
    first, at = _written(row, found.end(), kind)
    second, at = _written(row, at, kind)
    if kind in _ACROSS:
        above = rf"\,{first}\," if first else _SHORTEST
        return (_ACROSS[kind] + (rf"[\,{second}\,]" if second else "") + f"{{{above}}}"), at
    # what is at one side is balanced at the other, so that the arrow is below its object
    left = rf"{{\scriptstyle {first}}}" if first else ""
    right = rf"{{\scriptstyle {second}}}" if second else ""
    balance_left = rf"\phantom{{{right}}}" if second else ""
    balance_right = rf"\phantom{{{left}}}" if first else ""
    return rf"{balance_left}{left}{_DOWN[kind]}{right}{balance_right}", at


def _written(row: str, at: int, kind: str) -> tuple[str, int]:
    """What is between two marks of an arrow, groups kept whole."""
    depth = 0
    for place in range(at, len(row)):
        letter = row[place]
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0 and letter == kind:
            return row[at:place].strip(), place + 1
    raise UnknownArrow(f"a diagram's arrow @{kind} does not end")
