"""Viewports: the size of a drawing, its view box, and how that is fitted in (SVG 2 7.7, 7.8, 8.6, 8.7)."""

from __future__ import annotations

import math
import re

from casebound.svg import Element
from casebound.typesetting.graphics.svg.matrices import Box, Matrix
from casebound.typesetting.graphics.svg.styles.values import Lengths

__all__ = ["fitted", "size_of", "view_box"]

_LARGEST = 20_000.0  # CSS pixels: a side that is longer is a mistake
_ASSUMED = (300.0, 150.0)  # what browsers take where a drawing says nothing
_ALIGN = re.compile(r"(?:defer\s+)?(none|x(Min|Mid|Max)Y(Min|Mid|Max))(?:\s+(meet|slice))?")
_SHARES = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


def view_box(element: Element) -> Box | None:
    """The view box as left, top, width and height, if it is one."""
    try:
        left, top, width, height = (float(part) for part in re.split(r"[\s,]+", element.get("viewBox", "").strip()))
    except ValueError:
        return None
    finite = all(map(math.isfinite, (left, top, width, height)))
    return (left, top, width, height) if finite and width > 0 and height > 0 else None


def size_of(root: Element) -> tuple[float, float]:
    """Width and height of a drawing in CSS pixels: what it says, else by its view box, else what browsers take."""
    lengths = Lengths(0, 0)
    width, height = (_side(root.get(key, ""), lengths) for key in ("width", "height"))
    box = view_box(root)
    if width and height:
        return width, height
    if box is None:
        return width or _ASSUMED[0], height or _ASSUMED[1]
    if width:
        return width, min(width * box[3] / box[2], _LARGEST)
    if height:
        return min(height * box[2] / box[3], _LARGEST), height
    factor = min(1.0, _LARGEST / max(box[2:]))
    return box[2] * factor, box[3] * factor


def _side(text: str, lengths: Lengths) -> float | None:
    value = 0.0 if "%" in text else lengths.of(text)
    return value if 0 < value <= _LARGEST else None


def fitted(box: Box, place: Box, align: str) -> Matrix:
    """The matrix that brings a view box into a place; both are left, top, width and height."""
    found = _ALIGN.fullmatch(align.strip())
    across, down = place[2] / box[2], place[3] / box[3]
    if found and found[1] == "none":
        return across, 0, 0, down, place[0] - box[0] * across, place[1] - box[1] * down
    factor = max(across, down) if found and found[4] == "slice" else min(across, down)
    shares = (_SHARES[found[2]], _SHARES[found[3]]) if found else (0.5, 0.5)
    left = place[0] + (place[2] - box[2] * factor) * shares[0] - box[0] * factor
    top = place[1] + (place[3] - box[3] * factor) * shares[1] - box[1] * factor
    return factor, 0, 0, factor, left, top
