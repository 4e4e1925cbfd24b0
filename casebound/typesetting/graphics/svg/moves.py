"""A scene within another: its nodes seen through a matrix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from casebound.typesetting.graphics.svg.matrices import Matrix, multiplied
from casebound.typesetting.graphics.svg.outlines import moved
from casebound.typesetting.graphics.svg.scene import (
    Clip,
    Gradient,
    Mask,
    Node,
    OutlineStroke,
    Paint,
    Photo,
    SceneGroup,
    Tile,
)

__all__ = ["through"]


def through(nodes: Iterable[Node], matrix: Matrix) -> Iterator[Node]:
    """The nodes in the space that a matrix leads to, with their colours, clips and masks."""
    for node in nodes:
        if isinstance(node, SceneGroup):
            clips = tuple(Clip(moved(clip.outline, matrix), clip.rule) for clip in node.clips)
            masks = tuple(Mask(tuple(through(mask.nodes, matrix)), mask.of_alpha) for mask in node.masks)
            yield replace(node, nodes=tuple(through(node.nodes, matrix)), clips=clips, masks=masks)
        elif isinstance(node, Photo):
            yield replace(node, matrix=multiplied(matrix, node.matrix))
        else:
            stroke = _stroke(node.stroke, matrix)
            fill = None if node.fill is None else _paint(node.fill, matrix)
            yield replace(node, matrix=multiplied(matrix, node.matrix), fill=fill, stroke=stroke)


def _paint(paint: Paint, matrix: Matrix) -> Paint:
    if isinstance(paint, (Gradient, Tile)):
        return replace(paint, matrix=multiplied(matrix, paint.matrix))
    return paint


def _stroke(stroke: OutlineStroke | None, matrix: Matrix) -> OutlineStroke | None:
    return None if stroke is None else replace(stroke, paint=_paint(stroke.paint, matrix))
