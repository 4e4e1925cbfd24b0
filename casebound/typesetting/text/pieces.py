"""What lines are made of: pieces of one face each, with the arrays that write them."""

from __future__ import annotations

from dataclasses import dataclass, field

from casebound.typesetting.fonts.glyph_runs import ShapedWord, Span, WrittenGlyph, joined
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import StubFont
from casebound.typesetting.text.runs import InlineObject, Look

__all__ = ["APART", "Line", "Piece"]

APART = 0.125
"""Of the size: the space between an ideograph and a Latin letter."""


@dataclass(slots=True)
class Piece:
    """A stretch of a line in one face: ``words`` one after the other. ``width`` is in points.

    ``text`` is that of the words whose letters are glyphs of their own. ``gaps`` are places between two ideographs, as
    the number of words before them, with what the line is stretched by there, in points. ``behind`` is written after
    its words and has no width. ``place`` is where it comes in the order in which its line is read, if that is not the
    order from left to right; letters of one that ``is_reversed`` run to the left.
    """

    look: Look
    font: StubFont
    text: str = ""
    width: float = 0.0
    spaces: int = 0
    words: list[ShapedWord] = field(default_factory=list)
    names: tuple[str, ...] = ()
    object: InlineObject | None = None
    gaps: list[tuple[int, float]] = field(default_factory=list)
    behind: tuple[Span, ...] = ()
    place: int = 0
    is_reversed: bool = False

    @property
    def size(self) -> float:
        return self.look.size

    def add(self, text: str, rtl: bool = False, reading: str = "") -> None:
        """Write text after what there is; ``reading`` is what it reads as where that is something else."""
        shaped = shape(self.font, text, rtl)
        if not shaped.glyphs:
            self.text += text
        self.width += shaped.width * self.look.size / 1000
        self.spaces += text.count(" ") + text.count("\xa0")
        if reading:
            shaped = shaped.reading(reading, is_end=reading != text and reading.endswith(text))
        self.words.append(shaped)

    def open_gap(self, *, wide: bool) -> None:
        """Let the line stretch here; a ``wide`` gap is between an ideograph and a Latin letter."""
        if any(span.runs for word in self.words for span in word.spans):  # a joiner alone leaves no ink
            apart = APART * self.size if wide else 0.0
            self.gaps.append((len(self.words), apart))
            self.width += apart

    def fill_gaps(self, extra: float) -> None:
        """Widen each gap between ideographs by so many points."""
        self.gaps = [(place, width + extra) for place, width in self.gaps]
        self.width += len(self.gaps) * extra

    @property
    def glyphs(self) -> list[WrittenGlyph]:
        """The glyphs that are no letters of the text."""
        return [glyph for word in self.words for glyph in word.glyphs]

    @property
    def spans(self) -> list[Span]:
        """What writes it."""
        spans: list[Span] = []
        start = 0
        for place, width in self.gaps:
            spans += joined(self.words[start:place])
            before = next(span.runs[-1] for span in reversed(spans) if span.runs)
            before.move(width * 1000 / self.size)
            start = place
        return [*spans, *joined(self.words[start:]), *self.behind]


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
