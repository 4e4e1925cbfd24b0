"""Everything that is changed inside rst2pdf and reportlab, each with its reason; called once per process.

A test holds each patch against the unpatched library and fails when upstream mends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import rst2pdf.styles
import svglib.fonts
from reportlab.graphics import shapes
from reportlab.lib.fonts import tt2ps
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from casebound.typesetting.faces import StubFont

__all__ = ["apply"]

_SERIF = ("serif", "times", "georgia", "garamond", "roman")
_MONO = ("mono", "courier", "consol", "menlo", "code", "typewriter")
_aliases: dict[str, str] = {}


def _registered(name: str, filename: str, *args: object, **kwargs: object) -> TTFont:
    """rst2pdf parses and registers the faces of its style sheets each time it is constructed: give it ours."""
    known = pdfmetrics._fonts.get(name)
    return known if isinstance(known, StubFont) else StubFont(name, Path(filename))


def _drawing_face(
    self: svglib.fonts.FontMap, font_name: str, weight: str = "normal", style: str = "normal"
) -> tuple[str, bool]:
    """svglib asks fontconfig for faces, or falls back to Helvetica, which is not embedded: give it the house's."""
    name = (font_name or "").lower()
    alias = "fontSans"
    if any(word in name for word in _MONO):
        alias = "fontMono"
    elif "sans" not in name and any(word in name for word in _SERIF):
        alias = "fontSerif"
    bold = str(weight).lower() in {"bold", "bolder", "600", "700", "800", "900"}
    italic = str(style).lower() in {"italic", "oblique"}
    return tt2ps(_aliases[alias], bold, italic), True


def apply(aliases: Mapping[str, str]) -> None:
    """Apply every patch; doing so twice is harmless. ``aliases`` are the faces that fontSans and its like stand for."""
    _aliases.update(aliases)
    rst2pdf.styles.TTFont = _registered
    svglib.fonts.FontMap.find_font = _drawing_face  # type: ignore[method-assign]
    # reportlab's drawings begin in Times-Roman, which would stand in every page with a drawing, not embedded.
    shapes.STATE_DEFAULTS["fontName"] = aliases["fontSans"]
