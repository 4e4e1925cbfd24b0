"""Paint servers: gradients and patterns as an element that names them sees them (SVG 2 14)."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from lxml import etree

from casebound.svg import Element
from casebound.typesetting.graphics.svg.matrices import IDENTITY, Box, Matrix, Point, applied, inverse, multiplied
from casebound.typesetting.graphics.svg.reading import DrawingReader, ElementState
from casebound.typesetting.graphics.svg.scene import Gradient, Paint, Tile
from casebound.typesetting.graphics.svg.styles.colours import BLACK, Colour, colour
from casebound.typesetting.graphics.svg.styles.style import SvgStyle, reference
from casebound.typesetting.graphics.svg.styles.values import Lengths, share
from casebound.typesetting.graphics.svg.viewports import fitted, view_box

__all__ = ["paint"]

_MOST_ROUNDS = 100
_HAIR = 1e-6  # of a round: what rounding may leave
Boxed = Callable[[], Box | None]
Stops = tuple[tuple[float, Colour], ...]


def paint(reader: DrawingReader, name: str, state: ElementState, box: Boxed) -> Paint | None:
    """The fill or stroke of an element; ``box`` is the box round it in its own space."""
    value = state.style[name] or ("black" if name == "fill" else "none")
    low = value.lower()
    if low in ("context-fill", "context-stroke"):
        return state.context[low == "context-stroke"]
    ident, fallback = reference(value)
    if not ident and low.startswith("none "):  # what a server that does not exist has become
        fallback = value[5:].strip()
    server = reader.named.get(ident) if ident else None
    if server is not None:
        kind = etree.QName(server).localname
        if kind in ("linearGradient", "radialGradient"):
            return _gradient(reader, server, state, box)
        if kind == "pattern":
            return _tile(reader, server, state, box)
        reader.note(f"{kind} as a colour is left out")
    plain = fallback if ident or fallback else value
    if plain in ("", "none"):
        return None
    found = colour(plain, state.style.colour)
    return found if found is not None and found[3] > 0 else None


def _chain(reader: DrawingReader, element: Element) -> list[Element]:
    """A server and those whose attributes and content it takes where it has none (SVG 2, 14.1.1)."""
    found = [element]
    while (after := reader.target(found[-1])) is not None and after not in found and len(found) < 20:
        found.append(after)
    return found


def _first(chain: Sequence[Element], key: str, otherwise: str = "") -> str:
    return next((element.get(key, "") for element in chain if key in element.attrib), otherwise)


def _space(
    reader: DrawingReader, chain: Sequence[Element], state: ElementState, units: str, key: str, box: Box | None
) -> Matrix:
    """The matrix from a server's space to the scene."""
    style = SvgStyle(reader.cascade[chain[0]], None)
    own = IDENTITY
    for element in chain:
        stated = element.get(key) or SvgStyle(reader.cascade[element], None)["transform"]
        if stated:
            named = SvgStyle({"transform": stated, "transform-origin": style["transform-origin"]}, None)
            own = reader.transform(element, named, state.lengths)
            break
    if units == "objectBoundingBox" and box is not None:
        own = multiplied((box[2] - box[0], 0, 0, box[3] - box[1], box[0], box[1]), own)
    return multiplied(state.matrix, own)


# gradients


def _gradient(reader: DrawingReader, element: Element, state: ElementState, boxed: Boxed) -> Paint | None:
    chain = _chain(reader, element)
    stops = _stops(reader, chain)
    if not stops:
        return None
    units = _first(chain, "gradientUnits", "objectBoundingBox")
    box = boxed()
    if units == "objectBoundingBox" and (box is None or box[2] - box[0] <= 0 or box[3] - box[1] <= 0):
        return None
    lengths = Lengths(1, 1) if units == "objectBoundingBox" else state.lengths
    kind = etree.QName(element).localname
    chain = [each for each in chain if etree.QName(each).localname == kind] + [
        each for each in chain if etree.QName(each).localname != kind
    ]
    places = _line(chain, lengths) if kind == "linearGradient" else _circles(chain, lengths)
    last = stops[-1][1]
    if len(stops) == 1 or places is None:
        return last if last[3] > 0 else None
    matrix = _space(reader, chain, state, units, "gradientTransform", box)
    if inverse(matrix) is None:
        return None
    spread = _first(chain, "spreadMethod", "pad")
    found = Gradient(places, stops, matrix)
    if spread not in ("reflect", "repeat"):
        return found
    return _spread(found, _reach(reader, state, box), spread == "reflect")


def _line(chain: Sequence[Element], lengths: Lengths) -> tuple[float, ...] | None:
    keys = (("x1", "0%"), ("y1", "0%"), ("x2", "100%"), ("y2", "0%"))
    places = tuple(lengths.of(_first(chain, key, value), 0.0, key[0]) for key, value in keys)
    return None if places[:2] == places[2:] else places


def _circles(chain: Sequence[Element], lengths: Lengths) -> tuple[float, ...] | None:
    cx, cy = lengths.of(_first(chain, "cx", "50%")), lengths.of(_first(chain, "cy", "50%"), across="y")
    radius = lengths.of(_first(chain, "r", "50%"), 0.0, "xy")
    fx = lengths.of(_first(chain, "fx"), cx)
    fy = lengths.of(_first(chain, "fy"), cy, "y")
    inner = lengths.of(_first(chain, "fr"), 0.0, "xy")
    if radius <= 0:
        return None
    away = math.hypot(fx - cx, fy - cy)
    if away + inner > radius * 0.999:  # a focus outside is brought to the edge, which PDF would make a cone of
        pull = max(radius * 0.999 - inner, 0.0) / max(away, 1e-9)
        fx, fy = cx + (fx - cx) * pull, cy + (fy - cy) * pull
    return fx, fy, inner, cx, cy, radius


