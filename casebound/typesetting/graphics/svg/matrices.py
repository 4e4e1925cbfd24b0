"""Matrices of transforms, as attributes and as CSS state them (SVG 2 8.5, CSS Transforms 1)."""

from __future__ import annotations

import math
import re
from functools import reduce

from casebound.typesetting.graphics.svg.styles.values import Lengths, degrees

__all__ = ["IDENTITY", "Box", "Matrix", "Point", "applied", "inverse", "multiplied", "scaled", "stretch", "transform"]

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_CALL = re.compile(r"([a-zA-Z0-9]+)\s*\(([^()]*)\)")


def multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that applies the inner one first."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f


def applied(matrix: Matrix, x: float, y: float) -> Point:
    """Where a point comes to lie."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that undoes another; None where nothing does."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if abs(size) < 1e-12:
        return None
    return d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size


def scaled(x: float, y: float) -> Matrix:
    """A scaling."""
    return x, 0.0, 0.0, y, 0.0, 0.0


def stretch(matrix: Matrix) -> float:
    """By what a matrix makes lengths longer, on the mean."""
    a, b, c, d, *_ = matrix
    return math.sqrt(abs(a * d - b * c))


def transform(text: str, lengths: Lengths, box: Box | None = None) -> Matrix | None:
    """The matrix of a list of transforms; None where it is not understood. ``box`` is what percentages are of."""
    rest = _CALL.sub("", text).replace(",", "").strip()
    if text.strip() in ("", "none"):
        return IDENTITY
    steps = [_step(name, arguments, lengths, box) for name, arguments in _CALL.findall(text)]
    if rest or any(step is None for step in steps):
        return None
    return reduce(multiplied, [step for step in steps if step is not None], IDENTITY)


def _step(name: str, text: str, lengths: Lengths, box: Box | None) -> Matrix | None:
    parts = [part for part in re.split(r"[\s,]+", text.strip()) if part]
    name = name.lower()
    turns = [degrees(part) for part in parts]
    if not parts or (name != "translate" and not name.startswith("translate") and None in turns[:1]):
        return None
    if name.startswith("translate"):
        return _shift(name, parts, lengths, box)
    values = [turn or 0.0 for turn in turns]
    first, second = values[0], values[1] if len(values) > 1 else values[0]
    if name.startswith("scale") and any(part.endswith("%") for part in parts):
        return None
    if name == "rotate" and len(values) == 3:
        x, y = values[1:]
        return multiplied(multiplied((1, 0, 0, 1, x, y), _turned(first)), (1, 0, 0, 1, -x, -y))
    if name == "skew":
        return 1, math.tan(math.radians(values[1] if len(values) > 1 else 0)), math.tan(math.radians(first)), 1, 0, 0
    simple: dict[str, Matrix] = {
        "rotate": _turned(first), "rotatez": _turned(first), "scale": scaled(first, second),
        "scalex": scaled(first, 1), "scaley": scaled(1, first), "skewx": (1, 0, math.tan(math.radians(first)), 1, 0, 0),
        "skewy": (1, math.tan(math.radians(first)), 0, 1, 0, 0),
    }  # fmt: skip
    if name == "matrix" and len(values) == 6:
        return tuple(values)  # type: ignore[return-value]
    return simple.get(name)


def _shift(name: str, parts: list[str], lengths: Lengths, box: Box | None) -> Matrix | None:
    width, height = (box[2] - box[0], box[3] - box[1]) if box else (lengths.width, lengths.height)
    near = Lengths(width, height)
    if name == "translatey":
        return 1, 0, 0, 1, 0, near.of(parts[0], across="y")
    if name not in ("translate", "translatex"):
        return None
    down = near.of(parts[1], across="y") if len(parts) > 1 and name == "translate" else 0.0
    return 1, 0, 0, 1, near.of(parts[0]), down


def _turned(angle: float) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return cos, sin, -sin, cos, 0, 0
