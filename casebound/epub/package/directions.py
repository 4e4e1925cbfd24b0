"""What a book from right to left or from top to bottom needs of its style sheet and of its code.

The sides are written out instead of asked for by logical properties: reading systems older than those know no others.
"""

from __future__ import annotations

import re

from casebound.epub.markup import MATHML, Element, tag

__all__ = ["keep_code", "mirrored", "vertical"]

_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_SIDE = re.compile(r"\b(left|right)\b")
_FOUR = re.compile(r"\b((?:margin|padding|border-(?:width|style|color|radius)):\s*)([^;{}]+)")
_OTHER = {"left": "right", "right": "left"}

_CODE = """
pre, .sig { text-align: left; }
.align-left { display: block; margin-right: auto; }
p[dir="ltr"] { text-align: right; }
"""
"""The sides of code, and what the source puts at one side."""

_LEFT_TO_RIGHT_TAGS = [tag(name) for name in ("pre", "code", "kbd", "samp")] + [f"{{{MATHML}}}math"]

_RULE = re.compile(r"(?P<selector>[^{}]*)\{(?P<body>[^{}]*)\}")
_LEFT_TO_RIGHT = re.compile(r"(^|[\s,])(pre|code|mtd|mtable|\.sig|\.align-right)\b")


def mirrored(css: str) -> str:
    """A style sheet with its sides exchanged."""
    return _RULE.sub(_rule, _COMMENT.sub("", css)) + _CODE


_VERTICAL = """
/* EPUB 3.3 6.3.1: the prefixed names are those that older reading systems know */
html { -epub-writing-mode: vertical-rl; -webkit-writing-mode: vertical-rl; writing-mode: vertical-rl; }
pre, table, figure, math, .formula, .cover { -webkit-writing-mode: horizontal-tb; writing-mode: horizontal-tb; }
"""
"""Lines from top to bottom; what is drawn or set in columns stays as it is."""


def vertical(css: str) -> str:
    """A style sheet for lines from top to bottom, the first at the right."""
    return css + _VERTICAL


def keep_code(root: Element) -> None:
    """Let code, signatures and formulas run from left to right: in an edition CSS may not say so (EPUB 3.3 6.3.1)."""
    for element in root.iter(*_LEFT_TO_RIGHT_TAGS):
        element.set("dir", "ltr")
    for element in root.iter(tag("dt"), tag("div"), tag("span")):
        if "sig" in str(element.get("class", "")).split():
            element.set("dir", "ltr")


def _rule(found: re.Match[str]) -> str:
    if _LEFT_TO_RIGHT.search(found["selector"]):
        return found[0]
    body = _FOUR.sub(lambda four: four[1] + _exchanged(four[2]), found["body"])
    return f"{found['selector']}{{{_SIDE.sub(lambda side: _OTHER[side[1]], body)}}}"


def _exchanged(value: str) -> str:
    """Four values, which are those of top, right, bottom and left."""
    parts = value.split()
    return " ".join([parts[0], parts[3], parts[2], parts[1]]) if len(parts) == 4 else value
