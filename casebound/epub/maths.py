"""Formulas as MathML with their TeX beside it (MathML Core; EPUB 3.3 6.1.4)."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.utils.math import latex2mathml
from latex2mathml import converter
from lxml import etree

from casebound.epub.markup import Element, add, clean, text
from casebound.epub.page import Page
from casebound.epub.registry import renders

__all__: list[str] = []

_RULES = [
    (re.compile(pattern), meaning)
    for pattern, meaning in (
        (r"\\(begin|end)\{[dr]cases\*?\}", r"\\\1{cases}"),
        (r"\\begin\{([bBpvV]?matrix)\*\}\s*(?:\[[lcr]\])?", r"\\begin{\1}"),
        (r"\\end\{([bBpvV]?matrix)\*\}", r"\\end{\1}"),
        (r"\\genfrac\{\(\}\{\)\}\{0\w*\}\{\d?\}(?=\{)", r"\\binom"),
        (r"\\genfrac\{\}\{\}\{\}\{\d?\}(?=\{)", r"\\frac"),
    )
]
"""What neither converter knows, said in other commands."""


@renders(nodes.math)
def _math(page: Page, node: nodes.math, parent: Element) -> None:
    _formula(page, node, page.element(node, parent, "span", ["math"]), node.astext(), block=False)


@renders(nodes.math_block)
def _math_block(page: Page, node: nodes.math_block, parent: Element) -> None:
    holder = page.element(node, parent, "div", ["math"])
    if node.get("number"):
        # before the formula, which then stands beside it instead of above it
        add(holder, "span", ["equation-number"]).text = f"({node['number']})"
    made = add(holder, "div", ["formula"], {"tabindex": "0"})
    # Sphinx takes an empty line as the end of one formula and the beginning of the next
    for part in re.split(r"\n\s*\n", node.astext()):
        if part.strip():
            _formula(page, node, made, part.strip(), block=True)


def _converted(tex: str, block: bool) -> str:
    """The formula as MathML: by docutils, which sets it more finely, else by the converter that knows more of TeX.

    Raises whatever error an unknown command leads them to.
    """
    for pattern, meaning in _RULES:
        tex = pattern.sub(meaning, tex)
    try:
        return str(latex2mathml.tex2mathml(tex, as_block=block))
    except Exception:
        made = converter.convert(tex, display="block" if block else "inline")
        if re.search(r">\\[a-zA-Z]+<", made):
            raise
        return made


def _formula(page: Page, node: nodes.Element, parent: Element, tex: str, *, block: bool) -> None:
    try:
        parent.append(_mathml(tex, block))
    except Exception:
        page.report("math-plain", node, name=" ".join(tex.split()))
        text(add(parent, "code", ["tex"]), tex)


def _mathml(tex: str, block: bool) -> Element:
    made = etree.fromstring(clean(_converted(tex, block).replace("&ApplyFunction;", "\u2061")))
    for element in list(made.iter(etree.Element)):
        _style_apart(element)
        # no attribute of XHTML but class, no white space that is laid out for reading
        element.tail = None
        if len(element) and not (element.text or "").strip():
            element.text = None
    made.set("alttext", clean(" ".join(tex.split())))
    return made


def _style_apart(element: Element) -> None:
    """The style and level of a formula's part stand at an mstyle round it, where MathML 3 has them (3.3.4.2)."""
    kind, parent = etree.QName(element), element.getparent()
    if parent is None or kind.localname in ("mstyle", "mtable"):
        return
    style = {name: str(element.attrib.pop(name)) for name in ("displaystyle", "scriptlevel") if name in element.attrib}
    if style:
        holder = etree.Element(etree.QName(kind.namespace, "mstyle"), style)
        parent.replace(element, holder)
        holder.append(element)
