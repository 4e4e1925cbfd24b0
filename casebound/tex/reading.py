"""What a formula reads as when it is searched, copied or read out: a line of plain text after UnicodeMath (UTN 28)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

from casebound.tex.operators import SCRIPTS

__all__ = ["reading"]

_RAISED = dict(
    zip("0123456789+-−=()niabcdefghjklmoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True)
)
_LOWERED = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "\u0302": "\u0302", "¯": "\u0304", "‾": "\u0304", "―": "\u0304", "→": "\u20d7",
    "~": "\u0303", "˜": "\u0303", "\u0303": "\u0303", "˙": "\u0307", "¨": "\u0308", "ˇ": "\u030c", "˘": "\u0306",
    "´": "\u0301", "`": "\u0300", "˚": "\u030a",
}  # fmt: skip
_PRIMES = set("′″‴'")
_ATOM = re.compile(r"[^\s()\[\]{}][\u0300-\u036f\u20d0-\u20ff]*|\([^()]*\)|\d[\d.,]*")
_LARGE = frozenset("∑∏∐∫∬∭∮∯∰⋃⋂⋁⋀⨀⨁⨂⨄⨆")
"""Operators whose scripts end where their term begins, with a space."""

_SHIFTED = re.compile(f"[{re.escape(''.join({*_RAISED.values(), *_LOWERED.values()}))}]")
_WIDE = 0.15  # em: a space as wide reads as one
_SPACED = re.compile(r"\s+")


def reading(root: Element) -> str:
    """A formula's MathML as one line: ``x = (−b ± √(b² − 4ac))/2a``; rows of a table divided by semicolons."""
    text = _SPACED.sub(" ", _read(root)).strip()
    text = re.sub(r"([(\[{]) +| +([)\]},;])", lambda found: found[1] or found[2], text)
    # letters of mathematics as letters that can be typed; ℝ and its kin are letters of their own
    return "".join(unicodedata.normalize("NFKC", letter) if ord(letter) > 0xFFFF else letter for letter in text)


def _read(element: Element) -> str:
    return _READ.get(element.tag, _row)(element)


def _row(element: Element) -> str:
    made, apart, summed = "", False, False
    for child in element:
        said = _read(child)
        stands_apart = child.tag == "mfrac" or _is_name(child)
        if (summed and said) or ((apart or stands_apart) and _ends_term(made) and said[:1].isalnum()):
            made += " "
        made += said
        apart, summed = stands_apart, child.tag in SCRIPTS and _core(child) in _LARGE
    return made


def _core(element: Element) -> str:
    """The base of the scripts of an element."""
    while element.tag in SCRIPTS and len(element):
        element = element[0]
    return (element.text or "").strip()


def _ends_term(text: str) -> bool:
    return text[-1:].isalnum() or text[-1:] == ")"


def _is_name(element: Element) -> bool:
    """Whether this is the name of a function or an operator, with its scripts."""
    while element.tag in SCRIPTS and len(element):
        element = element[0]
    text = (element.text or "").strip()
    return element.tag in {"mi", "mo"} and len(text) > 1 and all(part.isalpha() for part in text.split())


def _token(element: Element) -> str:
    text = (element.text or "").strip().translate({0x2061: None, 0x2062: None, 0x2063: None})
    around = " " if element.get("form") == "infix" and element.get("lspace") else ""
    return f"{around}{text}{around}" + (" " if text in {",", ";"} else "")


def _text(element: Element) -> str:
    return (element.text or "") + "".join(_read(child) for child in element)


def _space(element: Element) -> str:
    width = re.match(r"(-?[\d.]+)em", element.get("width", ""))
    return " " if width and float(width[1]) > _WIDE else ""


def _fraction(element: Element) -> str:
    above, below = map(_read, element)
    if element.get("linethickness", "") in {"0", "0px", "0pt", "0em"}:
        return f"{above.strip()} ¦ {below.strip()}"
    return f"{_grouped(above)}/{_grouped(below)}"


def _root(element: Element) -> str:
    if element.tag == "msqrt":
        return f"√{_grouped(_row(element))}"
    held, index = (_read(child).strip() for child in element)
    sign = {"3": "∛", "4": "∜"}.get(index)
    return f"{sign}{_grouped(held)}" if sign else f"√({index}&{held})"


def _scripts(element: Element) -> str:
    base = _read(element[0])
    kinds = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}.get(element.tag, "_^")
    for kind, script in zip(kinds, list(element)[1:], strict=False):
        base = _scripted(base, kind, _read(script).strip())
    return base


def _scripted(base: str, kind: str, script: str) -> str:
    core = base.rstrip()
    end = base[len(core) :]
    if kind == "^" and script and set(script) <= _PRIMES:
        return core + script + end
    if kind == "^" and script == "∘":
        return core + "°" + end
    if script in _ACCENTS and kind == "^":
        return (core + _ACCENTS[script] if len(core) == 1 else f"{_grouped(core)}{_ACCENTS[script]}") + end
    if script in {"⏞", "⏟", "―", "‾", "_", "̲"}:
        return core + end
    letters = _RAISED if kind == "^" else _LOWERED
    tight = script.replace(" ", "")
    if not tight:
        return base
    if all(letter in letters for letter in tight) and len(tight) <= 4:
        return core + "".join(letters[letter] for letter in tight) + end
    whole = script.isalnum() and not _SHIFTED.search(script)
    return f"{core}{kind}{script if whole else _grouped(script)}{end}"


def _table(element: Element) -> str:
    aligned = element.get("displaystyle") == "true"
    rows = ((" " if aligned else ", ").join(_row(cell).strip(" ") for cell in row) for row in element)
    return "; ".join(row.strip() for row in rows)


def _grouped(text: str) -> str:
    """A term as it is beside a sign: in brackets where it is more than one."""
    text = text.strip()
    return text if _ATOM.fullmatch(text) else f"({text})"


_READ: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("mi", "mo", "mn"), _token),
    **dict.fromkeys(SCRIPTS, _scripts),
    **dict.fromkeys(("msqrt", "mroot"), _root),
    "mtext": _text,
    "mspace": _space,
    "mfrac": _fraction,
    "mtable": _table,
    "mphantom": lambda _: "",
}
