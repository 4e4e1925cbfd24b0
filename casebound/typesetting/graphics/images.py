"""Images as flowables: rasters as they are, drawings as vectors, each within the measure and the page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import UnidentifiedImageError
from reportlab.platypus.flowables import Flowable

from casebound.model.diagnostics import said_by
from casebound.svg import BrokenSvg
from casebound.typesetting.graphics import drawings, rasters
from casebound.typesetting.graphics.svg.scene import Scene

__all__ = ["BrokenImage", "Picture", "Raster", "Vector", "in_line", "open_picture"]

_BYTES = 100_000_000
_POINTS = 0.75  # of a CSS pixel


class BrokenImage(Exception):
    """An image file that cannot be shown; the message says why."""


class Picture(Flowable):
    """An image with its natural size in points; it is never set wider than its room or higher than ``highest``.

    ``simplified`` says what of it is shown otherwise than it was drawn.
    """

    simplified = ""
    lettering = 0.0
    """The size of its smallest letters in points, where it is as large as drawn; 0 where none are known."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.natural = (width, height)
        self.wanted: tuple[float | None, float | None] = (None, None)
        self.share: float | None = None
        self.highest = height
        self.press = 1.0
        """What it is made smaller by to be on a page that is nearly full."""

    def minWidth(self) -> float:  # noqa: N802
        return min(self.natural[0], 60.0)

    @property
    def natural_width(self) -> float:
        """The width the author asked for or the picture's own, in points."""
        return self.natural[0] * self.share if self.share is not None else self.asked(self.natural[0])[0]

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        width, height = self.asked(availWidth)
        factor = min(1.0, availWidth / width, self.highest / height) * self.press
        self.width, self.height = width * factor, height * factor
        return self.width, self.height

    def asked(self, room: float) -> tuple[float, float]:
        """Width and height in points that the author asked for in a measure of so many points."""
        wide, high = self.natural
        width, height = self.wanted
        if self.share is not None:
            width = room * self.share
        if width and height:
            return width, height
        if width:
            return width, high * width / wide
        if height:
            return wide * height / high, height
        return wide, high

    def draw(self) -> None:
        self.canv.begin(self)
        with self.canv.marks.drawn(None, (0.0, 0.0, self.width, self.height)):
            self.paint()

    def paint(self) -> None:
        """Draw it and nothing else, its lower left corner at the origin."""
        raise NotImplementedError


class Raster(Picture):
    """A picture of dots."""

    def __init__(self, dots: rasters.Dots) -> None:
        super().__init__(dots.width, dots.height)
        self.dots = dots

    def paint(self) -> None:
        rasters.draw(self.dots, self.canv, self.width, self.height)


class Vector(Picture):
    """A drawing of lines, shapes and text."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.width * _POINTS, scene.height * _POINTS)
        self.scene, self.simplified = scene, ", ".join(scene.notes)
        self.lettering = min(drawings.lettering(scene.nodes), default=0.0) * _POINTS

    def paint(self) -> None:
        drawings.draw(self.scene, self.canv, self.width, self.height)


def open_picture(path: Path, language: str, aliases: Mapping[str, str]) -> Picture:
    """The picture in a file; a drawing in a language, in the faces that aliases of the sheets stand for.

    Raises BrokenImage.
    """
    try:
        if path.stat().st_size > _BYTES:
            raise BrokenImage(f"it is larger than {_BYTES // 1_000_000} MB.")
        suffix = path.suffix.lower()
        if suffix in {".svg", ".svgz"}:
            return Vector(drawings.read(path, language, aliases))
        return Raster(rasters.page_of_pdf(path) if suffix == ".pdf" else rasters.read(path))
    except (OSError, BrokenSvg, rasters.BrokenRaster) as error:
        raise BrokenImage(_sentence(error, path)) from error


def in_line(picture: Picture, size: tuple[float, float], drop: float, canvas: Any, x: float, y: float) -> None:
    """Draw a picture that is in a line of text in this size, ``drop`` points below the baseline."""
    canvas.saveState()
    canvas.translate(x, y - drop)
    picture.canv, (picture.width, picture.height) = canvas, size
    picture.paint()
    canvas.restoreState()


def _sentence(error: BaseException, path: Path) -> str:
    if isinstance(error, UnidentifiedImageError):
        return "it is not a readable image."
    return said_by(error, path)
