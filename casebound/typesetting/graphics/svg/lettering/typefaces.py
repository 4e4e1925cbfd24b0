"""The faces of text in drawings: the house's, chosen by family, weight and slope."""

from __future__ import annotations

from collections.abc import Mapping

from reportlab.lib.fonts import tt2ps
from reportlab.pdfbase import pdfmetrics

from casebound.typesetting.fonts.stub_fonts import StubFont
from casebound.typesetting.graphics.svg.styles.style import SvgStyle

__all__ = ["face"]

_SERIF = ("serif", "times", "georgia", "garamond", "roman", "cambria", "palatino", "bookman", "minion")
_MONO = ("mono", "courier", "consol", "menlo", "code", "typewriter", "monaco", "terminal")
_BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})


def face(style: SvgStyle, aliases: Mapping[str, str]) -> StubFont:
    """The face of a style; ``aliases`` say which fontSans, fontSerif and fontMono are."""
    family = style["font-family"].partition(",")[0].lower()
    alias = "fontSans"
    if any(word in family for word in _MONO):
        alias = "fontMono"
    elif "sans" not in family and (any(word in family for word in _SERIF)):
        alias = "fontSerif"
    bold = style["font-weight"].lower() in _BOLD
    italic = style["font-style"].lower().startswith(("italic", "oblique"))
    font: StubFont = pdfmetrics.getFont(tt2ps(aliases[alias], bold, italic))
    return font
