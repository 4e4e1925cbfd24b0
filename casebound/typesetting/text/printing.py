"""Printing: one line of a paragraph as operators on a canvas, with its backgrounds, strokes, links and names."""

from __future__ import annotations

from functools import partial
from typing import Any

from reportlab.lib.colors import Color

from casebound.typesetting.fonts.glyph_runs import Pen
from casebound.typesetting.fonts.stub_fonts import font_name
from casebound.typesetting.text.invisible_text import hidden_text
from casebound.typesetting.text.pieces import Line, Piece
from casebound.typesetting.text.runs import Hyperlink

__all__ = ["print_line"]

_LINK_DROP, _LINK_RISE = 0.22, 0.82  # how far a link's rectangle reaches below and above the baseline, in sizes
_UNDERLINE, _STRIKE = -0.12, 0.25  # of the size: where lines are under and through text


def print_line(canvas: Any, line: Line, baseline: float) -> None:
    """Print a line whose baseline is so many points above the canvas's origin."""
    _Printer(canvas, line, baseline).print()


def _rgb(colour: Color) -> str:
    return " ".join(f"{channel:.3f}" for channel in colour.rgb())


class _Printer:
    """One line being printed onto a canvas."""

    def __init__(self, canvas: Any, line: Line, baseline: float) -> None:
        self.canvas, self.line, self.baseline = canvas, line, baseline
        self.code: list[str] = []
        self.pen = self._pen()
        self.colour: Color | None = None
        self.links: dict[Hyperlink, tuple[float, float, float]] = {}

    def print(self) -> None:
        x = self.line.left
        self._backgrounds()
        self.code.append(f"BT 1 0 0 1 {x:.2f} {self.baseline:.2f} Tm")
        if self.line.space_extra:
            self.code.append(f"{self.line.space_extra:.3f} Tw")
        moved = False
        for piece in self.line.pieces:
            if piece.object is not None:
                self._invisible(piece, x)
                moved = True
            else:
                if moved:
                    self.code.append(f"1 0 0 1 {x:.2f} {self.baseline:.2f} Tm")
                    moved = False
                self._text(piece)
            self._marks(piece, x)
            x += self.line.advance(piece)
        self.pen.rest()
        # word space outlives the text object (ISO 32000-2 9.3.1)
        self.code.append("0 Tw ET" if self.line.space_extra else "ET")
        self.canvas._code.append(" ".join(self.code))
        self._decorate()

    def _pen(self) -> Pen:
        return Pen(partial(font_name, doc=self.canvas._doc), self.code)

    def _invisible(self, piece: Piece, x: float) -> None:
        """What a drawing in the line says, in its place among the words."""
        if piece.object is None or not piece.object.reading:
            return
        self.pen.rest()
        if self.line.space_extra:
            self.code.append("0 Tw")
        place = (x, self.baseline)
        self.code.append(hidden_text(self.canvas, piece.font, piece.object.reading, place, piece.width, piece.size))
        if self.line.space_extra:
            self.code.append(f"{self.line.space_extra:.3f} Tw")
        self.pen = self._pen()

    def _text(self, piece: Piece) -> None:
        look = piece.look
        if look.colour is not self.colour:
            self.colour = look.colour
            self.code.append(f"{_rgb(look.colour)} rg")
        piece.font.wrote(piece.text)
        piece.font.wrote_glyphs(piece.glyphs)
        self.pen.write(piece.spans, look.size, look.rise)

    def _marks(self, piece: Piece, x: float) -> None:
        """Names, links and objects at a piece's place."""
        for name in piece.names:
            self.canvas.place(name, x, self.baseline + self.line.leading * 0.75)
        if piece.object is not None:
            piece.object.draw(self.canvas, x, self.baseline)
        if (link := piece.look.link) is not None:
            left, _, size = self.links.get(link, (x, x, piece.size))
            self.links[link] = (left, x + self.line.advance(piece), max(size, piece.size))

    def _backgrounds(self) -> None:
        x = self.line.left
        for piece in self.line.pieces:
            width, colour = self.line.advance(piece), piece.look.background
            if colour is not None and piece.object is None:
                low, tall = self.baseline - 0.25 * piece.size, 1.15 * piece.size
                box = f"{x:.2f} {low:.2f} {width:.2f} {tall:.2f}"
                self.canvas._code.append(f"q {_rgb(colour)} rg {box} re f Q")
            x += width

    def _decorate(self) -> None:
        for link, (left, right, size) in self.links.items():
            low, high = self.baseline - _LINK_DROP * size, self.baseline + _LINK_RISE * size
            self.canvas.linkURL(link.target, (left, low, right, high), relative=1)
        x = self.line.left
        for piece in self.line.pieces:
            width = self.line.advance(piece)
            for stroke in piece.look.strokes:
                y = self.baseline + (_UNDERLINE if stroke == "underline" else _STRIKE) * piece.size
                path = f"{x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S"
                self.canvas._code.append(f"q {_rgb(piece.look.colour)} RG 0.5 w {path} Q")
            x += width
