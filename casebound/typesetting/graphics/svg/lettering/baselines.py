"""Baselines: how far text is lowered to be on another line than the alphabet's (SVG 2 11.10.2, CSS Inline 3 4)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from casebound.svg import SVG
from casebound.typesetting.graphics.svg.lettering.letters import LetterSpan
from casebound.typesetting.graphics.svg.styles.style import SvgStyle

__all__ = ["drop", "reaches"]

_SHIFTS = {"sub": 0.5, "super": -0.5}  # of the height of the face


def drop(font: Any, style: SvgStyle, span: LetterSpan, *, vertical: bool = False) -> float:
    """By how much the alphabet's baseline of a run lies below where it was put."""
    ascent, descent = reaches(font)
    name = style["alignment-baseline"] if span.element.tag != f"{{{SVG}}}text" else ""
    name = name if name not in ("", "auto", "baseline") else style["dominant-baseline"]
    if vertical and name in ("", "auto"):
        name = "central"
    shares = {
        "middle": _x_height(font) / 2, "central": (ascent - descent) / 2, "hanging": ascent * 0.8,
        "mathematical": ascent / 2, "text-before-edge": ascent, "text-top": ascent, "before-edge": ascent,
        "text-after-edge": -descent, "text-bottom": -descent, "after-edge": -descent, "ideographic": -descent,
    }  # fmt: skip
    return float(shares.get(name, 0.0)) * style.size + sum(_shift(each, ascent + descent) for each in span.chain())


def _shift(span: LetterSpan, height: float) -> float:
    value, size = span.state.style["baseline-shift"], span.state.style.size
    if value in ("", "baseline", "0"):
        return 0.0
    if value in _SHIFTS:
        return _SHIFTS[value] * height * size
    if value.endswith("%"):
        return -span.state.lengths.of(f"{value[:-1]}") / 100 * size
    return -span.state.lengths.of(value)


@lru_cache(64)
def reaches(font: Any) -> tuple[float, float]:
    """How far a face reaches up and down, of its size, as browsers read it (OpenType, hhea)."""
    extents = font.shaper.get_font_extents("ltr")
    upem = float(font.shaper.face.upem)
    return float(extents.ascender) / upem, -float(extents.descender) / upem


@lru_cache(64)
def _x_height(font: Any) -> float:
    shaper = font.shaper
    glyph = shaper.get_nominal_glyph(ord("x")) or 0
    extents = shaper.get_glyph_extents(glyph)
    return float(extents.y_bearing) / float(shaper.face.upem) if extents else 0.5
