"""Drawings: SVG files read by svglib, made harmless and given a believable size, drawn as vectors."""

from __future__ import annotations

import gzip
import logging
import math
import re
from pathlib import Path
from typing import Any

from lxml import etree
from reportlab.graphics.renderbase import renderScaledDrawing
from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from svglib import svglib

__all__ = ["BrokenDrawing", "draw", "read"]

_LARGEST = 20_000.0  # CSS pixels: a side that is longer is a mistake
_BYTES = 30_000_000
_ELEMENTS = 150_000
_ASSUMED = (300.0, 150.0)  # what browsers take where a drawing says nothing
_XLINK = "{http://www.w3.org/1999/xlink}href"


class BrokenDrawing(Exception):
    """A drawing that cannot be shown; the message says why."""


def read(path: Path) -> Drawing:
    """The drawing in a file. Raises BrokenDrawing; reads nothing but this file."""
    try:
        root = _root(path)
        _disarm(root)
        _give_size(root)
        with _Remarks() as remarks:
            drawing = svglib.SvgRenderer(str(path)).render(root)
    except BrokenDrawing:
        raise
    except Exception as error:
        # svglib ends in whatever error a malformed value leads it to
        raise BrokenDrawing(str(error) or type(error).__name__) from error
    if any(remark.startswith("Too many") for remark in remarks.texts):
        raise BrokenDrawing("it repeats its own parts too often")
    if drawing is None or not (0 < drawing.width < math.inf and 0 < drawing.height < math.inf):
        raise BrokenDrawing("it has no size")
    return drawing


class _Remarks(logging.Handler):
    """What svglib logs of a drawing, kept from the terminal."""

    def __enter__(self) -> _Remarks:
        self.texts: list[str] = []
        self.logger = logging.getLogger(svglib.__name__)
        self.propagated, self.logger.propagate = self.logger.propagate, False
        self.logger.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        self.logger.removeHandler(self)
        self.logger.propagate = self.propagated

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


def draw(drawing: Drawing, canvas: Any) -> None:
    """Draw with the lower left corner at the origin."""
    _Renderer().draw(renderScaledDrawing(drawing), canvas, 0, 0, showBoundary=0)


class _Renderer(_PDFRenderer):
    """reportlab's, with images inside a drawing as objects of the file and not amidst the marks of its page."""

    def drawImage(self, image: Any) -> None:  # noqa: N802
        if image.path is not None:
            reader = ImageReader(image.path)
            self._canvas.drawImage(reader, image.x, image.y, image.width, image.height, mask="auto")


def _root(path: Path) -> etree._Element:
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        with gzip.open(path) as file:
            data = file.read(_BYTES + 1)
    if len(data) > _BYTES:
        raise BrokenDrawing(f"it is larger than {_BYTES // 1_000_000} MB")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    root = etree.fromstring(data, parser)
    if root is None or etree.QName(root).localname != "svg":
        raise BrokenDrawing("it holds no drawing")
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        raise BrokenDrawing(f"it has more than {_ELEMENTS} elements")
    return root


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


def _give_size(root: etree._Element) -> None:
    """A size where the drawing has none, or one that cannot be: that of its view box, or what browsers take."""
    for key in ("width", "height"):
        if not _is_length(root.get(key, "")):
            _remove(root, key)
    box = _view_box(root)
    if box is None:
        _remove(root, "viewBox")
    wide, high = box or _ASSUMED
    if "width" not in root.attrib and "height" not in root.attrib:
        factor = min(1.0, _LARGEST / max(wide, high))
        root.set("width", f"{wide * factor:g}")
        root.set("height", f"{high * factor:g}")
        if box is None and factor == 1.0:
            root.set("viewBox", f"0 0 {wide:g} {high:g}")


def _remove(element: etree._Element, key: str) -> None:
    if key in element.attrib:
        del element.attrib[key]


def _is_length(value: str) -> bool:
    match = re.fullmatch(
        r"\s*\+?([0-9.]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex|rem|q)?\s*", value, re.IGNORECASE
    )
    try:
        return bool(match) and 0 < float(match.group(1)) <= _LARGEST  # type: ignore[union-attr]
    except ValueError:
        return False


def _view_box(root: etree._Element) -> tuple[float, float] | None:
    """Width and height of the view box, if it is one."""
    try:
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        return None
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None
