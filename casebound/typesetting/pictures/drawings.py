"""Drawings: SVG files read by svglib and drawn as vectors."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reportlab.graphics.renderbase import renderScaledDrawing
from reportlab.graphics.renderPDF import _PDFRenderer
from reportlab.graphics.shapes import Drawing, Group, String
from reportlab.lib.utils import ImageReader
from svglib import svglib

from casebound.svg import BrokenSvg, harmless
from casebound.typesetting.pictures import likeness, svg
from casebound.typesetting.pictures.overhang import bring_within

__all__ = ["draw", "lettering", "read"]

_ELEMENTS = 150_000


def read(path: Path) -> tuple[Drawing, tuple[str, ...]]:
    """The drawing in a file, and what of it is shown otherwise than it was drawn.

    Raises BrokenSvg; reads nothing but this file.
    """
    try:
        root = harmless(path.read_bytes())
        if sum(1 for _ in root.iter()) > _ELEMENTS:
            raise BrokenSvg(f"it has more than {_ELEMENTS} elements.")
        simplified = likeness.simplify(root)
        svg.prepare(root)
        with _Remarks() as remarks:
            drawing = svglib.SvgRenderer(str(path)).render(root)
    except BrokenSvg:
        raise
    except Exception as error:
        # svglib ends in whatever error a malformed value leads it to
        raise BrokenSvg(str(error) or type(error).__name__) from error
    if any(remark.startswith("Too many") for remark in remarks.texts):
        raise BrokenSvg("it repeats its own parts too often.")
    if drawing is None or not (0 < drawing.width < math.inf and 0 < drawing.height < math.inf):
        raise BrokenSvg("it has no size.")
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


def lettering(shape: Group | Drawing, scale: float = 1.0) -> Iterator[float]:
    """The sizes of the letters in a drawing, in its own points; ``scale`` is that of what stands round it."""
    a, b, c, d, *_ = shape.transform
    scale *= math.sqrt(abs(a * d - b * c))
    for each in shape.contents:
        if isinstance(each, Group):
            yield from lettering(each, scale)
        elif isinstance(each, String) and each.text.strip():
            yield each.fontSize * scale


def draw(drawing: Drawing, canvas: Any) -> None:
    """Draw with the lower left corner at the origin."""
    _Renderer().draw(renderScaledDrawing(drawing), canvas, 0, 0, showBoundary=0)


class _Renderer(_PDFRenderer):
    """reportlab's, with images inside a drawing as objects of the file and not amidst the marks of its page."""

    def drawImage(self, image: Any) -> None:  # noqa: N802
        if image.path is not None:
            reader = ImageReader(image.path)
            self._canvas.drawImage(reader, image.x, image.y, image.width, image.height, mask="auto")
