"""Formulas as MathML with their TeX beside it (MathML Core; EPUB 3.3 6.1.4)."""

from __future__ import annotations

import re

from docutils import nodes
from docutils.utils.math import MathError, latex2mathml
from latex2mathml import converter
from lxml import etree

from casebound.epub.markup import Element, add, clean, inside, text
from casebound.epub.math.arrays import rule
from casebound.epub.math.breaking import broken, fitted
from casebound.epub.math.faces import set_faces
from casebound.epub.math.limits import part_scripts
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders
from casebound.tex import ARROW, UnreadableFormula, display_parts, plain, reason, table_note

__all__: list[str] = []

_BRACES = {"\\{": "{", "\\}": "}", "\\backslash": "\\"}
"""What the other converter leaves as it is behind ``\\big`` and its kin."""

_ENCLOSED = {
    "updiagonalstrike": "cancel", "updiagonalarrow": "cancel", "downdiagonalstrike": "bcancel",
    "updiagonalstrike downdiagonalstrike": "xcancel", "horizontalstrike": "sout",
}  # fmt: skip
_CHILDREN = {
    "mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3,
}  # fmt: skip
"""How many children an element must have (MathML Core 3.3.2, 3.3.3, 3.4)."""
_COMMAND = re.compile(r"\\[A-Za-z]+")
_ALIGNED = re.compile(r"\\(begin|end)\{align\*\}")


@renders(nodes.math)
def _math(page: ChapterPage, node: nodes.math, parent: Element) -> None:
    _formula(page, node, page.element(node, parent, "span", ["math"]), node.astext(), block=False)


@renders(nodes.math_block)
def _math_block(page: ChapterPage, node: nodes.math_block, parent: Element) -> None:
    holder = page.element(node, parent, "div", ["math"])
    if node.get("number"):
        # before the formula, which then is beside it instead of above it
        add(holder, "span", ["equation-number"]).text = f"({node['number']})"
    made = add(holder, "div", ["formula"])
    source = node.astext()
    for part in [source.strip()] if node.get("nowrap") else display_parts(source):
        _formula(page, node, made, part, block=True)


def _source(tex: str, block: bool) -> str:
    """The formula as MathML: by docutils, which sets it more finely, else by the converter that knows more of TeX.

    Raises whatever error an unknown command leads them to.
    """
    known = plain(tex)
    try:
        if r"\operatorname*" in known:
            raise MathError("docutils reads the star as the operator's name")
        return str(latex2mathml.tex2mathml(_ALIGNED.sub(r"\\\1{aligned}", known), as_block=block))
    except Exception:
        made = converter.convert(known, display="block" if block else "inline")
        if re.search(r">\\(?!backslash<)[a-zA-Z]+<", made):
            raise
        return made


def _formula(page: ChapterPage, node: nodes.Element, parent: Element, tex: str, *, block: bool) -> None:
    try:
        _put(page, converted(tex, block), parent, tex, block)
    except Exception as error:
        page.report("math-plain", node, name=" ".join(tex.split()), reason=reason(error, tex))
        text(add(parent, "code", ["tex"]), tex)


def _put(page: ChapterPage, formula: Element, parent: Element, tex: str, block: bool) -> None:
    """Write a formula, in parts where it is wider than a page; a part in a line that still is has a line of its own."""
    drawn = None if _is_text(formula) or _in_heading(parent) else page.pictures.formula(tex, block)
    parts = fitted(broken(formula))
    holder = add(parent, "div", ["broken"]) if block and len(parts) > 1 else parent
    for part in parts:
        if drawn is not None:
            part.set("class", "drawn")
        (add(holder, "span", ["wide-math"]) if part.get("style") and not block else holder).append(part)
    if drawn is not None:
        picture, width, depth = drawn
        style = f"width: {width:.2f}em" + ("" if block else f"; vertical-align: {-depth:.2f}em")
        said = " ".join(tex.split())
        add(parent, "img", ["formula-picture"], {"src": picture.name, "alt": said, "style": style})


