"""What svglib does not draw as something near it: text on a path, patterns, dashes; what is left out is said."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree
from reportlab.lib import colors

from casebound.style import RGB
from casebound.svg import LINK, NUMBER, SVG, Element, number, stated
from casebound.typesetting.pictures.paths import Point, points

__all__ = ["simplify"]

_REFERENCE = re.compile(r"""url\(\s*["']?#([^)"']+)["']?\s*\)""")
_SHAPES = {"rect", "circle", "ellipse", "path", "polygon", "polyline", "line"}
_FINEST = 0.05  # a dash shorter than this is a line, and costs a viewer all its memory
_UNDRAWN = {"mask": "masks are left out", "filter": "filters are left out"}
_CURVED, _TILED = "text on a path is set straight", "patterns are one colour"


def simplify(root: Element) -> tuple[str, ...]:
    """Change a drawing in place; says what a reader does not see as it was drawn."""
    said = [_CURVED] if _straighten(root) else []
    said += [_TILED] if _fill_patterns(root) else []
    for name, words in _UNDRAWN.items():
        if any(stated(element, name) not in ("", "none") for element in root.iter(etree.Element)):
            said.append(words)
    _undash(root)
    return tuple(said)


def _numbers(text: str | None) -> list[float]:
    return [float(found) for found in NUMBER.findall(text or "")]


# text on a path


def _straighten(root: Element) -> bool:
    """Text on a path as text on the line from the path's one end to its other."""
    named = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    found = list(root.iter("{*}textPath"))
    for element in found:
        target = next((element.get(key, "") for key in LINK if element.get(key)), "").removeprefix("#")
        _lay(element, _ends(named.get(target)))
    return bool(found)


def _lay(element: Element, ends: tuple[Point, Point]) -> None:
    around = next((one for one in element.iterancestors() if one.tag == f"{{{SVG}}}text"), None)
    (x, y), (to_x, to_y) = ends
    share = number(element.get("startOffset"))
    length = math.dist(*ends)
    share = share / 100 if "%" in element.get("startOffset", "") else share / length if length else 0.0
    share = min(max(share, 0.0), 1.0)
    left, top = x + share * (to_x - x), y + share * (to_y - y)
    angle = math.degrees(math.atan2(to_y - y, to_x - x)) if length else 0.0
    parent = around.getparent() if around is not None else None
    if around is None or parent is None:
        return
    line = etree.Element(f"{{{SVG}}}text")
    for key, value in [*around.attrib.items(), *element.attrib.items()]:
        if key not in ("id", "x", "y", "dx", "dy", "startOffset", *LINK):
            line.set(key, value)
    line.set("transform", f"{around.get('transform', '')} translate({left:g} {top:g}) rotate({angle:g})".strip())
    line.text = " ".join("".join(map(str, element.itertext())).split())
    parent.insert(parent.index(around) + 1, line)
    element.text = None
    for child in list(element):
        element.remove(child)


def _ends(path: Element | None) -> tuple[Point, Point]:
    """Where text on a path begins and ends when it is straight: its ends, or its width where it runs in a circle."""
    found = points(path) if path is not None else []
    if not found:
        return (0.0, 0.0), (0.0, 0.0)
    across, down = [x for x, _ in found], [y for _, y in found]
    size = max(max(across) - min(across), max(down) - min(down))
    if math.dist(found[0], found[-1]) < size / 4:
        middle = (min(down) + max(down)) / 2
        return (min(across), middle), (max(across), middle)
    return found[0], found[-1]


# patterns


def _fill_patterns(root: Element) -> bool:
    """Patterns as their mean colour on white, wherever they are named."""
    means = {pattern.get("id"): _mean(pattern) for pattern in root.iter("{*}pattern")}
    if not means:
        return False
    drawn = False

    def colour(found: re.Match[str]) -> str:
        nonlocal drawn
        if found[1] not in means:
            return found[0]
        drawn = True
        return "#{:02x}{:02x}{:02x}".format(*(round(255 * part) for part in means[found[1]]))

    for element in root.iter(etree.Element):
        for key in ("fill", "stroke", "style"):
            if "url(" in element.get(key, ""):
                element.set(key, _REFERENCE.sub(colour, element.get(key, "")))
        if element.tag == f"{{{SVG}}}style" and element.text:
            element.text = _REFERENCE.sub(colour, element.text)
    return drawn


def _mean(pattern: Element) -> RGB:
    box = _numbers(pattern.get("viewBox"))
    width, height = number(pattern.get("width"), 10.0), number(pattern.get("height"), 10.0)
    if pattern.get("patternContentUnits") != "objectBoundingBox" and pattern.get("patternUnits") != "userSpaceOnUse":
        width, height = width if width > 1 else 10.0, height if height > 1 else 10.0
    area = (box[2] * box[3] if len(box) == 4 else width * height) or 1.0
    mean: RGB = (1.0, 1.0, 1.0)
    for paint, size in _painted(pattern):
        share = min(max(size / area, 0.0), 1.0)
        mean = tuple(old + (new - old) * share for old, new in zip(mean, paint, strict=True))  # type: ignore[assignment]
    return mean


def _painted(pattern: Element) -> Iterator[tuple[RGB, float]]:
    """The colour and the area of each fill and stroke in a pattern, in their order."""
    for element in pattern.iter(etree.Element):
        if etree.QName(element).localname not in _SHAPES:
            continue
        fill, stroke = _colour(element, "fill", "black"), _colour(element, "stroke", "none")
        area, length = _extent(element)
        if fill:
            yield fill, area * number(_inherited(element, "fill-opacity"), 1.0)
        if stroke:
            width = number(_inherited(element, "stroke-width"), 1.0)
            yield stroke, length * width * number(_inherited(element, "stroke-opacity"), 1.0)


def _inherited(element: Element, name: str) -> str:
    around: Element | None = element
    while around is not None:
        if value := stated(around, name):
            return value
        around = around.getparent()
    return ""


def _colour(element: Element, name: str, otherwise: str) -> RGB | None:
    try:
        found = colors.toColor((_inherited(element, name) or otherwise).lower())
    except ValueError:
        return None
    return None if found is None or found.alpha == 0 else (found.red, found.green, found.blue)


def _extent(element: Element) -> tuple[float, float]:
    """The area a shape covers and the length of its outline, roughly: those of its box for a path."""
    name = etree.QName(element).localname
    if name == "rect":
        wide, high = number(element.get("width")), number(element.get("height"))
        return wide * high, 2 * (wide + high)
    if name in ("circle", "ellipse"):
        across = number(element.get("rx") or element.get("r"))
        down = number(element.get("ry") or element.get("r"))
        return math.pi * across * down, math.pi * (across + down)
    found = points(element)
    length = sum(math.dist(one, other) for one, other in pairwise(found))
    turned = zip(found, [*found[1:], *found[:1]], strict=True)
    return abs(sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in turned)) / 2, length


# dashes


def _undash(root: Element) -> None:
    for element in root.iter(etree.Element):
        dashes = _numbers(stated(element, "stroke-dasharray"))
        if dashes and sum(dashes) < _FINEST * len(dashes):
            style = re.sub(r"(?:^|(?<=;))\s*stroke-dasharray\s*:[^;]*;?", "", element.get("style", ""))
            if "style" in element.attrib:
                element.set("style", style)
            element.set("stroke-dasharray", "none")
