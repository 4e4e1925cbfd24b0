"""Everything that is changed inside rst2pdf and reportlab, each with its reason; called once per process.

A test holds each patch against the unpatched library and fails when upstream mends it.
"""

from __future__ import annotations

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from casebound.typesetting.fonts.faces import StubFont
from casebound.typesetting.styles.upstream import styles

__all__ = ["apply"]


def _registered(name: str, filename: str, *args: object, **kwargs: object) -> TTFont:
    """rst2pdf parses and registers the faces of its style sheets each time it is constructed: give it ours."""
    known = pdfmetrics._fonts.get(name)
    return known if isinstance(known, StubFont) else StubFont(name, Path(filename))


def apply() -> None:
    """Apply every patch; doing so twice is harmless."""
    styles.TTFont = _registered
