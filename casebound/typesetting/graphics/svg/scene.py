"""A scene: what a drawing shows, as plain data in the space of its viewport (CSS pixels, y downwards)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from casebound.typesetting.graphics.svg.matrices import Matrix
from casebound.typesetting.graphics.svg.outlines import Outline
from casebound.typesetting.graphics.svg.styles.colours import Colour

__all__ = [
    "Clip",
    "Gradient",
    "Mask",
    "Node",
    "OutlineStroke",
    "Paint",
    "Photo",
    "Rule",
    "Scene",
    "SceneGroup",
    "Shape",
    "Tile",
    "Writing",
]

Rule = Literal["nonzero", "evenodd"]


@dataclass(frozen=True, slots=True)
class Gradient:
    """Stops from 0 to 1 along a line (x1, y1, x2, y2) or between circles (x, y, r, x, y, r), seen through a matrix."""

    places: tuple[float, ...]
    stops: tuple[tuple[float, Colour], ...]
    matrix: Matrix
    extends: bool = True


@dataclass(frozen=True, slots=True)
class Tile:
    """A cell from (0, 0) to a width and height that is repeated, seen through a matrix."""

    nodes: tuple[Node, ...]
    size: tuple[float, float]
    matrix: Matrix


Paint = Colour | Gradient | Tile


@dataclass(frozen=True, slots=True)
class OutlineStroke:
    """How an outline is drawn: lengths in the space of the outline."""

    paint: Paint
    width: float
    opacity: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dashes: tuple[float, ...] = ()
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """An outline seen through a matrix."""

    outline: Outline
    matrix: Matrix
    fill: Paint | None = None
    opacity: float = 1.0
    rule: Rule = "nonzero"
    stroke: OutlineStroke | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """A run of text in one face, its baseline from the origin of its matrix to the right.

    ``font`` is a face of ``casebound.typesetting.fonts.stub_fonts``, ``width`` the advance in the space of the matrix,
    ``spacing`` what follows each letter, ``word`` what follows each space besides. Letters ``apart`` are not kerned.
    """

    text: str
    font: Any
    size: float
    matrix: Matrix
    width: float
    fill: Paint | None = None
    opacity: float = 1.0
    stroke: OutlineStroke | None = None
    spacing: float = 0.0
    word: float = 0.0
    rtl: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """An image of dots that fills the square of side 1, its first row at the top, seen through a matrix."""

    image: Any
    matrix: Matrix
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Clip:
    """What is shown of a group."""

    outline: Outline
    rule: Rule = "nonzero"


@dataclass(frozen=True, slots=True)
class Mask:
    """Nodes whose light, or opacity, is the opacity of a group."""

    nodes: tuple[Node, ...]
    of_alpha: bool = False


@dataclass(frozen=True, slots=True)
class SceneGroup:
    """Nodes shown together."""

    nodes: tuple[Node, ...]
    clips: tuple[Clip, ...] = ()
    masks: tuple[Mask, ...] = ()
    opacity: float = 1.0
    blend: str = ""
    isolated: bool = False


Node = Shape | Writing | Photo | SceneGroup


@dataclass(slots=True)
class Scene:
    """A drawing of a width and height in CSS pixels; ``notes`` say what is shown otherwise than it was drawn."""

    width: float
    height: float
    nodes: list[Node] = field(default_factory=list)
    notes: dict[str, None] = field(default_factory=dict)
