"""Sizes that the source asks for: of pictures, figures and tables."""

from __future__ import annotations

from docutils import nodes

from casebound.model.lengths import length
from casebound.typesetting.graphics.images import Picture
from casebound.typesetting.nodes.compositor import Compositor

__all__ = ["is_sized", "points", "share", "size"]


def points(client: Compositor, text: object) -> float | None:
    """A length of a source in points; None where it is no length or a percentage."""
    found, house = length(text), client.house
    page = house.style.paper.width / house.scale, house.style.paper.height / house.scale
    return found.points(client.styles["base"].fontSize, page) if found else None


def share(text: object) -> float | None:
    """A percentage of a source as a share of the measure, no more than all of it; None where it is none."""
    found = length(text)
    return found.share if found else None


def is_sized(node: nodes.Element) -> bool:
    """Whether the source says how large an image is."""
    return any(node.get(name) for name in ("width", "height", "scale"))


def size(client: Compositor, node: nodes.Element, picture: Picture) -> None:
    """Give a picture the size that the source asks for."""
    scale = float(node.get("scale", 100)) / 100 or 1.0
    part = share(node.get("width"))
    if part is not None:
        picture.share = min(part * scale, 1.0)
    wide, high = points(client, node.get("width")), points(client, node.get("height"))
    if wide is None and high is None and picture.share is None and scale != 1:
        wide = picture.natural[0]
    picture.wanted = (wide and wide * scale, high and high * scale)
