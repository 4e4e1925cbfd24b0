"""TeX as MathML, its operators put right for ziamath."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from xml.etree import ElementTree

from ziamath.tex import tex2mml

from casebound.tex import ARROW, UnreadableFormula, letters, plain, table_note
from casebound.tex.operators import BINARY, OPENERS, PUNCTUATION, RELATIONS, SCRIPTS, SIGNS
from casebound.tex.unreadable import takes

__all__ = ["UnknownCommand", "mathml"]

Element = ElementTree.Element

_FENCES = {"\\{": "{", "\\}": "}", "\\lbrace": "{", "\\rbrace": "}", "\\backslash": "\\"}
"""What the converter leaves as it is behind ``\\big`` and its kin, and TeX has no other name for."""

_CLOSERS = set(")]}|‖′″!⟩⌋⌉")
_LARGE = set("∑∏∐⋃⋂⨁⨂⨀⨄⨆⋁⋀∫∬∭∮∯∰")
_TOKENS = {"mi", "mo", "mn", "mtext"}


_RULES = [
    (re.compile(pattern, re.DOTALL), meaning)
    for pattern, meaning in (
        (r"\\[dtc]?binom(?=[\s{\\\d])", r"\\binom"),
        (r"\\binom\s*(\d|[A-Za-z])\s*(\d|[A-Za-z])", r"\\binom{\1}{\2}"),
        (r"\\binom\s*(\{(?:[^{}]|\{[^{}]*\})*\})\s*(\{(?:[^{}]|\{[^{}]*\})*\})", r"\\left({\1\\atop\2}\\right)"),
        (r"\\math(?:op|bin|rel|ord|open|close|punct|inner)(?![A-Za-z])", ""),
        (r"\\mathrm\s*\{", r"\\mathrm {"),
    )
]


_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[^\sA-Za-z])")


class UnknownCommand(UnreadableFormula):
    """A formula has a command that is not known, or that would take some of its letters away."""


def mathml(source: str, display: bool) -> Element:
    """A formula's MathML, without namespaces. Raises UnknownCommand, and whatever latex2mathml ends in."""
    known = plain(source)
    root = ElementTree.fromstring(tex2mml(_spelt(known), inline=not display))
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    for element in list(root.iter()):
        _mend(element)
    for element in list(root.iter()):
        _shape_operators(element)
        if element.tag in SCRIPTS:
            _mend_base(element)
    _check(known, root)
    return root


def _spelt(tex: str) -> str:
    """The formula with what ziamath and its converter misread said in other commands."""
    for pattern, meaning in _RULES:
        tex = pattern.sub(meaning, tex)
    return tex


def _mend(element: Element) -> None:
    text = (element.text or "").strip()
    if element.tag in _TOKENS and len(element):
        # \mathbin and its kin make an operator of elements, which ziamath leaves out
        element.tag = "mrow"
    elif text in _FENCES:
        element.text = _FENCES[text]
    elif command := _COMMAND.search(text):
        raise UnknownCommand(f"{command.group()} is not known")
    elif element.get("mathvariant") == "monospace":
        # which ziamath has no letters for, though its face has
        element.text = "".join(map(_monospaced, text or element.text or ""))  # a space alone is text too
        element.set("mathvariant", "normal")
    elif element.tag == "mtable":
        _space_out(element)
    elif element.tag == "menclose" and "".join(element.itertext()).startswith(ARROW):
        element.set("notation", "updiagonalarrow")
        _without_mark(element)


def _mend_base(scripts: Element) -> None:
    base = scripts[0]
    if base.tag == "mrow" and not len(base):
        # ziamath cannot set a script at nothing
        base.append(ElementTree.Element("mspace", {"width": "0em"}))
    elif base.tag == "mstyle" and len(base) == 1 and scripts[1].tag == "mpadded":
        # the arrow of \xrightarrow and its kin
        arrow = base[0]
        arrow.set("stretchy", "words")
        scripts.remove(base)
        scripts.insert(0, arrow)


def _without_mark(struck: Element) -> None:
    for row in struck.iter():
        for child in [child for child in row if child.text == ARROW]:
            row.remove(child)


def _monospaced(letter: str) -> str:
    for first, last, start in (("A", "Z", 0x1D670), ("a", "z", 0x1D68A), ("0", "9", 0x1D7F6)):
        if first <= letter <= last:
            return chr(start + ord(letter) - ord(first))
    return letter


