"""How wide a formula is at most, in em of the text round it, from its MathML: fonts of mathematics differ little."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from casebound.epub.markup import Element

__all__ = ["width"]

_SCRIPT = 0.72  # of the size of its base
_NARROW, _LETTER, _WIDE = 0.34, 0.6, 0.85  # em
_THIN, _BROAD = frozenset("ijlftrI.,;:!'|()[]{}/′ "), frozenset("mwMWΩΨΦΣ∑∏→←⇒⇐⟶⟹⇔↔∫%@ω")
_TIGHT = frozenset("()[]{}⟨⟩|‖,.;!/′\u2061\u2062\u2063⌊⌋⌈⌉")
_AROUND = 0.56  # em round a relation or an operator
_GAP = 0.85  # em between two columns
_SPACE = re.compile(r"(-?[\d.]+)(em|ex|px|pt)?")
_UNITS = {"em": 1.0, "ex": 0.45, "px": 0.0625, "pt": 0.0833}


def width(element: Element) -> float:
    """The width of an element of MathML."""
    made = _WIDTHS.get(etree.QName(element).localname, _row)(element)
    return made + (0.6 if "boxed" in str(element.get("class", "")) else 0.0)


def _row(element: Element) -> float:
    return sum(map(width, element.iterchildren(etree.Element)))


def _token(element: Element) -> float:
    text = "".join((element.text or "").split()) or (element.text or "")
    return sum(_letter(one) for one in text)


def _letter(one: str) -> float:
    return (
        0.0
        if one in "\u2061\u2062\u2063\u200b"
        else _NARROW
        if one in _THIN
        else _WIDE
        if one in _BROAD or one > "\u2e80"
        else _LETTER
    )


def _text(element: Element) -> float:
    return sum(_letter(one) for one in element.text or "") + _row(element)


def _operator(element: Element) -> float:
    text = (element.text or "").strip()
    if not text:
        return 0.0
    apart = 0.0 if text in _TIGHT or element.get("form") in ("prefix", "postfix") else _AROUND
    return _token(element) + apart


def _space(element: Element) -> float:
    found = _SPACE.fullmatch(str(element.get("width", "")))
    return float(found[1]) * _UNITS[found[2] or "em"] if found else 0.3


def _fraction(element: Element) -> float:
    return max(map(width, element), default=0.0) + 0.25


def _root(element: Element) -> float:
    return 0.95 + _row(element)


def _beside(element: Element) -> float:
    """A base with scripts at its right: one script, or two above each other."""
    base, *scripts = map(width, element)
    return base + _SCRIPT * max(scripts, default=0.0) + 0.06


def _above(element: Element) -> float:
    base, *others = map(width, element)
    return max(base, *(0.75 * other for other in others)) + 0.1 if others else base


def _table(element: Element) -> float:
    columns: dict[int, float] = {}
    for row in element.iterchildren(etree.Element):
        for at, cell in enumerate(row.iterchildren(etree.Element)):
            columns[at] = max(columns.get(at, 0.0), width(cell))
    return sum(columns.values()) + _GAP * len(columns)


_WIDTHS: dict[str, Callable[[Element], float]] = {
    "mi": _token, "mn": _token, "mo": _operator, "mtext": _text, "ms": _text, "mspace": _space, "mfrac": _fraction,
    "msqrt": _root, "mroot": _root, "msub": _beside, "msup": _beside, "msubsup": _beside, "mmultiscripts": _beside,
    "mover": _above, "munder": _above, "munderover": _above, "mtable": _table,
    "annotation": lambda _: 0.0, "annotation-xml": lambda _: 0.0,
}  # fmt: skip
