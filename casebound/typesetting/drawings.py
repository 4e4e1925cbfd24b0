"""Drawings: SVG files read by svglib and drawn as vectors."""

from __future__ import annotations

import gzip
import logging
import math
from pathlib import Path
from typing import Any

from lxml import etree
from reportlab.graphics.renderbase import renderScaledDrawing
from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from svglib import svglib

from casebound.typesetting import likeness, svg
from casebound.typesetting.overhang import bring_within

__all__ = ["BrokenDrawing", "draw", "read"]

_BYTES = 30_000_000
_ELEMENTS = 150_000


class BrokenDrawing(Exception):
    """A drawing that cannot be shown; the message says why."""


def read(path: Path) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing in a file, and what of it is shown otherwise than it was drawn.

    Raises BrokenDrawing; reads nothing but this file.
    """
    try:
        root = _root(path)
        simplified = likeness.simplify(root)
        svg.prepare(root)
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
    bring_within(drawing)
    return drawing, simplified


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
    root = _parsed(data)
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        raise BrokenDrawing(f"it has more than {_ELEMENTS} elements")
    return root


def _parsed(data: bytes) -> etree._Element:
    """The root of SVG that is well formed but for prefixes that it does not declare."""
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, recover=True)  # type: ignore[arg-type]
    root = etree.fromstring(data, parser)
    for entry in parser.error_log:
        if entry.level >= etree.ErrorLevels.ERROR and entry.domain != etree.ErrorDomains.NAMESPACE:
            raise BrokenDrawing(f"{entry.message}, line {entry.line}")
    if root is None or etree.QName(root).localname != "svg":
        raise BrokenDrawing("it holds no drawing")
    return root
