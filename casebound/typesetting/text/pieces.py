"""What lines are made of: pieces of one face each, with the arrays that write them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from casebound.typesetting.fonts.glyph_runs import GlyphRun, Span, WrittenGlyph
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import StubFont
from casebound.typesetting.text.runs import InlineObject, Look

__all__ = ["APART", "Line", "Piece"]

APART = 0.125
"""Of the size: the space between an ideograph and a Latin letter."""


@dataclass(slots=True)
class Piece:
    """A stretch of a line in one face. ``spans`` write it, ``width`` is in points.

    ``gaps`` are places between two ideographs, as the number of spans before them, and whether they are wide.
    """

    look: Look
    font: StubFont
    text: str = ""
    width: float = 0.0
    spaces: int = 0
    spans: list[Span] = field(default_factory=list)
    names: tuple[str, ...] = ()
    object: InlineObject | None = None
    glyphs: tuple[WrittenGlyph, ...] = ()
    gaps: list[tuple[int, bool]] = field(default_factory=list)

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
        self.write(shaped.spans)

    def write(self, spans: Iterable[Span]) -> None:
        """Write spans behind what there is; glyph runs of one font are joined, unless the line may stretch there."""
        for span in spans:
            last = self.spans[-1] if self.spans else None
            if last is None or last.actual or span.actual or (self.gaps and self.gaps[-1][0] == len(self.spans)):
                last = Span([], span.actual)
                self.spans.append(last)
            runs = last.runs
            for run in span.runs:
                before = runs[-1] if runs else None
                if before is not None and before.font == run.font and before.rise == run.rise:
                    before.go_on(run.array)
                else:
                    runs.append(GlyphRun(run.font, run.array, run.rise))

    def open_gap(self, *, wide: bool) -> None:
        """Let the line stretch here; a ``wide`` gap stands between an ideograph and a Latin letter."""
        if self.spans:
            self.gaps.append((len(self.spans), wide))
            self.width += APART * self.size if wide else 0.0

    def fill_gaps(self, extra: float) -> None:
        """Widen each gap between ideographs by so many points."""
        for place, wide in self.gaps:
            self.spans[place - 1].runs[-1].move(extra * 1000 / self.size + (APART * 1000 if wide else 0.0))
        self.width += len(self.gaps) * extra


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
