"""Runs of letters of a drawing that follow each other in one style."""

from __future__ import annotations

from dataclasses import dataclass

from casebound.i18n.clusters import clusters
from casebound.typesetting.fonts.stub_fonts import StubFont
from casebound.typesetting.graphics.svg.lettering.letters import Letter, LetterSpan
from casebound.typesetting.graphics.svg.reading import ElementState

__all__ = ["LetterRun"]


@dataclass(slots=True)
class LetterRun:
    """Letters of one style that follow each other."""

    letters: list[Letter]
    font: StubFont
    width: float
    spacing: float = 0.0
    word: float = 0.0
    stretch: float = 1.0

    @property
    def text(self) -> str:
        return "".join(letter.text for letter in self.letters)

    @property
    def count(self) -> int:
        """How many letters there are, each with its marks."""
        return sum(1 for _ in clusters(self.text))

    @property
    def span(self) -> LetterSpan:
        return self.letters[0].span

    @property
    def state(self) -> ElementState:
        return self.span.state

    @property
    def advance(self) -> float:
        between = self.spacing * self.count + self.word * self.text.count(" ")
        return self.width * self.stretch + between
