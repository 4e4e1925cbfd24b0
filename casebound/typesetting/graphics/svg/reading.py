"""What the modules that read one kind of element know of the drawing as a whole."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from casebound.svg import Element
from casebound.svg.cascade import Cascade
from casebound.typesetting.graphics.svg.matrices import Box, Matrix
from casebound.typesetting.graphics.svg.scene import Node, Paint, Scene
from casebound.typesetting.graphics.svg.styles.style import SvgStyle
from casebound.typesetting.graphics.svg.styles.values import Lengths

__all__ = ["DrawingReader", "ElementState"]


@dataclass(frozen=True, slots=True)
class ElementState:
    """Where an element is: its style, its matrix to the scene, its lengths, what ``context-fill`` means."""

    style: SvgStyle
    matrix: Matrix
    lengths: Lengths
    context: tuple[Paint | None, Paint | None] = (None, None)
    repeated: bool = False


class DrawingReader(Protocol):
    """One drawing being read."""

    size: tuple[float, float]
    language: str
    aliases: Mapping[str, str]
    named: dict[str, Element]
    cascade: Cascade

    def within(self, root: Element) -> Scene:
        """The scene of a drawing that an image of this one holds."""

    def note(self, words: str) -> None:
        """Say what is shown otherwise than it was drawn."""

    def target(self, element: Element) -> Element | None:
        """The element that a link leads to."""

    def entering(self, element: Element) -> AbstractContextManager[bool]:
        """Whether an element that others name may be drawn: not within itself."""

    def style_of(self, element: Element) -> SvgStyle:
        """The style of an element where it is in the file."""

    def element(self, element: Element, state: ElementState) -> list[Node]:
        """The nodes of an element in the state of its parent."""

    def transform(
        self, element: Element, style: SvgStyle, lengths: Lengths, state: ElementState | None = None
    ) -> Matrix:
        """The transform of an element about its origin (CSS Transforms 1, 4)."""

    def box(self, element: Element, state: ElementState) -> Box | None:
        """The box round an element in its own space, without strokes."""
