"""The page as plain data: paper and margins, the lettering of running heads, and the files of the faces."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

__all__ = ["RGB", "Face", "Lettering", "Paper", "Style"]

RGB = tuple[float, float, float]
"""A colour: red, green and blue from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A page and its margins in points. On a recto the inner margin is at the left, on a verso at the right."""

    width: float
    height: float
    inner: float
    outer: float
    top: float
    bottom: float

    @property
    def block(self) -> tuple[float, float]:
        """Width and height of the text block."""
        return self.width - self.inner - self.outer, self.height - self.top - self.bottom

    def origin(self, recto: bool) -> tuple[float, float]:
        """The place of the lower left corner of the text block on the page."""
        return (self.inner if recto else self.outer), self.bottom


@dataclass(frozen=True, slots=True)
class Face:
    """A face by its PostScript name, with its font file and the faces that draw the characters it lacks.

    ``number`` is its place in a collection of faces, ``weight`` what a variable face is set to (0: not variable).
    """

    name: str
    path: Path
    fallbacks: tuple[str, ...] = ()
    number: int = 0
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a short line is written: face, size in points, RGB colour from 0 to 1."""

    face: str
    size: float
    colour: RGB = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Style:
    """What the bindery needs to know of the house style."""

    paper: Paper
    head: Lettering
    folio: Lettering
    note: Lettering
    faces: dict[str, Face]
    head_gap: float = 14.0
    """Points from the top of the text block up to the baseline of the running head."""
    foot_gap: float = 26.0
    """Points from the bottom of the text block down to the baseline of the folio on an opening page."""
    note_gap: float = 22.0
    """Points from the bottom of the text block down to the first baseline of the notes at the foot."""
