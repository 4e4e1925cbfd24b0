"""How wide text in a drawing is, shaped as it is written."""

from __future__ import annotations

from typing import Any

from casebound.i18n.clusters import clusters
from casebound.typesetting.fonts.glyph_runs import ShapedWord
from casebound.typesetting.fonts.shaping import shape

__all__ = ["shaped", "width_of"]


def shaped(font: Any, text: str, *, rtl: bool = False, apart: bool = False) -> list[tuple[str, ShapedWord]]:
    """A text, or each letter with its marks where they are ``apart``, with what writes it."""
    if apart and not rtl:
        return [(letter, shape(font, letter)) for letter in clusters(text)]
    return [(text, shape(font, text, rtl))]


def width_of(font: Any, text: str, size: float, *, rtl: bool = False, apart: bool = False) -> float:
    """The advance of a text in a size."""
    return sum(part.width for _, part in shaped(font, text, rtl=rtl, apart=apart)) * size / 1000
