"""SVG said in the words that svglib understands: sizes, arrowheads, opacity, variables."""

from __future__ import annotations

import copy
import math
import re

from lxml import etree

from casebound.svg import SVG, Element, attributes, number, stated
from casebound.typesetting.pictures.paths import Point, points

__all__ = ["prepare"]

_LARGEST = 20_000.0  # CSS pixels: a side that is longer is a mistake
_ASSUMED = (300.0, 150.0)  # what browsers take where a drawing says nothing
_MARKERS = 2_000
_SIZES = {
    "xx-small": "9px", "x-small": "10px", "small": "13px", "medium": "16px", "large": "18px", "x-large": "24px",
    "xx-large": "32px", "xxx-large": "48px", "smaller": "0.83em", "larger": "1.2em",
}  # fmt: skip
_SIZE_WORD = re.compile(rf"font-size\s*:\s*({'|'.join(sorted(_SIZES, key=len, reverse=True))})\b", re.IGNORECASE)


def prepare(root: Element) -> None:
    """Change a drawing in place."""
    _resolve_variables(root)
    _spell_colours(root)
    _measure_sizes(root)
    _spread_opacity(root)
    _draw_markers(root)
    _give_size(root)


def _measure_sizes(root: Element) -> None:
    """Type sizes that are words (CSS Fonts 4, 2.5) as lengths."""

    def size_of(found: re.Match[str]) -> str:
        return f"font-size:{_SIZES[found.group(1).lower()]}"

    for element in root.iter(etree.Element):
        if (size := element.get("font-size", "").strip().lower()) in _SIZES:
            element.set("font-size", _SIZES[size])
        if "font-size" in element.get("style", ""):
            element.set("style", _SIZE_WORD.sub(size_of, element.get("style", "")))
        if element.tag == f"{{{SVG}}}style" and element.text:
            element.text = _SIZE_WORD.sub(size_of, element.text)


# variables

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")


def _resolve_variables(root: Element) -> None:
    """CSS variables as their values: those that the drawing sets, else what stands beside the name."""
    texts = [element.text or "" for element in root.iter("{*}style")]
    texts += [element.get("style", "") for element in root.iter(etree.Element)]
    known = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;{}()]+)", "\n".join(texts)))

    def value(found: re.Match[str]) -> str:
        return str(known.get(found.group(1), found.group(2) or "")).strip()

    for element in root.iter(etree.Element):
        for name, text in attributes(element):
            if "var(" in text:
                element.set(name, _VARIABLE.sub(value, text))
        if element.text and "var(" in element.text:
            element.text = _VARIABLE.sub(value, element.text)


_CURRENT = re.compile(r"\bcurrentcolor\b", re.IGNORECASE)


def _spell_colours(root: Element) -> None:
    """The colour of the text in the one spelling that svglib knows: CSS takes its words in any (CSS Color 4, 3.1).

    It is black where the drawing does not say: svglib would draw nothing.
    """
    if not stated(root, "color"):
        root.set("color", "black")
    for element in root.iter(etree.Element):
        for name, text in attributes(element):
            if _CURRENT.search(text):
                element.set(name, _CURRENT.sub("currentColor", text))
        if element.tag == f"{{{SVG}}}style" and element.text:
            element.text = _CURRENT.sub("currentColor", element.text)


# opacity


def _spread_opacity(root: Element) -> None:
    """The opacity of an element as that of its fill and stroke, which svglib knows."""
    for element in root.iter(etree.Element):
        value = stated(element, "opacity")
        if not value or (share := _share(value)) >= 1:
            continue
        for key in ("fill-opacity", "stroke-opacity"):
            own = stated(element, key)
            style = re.sub(rf"(?:^|(?<=;))\s*{key}\s*:[^;]*;?", "", element.get("style", ""))
            if style:
                element.set("style", style)
            element.set(key, f"{share * (_share(own) if own else 1.0):g}")


def _share(value: str) -> float:
    part = number(value) / (100 if value.rstrip().endswith("%") else 1)
    return min(max(part, 0.0), 1.0)


