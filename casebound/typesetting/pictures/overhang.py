"""Text of a drawing that would stand out of it is brought within, smaller where need be; what is unseen is left out."""

from __future__ import annotations

import math

from reportlab.graphics.shapes import Drawing, Group, Shape, String, mmult
from reportlab.pdfbase.pdfmetrics import stringWidth

__all__ = ["bring_within"]

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

_ASCENT, _DESCENT = 0.75, 0.22  # of a type size
_OVER = 0.02  # of a side: what a letter may stand out by
_DEEPEST = 300


def bring_within(drawing: Drawing) -> None:
    """Change a drawing so that all its text that can be seen stands in it, whole."""
    _walk(drawing, (1, 0, 0, 1, 0, 0), (float(drawing.width), float(drawing.height)), 0)


def _walk(group: Group, matrix: Matrix, size: tuple[float, float], depth: int) -> None:
    inner: Matrix = mmult(matrix, group.transform)
    kept: list[Shape] = []
    for child in group.contents:
        if isinstance(child, Group) and depth < _DEEPEST:
            _walk(child, inner, size, depth + 1)
        placed = _placed(child, inner, size) if isinstance(child, String) else child
        if placed is not None:
            kept.append(placed)
    group.contents = kept


def _placed(text: String, matrix: Matrix, size: tuple[float, float]) -> Shape | None:
    """The text, or a group in which it stands within the drawing; None where nothing of it is seen."""
    if not text.fontSize > 0:
        return None
    left, bottom, right, top = box = _box(text, matrix)
    if not all(map(math.isfinite, box)) or right < 0 or top < 0 or left > size[0] or bottom > size[1]:
        return None
    if all(low > -_OVER * side and high < (1 + _OVER) * side for low, high, side in _sides(box, size)):
        return text
    factor = min(1.0, *(side / max(high - low, 1e-9) for low, high, side in _sides(box, size)))
    shifts = [_shift(low, high, side, factor) for low, high, side in _sides(box, size)]
    try:
        inverse = _inverse(matrix)
    except ZeroDivisionError:
        return None
    outer: Matrix = (factor, 0, 0, factor, shifts[0], shifts[1])
    return Group(text, transform=mmult(mmult(inverse, outer), matrix))


def _shift(low: float, high: float, side: float, factor: float) -> float:
    """By how much to move what stands between two places, made smaller, so that it lies within the side."""
    half, middle = factor * (high - low) / 2, (low + high) / 2
    return min(max(middle, half), side - half) - factor * middle


def _sides(box: Box, size: tuple[float, float]) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return (box[0], box[2], size[0]), (box[1], box[3], size[1])


def _box(text: String, matrix: Matrix) -> Box:
    width = stringWidth(text.text, text.fontName, text.fontSize)
    left = text.x - {"middle": width / 2, "end": width}.get(text.textAnchor, 0.0)
    low, high = text.y - _DESCENT * text.fontSize, text.y + _ASCENT * text.fontSize
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (left, left + width) for y in (low, high)]
    across = [a * x + c * y + e for x, y in corners]
    up = [b * x + d * y + f for x, y in corners]
    return min(across), min(up), max(across), max(up)


def _inverse(matrix: Matrix) -> Matrix:
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    return d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size
