r"""A formula's MathML as one line that says its letters and its structure, whoever wrote the MathML.

``\frac{a}{\mathbf{b}_1}`` is ``frac(a, b:bold+upright _(1))``. Spaces, sizes and the division into tokens are left out,
which two converters do in ways of their own; letters, their faces, scripts, limits, fractions, roots, tables with the
sides of their columns, strokes, frames and colours are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from lxml import etree

__all__ = ["structure"]

_SCRIPTS = {"msub": "_", "msup": "^", "msubsup": "_^", "munder": "v", "mover": "n", "munderover": "vn"}
_LIMITS = {"v": "_", "n": "^"}
_ALIKE = """
−-– ∣| ∥‖ ¯‾―ˉ_\u0304 ^ˆ\u0302 ~˜∼\u0303 ˙\u0307 ¨\u0308 →\u20d7 ˇ\u030c ˘\u0306 ´\u0301 `‵\u0300 ˚\u030a ′'’ *∗ ·⋅⬝
〈⟨ 〉⟩ μµ Ω\u2126 :∶ ⏟⎵ ⏞⎴ •∙ ∖⧵\\ ⊥⟂ ⊨⊧ △▵ □⬜◻ ■◼ ◇◊ ╱⟋ ╲⟍ ⇌↽
"""
_UNSEEN = "\u2061\u2062\u2063\u2064\u200b\u200a\u2009\u2006\u2005\u2004\u2003\u2002\u00a0\u202f \n\t"
_SAME: dict[int, str | None] = {
    **{ord(other): signs[0] for signs in _ALIKE.split() for other in signs[1:]},
    **dict.fromkeys(map(ord, _UNSEEN)),
    **{0x2033: "′′", 0x2034: "′′′", 0x2057: "′′′′", 0x20DB: "˙˙˙", 0x20DC: "˙˙˙˙"},
}
"""Signs that are drawn alike, or that nothing is drawn for."""

_VARIANTS = {
    "FRAKTUR": "fraktur", "BLACK-LETTER": "fraktur", "SCRIPT": "script", "DOUBLE-STRUCK": "double-struck",
    "SANS-SERIF": "sans-serif", "MONOSPACE": "monospace", "BOLD": "bold", "ITALIC": "italic",
}  # fmt: skip
_STRETCHED = str.maketrans("⟶⟵⟷⟹⟸⟺⟼", "→←↔⇒⇐⇔↦")
"""Arrows that are as long as what is written on them."""

_FACED = re.compile("[A-Za-zΑ-Ωα-ωϵϑϰϕϱϖıȷ]")
"""Letters whose slant says something."""

_MOVABLE = frozenset("∑∏∐⋃⋂⨁⨂⨀⨄⨆⋁⋀⨅⨃") | {"lim", "max", "min", "sup", "inf", "det", "gcd", "Pr"}


def structure(mathml: str | etree._Element) -> str:
    """The line of a formula, whose root is ``math``."""
    root = etree.fromstring(mathml) if isinstance(mathml, str) else mathml
    return " ".join(_row(root, display=root.get("displaystyle", str(root.get("display") == "block").lower()) == "true"))


def _row(elements: Iterable[Any], *, display: bool, variant: str = "") -> list[str]:
    """What elements say, the scripts behind a letter as one run, in one order, whatever they are nested in."""
    made: list[str] = []
    scripts: dict[str, list[str]] = {}
    for said in (said for each in elements if isinstance(each.tag, str) for said in _said(each, display, variant)):
        if said[:2] in ("_(", "^("):
            scripts.setdefault(said[0], []).append(said[2:-1])
            continue
        made += _written(scripts)
        made.append(said)
    return [*made, *_written(scripts)]


def _written(scripts: dict[str, list[str]]) -> list[str]:
    made = [f"{mark}({' '.join(scripts[mark])})" for mark in sorted(scripts, reverse=True)]
    scripts.clear()
    return made


def _said(element: Any, display: bool, variant: str) -> list[str]:
    kind = etree.QName(element).localname
    display = {"true": True, "false": False}.get(element.get("displaystyle", ""), display)
    variant = element.get("mathvariant") or variant
    if kind in ("mi", "mn", "mo", "mtext", "ms"):
        made = _token(kind, element, variant)
    elif kind in _SCRIPTS:
        made = _scripts(_SCRIPTS[kind], list(element), display, variant)
    elif kind == "mfrac":
        above, below = (" ".join(_row([part], display=False, variant=variant)) for part in element)
        thin = element.get("linethickness", "1").startswith("0")
        made = [f"{'atop' if thin else 'frac'}({above}, {below})"]
    elif kind == "mroot":
        held, index = (" ".join(_row([part], display=display, variant=variant)) for part in element)
        made = [f"root({held}, {index})"]
    elif kind == "mtable":
        made = _table(element, variant)
    elif kind == "mmultiscripts":
        made = _multiscripts(list(element), display, variant)
    elif kind in ("mspace", "mphantom", "annotation", "annotation-xml", "none", "mprescripts"):
        return []
    else:
        made = _row(element, display=display, variant=variant)
    if kind == "msqrt" or (kind == "menclose" and not _is_rules(element)):
        made = [f"{_marks(element)}({' '.join(made)})"]
    colour = element.get("mathcolor")
    return [f"colour[{colour.lower()}]({' '.join(made)})"] if colour and made else made


def _is_rules(enclosed: Any) -> bool:
    """Whether an enclosure is the lines at the sides of a table, which are left out as those within it are."""
    return [etree.QName(one).localname for one in enclosed] == ["mtable"]


def _marks(element: Any) -> str:
    marks = str(element.get("notation", "sqrt")).split()
    return "arrow" if "updiagonalarrow" in marks else " ".join(sorted(marks))


def _multiscripts(parts: list[Any], display: bool, variant: str) -> list[str]:
    """Scripts before and behind a base (MathML Core 3.4.3), those before at nothing."""
    at = next(at for at, part in enumerate(parts) if etree.QName(part).localname == "mprescripts")
    below, above = (" ".join(_row([part], display=False, variant=variant)) for part in parts[at + 1 : at + 3])
    return [f"^({above})", f"_({below})", *_row(parts[:1], display=display, variant=variant)]


def _token(kind: str, element: Any, variant: str) -> list[str]:
    text = "".join(element.itertext())
    default = "italic" if kind == "mi" and len(text.strip()) == 1 else ""
    return [made for letter in text for made in _letters(letter, variant or default)]


def _letters(letter: str, variant: str) -> list[str]:
    """A letter with its face; of what is no letter, the face counts where it is heavy."""
    words = unicodedata.name(letter, "").split()
    if letter == "ℎ":
        letter, words = "h", ["MATHEMATICAL", "ITALIC"]
    found = [_VARIANTS[word] for word in words if word in _VARIANTS]
    styled = unicodedata.normalize("NFKC", letter)
    if found and len(styled) == 1 and styled != letter:
        letter, variant = styled, "-".join(found)
    faces = set(variant.replace("tex-", "").replace("caligraphic", "script").split("-")) - {"", "normal"}
    faces |= {"double-struck"} if {"double", "struck"} <= faces else set()
    faces |= {"sans-serif"} if {"sans", "serif"} <= faces else set()
    faces -= {"double", "struck", "sans", "serif", "mathit", "oldstyle"}
    if not _FACED.fullmatch(letter) or faces & {"script", "fraktur", "double-struck", "monospace"}:
        faces -= {"italic"}
    else:
        faces ^= {"italic"}  # what is italic says nothing, what is upright says so
    drawn = letter.translate(_SAME)
    face = "+".join(sorted("upright" if each == "italic" else each for each in faces))
    return [f"{one}:{face}" if face else one for one in drawn]


def _scripts(marks: str, parts: list[Any], display: bool, variant: str) -> list[str]:
    base = _row(parts[:1], display=display, variant=variant)
    plain = "".join(parts[0].itertext()).strip()
    core = parts[0] if len(parts[0]) == 0 else next((one for one in parts[0].iter() if len(one) == 0), parts[0])
    movable = core.get("movablelimits", "true" if plain in _MOVABLE else "false") == "true"
    said = []
    for mark, part in zip(marks, parts[1:], strict=False):
        script = " ".join(_row([part], display=False, variant=variant))
        if script:
            said.append(f"{_LIMITS.get(mark, mark) if movable and not display else mark}({script})")
    beside, limits = ([each for each in said if (each[0] in "_^") is wanted] for wanted in (True, False))
    if limits and base:
        held = (base[0] if len(base) == 1 else f"{{{' '.join(base)}}}").translate(_STRETCHED)
        base = [held + "".join(sorted(limits, reverse=True))]
    return [*base, *beside]


def _table(table: Any, variant: str) -> list[str]:
    """Rows of cells with their sides; a table of one cell is what is in it, and columns without words are none."""
    display = table.get("displaystyle") == "true"
    sides = table.get("columnalign", "center").split()
    rows: list[list[str]] = []
    for row in table:
        rows.append([])
        for at, cell in enumerate(cell for cell in row if etree.QName(cell).localname == "mtd"):
            side = cell.get("columnalign") or sides[min(at, len(sides) - 1)]
            said = " ".join(_row(cell, display=display, variant=variant))
            rows[-1].append(f"{said}<{side[0]}" if said else "")
    if sum(map(bool, (cell for row in rows for cell in row))) == 1:
        return ["".join(cell for row in rows for cell in row)[:-2]]
    columns = [at for at in range(max(map(len, rows), default=0)) if any(row[at : at + 1] > [""] for row in rows)]
    lines = [" | ".join(row[at] for at in columns if at < len(row)).rstrip(" |") for row in rows]
    while lines and not lines[-1]:
        lines.pop()
    return [f"[{'; '.join(lines)}]"]
