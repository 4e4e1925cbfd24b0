"""The paragraph: markup broken into lines as a whole, kerned, justified within limits, with its links and names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.lib.abag import ABag
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.paraparser import ParaParser

from casebound.typesetting.fonts.glyphs import operators
from casebound.typesetting.text.invisible_text import hidden_text
from casebound.typesetting.text.lines import set_lines
from casebound.typesetting.text.pieces import Line, Piece
from casebound.typesetting.text.words import Word, words_of

__all__ = ["Inline", "Paragraph", "inline_objects"]

_ORPHANS = 2  # lines that stay together at a page's foot and head
_LINK_DROP, _LINK_RISE = 0.22, 0.82  # how far a link's rectangle reaches below and above the baseline, in sizes


@dataclass(frozen=True, slots=True)
class Inline:
    """Something drawn in a line of text that is no text: its width, its height above and depth below the baseline.

    ``draw`` is called with the canvas and the point on the baseline where it begins. ``reading`` is what it says.
    """

    width: float
    height: float
    depth: float
    draw: Callable[[Any, float, float], None]
    reading: str = ""


inline_objects: dict[str, Inline] = {}
"""Objects that markup names as ``<img src="casebound:KEY"/>``, by key."""


class _Parser(ParaParser):
    """reportlab's parser of paragraph markup; images are looked at when they are drawn, not here."""

    def end_img(self) -> None:
        fragment = self._stack[-1]
        definition = fragment.cbDefn = ABag(kind="img", src=fragment.src)
        definition.width = getattr(fragment, "width", 0.0)
        definition.height = getattr(fragment, "height", 0.0)
        definition.valign = getattr(fragment, "valign", 0.0)
        del fragment._selfClosingTag
        self.handle_data("")
        self._pop("img")


def parsed(markup: str, style: ParagraphStyle) -> list[Any]:
    """The fragments of inline markup. Raises ValueError for markup that does not parse."""
    parser = _Parser()
    parser.caseSensitive = 1
    _, fragments, _ = parser.parse(" ".join(markup.split()) if "\n" in markup else markup, style)
    if fragments is None:
        raise ValueError("; ".join(map(str, parser.errors)))
    return list(fragments)


class Paragraph(Flowable):
    """A paragraph of inline markup in a style of the sheets.

    Lines break as Knuth and Plass have it. Justified lines whose spaces would gape are left ragged.
    """

    origin: int | None = None

    def __init__(self, text: str, style: ParagraphStyle, frags: list[Any] | None = None) -> None:
        super().__init__()
        self.style = style
        self.frags = parsed(text, style) if frags is None else frags
        self.lines: list[Line] = []
        self._words: list[Word] | None = None
        self._broken_for: float | None = None
        self._is_part = False

    @property
    def words(self) -> list[Word]:
        if self._words is None:
            self._words = words_of(self.frags, self.style, inline_objects)
        return self._words

    def minWidth(self) -> float:  # noqa: N802
        widest = max((word.least for word in self.words), default=0.0)
        return float(widest + self.style.leftIndent + self.style.rightIndent)

    def getPlainText(self, identify: object = None) -> str:  # noqa: N802
        """The text without markup."""
        return "".join(getattr(frag, "text", "") for frag in self.frags)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        self.width = availWidth
        if self._broken_for != availWidth and not self._is_part:
            self.lines = set_lines(self.words, self.style, max(availWidth, 1.0))
            self._broken_for = availWidth
        self.height = sum(line.height for line in self.lines)
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803
        self.wrap(availWidth, availHeight)
        count, height = 0, 0.0
        for line in self.lines:
            height += line.height
            if height > availHeight + 0.01:
                break
            count += 1
        if count == len(self.lines):
            return [self]
        count = min(count, len(self.lines) - _ORPHANS)
        while count > _ORPHANS and self.lines[count - 1].breaks_word:
            count -= 1
        if count < _ORPHANS or self.lines[count - 1].breaks_word:
            return []
        head, tail = self._part(self.lines[:count]), self._part(self.lines[count:])
        head.keepWithNext = 0
        return [head, tail]

    def _part(self, lines: Sequence[Line]) -> Paragraph:
        """Some of the lines as a paragraph. They stay as they are: all columns of a story have one measure."""
        part = Paragraph("", self.style, frags=self.frags)
        part.origin = self.origin
        part.spaceBefore, part.spaceAfter = self.getSpaceBefore(), self.getSpaceAfter()
        part.keepWithNext = self.getKeepWithNext()
        part.lines, part._is_part = list(lines), True
        return part

    @property
    def last_width(self) -> float:
        """How far the last line reaches from the left edge, in points."""
        return self.lines[-1].left + self.lines[-1].width if self.lines else 0.0

    @property
    def last_left(self) -> float:
        """How far from the left edge the last line begins, in points."""
        return self.lines[-1].left if self.lines else 0.0

    def draw(self) -> None:
        canvas = self.canv
        canvas.begin(self)
        top = self.height
        for line in self.lines:
            _Printer(canvas, line, top - line.baseline).print()
            top -= line.height


