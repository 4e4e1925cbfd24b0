"""The lines and gaps of an array: as attributes for readers of MathML 3, as classes of its cells for the others.

MathML Core (3.5) leaves the look of tables to CSS.
"""

from __future__ import annotations

from lxml import etree

from casebound.epub.markup import Element

__all__ = ["rule"]


def rule(table: Element, note: dict[str, str]) -> None:
    """Give a table the lines and gaps that its note asks for (``casebound.tex.table_note``)."""
    if not note:
        return
    for name in ("columnlines", "rowlines"):
        if name in note:
            table.set(name, note[name].replace("double", "solid"))
    if "columnspacing" in note:
        table.set("columnspacing", note["columnspacing"])
    rows = [[cell for cell in row if etree.QName(cell).localname == "mtd"] for row in table]
    _rule_columns(rows, note)
    _rule_rows(rows, note)
    if _is_boxed(note):
        table.set("frame", "solid")
    gaps = note.get("columnspacing", "").split()
    for row in rows:
        for cell, gap in zip(row[1:], gaps if len(gaps) != 1 else gaps * len(row), strict=False):
            if float(gap.removesuffix("em")) < 0.5:
                _mark(cell, "tight")


def _frame(note: dict[str, str]) -> dict[str, str]:
    return dict(side.split(":") for side in note.get("frame", "").split())


def _is_boxed(note: dict[str, str]) -> bool:
    return set(_frame(note)) == {"left", "right", "top", "bottom"}


def _rule_columns(rows: list[list[Element]], note: dict[str, str]) -> None:
    frame = _frame(note)
    lines = [frame.get("left", "none"), *note.get("columnlines", "").split()]
    for row in rows:
        for cell, style in zip(row, lines, strict=False):
            _line(cell, "left", style)
        if row:
            _line(row[-1], "right", frame.get("right", "none"))


def _rule_rows(rows: list[list[Element]], note: dict[str, str]) -> None:
    frame = _frame(note)
    lines = [frame.get("top", "none"), *note.get("rowlines", "").split()]
    for row, style in zip(rows, lines, strict=False):
        for cell in row:
            _line(cell, "top", style)
    for cell in rows[-1] if rows else []:
        _line(cell, "bottom", frame.get("bottom", "none"))
    for part in note.get("parts", "").split():
        at, style, span = part.split(":")
        first, last = (int(column) for column in span.split("-"))
        below = int(at) >= len(rows)
        for cell in rows[min(int(at), len(rows) - 1)][first - 1 : last] if rows else []:
            _line(cell, "bottom" if below else "top", style)


def _line(cell: Element, side: str, style: str) -> None:
    if style != "none":
        _mark(cell, f"rule-{side}" if style == "solid" else f"rule-{side}-{style}")


def _mark(cell: Element, name: str) -> None:
    names = str(cell.get("class") or "").split()
    if name not in names:
        cell.set("class", " ".join([*names, name]))
