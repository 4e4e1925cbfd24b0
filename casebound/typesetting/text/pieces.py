"""What lines are made of: pieces of one face each, with the arrays that write them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from casebound.typesetting.fonts.glyphs import Written
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.text.directions import GAP_MARK, WIDE_MARK
from casebound.typesetting.text.runs import InlineObject, Look

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stubs import StubFont

__all__ = ["APART", "Line", "Piece"]

APART = 0.125
"""Of the size: the space between an ideograph and a Latin letter."""


@dataclass(slots=True)
class Piece:
    """A stretch of a line in one face. ``shaped`` are the TJ arrays that write it, ``width`` is in points."""

    look: Look
    font: StubFont
    text: str = ""
    width: float = 0.0
    spaces: int = 0
    shaped: list[tuple[Any, str]] = field(default_factory=list)
    names: tuple[str, ...] = ()
    object: InlineObject | None = None
    glyphs: tuple[Written, ...] = ()
    gaps: int = 0

    @property
    def size(self) -> float:
        return self.look.size

    def add(self, text: str, rtl: bool = False) -> None:
        """Write text behind what there is."""
        shaped = shape(self.font, text, rtl)
        if shaped.glyphs:
            self.glyphs += shaped.glyphs
        else:
            self.text += text
        self.width += shaped.width * self.look.size / 1000
        self.spaces += text.count(" ") + text.count("\xa0")
        for key, array in shaped.pieces:
            if self.shaped and self.shaped[-1][0] is key:
                self.shaped[-1] = (key, (self.shaped[-1][1] + array).replace(")(", ""))
            else:
                self.shaped.append((key, array))

    def open_gap(self, mark: str) -> None:
        """Let the line stretch here."""
        if self.shaped:
            key, array = self.shaped[-1]
            self.shaped[-1] = (key, array + mark)
            self.gaps += 1
            self.width += APART * self.size if mark == WIDE_MARK else 0.0

    def fill_gaps(self, extra: float) -> None:
        """Widen each gap between ideographs by so many points."""
        moved = f"{-extra * 1000 / self.size:.1f}" if round(extra, 3) else ""
        wide = f"{-extra * 1000 / self.size - APART * 1000:.1f}"
        filled = ((key, array.replace(GAP_MARK, moved).replace(WIDE_MARK, wide)) for key, array in self.shaped)
        self.shaped = list(filled)
        self.width += self.gaps * extra


@dataclass(slots=True)
class Line:
    """One line: its pieces, how far from the left edge it begins, what each of its spaces is stretched by."""

    pieces: list[Piece]
    left: float
    width: float
    space_extra: float
    leading: float
    height: float
    baseline: float
    breaks_word: bool = False
    """Whether it ends inside a word: a page had better not end with it."""

    def advance(self, piece: Piece) -> float:
        """How far a piece of this line moves on, in points: its spaces are stretched."""
        return piece.width + piece.spaces * self.space_extra
