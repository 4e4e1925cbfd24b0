"""A formula as a drawing of its own, for reading systems that cannot set MathML."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.colors import Color

from casebound.typesetting.math.formula import BrokenFormula, formula

__all__ = ["drawing"]

_EM = 1000.0  # units of a formula
_PIXELS = 16 / _EM  # of a unit, where the text has the usual size
_COMMANDS = {"m": "M", "l": "L", "c": "C", "h": "Z"}


def drawing(tex: str, display: bool) -> tuple[bytes, float, float] | None:
    """The formula as SVG, its width and its depth below the baseline in em; None where it cannot be set."""
    try:
        made = formula(tex, display)
    except BrokenFormula:
        return None
    high = made.ascent + made.descent
    if made.width <= 0 or high <= 0:
        return None
    marks = "".join(
        f'<path transform="translate({mark.origin[0] - made.left:g} {made.ascent - mark.origin[1]:g}) scale(1 -1)"'
        f' d="{" ".join(_outline(mark.path._code))}"{_ink(mark.colour, mark.stroke)}/>'
        for mark in made.marks
    )
    size = f'viewBox="0 0 {made.width:g} {high:g}" width="{made.width * _PIXELS:g}" height="{high * _PIXELS:g}"'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{marks}</svg>'
    return svg.encode(), made.width / _EM, made.descent / _EM


def _outline(code: list[str]) -> Iterator[str]:
    """A path of PDF in the words of SVG (PDF 32000-1, 8.5.2)."""
    for line in code:
        *numbers, operator = line.split()
        if operator == "re":
            x, y, width, height = numbers
            yield f"M{x} {y}h{width}v{height}h{-float(width):g}Z"
        elif operator in _COMMANDS:
            yield _COMMANDS[operator] + " ".join(numbers)


def _ink(colour: Color | None, stroke: float) -> str:
    ink = f"#{colour.hexval()[2:]}" if colour is not None else "#000"
    return f' fill="none" stroke="{ink}" stroke-width="{stroke:g}"' if stroke else f' fill="{ink}"'