class _Printer:
    """One line being printed onto a canvas."""

    def __init__(self, canvas: Any, line: Line, baseline: float) -> None:
        self.canvas, self.line, self.baseline = canvas, line, baseline
        self.code: list[str] = []
        self.face: tuple[object, float] = ("", 0.0)
        self.colour: object = None
        self.rise = 0.0
        self.links: dict[int, list[Any]] = {}

    def print(self) -> None:
        x = self.line.left
        self._backgrounds()
        self.code.append(f"BT 1 0 0 1 {x:.2f} {self.baseline:.2f} Tm")
        if self.line.space_extra:
            self.code.append(f"{self.line.space_extra:.3f} Tw")
        moved = False
        for piece in self.line.pieces:
            if piece.inline is not None:
                self._hidden(piece, x)
                moved = True
            else:
                if moved:
                    self.code.append(f"1 0 0 1 {x:.2f} {self.baseline:.2f} Tm")
                    moved = False
                self._text(piece)
            self._marks(piece, x)
            x += piece.width + piece.spaces * self.line.space_extra
        # word space and rise outlive the text object (ISO 32000-2 9.3.1)
        self.code.append("0 Tw 0 Ts ET" if self.line.space_extra or self.rise else "ET")
        self.canvas._code.append(" ".join(self.code))
        self._decorate()

    def _hidden(self, piece: Piece, x: float) -> None:
        """What a drawing in the line says, in its place among the words."""
        if piece.inline is None or not piece.inline.reading:
            return
        if self.line.space_extra:
            self.code.append("0 Tw")
        place = (x, self.baseline)
        self.code.append(hidden_text(self.canvas, piece.font, piece.inline.reading, place, piece.width, piece.size))
        if self.line.space_extra:
            self.code.append(f"{self.line.space_extra:.3f} Tw")
        self.face = ("", 0.0)

    def _text(self, piece: Piece) -> None:
        frag = piece.frag
        if frag.textColor is not self.colour:
            self.colour = frag.textColor
            red, green, blue = (f"{channel:.3f}" for channel in frag.textColor.rgb())
            self.code.append(f"{red} {green} {blue} rg")
        if frag.rise != self.rise:
            self.rise = frag.rise
            self.code.append(f"{self.rise:.2f} Ts")
        piece.font.wrote(piece.text)
        if piece.glyphs:
            piece.font.wrote_glyphs(piece.glyphs)
        for key, array in piece.shaped:
            if self.face != (key, frag.fontSize):
                self.face = (key, frag.fontSize)
                self.code.append(f"{piece.font.getSubsetInternalName(key, self.canvas._doc)} {frag.fontSize:.2f} Tf")
            plain = array.isprintable()
            self.code.append(f"[{array}]TJ" if plain else operators(array, frag.fontSize, self.rise))

    def _marks(self, piece: Piece, x: float) -> None:
        """Names, links and objects at a piece's place."""
        for name in piece.names:
            self.canvas.place(name, x, self.baseline + self.line.leading * 0.75)
        if piece.inline is not None:
            piece.inline.draw(self.canvas, x, self.baseline)
        width = piece.width + piece.spaces * self.line.space_extra
        for number, link in piece.links:
            record = self.links.setdefault(number, [link, x, x, piece.size])
            record[2], record[3] = x + width, max(record[3], piece.size)

    def _backgrounds(self) -> None:
        x = self.line.left
        for piece in self.line.pieces:
            width = piece.width + piece.spaces * self.line.space_extra
            colour = getattr(piece.frag, "backColor", None)
            if colour is not None and piece.inline is None:
                red, green, blue = (f"{channel:.3f}" for channel in colour.rgb())
                low, tall = self.baseline - 0.25 * piece.size, 1.15 * piece.size
                box = f"{x:.2f} {low:.2f} {width:.2f} {tall:.2f}"
                self.canvas._code.append(f"q {red} {green} {blue} rg {box} re f Q")
            x += width

    def _decorate(self) -> None:
        for link, left, right, size in self.links.values():
            low, high = self.baseline - _LINK_DROP * size, self.baseline + _LINK_RISE * size
            self.canvas.linkURL(link, (left, low, right, high), relative=1)
        x = self.line.left
        for piece in self.line.pieces:
            width = piece.width + piece.spaces * self.line.space_extra
            for kind in piece.strokes:
                y = self.baseline + (-0.12 if kind == "underline" else 0.25) * piece.size
                red, green, blue = (f"{channel:.3f}" for channel in piece.frag.textColor.rgb())
                stroke = f"{x:.2f} {y:.2f} m {x + width:.2f} {y:.2f} l S"
                self.canvas._code.append(f"q {red} {green} {blue} RG 0.5 w {stroke} Q")
            x += width
