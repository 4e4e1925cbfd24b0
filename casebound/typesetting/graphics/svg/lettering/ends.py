"""Text that would stand out of its drawing is brought within, smaller where need be; what is unseen is left out.

The house's faces are wider or narrower than those the author had.
"""

from __future__ import annotations

from dataclasses import replace

from casebound.typesetting.graphics.svg.boxes import box_of_nodes, box_of_writing, united
from casebound.typesetting.graphics.svg.matrices import Box, Matrix, multiplied
from casebound.typesetting.graphics.svg.scene import Node, SceneGroup, Shape, Writing

__all__ = ["within"]

_OVER = 0.02  # of a side: what a letter may stand out by


def within(nodes: list[Node], size: tuple[float, float]) -> list[Node]:
    """The nodes of a line of text, moved so that all of it that can be seen is in a drawing of a size."""
    box = united(box_of_writing(node) if isinstance(node, Writing) else box_of_nodes([node]) for node in nodes)
    if box is None or box[2] < 0 or box[3] < 0 or box[0] > size[0] or box[1] > size[1]:
        return []
    sides = _sides(box, size)
    if all(low > -_OVER * side and high < (1 + _OVER) * side for low, high, side in sides):
        return nodes
    factor = min(1.0, *(side / max(high - low, 1e-9) for low, high, side in sides))
    x, y = (_shift(low, high, side, factor) for low, high, side in sides)
    return [_seen(node, (factor, 0, 0, factor, x, y)) for node in nodes]


def _seen(node: Node, matrix: Matrix) -> Node:
    if isinstance(node, SceneGroup):
        return replace(node, nodes=tuple(_seen(each, matrix) for each in node.nodes))
    if isinstance(node, (Writing, Shape)):
        return replace(node, matrix=multiplied(matrix, node.matrix))
    return node


def _shift(low: float, high: float, side: float, factor: float) -> float:
    """By how much to move what is between two places, made smaller, so that it lies within the side."""
    half, middle = factor * (high - low) / 2, (low + high) / 2
    return min(max(middle, half), side - half) - factor * middle


def _sides(box: Box, size: tuple[float, float]) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return (box[0], box[2], size[0]), (box[1], box[3], size[1])
