"""SVG made harmless and said in the words that svglib understands: sizes, arrowheads, opacity, labels, variables."""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterator

from lxml import etree

from casebound.typesetting.paths import Point, points

__all__ = ["prepare"]

Element = etree._Element

_LARGEST = 20_000.0  # CSS pixels: a side that is longer is a mistake
_ASSUMED = (300.0, 150.0)  # what browsers take where a drawing says nothing
_MARKERS = 2_000
_SIZES = {
    "xx-small": "9px", "x-small": "10px", "small": "13px", "medium": "16px", "large": "18px", "x-large": "24px",
    "xx-large": "32px", "xxx-large": "48px", "smaller": "0.83em", "larger": "1.2em",
}  # fmt: skip
_SIZE_WORD = re.compile(rf"font-size\s*:\s*({'|'.join(sorted(_SIZES, key=len, reverse=True))})\b", re.IGNORECASE)
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"


def prepare(root: Element) -> None:
    """Change a drawing in place; nothing in it leads out of its file afterwards."""
    _disarm(root)
    _resolve_variables(root)
    _measure_sizes(root)
    _set_labels(root)
    _spread_opacity(root)
    _draw_markers(root)
    _give_size(root)


def _measure_sizes(root: Element) -> None:
    """Type sizes that are words (CSS Fonts 4, 2.5) as lengths."""

    def stated(found: re.Match[str]) -> str:
        return f"font-size:{_SIZES[found.group(1).lower()]}"

    for element in _elements(root):
        if (size := element.get("font-size", "").strip().lower()) in _SIZES:
            element.set("font-size", _SIZES[size])
        if "font-size" in element.get("style", ""):
            element.set("style", _SIZE_WORD.sub(stated, element.get("style", "")))
        if element.tag == f"{{{_SVG}}}style" and element.text:
            element.text = _SIZE_WORD.sub(stated, element.text)


def _disarm(root: Element) -> None:
    """Take out scripts and everything that would be read from elsewhere."""
    for element in list(root.iter("{*}script")):
        _drop(element)
    for element in root.iter("{*}image", "{*}use", "{*}a", "{*}feImage"):
        for key in (_XLINK, "href"):
            value = element.get(key, "")
            if value and not value.startswith(("#", "data:")):
                del element.attrib[key]


def _drop(element: Element) -> None:
    """Take an element out and leave the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _elements(root: Element) -> Iterator[Element]:
    return (element for element in root.iter() if isinstance(element.tag, str))


def _property(element: Element, name: str) -> str:
    """A property given by an element's style or attribute."""
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", element.get("style", ""))
    return match.group(1).strip() if match else element.get(name, "").strip()


# variables

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,\s*([^()]*))?\)")


def _resolve_variables(root: Element) -> None:
    """CSS variables as their values: those that the drawing sets, else what stands beside the name."""
    texts = [element.text or "" for element in root.iter("{*}style")]
    texts += [element.get("style", "") for element in _elements(root)]
    known = dict(re.findall(r"(--[\w-]+)\s*:\s*([^;{}()]+)", "\n".join(texts)))

    def value(found: re.Match[str]) -> str:
        return str(known.get(found.group(1), found.group(2) or "")).strip()

    for element in _elements(root):
        for key, text in list(element.attrib.items()):
            if "var(" in text:
                element.set(key, _VARIABLE.sub(value, str(text)))
        if element.text and "var(" in element.text:
            element.text = _VARIABLE.sub(value, element.text)


# labels in HTML

_BREAKS = {"p", "div", "br", "li", "tr"}


def _set_labels(root: Element) -> None:
    """The HTML labels of diagrams as text, in the middle of their box; a drawing's own substitute comes first."""
    for label in list(root.iter("{*}foreignObject")):
        parent = label.getparent()
        if parent is None:
            continue
        substituted = etree.QName(parent).localname == "switch" and len(parent) > 1
        lines = [] if substituted else [" ".join(line.split()) for line in _words(label).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            parent.insert(parent.index(label), _label(label, lines))
        _drop(label)


def _words(element: Element) -> str:
    name = etree.QName(element).localname if isinstance(element.tag, str) else ""
    inner = (element.text or "") if name else ""
    inner += "".join(_words(child) + (child.tail or "") for child in element)
    return f"\n{inner}\n" if name in _BREAKS else inner


def _label(label: Element, lines: list[str]) -> Element:
    x, y, width, height = (_number(label.get(key, "")) for key in ("x", "y", "width", "height"))
    size = next((_number(found) for found in map(_font_size, _elements(label)) if found), 0.0) or 14.0
    group = etree.Element(f"{{{_SVG}}}g")
    top = y + height / 2 - (len(lines) - 1) * 0.6 * size + 0.35 * size
    for index, line in enumerate(lines):
        text = etree.SubElement(group, f"{{{_SVG}}}text")
        text.text = line
        text.set("x", f"{x + width / 2:g}")
        text.set("y", f"{top + index * 1.2 * size:g}")
        text.set("text-anchor", "middle")
        text.set("font-size", f"{size:g}")
    return group


def _font_size(element: Element) -> str:
    return _property(element, "font-size")


def _number(text: str) -> float:
    match = re.match(r"\s*(-?[0-9]*\.?[0-9]+)", text or "")
    return float(match.group(1)) if match else 0.0


# opacity


def _spread_opacity(root: Element) -> None:
    """The opacity of an element as that of its fill and stroke, which svglib knows."""
    for element in _elements(root):
        value = _property(element, "opacity")
        if not value or (share := _share(value)) >= 1:
            continue
        for key in ("fill-opacity", "stroke-opacity"):
            own = _property(element, key)
            style = re.sub(rf"(?:^|(?<=;))\s*{key}\s*:[^;]*;?", "", element.get("style", ""))
            if style:
                element.set("style", style)
            element.set(key, f"{share * (_share(own) if own else 1.0):g}")


def _share(value: str) -> float:
    number = _number(value) / (100 if value.rstrip().endswith("%") else 1)
    return min(max(number, 0.0), 1.0)


# arrowheads


def _draw_markers(root: Element) -> None:
    """The markers of lines, which svglib leaves out, as drawings of their own at the ends of these lines."""
    markers = {marker.get("id"): marker for marker in root.iter("{*}marker")}
    lines = root.iter("{*}path", "{*}line", "{*}polyline", "{*}polygon") if markers else iter(())
    drawn = 0
    for line in list(lines):
        for key, at_end in (("marker-start", False), ("marker-end", True)):
            reference = re.match(r"""url\(["']?#([^)"']+)["']?\)""", _property(line, key))
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
    angle = math.degrees(math.atan2(dy, dx)) if orient.startswith("auto") else _number(orient)
    if orient == "auto-start-reverse" and not at_end:
        angle += 180
    scale = 1.0
    if marker.get("markerUnits", "strokeWidth") == "strokeWidth":
        scale = _number(_property(line, "stroke-width")) or 1.0
    box = [float(part) for part in re.findall(r"-?[0-9.]+", marker.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        wide, high = (_number(marker.get(key, "3")) or 3.0 for key in ("markerWidth", "markerHeight"))
        scale *= min(wide / box[2], high / box[3])
    left, top = _number(marker.get("refX", "0")), _number(marker.get("refY", "0"))
    group = etree.Element(f"{{{_SVG}}}g")
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
