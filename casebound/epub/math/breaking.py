"""Formulas wider than a page: broken at relations and operators as TeX breaks lines, what stays too wide set smaller.

Browsers do not break MathML (MathML Core 3.1), but set several formulas one after the other as words of a line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from casebound.epub.markup import MATHML, Element, clean
from casebound.epub.math.widths import width
from casebound.tex.reading import reading

__all__ = ["WIDEST", "broken", "fitted"]

WIDEST = 16.0  # em: what the narrowest page of a telephone holds
_PLAIN = 1.25  # how much wider a face is that is not made for mathematics: few devices have one that is
_EASY = 8.0  # em: of a formula in a line of text
_ROWS = frozenset({"math", "mrow", "mstyle", "mpadded"})
_RELATIONS = frozenset("=≠<>≤≥≡≈∼≃≅∝∈∉∋⊂⊃⊆⊇→←↔⇒⇐⇔↦⟶⟵⟹⟸⟺⊢⊨≪≫≺≻≔:∣≜≐")
_BINARY = frozenset("+−-±∓×⋅·÷∪∩∘∗⊕⊗⊖∧∨∖")
_OPEN, _CLOSE = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")
_AFTER = frozenset(",;")


def broken(formula: Element) -> list[Element]:
    """The formula in parts that can each begin a line; the formula alone where it is narrow or cannot be broken."""
    most = WIDEST if formula.get("display") == "block" else _EASY
    if width(formula) <= most:
        return [formula]
    parts = [formula]
    for signs, inside in ((_RELATIONS, False), (_BINARY, False), (_RELATIONS | _BINARY, True)):
        parts = [piece for part in parts for piece in ([part] if width(part) <= most else _cut(part, signs, inside))]
    return parts


def fitted(parts: list[Element]) -> list[Element]:
    """Parts that are wider than a narrow page are as wide as the room round them at most; the room is asked for."""
    for part in parts:
        wide = width(part) * _PLAIN
        if wide > WIDEST:
            part.set("style", f"font-size: min(1em, calc(100cqi / {wide:.1f}))")
    return parts


def _cut(formula: Element, signs: frozenset[str], inside: bool) -> list[Element]:
    """Parts of a formula, each but the first beginning with a sign, or with what follows a comma."""
    row = formula
    while len(row) == 1 and etree.QName(row[0]).localname in _ROWS:
        row = row[0]
    starts = list(_starts(list(row), signs, inside))
    if not starts:
        return [formula]
    children = list(row)
    return [
        _part(formula, row, children[start:end])
        for start, end in zip([0, *starts], [*starts, len(children)], strict=True)
    ]


def _starts(children: list[Element], signs: frozenset[str], inside: bool) -> Iterator[int]:
    """Where a part can begin: not in brackets unless ``inside``, not at the end or at a sign without a left side."""
    depth = 0
    for at, child in enumerate(children):
        sign = _sign(child)
        depth += (sign in _OPEN) - (sign in _CLOSE)
        if not at or (depth > 0 and not inside):
            continue
        before = _sign(children[at - 1])
        follows = before in _AFTER and sign not in _AFTER
        if follows or (
            sign in signs and before not in _RELATIONS | _BINARY | _OPEN | _AFTER and at + 1 < len(children)
        ):
            yield at


def _sign(element: Element) -> str:
    """The sign that an element is, also one with something above or below it."""
    while etree.QName(element).localname in ("mover", "munder", "munderover", "mstyle", "mrow") and len(element):
        if etree.QName(element).localname in ("mstyle", "mrow") and len(element) > 1:
            return ""
        element = element[0]
    return (element.text or "").strip() if etree.QName(element).localname == "mo" else ""


def _part(formula: Element, row: Element, children: list[Element]) -> Element:
    """A formula of its own, in the style of the whole."""
    prefixes: Any = formula.nsmap
    part = etree.Element(f"{{{MATHML}}}math", {"displaystyle": "true"} if _large(formula) else {}, nsmap=prefixes)
    holder = part
    for element in _down(formula, row):
        holder = etree.SubElement(holder, str(element.tag), {str(k): str(v) for k, v in element.attrib.items()})
    holder.extend(children)
    first = _operator(children[0])
    if first is not None and (_sign(children[0]) in _RELATIONS | _BINARY):
        first.set("form", "infix")
    part.set("alttext", clean(_said(part)) or "-")
    return part


def _said(part: Element) -> str:
    """How a part reads: it has no TeX of its own."""
    plain: Any = etree.fromstring(etree.tostring(part))
    for element in plain.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return reading(plain)


def _operator(element: Element) -> Element | None:
    return next((one for one in element.iter(f"{{{MATHML}}}mo")), None)


def _large(formula: Element) -> bool:
    return formula.get("display") == "block" or formula.get("displaystyle") == "true"


def _down(formula: Element, row: Element) -> list[Element]:
    """The elements between a formula and the row in it that is cut."""
    chain: list[Element] = []
    element: Element | None = row
    while element is not None and element is not formula:
        chain.insert(0, element)
        element = element.getparent()
    return chain
