"""Images of dots within a drawing (SVG 2 12.5)."""

from __future__ import annotations

import base64
import binascii
from io import BytesIO

from lxml import etree
from PIL import Image, ImageOps

from casebound.svg import LINK, Element
from casebound.typesetting.graphics.svg.matrices import Matrix, multiplied
from casebound.typesetting.graphics.svg.moves import through
from casebound.typesetting.graphics.svg.outlines import moved, rectangle
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Clip, Node, Photo, SceneGroup
from casebound.typesetting.graphics.svg.viewports import fitted

__all__ = ["shown"]

_PIXELS = 60_000_000


def shown(reader: DrawingReader, element: Element, state: ElementState) -> list[Node]:
    """An image that is part of the file; what cannot be read is said."""
    link = next((element.get(key, "") for key in LINK if element.get(key, "").startswith("data:")), "")
    if not link or state.style.is_hidden:
        return []
    if link.startswith("data:image/svg+xml"):
        return _drawing(reader, element, state, link)
    try:
        image = _opened(link)
    except (OSError, ValueError, SyntaxError, binascii.Error, Image.DecompressionBombError):
        reader.note("an image that cannot be read is left out")
        return []
    lengths, style = state.lengths, state.style

    def side(key: str, across: str) -> float | None:
        value = style[key] or element.get(key, "")
        return None if value in ("", "auto") else lengths.of(value, 0.0, across)

    x, y = side("x", "x") or 0.0, side("y", "y") or 0.0
    width, height = side("width", "x"), side("height", "y")
    if width is None and height is None:
        width, height = float(image.width), float(image.height)
    elif width is None:
        width = (height or 0.0) * image.width / image.height
    elif height is None:
        height = width * image.height / image.width
    if not width or not height or width < 0 or height < 0:
        return []
    place = (x, y, width, height)
    frame = fitted((0, 0, float(image.width), float(image.height)), place, element.get("preserveAspectRatio", ""))
    square: Matrix = (float(image.width), 0, 0, float(image.height), 0, 0)
    photo = Photo(image, multiplied(state.matrix, multiplied(frame, square)))
    if "slice" not in element.get("preserveAspectRatio", ""):
        return [photo]
    return [SceneGroup((photo,), (Clip(moved(rectangle(*place), state.matrix)),))]


def _drawing(reader: DrawingReader, element: Element, state: ElementState, link: str) -> list[Node]:
    """A drawing that an image holds (``casebound.svg`` has made it harmless)."""
    scene = reader.within(etree.fromstring(base64.b64decode(link.partition(",")[2])))
    lengths, style = state.lengths, state.style
    x, y = lengths.of(style["x"] or element.get("x")), lengths.of(style["y"] or element.get("y"), across="y")
    width = lengths.of(style["width"] or element.get("width"), scene.width)
    height = lengths.of(style["height"] or element.get("height"), scene.height, "y")
    if width <= 0 or height <= 0:
        return []
    place = (x, y, width, height)
    frame = fitted((0, 0, scene.width, scene.height), place, element.get("preserveAspectRatio", ""))
    inner = multiplied(state.matrix, frame)
    window = Clip(moved(rectangle(0, 0, scene.width, scene.height), inner))
    outer = Clip(moved(rectangle(*place), state.matrix))
    return [SceneGroup(tuple(through(scene.nodes, inner)), (window, outer))] if scene.nodes else []


def _opened(link: str) -> Image.Image:
    data = base64.b64decode(link.partition(",")[2])
    with Image.open(BytesIO(data), formats=["PNG", "JPEG", "GIF"]) as file:
        if file.width * file.height > _PIXELS:
            raise ValueError("too many dots")
        file.load()
        image = ImageOps.exif_transpose(file)
        see_through = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
        return image.convert("RGBA" if see_through else "L" if image.mode in ("1", "L") else "RGB")
