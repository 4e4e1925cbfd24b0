"""Sizes that the source asks for: of pictures and of tables."""

from __future__ import annotations

import re

from docutils import nodes

from casebound.typesetting.pictures.images import Picture

__all__ = ["is_sized", "length", "share", "size"]

_UNITS = {"px": 0.75, "pt": 1.0, "in": 72.0, "cm": 28.3465, "mm": 2.83465, "pc": 12.0, "em": 10.4, "ex": 5.0, "": 0.75}


def length(text: str) -> float | None:
    """A length of a source in points; None where it is no length or a percentage."""
    match = re.fullmatch(r"\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*(\w*)\s*", text or "")
    if not match or match.group(2) not in _UNITS:
        return None
    return float(match.group(1)) * _UNITS[match.group(2)] or None


def share(text: str) -> float | None:
    """A percentage of a source as a share of the measure, no more than all of it; None where it is none."""
    match = re.fullmatch(r"\s*([0-9]+\.?[0-9]*|\.[0-9]+)\s*%\s*", text or "")
    return min(float(match.group(1)) / 100, 1.0) or None if match else None


def is_sized(node: nodes.Element) -> bool:
    """Whether the source says how large an image is."""
    return any(node.get(name) for name in ("width", "height", "scale"))


def size(node: nodes.Element, picture: Picture) -> None:
    """Give a picture the size that the source asks for."""
    scale = float(node.get("scale", 100)) / 100 or 1.0
    width, height = str(node.get("width", "")), str(node.get("height", ""))
    part = share(width)
    if part is not None:
        picture.share = min(part * scale, 1.0)
    wide, high = length(width), length(height)
    if wide is None and high is None and picture.share is None and scale != 1:
        wide = picture.natural[0]
    picture.wanted = (wide and wide * scale, high and high * scale)
