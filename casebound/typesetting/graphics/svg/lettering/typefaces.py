"""The faces of text in drawings: the house's, chosen by family, weight and slope."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reportlab.lib.fonts import tt2ps
from reportlab.pdfbase import pdfmetrics

from casebound.typesetting.graphics.svg.styles.style import Style

__all__ = ["face", "take"]

_SERIF = ("serif", "times", "georgia", "garamond", "roman", "cambria", "palatino", "bookman", "minion")
_MONO = ("mono", "courier", "consol", "menlo", "code", "typewriter", "monaco", "terminal")
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_aliases: dict[str, str] = {}


def take(aliases: Mapping[str, str]) -> None:
    """Take the faces that ``fontSans``, ``fontSerif`` and ``fontMono`` stand for."""
    _aliases.update(aliases)


def face(style: Style) -> Any:
    """The face of a style (``casebound.typesetting.stubs``)."""
    family = style["font-family"].partition(",")[0].lower()
    alias = "fontSans"
    if any(word in family for word in _MONO):
        alias = "fontMono"
    elif "sans" not in family and (any(word in family for word in _SERIF)):
        alias = "fontSerif"
    bold = style["font-weight"].lower() in _BOLD
    italic = style["font-style"].lower().startswith(("italic", "oblique"))
    return pdfmetrics.getFont(tt2ps(_aliases[alias], bold, italic))
