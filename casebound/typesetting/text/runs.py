"""Runs: what is in a line of text, as the handlers of inline nodes give it to a paragraph."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.fonts import ps2tt, tt2ps
from reportlab.lib.styles import ParagraphStyle

__all__ = [
    "Anchor",
    "Hyperlink",
    "InlineElement",
    "InlineObject",
    "LineBreak",
    "Look",
    "Run",
    "TextRun",
    "clean",
    "joined",
    "stripped",
]

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_RAISED, _SMALLER, _SMALLEST_STEP = 0.5, 0.2, 2.0  # of the size: marks above the line, how much smaller, in points


@dataclass(eq=False, slots=True, kw_only=True)
class InlineElement:
    """A structure element that some runs of a paragraph are in: a formula, a passage in another language.

    ``outer`` is the one that it is in itself. ``alt`` says what is drawn; None where nobody said it. ``refers`` is the
    named destination of the note that it calls for.
    """

    role: str
    outer: InlineElement | None = None
    alt: str | None = None
    language: str = ""
    refers: str = ""

    @property
    def path(self) -> tuple[InlineElement, ...]:
        """This element and those that it is in, the outermost first."""
        return (*(self.outer.path if self.outer else ()), self)


@dataclass(eq=False, slots=True, kw_only=True)
class Hyperlink(InlineElement):
    """A link that some runs are the text of; ``target`` is a named destination with # in front, or a URL."""

    role: str = "Link"
    target: str


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks (CSS Fonts 4, CSS Text Decoration 3). Lengths are points; ``rise`` is above the baseline.

    ``base`` is the style of the paragraph it is in, which gives what text of another size is measured by.
    """

    base: ParagraphStyle
    face: str
    size: float
    colour: Color
    rise: float = 0.0
    background: Color | None = None
    strokes: tuple[str, ...] = ()
    link: Hyperlink | None = None
    inside: InlineElement | None = None

    @classmethod
    def of(cls, style: ParagraphStyle) -> Look:
        """The look of text that is nothing but in a paragraph of this style."""
        return cls(style, style.fontName, style.fontSize, style.textColor, background=style.backColor)

    def bold(self) -> Look:
        """The same in the bold face of its family."""
        family, _, italic = ps2tt(self.face)
        return replace(self, face=tt2ps(family, 1, italic))

    def italic(self) -> Look:
        """The same in the italic face of its family."""
        family, bold, _ = ps2tt(self.face)
        return replace(self, face=tt2ps(family, bold, 1))

    def in_face(self, face: str, size: float | None = None) -> Look:
        """The same in another face, upright and of normal weight; in another size where one is given."""
        return replace(self, face=face, size=self.size if size is None else round(size, 2))

    def sized(self, size: float) -> Look:
        """The same in another size."""
        return replace(self, size=round(size, 2))

    def raised(self, by: float | None = None, size: float | None = None) -> Look:
        """The same, so many points higher and in another size; by default as marks of notes are."""
        by = self.size * _RAISED if by is None else round(by, 2)
        size = self.size - min(_SMALLEST_STEP, _SMALLER * self.size) if size is None else round(size, 2)
        return replace(self, rise=self.rise + by, size=size)

    def stroked(self, strokes: Iterable[str]) -> Look:
        """The same with lines through or under it: ``strike``, ``underline``."""
        more = tuple(stroke for stroke in strokes if stroke not in self.strokes)
        return replace(self, strokes=(*self.strokes, *more)) if more else self

    def linked(self, target: str, colour: Color | None = None) -> Look:
        """The same as the text of a link; links do not nest."""
        link = Hyperlink(target=clean(target), outer=self.inside)
        return replace(self, link=link, inside=link, colour=self.colour if colour is None else colour)

    def inside_of(self, element: InlineElement) -> Look:
        """The same in a structure element that others are in too."""
        return replace(self, inside=element)

    def within(self, role: str, *, alt: str | None = None, language: str = "", refers: str = "") -> Look:
        """The same in a structure element of its own."""
        element = InlineElement(role=role, outer=self.inside, alt=alt, language=language, refers=refers)
        return replace(self, inside=element)


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of text of one look."""

    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class InlineObject:
    """Something drawn in a line of text that is no text: its width, its height above and depth below the baseline.

    ``draw`` is called with the canvas and the point on the baseline where it begins. ``reading`` is what it says. What
    is not ``claimed`` is no picture of its element: a decoration, a folio.
    """

    look: Look
    width: float
    height: float
    depth: float
    draw: Callable[[Any, float, float], None]
    reading: str = ""
    claimed: bool = True


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that a named destination leads to."""

    name: str
    look: Look


@dataclass(frozen=True, slots=True)
class LineBreak:
    """The end of a line that the author wants."""


Run = TextRun | InlineObject | Anchor | LineBreak


def clean(text: str) -> str:
    """Text whose control characters, which no face can show, have become U+FFFD."""
    return _CONTROL.sub("\ufffd", text)


def joined(runs: Iterable[Run]) -> list[Run]:
    """Runs without empty text, neighbours of the same look as one."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if not isinstance(run, TextRun):
            found.append(run)
        elif isinstance(last, TextRun) and _alike(last.look, run.look):
            found[-1] = TextRun(last.text + run.text, last.look)
        elif run.text:
            found.append(run)
    return found


def _alike(one: Look, other: Look) -> bool:
    return one is other or (one.inside is other.inside and one == other)


def stripped(runs: Sequence[Run], *, left: bool = True, right: bool = True) -> list[Run]:
    """Runs without white space at their beginning and their end."""
    found = list(runs)
    while left and found and isinstance(first := found[0], TextRun):
        if text := first.text.lstrip():
            found[0] = replace(first, text=text)
            break
        del found[0]
    while right and found and isinstance(last := found[-1], TextRun):
        if text := last.text.rstrip():
            found[-1] = replace(last, text=text)
            break
        del found[-1]
    return found
