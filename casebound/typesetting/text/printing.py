"""Printing: the lines of a paragraph as operators on a canvas, with backgrounds, strokes, links and names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from typing import Any

from reportlab.lib.colors import Color

from casebound.typesetting.fonts.glyph_runs import GlyphRun, Pen, Span
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import font_name
from casebound.typesetting.text.invisible_text import hidden_text
from casebound.typesetting.text.pieces import Line, Piece
from casebound.typesetting.text.runs import Hyperlink, InlineObject

__all__ = ["print_lines"]

_LINK_DROP, _LINK_RISE = 0.22, 0.82  # how far a link's rectangle reaches below and above the baseline, in sizes
_UNDERLINE, _STRIKE = -0.12, 0.25  # of the size: where lines are under and through text


def print_lines(canvas: Any, lines: Sequence[Line], top: float, said: Callable[[Hyperlink], str]) -> None:
    """Print lines, the first of which hangs so many points above the canvas's origin; ``said`` is what a link says."""
    placed = list(_placed(lines, top))
    for line, baseline in placed:
        _draw_backgrounds(canvas, line, baseline)
    printer = _Printer(canvas, said)
    for line, baseline in placed:
        printer.print(line, baseline)
    printer.end()
    for line, baseline in placed:
        _draw_strokes(canvas, line, baseline)


def _placed(lines: Sequence[Line], top: float) -> Iterator[tuple[Line, float]]:
    for line in lines:
        yield line, top - line.baseline
        top -= line.height


def _in_reading_order(line: Line) -> list[tuple[Piece, float]]:
    """The pieces of a line as they are read, each with its left edge."""
    x, placed = line.left, list[tuple[Piece, float]]()
    for piece in line.pieces:
        placed.append((piece, x))
        x += line.advance(piece)
    return sorted(placed, key=lambda one: one[0].place) if any(piece.place for piece in line.pieces) else placed


def _rgb(colour: Color) -> str:
    return " ".join(f"{channel:.3f}" for channel in colour.rgb())


def _draw_backgrounds(canvas: Any, line: Line, baseline: float) -> None:
    x = line.left
    for piece in line.pieces:
        width, colour = line.advance(piece), piece.look.background
        if colour is not None and piece.object is None:
            low, tall = baseline - 0.25 * piece.size, 1.15 * piece.size
            canvas._code.append(f"q {_rgb(colour)} rg {x:.2f} {low:.2f} {width:.2f} {tall:.2f} re f Q")
        x += width


def _draw_strokes(canvas: Any, line: Line, baseline: float) -> None:
    x = line.left
    for piece in line.pieces:
        width = line.advance(piece)
        for stroke in piece.look.strokes:
            y = baseline + (_UNDERLINE if stroke == "underline" else _STRIKE) * piece.size
            canvas._code.append(f"q {_rgb(piece.look.colour)} RG 0.5 w {x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S Q")
        x += width


class _Printer:
    """The text of a paragraph being printed: text objects, and between them what is drawn in its lines."""

    def __init__(self, canvas: Any, said: Callable[[Hyperlink], str]) -> None:
        self.canvas, self.said = canvas, said
        self._begin()
        self.space_extra = 0.0

    def print(self, line: Line, baseline: float) -> None:
        moved = True
        links: dict[Hyperlink, tuple[float, float, float]] = {}
        for piece, x in _in_reading_order(line):
            for name in piece.names:
                self.canvas.place(name, x, baseline + line.leading * 0.75)
            if piece.object is not None:
                self._object(piece, piece.object, x, baseline)
                moved = True
            elif piece.words or piece.behind:
                moved |= piece.place > 0
                self._space(line.space_extra)
                if moved:
                    self.code.append(f"1 0 0 1 {x:.2f} {baseline:.2f} Tm")
                    moved = False
                self._text(piece)
            if (link := piece.look.link) is not None:
                left, right, size = links.get(link, (x, x, piece.size))
                links[link] = (min(left, x), max(right, x + line.advance(piece)), max(size, piece.size))
        for link, (left, right, size) in links.items():
            rect = (left, baseline - _LINK_DROP * size, right, baseline + _LINK_RISE * size)
            self.canvas.link(link, rect, self.said(link))

    def end(self) -> None:
        """Put what was written onto the canvas."""
        self.contents.end()
        self.pen.rest()
        self._space(0.0)  # word space outlives the text object (ISO 32000-2 9.3.1)
        if self.code:
            self.canvas.write(" ".join(["BT", *self.code, "ET"]))
        self._begin()

    def _begin(self) -> None:
        """Begin a text object."""
        self.code: list[str] = []
        self.colour: Color | None = None
        self.pen = Pen(partial(font_name, doc=self.canvas._doc), self.code)
        self.contents = self.canvas.marks.text(self.code)

    def _space(self, extra: float) -> None:
        if extra != self.space_extra:
            self.space_extra = extra
            self.code.append(f"{extra:.3f} Tw" if extra else "0 Tw")

    def _object(self, piece: Piece, drawn: InlineObject, x: float, baseline: float) -> None:
        """Something drawn in the line, and what it says."""
        self.end()
        box = (x, baseline - drawn.depth, x + drawn.width, baseline + drawn.height)
        with self.canvas.marks.drawn(drawn.look.inside, box) if drawn.claimed else nullcontext():
            drawn.draw(self.canvas, x, baseline)
            if drawn.reading:
                place = (x, baseline)
                said = hidden_text(self.canvas, piece.font, drawn.reading, place, piece.width, piece.size)
                self.canvas.write(f"BT {said} ET")

    def _text(self, piece: Piece) -> None:
        look = piece.look
        if look.colour is not self.colour:
            self.colour = look.colour
            self.code.append(f"{_rgb(look.colour)} rg")
        piece.font.wrote(piece.text)
        piece.font.wrote_glyphs(piece.glyphs)
        # strings that show their letters from the last to the first say so (ISO 32000-2 14.8.2.5.3)
        kind = "ReversedChars" if piece.is_reversed else ""
        for span in piece.spans:
            if span.actual:
                self.contents.read(look.inside, span.actual)
            else:
                self.contents.go_on(look.inside, kind)
            if span.is_end:
                self._take_back_a_space(piece)
            self.pen.write([Span(span.runs)], look.size, look.rise)

    def _take_back_a_space(self, piece: Piece) -> None:
        """Write a space and return: MuPDF drops what a replacement text has before the letters it is for.

        It does so where all of these are the end of the text.
        """
        space = shape(piece.font, " ")
        run = GlyphRun(space.spans[0].runs[0].font, space.spans[0].runs[0].array)
        run.move(-space.width)
        extra = self.space_extra
        self._space(0.0)
        piece.font.wrote(" ")
        self.pen.write([Span([run])], piece.size, piece.look.rise)
        self._space(extra)