def _stops(reader: DrawingReader, chain: Sequence[Element]) -> Stops:
    """The stops of a gradient, each not before the one before it."""
    found: list[tuple[float, Colour]] = []
    for element in chain:
        for stop in element.iterchildren("{*}stop"):
            style = reader.style_of(stop)
            tone = colour(style["stop-color"] or "black", style.colour) or BLACK
            opacity = tone[3] * share(style["stop-opacity"])
            offset = max(share(stop.get("offset", ""), 0.0), found[-1][0] if found else 0.0)
            found.append((offset, (*tone[:3], opacity)))
        if found:
            break
    return tuple(found)


def _reach(reader: DrawingReader, state: ElementState, box: Box | None) -> list[Point]:
    """The corners of what a gradient may be seen on, in the scene."""
    if box is None:
        return [(x, y) for x in (0.0, reader.size[0]) for y in (0.0, reader.size[1])]
    edge = state.lengths.of(state.style["stroke-width"], 1.0, "xy") * (state.style["stroke"] not in ("", "none"))
    left, top, right, bottom = box
    return [applied(state.matrix, x, y) for x in (left - edge, right + edge) for y in (top - edge, bottom + edge)]


def _spread(gradient: Gradient, reach: Sequence[Point], mirrored: bool) -> Gradient:
    """A gradient that is repeated until it covers some corners."""
    undo = inverse(gradient.matrix) or IDENTITY
    corners = [applied(undo, x, y) for x, y in reach]
    if len(gradient.places) == 4:
        x1, y1, x2, y2 = gradient.places
        dx, dy = x2 - x1, y2 - y1
        along = [((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy) for x, y in corners]
        low, high = math.floor(min(along) + _HAIR), math.ceil(max(along) - _HAIR)
        low, high = max(low, -_MOST_ROUNDS), min(high, _MOST_ROUNDS)
        places: tuple[float, ...] = (x1 + dx * low, y1 + dy * low, x1 + dx * high, y1 + dy * high)
    else:
        fx, fy, inner, cx, cy, radius = gradient.places
        growth = max(radius - inner - math.hypot(cx - fx, cy - fy), radius / 100)
        low, high = 0, math.ceil(max(math.hypot(x - fx, y - fy) for x, y in corners) / growth)
        high = min(max(high, 1), _MOST_ROUNDS)
        places = (fx, fy, inner, fx + (cx - fx) * high, fy + (cy - fy) * high, inner + (radius - inner) * high)
    rounds = max(high - low, 1)
    stops: list[tuple[float, Colour]] = []
    for index in range(rounds):
        turned = mirrored and (low + index) % 2
        own = [(1 - offset, tone) for offset, tone in reversed(gradient.stops)] if turned else list(gradient.stops)
        own = [(0.0, own[0][1]), *own, (1.0, own[-1][1])]
        stops += [((index + offset) / rounds, tone) for offset, tone in own]
    return replace(gradient, places=places, stops=tuple(stops))


# patterns


def _tile(reader: DrawingReader, element: Element, state: ElementState, boxed: Boxed) -> Paint | None:
    chain = _chain(reader, element)
    source = next((each for each in chain if len(each)), element)
    units = _first(chain, "patternUnits", "objectBoundingBox")
    content = _first(chain, "patternContentUnits", "userSpaceOnUse")
    box = boxed()
    if box is None or ("objectBoundingBox" in (units, content) and not (box[2] > box[0] and box[3] > box[1])):
        return None
    wide, high = box[2] - box[0], box[3] - box[1]
    lengths = Lengths(1, 1) if units == "objectBoundingBox" else state.lengths
    x, y, width, height = (
        lengths.of(_first(chain, key), 0.0, across)
        for key, across in (("x", "x"), ("y", "y"), ("width", "x"), ("height", "y"))
    )
    if units == "objectBoundingBox":
        x, y, width, height = box[0] + x * wide, box[1] + y * high, width * wide, height * high
    if width <= 0 or height <= 0:
        return None
    view = view_box(next((each for each in chain if "viewBox" in each.attrib), element))
    inner: Matrix = IDENTITY  # its origin is the corner of the cell
    near = state.lengths
    if view is not None:
        inner = fitted(view, (0, 0, width, height), _first(chain, "preserveAspectRatio"))
        near = Lengths(view[2], view[3])
    elif content == "objectBoundingBox":
        inner, near = (wide, 0, 0, high, 0, 0), Lengths(1, 1)
    with reader.entering(source) as fresh:
        if not fresh:
            return None
        style = reader.style_of(source)
        nested = replace(state, style=style, matrix=inner, lengths=near.sized(style.size), repeated=True)
        nodes = [node for child in source.iterchildren(etree.Element) for node in reader.element(child, nested)]
    matrix = multiplied(_space(reader, chain, state, "", "patternTransform", None), (1, 0, 0, 1, x, y))
    return Tile(tuple(nodes), (width, height), matrix) if nodes and inverse(matrix) is not None else None
