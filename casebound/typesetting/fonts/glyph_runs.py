"""Glyph runs: what writes a word, as strings of codes and moves (ISO 32000-2 9.4.3), and the pen that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from casebound.typesetting.fonts.scripts import plainly
from casebound.typesetting.fonts.writer import FaceWriter

__all__ = [
    "SOFT_HYPHEN",
    "FontKey",
    "GlyphRun",
    "Pen",
    "ShapedWord",
    "Span",
    "WrittenGlyph",
    "actual_text",
    "can_be_read",
    "escaped",
    "joined",
    "moved",
]

SOFT_HYPHEN = "\u00ad"
"""What a hyphen reads as that was put in where a line ends (14.8.2.2.3)."""

FontKey = tuple[FaceWriter, int]
"""A font of the fragment: a face, and the number of a subset of its code points."""


@dataclass(slots=True)
class GlyphRun:
    """Glyphs of one font. ``array`` is what is in a TJ array, codes and moves in thousandths of the type size.

    ``rise`` is how far they are above the baseline, in thousandths of the type size.
    """

    font: FontKey
    array: str
    rise: float = 0.0

    def go_on(self, array: str) -> None:
        """Write more of the same font and rise: neighbouring strings of codes are one."""
        if self.array[-1:] == ")" and array[:1] == "(":
            self.array = self.array[:-1] + array[1:]
        else:
            self.array += array

    def move(self, by: float) -> None:
        """Move the pen, by thousandths of the type size."""
        number = moved(by)
        self.array += f" {number}" if number and self.array[-1:].isdigit() else number


class Span(NamedTuple):
    """Glyph runs that belong together; ``actual`` is what they read as where their glyphs do not say so (14.9.4).

    ``is_end``: their glyphs are the end of that.
    """

    runs: list[GlyphRun]
    actual: str = ""
    is_end: bool = False


class WrittenGlyph(NamedTuple):
    """A glyph as it is written: its face, a code point of ``casebound.model.encoding``, what it reads as, its parts."""

    face: str
    point: int
    text: str
    parts: tuple[tuple[int, int, int], ...] = ()


class ShapedWord(NamedTuple):
    """A word in one face: its width in thousandths of the type size, and what writes it.

    ``glyphs`` are the glyphs it is made of, unless each letter is its own glyph in the face that was asked for.
    """

    width: float
    spans: tuple[Span, ...]
    glyphs: tuple[WrittenGlyph, ...] = ()

    def reading(self, text: str, *, is_end: bool = False) -> ShapedWord:
        """The same, which reads as another text than its letters, or as one that ends with them."""
        return self._replace(spans=(Span([run for span in self.spans for run in span.runs], text, is_end),))


def joined(words: Iterable[ShapedWord]) -> list[Span]:
    """What writes words one after the other: neighbours of one font and rise are one run."""
    spans: list[Span] = []
    arrays: list[str] = []
    last: GlyphRun | None = None
    for word in words:
        for span in word.spans:
            if not spans or span.actual or spans[-1].actual:
                spans.append(span._replace(runs=[]))
                _end(last, arrays)
                last = None
            for run in span.runs:
                if last is None or run.font != last.font or run.rise != last.rise:
                    _end(last, arrays)
                    last = GlyphRun(run.font, "", run.rise)
                    spans[-1].runs.append(last)
                arrays.append(run.array if run.array[:1] == "(" else f" {run.array}")
    _end(last, arrays)
    return spans


def _end(run: GlyphRun | None, arrays: list[str]) -> None:
    """Give a run the arrays that were gathered for it; strings of codes that meet are one."""
    if run is not None:
        run.array = "".join(arrays).replace(")(", "").lstrip()  # a bracket within a string is escaped: none holds this
        arrays.clear()


def can_be_read(text: str) -> bool:
    """Whether readers take a replacement text as it is: PDFium leaves out what is above the basic plane."""
    return max(text, default="") < "\ufffd"


def actual_text(text: str, more: str = "") -> str:
    """The operator that begins marked content which reads as a text, with ``more`` entries of its property list."""
    said = "\ufeff" + (text if text == SOFT_HYPHEN else plainly(text))
    return f"/Span<<{more}/ActualText<{said.encode('utf-16-be', 'replace').hex().upper()}>>>BDC"


class Pen:
    """Writes glyph runs within a text object, with as few operators as they need.

    ``name`` gives the resource name of a font, ``code`` takes the operators. ``rise`` is in points.
    """

    def __init__(self, name: Callable[[FontKey], str], code: list[str]) -> None:
        self._name, self._code = name, code
        self._font: tuple[FontKey, str] | None = None
        self._rise = 0.0

    def write(self, spans: Iterable[Span], size: float, rise: float = 0.0) -> None:
        """Write spans in a size in points."""
        shown = f"{size:.2f}"
        for span in spans:
            if span.actual:
                self._code.append(actual_text(span.actual))
            for run in span.runs:
                self._choose(run.font, shown)
                self._raise(rise + run.rise * size / 1000)
                self._code.append(f"[{run.array}]TJ")
            if span.actual:
                self._code.append("EMC")

    def rest(self) -> None:
        """Stand on the baseline again: rise outlives the text object (9.3.1)."""
        self._raise(0.0)

    def _choose(self, font: FontKey, size: str) -> None:
        if self._font != (font, size):
            self._font = (font, size)
            self._code.append(f"{self._name(font)} {size} Tf")

    def _raise(self, rise: float) -> None:
        rise = round(rise, 2)
        if rise != self._rise:
            self._rise = rise
            self._code.append(f"{rise:.2f} Ts")


def moved(by: float) -> str:
    """An element of a TJ array that moves the pen, by thousandths of the type size; empty where it would not."""
    amount = round(-by, 1)
    return f"{amount:.1f}".removesuffix(".0") if amount else ""


@cache
def escaped(code: int) -> str:
    """A code as it is in a literal string (7.3.4.2)."""
    letter = chr(code)
    if letter in "()\\":
        return f"\\{letter}"
    return letter if 32 <= code < 127 else f"\\{code:03o}"
