"""Lines through and under text: the class names that ask for them, as docutils, Sphinx themes and CSS spell them."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["HTML", "strokes", "strokes_of_style"]

# not "s": Pygments calls strings so
_STRUCK = frozenset({"del", "strike", "strikethrough", "strikeout", "line-through", "deleted"})
_UNDERLINED = frozenset({"u", "ins", "underline", "underlined", "inserted"})

_DECORATION = re.compile(r"text-decoration(?:-line)?\s*:([^;]*)", re.IGNORECASE)

HTML = {
    **dict.fromkeys(("del", "deleted"), "del"),
    **dict.fromkeys(("ins", "inserted"), "ins"),
    **dict.fromkeys(_STRUCK - {"del", "deleted"}, "s"),
    **dict.fromkeys(_UNDERLINED - {"ins", "inserted"}, "u"),
}
"""The element of HTML that each class name means (HTML 4.5.5, 4.5.22, 4.7.1, 4.7.2)."""


def strokes(classes: Iterable[str]) -> tuple[str, ...]:
    """What classes ask for: ``strike``, ``underline``, both or nothing."""
    names = set(classes)
    return tuple(kind for kind, known in (("strike", _STRUCK), ("underline", _UNDERLINED)) if names & known)


def strokes_of_style(style: str) -> tuple[str, ...]:
    """What an element's style asks for, in the same words (CSS Text Decoration 3, 2.1)."""
    asked = " ".join(_DECORATION.findall(style)).lower()
    return tuple(kind for kind, value in (("strike", "line-through"), ("underline", "underline")) if value in asked)
