"""Scripts of formulas: which are above and below what they belong to, and which beside it (MathML Core 3.4)."""

from __future__ import annotations

import unicodedata

from lxml import etree

from casebound.epub.markup import Element

__all__ = ["part_scripts"]

_LIMITS = {"msub": "munder", "msup": "mover", "msubsup": "munderover"}
_SCRIPTS = {"munder": "msub", "mover": "msup"}
_OPERATORS = frozenset("∐⋃⋂⨁⨂⨀⨄⨆⋁⋀")
_FUNCTIONS = frozenset({"det", "gcd", "Pr", "liminf", "limsup", "injlim", "projlim", "lim", "max", "min", "sup", "inf"})
"""Functions and operators that have limits where a formula is displayed: no converter knows all of them."""


def part_scripts(element: Element) -> None:
    """Put scripts where TeX has them.

    An index belongs to an accented letter as a whole, and what is said of a brace is above or below it; docutils
    has it the other way round. An operator has its limits in displayed formulas.
    """
    kind = etree.QName(element)
    if kind.localname in _LIMITS and len(element):
        base = element[0]
        if _is_brace(base) or _has_limits(base):
            element.tag = str(etree.QName(kind.namespace, _LIMITS[kind.localname]))
    elif kind.localname == "munderover" and len(element) == 3:
        _part_accent(element, kind.namespace or "")


def _has_limits(base: Element) -> bool:
    """Whether the base of scripts is an operator with limits, which it then says of itself."""
    name = "".join((base.text or "").split())
    if etree.QName(base).localname not in ("mi", "mo") or len(base):
        return False
    if name in _FUNCTIONS or (base.get("movablelimits") == "true" and name.isalpha()):
        base.tag = str(etree.QName(etree.QName(base).namespace, "mo"))
        if "mathvariant" in base.attrib:
            del base.attrib["mathvariant"]
        base.attrib.update({"form": "prefix", "lspace": "0em", "rspace": "0.1667em"})
    elif name not in _OPERATORS:
        return False
    base.set("movablelimits", "true")
    return True


def _part_accent(element: Element, namespace: str) -> None:
    base, below, above = element
    brace = _sign(above) in "⏞⎴" or _sign(below) in "⏟⎵"
    if not brace and (etree.QName(base).localname == "mo" or base.get("movablelimits") or _is_brace(base)):
        return
    if _is_accent(above):
        whole, script, inner, outer = [base, above], below, "mover", "munder"
    elif _is_accent(below):
        whole, script, inner, outer = [base, below], above, "munder", "mover"
    else:
        return
    element.tag = str(etree.QName(namespace, outer if brace else _SCRIPTS[outer]))
    accented = etree.Element(etree.QName(namespace, inner))
    accented.extend(whole)
    element[:] = [accented, script]


def _is_accent(element: Element) -> bool:
    said = _sign(element)
    if etree.QName(element).localname not in ("mo", "mstyle") or len(set(said)) != 1:
        return False
    return unicodedata.category(said[0]) in ("Lm", "Sk", "Sm", "So", "Mn", "Po", "Pc")


def _is_brace(element: Element) -> bool:
    return etree.QName(element).localname in ("mover", "munder") and _sign(element[-1]) in "⏞⏟⎴⎵"


def _sign(element: Element) -> str:
    return "".join(map(str, element.itertext())).strip()
