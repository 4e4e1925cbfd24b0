"""Arrays: the columns that LaTeX and its package array let an author ask for, in those that converters know.

What MathML has attributes for (3.5.1: the lines and gaps of a table) and no converter reads from TeX travels as a note
in the table's first cell; ``table_note`` reads it back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casebound.tex.groups import argument
from casebound.tex.unreadable import UnreadableFormula

__all__ = ["NOTE", "UnknownColumn", "array", "noted", "table_note", "tabular_rows"]

NOTE = "\N{INVISIBLE PLUS}"
"""Begins what a table's first cell says of the table itself."""

_USUAL = "1em"  # between two columns (twice LaTeX's \arraycolsep)
_MOST = 100  # columns that one repetition may stand for
_SPACES = {
    "": 0.0, r"\,": 0.167, r"\:": 0.222, r"\>": 0.222, r"\;": 0.278, r"\!": -0.167, r"\ ": 0.25, "~": 0.25,
    r"\enspace": 0.5, r"\quad": 1.0, r"\qquad": 2.0, r"\thinspace": 0.167,
}  # fmt: skip
_SPACE = re.compile(r"\\[hm]space\*?\s*\{\s*(-?[\d.]+)\s*(em|ex|mu|pt|mm|cm)\s*\}|\\(?:[,:>;! ]|[A-Za-z]+)|~")
_EM = {"em": 1.0, "ex": 0.43, "mu": 1 / 18, "pt": 0.1, "mm": 0.285, "cm": 2.85}
_RULE = re.compile(r"\s*\\(hline|hdashline|toprule|midrule|bottomrule|cline|cmidrule)(?![A-Za-z])\s*(?:\(\w*\))?")
_ROW_END = re.compile(r"\\(?:begin|end)\b|\\(?:\\|cr(?![A-Za-z])|tabularnewline(?![A-Za-z]))|\\.|[{}&]", re.DOTALL)
_AFTER_ROW = re.compile(r"\*?\s*(?:\[\s*-?[\d.]+\s*\w\w\s*\])?")


class UnknownColumn(UnreadableFormula):
    """An array asks for a column that is not known."""


@dataclass
class _Columns:
    """The columns of an array: their sides, what is around each one's cells, and between two of them."""

    sides: list[str] = field(default_factory=list)
    around: list[tuple[str, str]] = field(default_factory=list)
    fixed: dict[int, str] = field(default_factory=dict)  # columns that say the same in every row
    rules: dict[int, str] = field(default_factory=dict)  # before which column a line is
    gaps: dict[int, float] = field(default_factory=dict)  # em before a column, where not the usual gap
    opening: str = ""

    def add(self, side: str) -> None:
        self.sides.append(side)
        self.around.append((self.opening, ""))
        self.opening = ""

    def between(self, tex: str, *, keeps_gap: bool) -> None:
        """What ``@{}`` puts instead of the gap before the next column, or ``!{}`` in its middle."""
        if tex.strip() in (r"\vrule", r"\vline"):
            self.rule("solid")
            return
        width = _width(tex)
        here = len(self.sides)
        if width is not None:
            self.gaps[here] = width + (1.0 if keeps_gap else 0.0)
            return
        side = 0.5 if keeps_gap else 0.0
        self.gaps |= {here: side, here + 1: side}
        self.fixed[here] = tex
        self.add("c")

    def rule(self, style: str) -> None:
        here = len(self.sides)
        self.rules[here] = "double" if here in self.rules else style


def array(columns: str, body: str, *, opening: str = "") -> str:
    """An array whose columns any converter reads. ``opening`` is at the beginning of each cell.

    Raises UnknownColumn for a column that neither LaTeX nor its package array has.
    """
    asked = _Columns()
    _read(columns, asked)
    if not asked.sides:
        raise UnknownColumn("an array has no columns")
    rows, rules = tabular_rows(body)
    cells = [[_opened(opening, cell) for cell in _row(asked, row)] for row in rows]
    most = max([len(asked.sides), *map(len, cells)])
    note = {**_lines(asked.rules, rules, most, len(rows)), **_gaps(asked.gaps, most)}
    text = r"\\".join("&".join(row) for row in cells)
    return rf"\begin{{array}}{{{''.join(asked.sides)}}}{noted(note)}{text}\end{{array}}"


def noted(note: dict[str, str]) -> str:
    """A note for a table's first cell; nothing where there is nothing to say."""
    return rf"\text{{{NOTE}{';'.join(f'{name}={value}' for name, value in note.items())}}}" if note else ""


def table_note(text: str | None) -> dict[str, str] | None:
    """What a cell's text says of its table, by attribute; None where it is the author's own."""
    if not text or not text.startswith(NOTE) or "=" not in text:
        return None
    pairs = text[1:].replace("\N{NO-BREAK SPACE}", " ").split(";")
    return dict(pair.split("=", 1) for pair in pairs)


