"""Labels: a few letters drawn at a point of the canvas, in no paragraph: numbers of lines and of formulas."""

from __future__ import annotations

from functools import partial
from typing import Any

from reportlab.pdfbase.pdfmetrics import getFont

from casebound.model.style import RGB
from casebound.typesetting.fonts.glyph_runs import Pen
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import StubFont, font_name

__all__ = ["draw_label"]


def draw_label(
    canvas: Any, text: str, face: str, size: float, colour: RGB, right: float, baseline: float, *, read: bool = False
) -> None:
    """Draw a text that ends so many points from the left of the canvas; it is content only where it is ``read``."""
    font: StubFont = getFont(face)
    shaped = shape(font, text)
    font.keep(text, shaped)
    red, green, blue = colour
    left = right - shaped.width * size / 1000
    code = [f"BT {red:.3f} {green:.3f} {blue:.3f} rg 1 0 0 1 {left:.2f} {baseline:.2f} Tm"]
    contents = canvas.marks.text(code)
    if read:
        contents.go_on()
    pen = Pen(partial(font_name, doc=canvas._doc), code)
    pen.write(shaped.spans, size)
    pen.rest()
    contents.end()
    written = " ".join([*code, "ET"])
    if read:
        canvas.write(written)
    else:
        canvas._code.append(written)