def _is_text(formula: Element) -> bool:
    """Whether a formula reads right where nothing but its letters is shown."""
    kinds = {etree.QName(element).localname for element in formula.iter(etree.Element)}
    return kinds <= {"math", "mrow", "mstyle", "mi", "mn", "mo", "mtext", "mspace"}


def _in_heading(element: Element | None) -> bool:
    """Whether a formula is in a heading, whose words reading systems take for their contents."""
    return any(inside(element, f"h{level}") for level in range(1, 7))


def converted(tex: str, block: bool) -> Element:
    made = etree.fromstring(clean(_source(tex, block).replace("&ApplyFunction;", "\u2061")))
    for element in list(made.iter(etree.Element)):
        element.text = _BRACES.get(element.text or "", element.text)
        if unknown := _COMMAND.search(element.text or ""):
            raise UnreadableFormula(f"{unknown.group()} is not known")
        _style_apart(element)
        part_scripts(element)
        set_faces(element)
        kind = etree.QName(element).localname
        if kind == "mo" and len(element):  # \mathbin and its kin make an operator of elements
            element.tag = str(etree.QName(etree.QName(element).namespace, "mrow"))
        if len(element) != _CHILDREN.get(kind, len(element)):
            raise ValueError(f"{kind} lacks a part")
        if kind == "menclose":
            _enclose(element)
        elif kind == "mtable":
            note = _noted(element)
            _align(element)
            rule(element, note)
        # no attribute of XHTML but class, no white space that is laid out for reading
        element.tail = None
        if len(element) and not (element.text or "").strip():
            element.text = None
    made.set("alttext", clean(" ".join(tex.split())))
    return made


def _enclose(element: Element) -> None:
    """What is struck out or framed has its class: MathML Core has no menclose, and leaves it to CSS."""
    for row in list(element.iter()):
        for mark in [mark for mark in row if mark.text == ARROW]:
            row.remove(mark)
            element.set("notation", "updiagonalarrow")
    element.set("class", _ENCLOSED.get(str(element.get("notation")), "boxed"))


def _align(table: Element) -> None:
    """The cells of a table say their sides in classes: MathML Core leaves them to CSS, MathML 3 has an attribute."""
    rows = [[cell for cell in row if etree.QName(cell).localname == "mtd"] for row in table]
    most = max(map(len, rows), default=0)
    kind = str(table.get("class"))
    sides = ["left"] * most if kind == "cases" else ["right", "left"] * most if kind == "ams-align" and most > 1 else []
    if sides:
        table.set("columnalign", " ".join(sides[:most]))
    for row in rows:
        for at, cell in enumerate(row):
            side = cell.get("columnalign") or (sides[at] if sides else "")
            if side in ("left", "right"):
                cell.set("class", side)
    if rows and [cell.get("columnalign") for cell in rows[0]][:2] == ["right", "left"] and table.get("displaystyle"):
        table.set("class", "ams-align")


def _noted(table: Element) -> dict[str, str]:
    """What the first cell says of its table, which is taken out of the cell."""
    row = next(table.iter("{*}mtd"), None)
    while row is not None and len(row):
        kind = etree.QName(row[0]).localname
        if kind == "mtext" and (note := table_note(row[0].text)) is not None:
            row.remove(row[0])
            return note
        row = row[0] if kind in ("mrow", "mstyle", "mpadded") else None
    return {}


def _style_apart(element: Element) -> None:
    """The style and level of a formula's part are at an mstyle round it, where MathML 3 has them (3.3.4.2)."""
    kind, parent = etree.QName(element), element.getparent()
    if parent is None or kind.localname in ("mstyle", "mtable"):
        return
    style = {name: str(element.attrib.pop(name)) for name in ("displaystyle", "scriptlevel") if name in element.attrib}
    if style:
        holder = etree.Element(etree.QName(kind.namespace, "mstyle"), style)
        parent.replace(element, holder)
        holder.append(element)
