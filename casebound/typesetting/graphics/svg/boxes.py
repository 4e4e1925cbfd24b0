"""The boxes round nodes of a scene, without their strokes (SVG 2 8.10)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from casebound.typesetting.graphics.svg.lettering.baselines import reaches
from casebound.typesetting.graphics.svg.matrices import Box, applied
from casebound.typesetting.graphics.svg.outlines import box_of, moved
from casebound.typesetting.graphics.svg.scene import Node, Photo, Shape, Writing

__all__ = ["ASCENT", "DESCENT", "box_of_nodes", "box_of_writing", "united"]

ASCENT, DESCENT = 0.75, 0.22  # of a type size: what letters reach up and down


def united(boxes: Iterable[Box | None]) -> Box | None:
    """The box round boxes; None where there is none."""
    found = [box for box in boxes if box is not None]
    if not found:
        return None
    lefts, tops, rights, bottoms = zip(*found, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def box_of_nodes(nodes: Iterable[Node]) -> Box | None:
    """The box round nodes, in the scene."""
    return united(map(_box, nodes))


def _box(node: Node) -> Box | None:
    if isinstance(node, Shape):
        return box_of(moved(node.outline, node.matrix))
    if isinstance(node, Writing):
        return box_of_writing(node, *reaches(node.font))
    if isinstance(node, Photo):
        return _round([applied(node.matrix, x, y) for x in (0, 1) for y in (0, 1)])
    return box_of_nodes(node.nodes)


def box_of_writing(node: Writing, ascent: float = ASCENT, descent: float = DESCENT) -> Box | None:
    """The box round text."""
    low, high = descent * node.size, -ascent * node.size
    box = _round([applied(node.matrix, x, y) for x in (0, node.width) for y in (low, high)])
    return box if all(map(math.isfinite, box)) else None


def _round(points: list[tuple[float, float]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)
