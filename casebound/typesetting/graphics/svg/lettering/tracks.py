"""Text on a path: each letter on the path's tangent under its middle (SVG 2 11.8)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lxml import etree

from casebound.svg import Element
from casebound.typesetting.graphics.svg import shapes
from casebound.typesetting.graphics.svg.lettering.baselines import drop
from casebound.typesetting.graphics.svg.lettering.runs import LetterRun
from casebound.typesetting.graphics.svg.matrices import Matrix, multiplied, scaled
from casebound.typesetting.graphics.svg.outlines import moved, path
from casebound.typesetting.graphics.svg.reading import DrawingReader
from casebound.typesetting.graphics.svg.styles.lengths import Track

__all__ = ["along"]


def along(
    reader: DrawingReader, element: Element, chunk: Sequence[LetterRun], shift: float
) -> list[tuple[LetterRun, Matrix]]:
    """The letters of a chunk that lie on the path, each with its matrix."""
    target = reader.target(element)
    state = chunk[0].state
    if element.get("path"):
        line = path(element.get("path", ""))
    elif target is not None and etree.QName(target).localname in shapes.SHAPES:
        style = reader.style_of(target)
        own = reader.transform(target, style, state.lengths)
        line = moved(shapes.outline(target, style, state.lengths), own)
    else:
        return []
    if element.get("side") == "right":
        reader.note("text on the right side of a path is set on its left")
    if element.get("method") == "stretch":
        reader.note("letters that a path bends are turned only")
    track = Track(line)
    offset = element.get("startOffset", "0").strip()
    at = shift + (state.lengths.of(offset) if "%" not in offset else track.length * state.lengths.of(offset[:-1]) / 100)
    stated = state.lengths.of(target.get("pathLength")) if target is not None else 0.0
    if stated > 0 and "%" not in offset:
        at = shift + state.lengths.of(offset) * track.length / stated
    placed, down = [], 0.0
    for run in chunk:
        letter = run.letters[0]
        at, down = at + letter.dx, down + letter.dy
        found = track.place(at + run.advance / 2)
        if found is not None:
            (x, y), turn = found
            cos, sin = math.cos(turn), math.sin(turn)
            low = down + drop(run.font, run.state.style, run.span)
            place: Matrix = (cos, sin, -sin, cos, x, y)
            own_place: Matrix = (1, 0, 0, 1, -run.advance / 2, low)
            placed.append((run, multiplied(multiplied(place, own_place), scaled(run.stretch, 1.0))))
        at += run.advance
    return placed
