"""Tables and trees that code draws of characters: their lines join, and none is broken that a smaller size holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reportlab.lib.styles import ParagraphStyle

from casebound.typesetting.styles.variants import scaled

__all__ = ["fitting", "leading"]

_BOX = 1.16  # height of a box-drawing character in sizes
_DRAWN = re.compile("[\u2500-\u259f]")
_RULED = re.compile("[-=]{3}[+| ]")
_SMALLEST = 0.72
"""Of the size: six points where code has 8.4."""


def leading(lines: Iterable[str], style: ParagraphStyle) -> float:
    """From baseline to baseline, in points: lines drawn of characters join only where one's box ends at the next's."""
    return float(style.fontSize * _BOX if any(map(_DRAWN.search, lines)) else style.leading)


def fitting(lines: Iterable[str], style: ParagraphStyle, width: float, room: float) -> ParagraphStyle:
    """The style in the size in which lines ``width`` points wide fit ``room``, where code draws in columns."""
    if not room < width <= room / _SMALLEST:
        return style
    drawn = any(_DRAWN.search(line) or _is_border(line.strip()) for line in lines)
    return scaled(style, round(room / width - 0.0005, 3)) if drawn else style


def _is_border(line: str) -> bool:
    """Whether it is what databases, command lines, reStructuredText and Markdown draw between head and rows."""
    return set(line) <= set("-=+|: ") and _RULED.search(line) is not None
