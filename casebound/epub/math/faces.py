"""Faces of letters in formulas as TeX has them: capitals of Greek upright, bold ones of their own (UTR 25)."""

from __future__ import annotations

import unicodedata

from lxml import etree

from casebound.epub.markup import Element

__all__ = ["set_faces"]

_SLANTED = {
    (0x61, 0x7A): 0x1D482, (0x41, 0x5A): 0x1D468, (0x3B1, 0x3C9): 0x1D736, (0x391, 0x3A9): 0x1D71C,
    (0x30, 0x39): 0x1D7CE,
}  # fmt: skip
"""Where the bold italic letters of a run of letters begin, and its bold digits."""
_SIGNS = {"∇": "𝛁", "∂": "𝝏", "ϵ": "𝝐", "ϑ": "𝝑", "ϰ": "𝝒", "ϕ": "𝝓", "ϱ": "𝝔", "ϖ": "𝝕"}


def set_faces(element: Element) -> None:
    r"""Give a token the face that ``\boldsymbol`` asks for, and a Greek capital its upright one.

    MathML Core knows no face but the upright one (2.1.6), and style sheets of readers are not ours.
    """
    kind = etree.QName(element).localname
    text = element.text or ""
    if kind in ("mi", "mn", "mo") and any(
        "boldsymbol" in str(one.get("class")).split() for one in (element, *element.iterancestors())
    ):
        element.text = "".join(map(_bold, text))
    elif kind == "mi" and len(text) == 1 and "Α" <= text <= "Ω" and element.get("mathvariant") is None:
        element.set("mathvariant", "normal")


def _bold(letter: str) -> str:
    for (first, last), start in _SLANTED.items():
        if first <= ord(letter) <= last:
            bold = chr(start + ord(letter) - first)
            upright = ord(letter) in range(0x391, 0x3AA)
            return unicodedata.lookup(unicodedata.name(bold).replace(" ITALIC", "")) if upright else bold
    return _SIGNS.get(letter, letter)