def _read(columns: str, asked: _Columns) -> None:
    at = 0
    while at < len(columns):
        letter = columns[at]
        at += 1
        if letter in "lcrLCR":
            asked.add(letter.lower())
        elif letter in "|:":
            asked.rule("solid" if letter == "|" else "dashed")
        elif letter in "pmbX":
            at = at if letter == "X" else _value(columns, at)[1]
            asked.add("l")
        elif letter in "wW":
            side, at = _value(columns, at)
            at = _value(columns, at)[1]
            asked.add(side.strip() if side.strip() in {"l", "c", "r"} else "c")
        elif letter in "@!":
            tex, at = _value(columns, at)
            asked.between(tex, keeps_gap=letter == "!")
        elif letter == ">":
            tex, at = _value(columns, at)
            asked.opening = tex + " " + asked.opening
        elif letter == "<":
            tex, at = _value(columns, at)
            if asked.around:
                before, after = asked.around[-1]
                asked.around[-1] = (before, after + tex)
        elif letter == "*":
            count, at = _value(columns, at)
            again, at = _value(columns, at)
            if not count.strip().isdigit() or int(count) > _MOST:
                raise UnknownColumn(f"columns are repeated {count} times")
            _read(again * int(count), asked)
        elif not letter.isspace():
            raise UnknownColumn(f"an array has a column {letter}")


def _value(columns: str, at: int) -> tuple[str, int]:
    found = argument(columns, at)
    if found is None:
        raise UnknownColumn(f"an array has columns that do not end: {columns}")
    return found


def _width(tex: str) -> float | None:
    """How wide spaces are, in em; None for what prints something."""
    total, rest = 0.0, tex.strip()
    while rest:
        found = _SPACE.match(rest)
        if found is None or (not found[1] and found.group() not in _SPACES):
            return None
        total += float(found[1]) * _EM[found[2]] if found[1] else _SPACES[found.group()]
        rest = rest[found.end() :].strip()
    return total


def _opened(opening: str, cell: str) -> str:
    """A cell with what is at its beginning, which changes nothing after it."""
    return f"{{{opening}{cell}}}" if opening else cell


def _row(asked: _Columns, cells: list[str]) -> list[str]:
    """A row's cells, with what its columns say in every row."""
    made: list[str] = []
    given = iter(cells)
    left = len(cells)
    for column, (before, after) in enumerate(asked.around):
        if column in asked.fixed:
            made.append(asked.fixed[column])
        elif left:
            made.append(_opened(before, next(given) + after))
            left -= 1
        else:
            break
    # a row with nothing but what its columns say is a row all the same
    return [*made, *given]


def tabular_rows(body: str) -> tuple[list[list[str]], dict[int, list[str]]]:
    """The cells of a table's rows, and the lines before each row: a style, or a style and columns as ``solid:1-2``."""
    rows: list[list[str]] = []
    rules: dict[int, list[str]] = {}
    for row in _rows(body):
        while found := _RULE.match(row[0]):
            rest = row[0][found.end() :]
            style = "dashed" if found[1] == "hdashline" else "solid"
            if found[1] in ("cline", "cmidrule"):
                span = argument(rest, 0)
                if span is None:
                    break
                style, rest = f"{style}:{span[0].strip()}", rest[span[1] :]
            rules.setdefault(len(rows), []).append(style)
            row[0] = rest
        rows.append(row)
    if (rows and rows[-1] == [""]) or (rows and not "".join(rows[-1]).strip() and len(rows[-1]) == 1):
        rows.pop()
    return rows, rules


def _rows(body: str) -> Iterator[list[str]]:
    depth, at, cells = 0, 0, list[str]()
    scan = 0
    while mark := _ROW_END.search(body, scan):
        scan = mark.end()
        token = mark.group()
        if token in ("{", r"\begin"):
            depth += 1
        elif token in ("}", r"\end"):
            depth -= 1
        elif depth == 0 and token == "&":
            cells.append(body[at : mark.start()])
            at = scan
        elif depth == 0 and token in (r"\\", r"\cr", r"\tabularnewline"):
            yield [*cells, body[at : mark.start()]]
            spaced = _AFTER_ROW.match(body, scan)
            at = scan = spaced.end() if spaced and token != r"\cr" else scan
            cells = []
    yield [*cells, body[at:]]


def _lines(rules: dict[int, str], between: dict[int, list[str]], columns: int, rows: int) -> dict[str, str]:
    """The lines of a table as MathML names them (3.5.1.2): within it, round it; parts of lines by row."""
    note: dict[str, str] = {}
    whole = {row: _style([style for style in styles if ":" not in style]) for row, styles in between.items()}
    if any(0 < column < columns for column in rules):
        note["columnlines"] = " ".join(rules.get(column, "none") for column in range(1, columns))
    if any(0 < row < rows and style for row, style in whole.items()):
        note["rowlines"] = " ".join(whole.get(row) or "none" for row in range(1, rows))
    frame = {
        "left": rules.get(0), "right": rules.get(columns), "top": whole.get(0), "bottom": whole.get(rows),
    }  # fmt: skip
    if any(frame.values()):
        note["frame"] = " ".join(f"{side}:{style}" for side, style in frame.items() if style)
    parts = [f"{row}:{style}" for row, styles in sorted(between.items()) for style in styles if ":" in style]
    if parts:
        note["parts"] = " ".join(parts)
    return note


def _style(styles: list[str]) -> str:
    return "double" if len(styles) > 1 else "".join(styles)


def _gaps(gaps: dict[int, float], columns: int) -> dict[str, str]:
    if not any(0 < column < columns for column in gaps):
        return {}
    widths = (f"{gaps[column]:.3g}em" if column in gaps else _USUAL for column in range(1, columns))
    return {"columnspacing": " ".join(widths)}
