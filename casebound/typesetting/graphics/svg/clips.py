"""Clips and masks: what is shown of an element (CSS Masking 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from lxml import etree

from casebound.svg import Element
from casebound.typesetting.graphics.svg.matrices import Box, Matrix, multiplied
from casebound.typesetting.graphics.svg.outlines import (
    Outline,
    box_of,
    ellipse,
    joined,
    moved,
    path,
    polyline,
    rectangle,
)
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Clip, Mask, Node, Rule, SceneGroup, Shape, Writing
from casebound.typesetting.graphics.svg.styles.style import reference
from casebound.typesetting.graphics.svg.styles.values import Lengths

__all__ = ["clipped", "masked"]

Cut = tuple[tuple[Clip, ...], tuple[Mask, ...]]
_WHITE = (1.0, 1.0, 1.0, 1.0)
_CALL = re.compile(r"(\w+)\((.*)\)", re.DOTALL)


def clipped(reader: DrawingReader, element: Element, state: ElementState) -> Cut:
    """What the ``clip-path`` of an element lets be seen."""
    value = state.style["clip-path"]
    server = reader.named.get(reference(value)[0])
    if server is None or etree.QName(server).localname != "clipPath":
        return _basic(reader, element, state, value)
    matrix = state.matrix
    if server.get("clipPathUnits") == "objectBoundingBox":
        matrix = multiplied(matrix, _of_box(reader.box(element, state)))
    with reader.entering(server) as fresh:
        if not fresh:
            return (), ()
        style = reader.style_of(server)
        own = reader.transform(server, style, state.lengths)
        inner = replace(state, style=style, matrix=multiplied(matrix, own), repeated=True)
        nodes = [node for child in server.iterchildren(etree.Element) for node in reader.element(child, inner)]
        rules = _rules(reader, server)
        clips, masks = _cut([_white(node, rules) for node in nodes])
        if style["clip-path"] not in ("", "none"):
            more, others = clipped(reader, element, replace(state, style=style))
            clips, masks = clips + more, masks + others
    return clips, masks


def _rules(reader: DrawingReader, server: Element) -> Rule:
    """The rule of a clip's shapes: that of its first child."""
    found = [reader.style_of(child)["clip-rule"] for child in server.iterchildren(etree.Element)]
    return "evenodd" if found and found[0] == "evenodd" else "nonzero"


def _white(node: Node, rule: Rule) -> Node:
    """A node as it clips: its whole shape, whatever it is painted with."""
    if isinstance(node, Shape):
        return Shape(node.outline, node.matrix, _WHITE, 1.0, rule)
    if isinstance(node, Writing):
        return replace(node, fill=_WHITE, opacity=1.0, stroke=None)
    if isinstance(node, SceneGroup):
        return SceneGroup(tuple(_white(each, rule) for each in node.nodes), node.clips, node.masks)
    return node


def _cut(nodes: list[Node]) -> Cut:
    """Nodes as a clip where that says the same, else as a mask."""
    outlines = [moved(node.outline, node.matrix) for node in nodes if isinstance(node, Shape)]
    if len(outlines) < len(nodes):
        return (), (Mask(tuple(nodes), of_alpha=True),)
    rule: Rule = nodes[0].rule if nodes and isinstance(nodes[0], Shape) else "nonzero"
    if len(outlines) < 2 or (rule == "nonzero" and len(outlines) < 50 and _are_apart(outlines)):
        return (Clip(joined(outlines), rule),), ()
    return (), (Mask(tuple(nodes), of_alpha=True),)


def _are_apart(outlines: list[Outline]) -> bool:
    boxes = [box for box in map(box_of, outlines) if box is not None]
    return not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(boxes, 2))


def _of_box(box: Box | None) -> Matrix:
    left, top, right, bottom = box or (0.0, 0.0, 0.0, 0.0)
    return right - left, 0, 0, bottom - top, left, top


def _basic(reader: DrawingReader, element: Element, state: ElementState, value: str) -> Cut:
    """A basic shape of CSS (CSS Shapes 1, 3), within the box of its element."""
    found = _CALL.match(value)
    box = reader.box(element, state)
    line = _shape(found[1].lower(), found[2], box) if found and box else None
    if line is None:
        if not reference(value)[0]:
            reader.note(f"the clip “{value[:60]}” is left out")
        return (), ()
    rule: Rule = "evenodd" if found and found[2].lstrip().startswith("evenodd") else "nonzero"
    return (Clip(moved(line, state.matrix), rule),), ()


