"""Text that is not seen: what something drawn in outlines reads as when it is searched, copied or read out."""

from __future__ import annotations

from functools import partial
from typing import Any

from casebound.i18n.bidi import levels, ordered
from casebound.typesetting.fonts.glyph_runs import Pen, actual_text
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import StubFont, font_name

__all__ = ["hidden_text"]


def hidden_text(canvas: Any, font: StubFont, text: str, place: tuple[float, float], width: float, size: float) -> str:
    """The operators, within a text object, of a text that is invisible and as wide as what is drawn.

    Letters and no replacement text alone (ISO 32000-2 14.9.4): pdf.js and MuPDF know of none. One is over the
    letters where no face has all of them. ``place`` is on the baseline.
    """
    letters = "".join(letter for letter in text if font.lender(ord(letter)).has(ord(letter))) or "x"
    shaped = shape(font, "".join(ordered(letters, levels(letters, 0))), rtl=False)
    font.keep(letters, shaped)
    stretch = 100_000 * width / (shaped.width * size) if shaped.width else 100.0
    code = [f"1 0 0 1 {place[0]:.2f} {place[1]:.2f} Tm 3 Tr {stretch:.1f} Tz"]
    pen = Pen(partial(font_name, doc=canvas._doc), code)
    pen.write(shaped.spans, size)
    pen.rest()
    code.append("100 Tz 0 Tr")
    if letters != text:
        return f"{actual_text(text)} {' '.join(code)} EMC"
    return " ".join(code)