def _space_out(table: Element) -> None:
    """Rows and columns as far apart as TeX has them: struts of 1.2 em, a quad between the columns of a matrix."""
    aligned = table.get("displaystyle") == "true"
    table.set("rowspacing", "0.3em" if aligned else "0em")
    if not aligned and "columnspacing" not in table.attrib:
        table.set("columnspacing", "1em")
    table.attrib.update(_noted(table))
    if not aligned and (table.get("rowlines") or table.get("parts")):
        table.set("rowspacing", "0.25em")
    for row in table:
        if not len(row):
            continue
        cell = row[0]
        if aligned and len(row) == 1:
            cell.set("columnalign", "center")
        content = ElementTree.Element("mrow")
        content.extend(list(cell))
        for child in list(cell):
            cell.remove(child)
        cell.append(content)
        cell.append(ElementTree.Element("mspace", {"width": "0em", "height": "0.84em", "depth": "0.36em"}))


def _noted(table: Element) -> dict[str, str]:
    """What the first cell says of its table, which is taken out of the cell."""
    row = table.find("mtr/mtd")
    while row is not None and len(row):
        first = row[0]
        if (note := table_note(first.text) if first.tag == "mtext" else None) is not None:
            row.remove(first)
            return note
        row = first if first.tag in {"mrow", "mstyle", "mpadded"} else None
    return {}


def _shape_operators(parent: Element) -> None:
    """A sign before a term is close to it; relations and operators between terms have TeX's spaces.

    A large operator is as large as its place says, not as its row.
    """
    before: Element | None = None
    for element in list(parent):
        text = _text(element)
        if text in _LARGE:
            element.tag = "mo"
            element.set("stretchy", "false")
            element.set("form", "prefix")
        elif element.tag != "mtext" and text in BINARY | RELATIONS and parent.tag not in SCRIPTS:
            _set_between(element, text, after_term=before is not None and not _opens(before))
        elif before is not None and not _opens(before) and _is_function(element) and parent.tag not in SCRIPTS:
            parent.insert(list(parent).index(element), ElementTree.Element("mspace", {"width": "0.167em"}))
        if (
            before is not None
            and (_is_function(before) or _is_large(before))
            and parent.tag not in SCRIPTS
            and _is_term(element)
        ):
            parent.insert(list(parent).index(element), ElementTree.Element("mspace", {"width": "0.167em"}))
        if element.tag != "mspace":
            before = element


def _text(element: Element) -> str:
    return (element.text or "").strip()


def _set_between(element: Element, text: str, *, after_term: bool) -> None:
    element.tag = "mo"
    if text in SIGNS and not after_term:
        element.set("form", "prefix")
    elif not len(element):
        width = "0.278em" if text in RELATIONS else "0.222em"
        element.set("form", "infix")
        for side in ("lspace", "rspace"):
            element.attrib.setdefault(side, width)


def _opens(element: Element) -> bool:
    """Whether a sign after this one is a term's own and no operation."""
    text = _text(element)
    return text in OPENERS | BINARY | RELATIONS | PUNCTUATION and element.get("form") != "postfix"


def _is_function(element: Element) -> bool:
    """Whether this is a function's name with an index or a power: ziamath sets those without a space around them."""
    if element.tag not in {"msub", "msup", "msubsup"} or not len(element) or element[0].tag == "mtext":
        return False
    name = _text(element[0])
    return len(name) > 1 and name.isascii() and name.isalpha()


def _is_large(element: Element) -> bool:
    """Whether this is a large operator with its limits."""
    return element.tag in SCRIPTS and len(element) > 0 and _text(element[0]) in _LARGE


def _is_term(element: Element) -> bool:
    return element.tag not in {"mo", "mspace"} and _text(element) not in OPENERS | _CLOSERS


def _check(known: str, root: Element) -> None:
    """Every letter of the source is in what will be drawn."""
    said = unicodedata.normalize("NFKD", "".join(root.itertext()))
    lost = letters(known) - Counter(said)
    if lost:
        command = takes(known, lost)
        letters_lost = f"{''.join(sorted(lost.elements()))[:40]} would be lost"
        raise UnknownCommand(f"{command} is not known" if command else letters_lost)