def _shape(name: str, text: str, box: Box) -> Outline | None:
    left, top, right, bottom = box
    near = Lengths(right - left, bottom - top)
    inner, _, at = text.partition(" at ") if " at " in text else (text.removeprefix("at "), "", "")
    names = {"left": "0%", "top": "0%", "center": "50%", "right": "100%", "bottom": "100%"}
    words = [names.get(word, word) for word in at.split()] or ["50%", "50%"]
    if name == "polygon":
        points = [
            word for part in text.split(",") if part.strip() not in ("evenodd", "nonzero") for word in part.split()
        ]
        places = [near.of(point, 0.0, "y" if index % 2 else "x") for index, point in enumerate(points)]
        return moved(polyline(places, closed=True), (1, 0, 0, 1, left, top))
    if name == "path":
        return moved(path(text[text.find('"') + 1 : text.rfind('"')]), (1, 0, 0, 1, left, top))
    if name == "inset" and "round" not in text:
        sides = text.split() or ["0"]
        up, over, down, back = (sides * 4)[:4] if len(sides) == 1 else [*sides, *sides[-2:]][:4]
        if len(sides) == 3:
            up, over, down, back = sides[0], sides[1], sides[2], sides[1]
        x, y = near.of(back), near.of(up, across="y")
        return rectangle(left + x, top + y, near.width - x - near.of(over), near.height - y - near.of(down, across="y"))
    if name in ("circle", "ellipse"):
        return _round(name, inner.split(), words, box, near)
    return None


def _round(name: str, radii: list[str], at: list[str], box: Box, near: Lengths) -> Outline | None:
    if any("side" in radius for radius in radii):
        return None
    cx, cy = box[0] + near.of(at[0]), box[1] + near.of(at[-1] if len(at) > 1 else "50%", across="y")
    near_side = min(cx - box[0], box[2] - cx, cy - box[1], box[3] - cy)
    if name == "circle":
        radius = near.of(radii[0], 0.0, "xy") if radii else near_side
        return ellipse(cx, cy, radius, radius)
    if len(radii) == 2:
        return ellipse(cx, cy, near.of(radii[0]), near.of(radii[1], across="y"))
    return ellipse(cx, cy, min(cx - box[0], box[2] - cx), min(cy - box[1], box[3] - cy))


_REGION = (("x", "-10%", "x"), ("y", "-10%", "y"), ("width", "120%", "x"), ("height", "120%", "y"))


def masked(reader: DrawingReader, element: Element, state: ElementState) -> Cut:
    """What the ``mask`` of an element lets be seen."""
    server = reader.named.get(reference(state.style["mask"])[0])
    if server is None or etree.QName(server).localname != "mask":
        if not reference(state.style["mask"])[0]:
            reader.note("masks of images are left out")
        return (), ()
    by_box = server.get("maskUnits", "objectBoundingBox") == "objectBoundingBox"
    content_by_box = server.get("maskContentUnits") == "objectBoundingBox"
    box = reader.box(element, state) if by_box or content_by_box else None
    lengths = Lengths(1, 1) if by_box else state.lengths
    sides = [
        lengths.of(server.get(key, value), 0.0, across)
        for key, value, across in (
            ("x", "-10%", "x"),
            ("y", "-10%", "y"),
            ("width", "120%", "x"),
            ("height", "120%", "y"),
        )
    ]
    frame = multiplied(state.matrix, _of_box(box)) if by_box else state.matrix
    window = Clip(moved(rectangle(*sides), frame))
    matrix = multiplied(state.matrix, _of_box(box)) if content_by_box else state.matrix
    with reader.entering(server) as fresh:
        if not fresh:
            return (), ()
        style = reader.style_of(server)
        near = Lengths(1, 1) if content_by_box else state.lengths
        inner = replace(state, style=style, matrix=matrix, lengths=near.sized(style.size), repeated=True)
        nodes = tuple(_children(reader, server, inner))
        more: tuple[Mask, ...] = ()
        if style["mask"] not in ("", "none"):
            _, more = masked(reader, element, replace(state, style=style))
    of_alpha = "alpha" in (style["mask-type"], state.style["mask-mode"])
    return (), (Mask((SceneGroup(nodes, (window,)),), of_alpha), *more)


def _children(reader: DrawingReader, server: Element, state: ElementState) -> Iterator[Node]:
    for child in server.iterchildren(etree.Element):
        yield from reader.element(child, state)