# arrowheads


def _draw_markers(root: Element) -> None:
    """The markers of lines, which svglib leaves out, as drawings of their own at the ends of these lines."""
    markers = {marker.get("id"): marker for marker in root.iter("{*}marker")}
    lines = root.iter("{*}path", "{*}line", "{*}polyline", "{*}polygon") if markers else iter(())
    drawn = 0
    for line in list(lines):
        for key, at_end in (("marker-start", False), ("marker-end", True)):
            reference = re.match(r"""url\(["']?#([^)"']+)["']?\)""", stated(line, key))
            marker = markers.get(reference.group(1)) if reference else None
            found = points(line) if marker is not None else []
            if marker is None or len(found) < 2 or drawn >= _MARKERS:
                continue
            drawn += 1
            parent = line.getparent()
            if parent is not None and not any(each.tag == marker.tag for each in line.iterancestors()):
                parent.insert(parent.index(line) + 1, _marker(marker, line, found, at_end=at_end))


def _marker(marker: Element, line: Element, points: list[Point], *, at_end: bool) -> Element:
    (x, y), (other_x, other_y) = (points[-1], points[-2]) if at_end else (points[0], points[1])
    dx, dy = (x - other_x, y - other_y) if at_end else (other_x - x, other_y - y)
    orient = marker.get("orient", "0")
    angle = math.degrees(math.atan2(dy, dx)) if orient.startswith("auto") else number(orient)
    if orient == "auto-start-reverse" and not at_end:
        angle += 180
    scale = 1.0
    if marker.get("markerUnits", "strokeWidth") == "strokeWidth":
        scale = number(stated(line, "stroke-width")) or 1.0
    box = [float(part) for part in re.findall(r"-?[0-9.]+", marker.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        wide, high = (number(marker.get(key, "3")) or 3.0 for key in ("markerWidth", "markerHeight"))
        scale *= min(wide / box[2], high / box[3])
    left, top = number(marker.get("refX", "0")), number(marker.get("refY", "0"))
    group = etree.Element(f"{{{SVG}}}g")
    shift = f"translate({-left:g} {-top:g})"
    own = line.get("transform", "")
    group.set("transform", f"{own} translate({x:g} {y:g}) rotate({angle:g}) scale({scale:g}) {shift}".strip())
    for key in ("fill", "stroke", "class", "style"):
        if marker.get(key):
            group.set(key, marker.get(key, ""))
    group.extend([copy.deepcopy(child) for child in marker])
    return group


# size


def _give_size(root: Element) -> None:
    """A size where the drawing has none, or one that cannot be: that of its view box, or what browsers take."""
    for key in ("width", "height"):
        if not _is_length(root.get(key, "")):
            _remove(root, key)
    box = _view_box(root)
    if box is None:
        _remove(root, "viewBox")
    wide, high = box or _ASSUMED
    if "width" not in root.attrib and "height" not in root.attrib:
        factor = min(1.0, _LARGEST / max(wide, high))
        root.set("width", f"{wide * factor:g}")
        root.set("height", f"{high * factor:g}")
        if box is None:
            root.set("viewBox", f"0 0 {wide:g} {high:g}")


def _remove(element: Element, key: str) -> None:
    if key in element.attrib:
        del element.attrib[key]


def _is_length(value: str) -> bool:
    match = re.fullmatch(
        r"\s*\+?([0-9.]+(?:e[+-]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|em|ex|rem|q)?\s*", value, re.IGNORECASE
    )
    try:
        return bool(match) and 0 < float(match.group(1)) <= _LARGEST  # type: ignore[union-attr]
    except ValueError:
        return False


def _view_box(root: Element) -> tuple[float, float] | None:
    """Width and height of the view box, if it is one."""
    try:
        _, _, width, height = (float(part) for part in re.split(r"[\s,]+", root.get("viewBox", "").strip()))
    except ValueError:
        return None
    return (width, height) if 0 < width < math.inf and 0 < height < math.inf else None
