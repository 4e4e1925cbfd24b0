"""Images as flowables: rasters as they are, drawings as vectors, each within the measure and the page."""

from __future__ import annotations

from pathlib import Path

from lxml import etree
from PIL import Image, ImageFile, UnidentifiedImageError
from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.platypus.flowables import Flowable
from svglib import svglib

__all__ = ["BrokenImage", "Picture", "Raster", "Vector", "open_picture"]

_PIXELS = 60_000_000  # a raster above this many is refused: it would cost minutes and gigabytes
_BYTES = 100_000_000
_DPI = 96.0  # of a raster that does not say


class BrokenImage(Exception):
    """An image file that cannot be shown; the message says why."""


class Picture(Flowable):
    """An image with its natural size in points; it is never set wider than its room or higher than ``highest``."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.natural = (width, height)
        self.wanted: tuple[float | None, float | None] = (None, None)
        self.share: float | None = None
        self.highest = height

    def minWidth(self) -> float:  # noqa: N802
        return min(self.natural[0], 60.0)

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        width, height = self._asked(availWidth)
        factor = min(1.0, availWidth / width, self.highest / height)
        self.width, self.height = width * factor, height * factor
        return self.width, self.height

    def _asked(self, room: float) -> tuple[float, float]:
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


class Raster(Picture):
    """A picture of dots."""

    def __init__(self, reader: ImageReader, width: float, height: float) -> None:
        super().__init__(width, height)
        self.reader = reader

    def draw(self) -> None:
        self.canv.drawImage(self.reader, 0, 0, self.width, self.height, mask="auto")


class Vector(Picture):
    """A drawing of lines, shapes and text."""

    def __init__(self, drawing: Drawing, width: float, height: float) -> None:
        super().__init__(width, height)
        self.drawing = drawing

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.scale(self.width / self.natural[0], self.height / self.natural[1])
        renderPDF.draw(self.drawing, self.canv, 0, 0)
        self.canv.restoreState()


def open_picture(path: Path) -> Picture:
    """The picture in a file. Raises BrokenImage."""
    try:
        if path.stat().st_size > _BYTES:
            raise BrokenImage(f"it is larger than {_BYTES // 1_000_000} MB")
        return _drawing(path) if path.suffix.lower() in {".svg", ".svgz"} else _raster(path)
    except OSError as error:
        raise BrokenImage(_sentence(error)) from error


def _raster(path: Path) -> Raster:
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with Image.open(path) as file:
            image: Image.Image = file
            if image.width * image.height > _PIXELS:
                raise BrokenImage(f"it has {image.width} by {image.height} dots")
            dpi = float(image.info.get("dpi", (_DPI, _DPI))[0]) or _DPI
            dpi = dpi if 50 <= dpi <= 1200 else _DPI
            image.load()
            width, height = image.width * 72 / dpi, image.height * 72 / dpi
            if image.mode not in {"1", "L", "RGB", "RGBA", "LA", "P"}:
                image = image.convert("RGB")
            if image.mode in {"P", "LA"}:
                image = image.convert("RGBA" if "transparency" in image.info or image.mode == "LA" else "RGB")
            return Raster(ImageReader(image.copy()), max(width, 1.0), max(height, 1.0))
    except (UnidentifiedImageError, SyntaxError, ValueError, Image.DecompressionBombError, EOFError) as error:
        raise BrokenImage(_sentence(error)) from error


def _drawing(path: Path) -> Vector:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.parse(str(path), parser).getroot()
        if root is None:
            raise BrokenImage("it holds no drawing")
        _disarm(root)
        drawing = svglib.SvgRenderer(str(path)).render(root)
    except (etree.XMLSyntaxError, ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
        raise BrokenImage(_sentence(error)) from error
    if drawing is None or drawing.width <= 0 or drawing.height <= 0:
        raise BrokenImage("it has no size")
    return Vector(drawing, float(drawing.width), float(drawing.height))


_XLINK = "{http://www.w3.org/1999/xlink}href"


def _disarm(root: etree._Element) -> None:
    """Take out scripts and everything that would be read from elsewhere."""
    for element in list(root.iter("{*}script", "{*}foreignObject")):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter("{*}image", "{*}use", "{*}a", "{*}feImage"):
        for key in (_XLINK, "href"):
            value = element.get(key, "")
            if value and not value.startswith(("#", "data:")):
                del element.attrib[key]


def _sentence(error: BaseException) -> str:
    text = str(error).strip().partition("\n")[0]
    return (text or type(error).__name__)[:160]
