"""Drawings made valid and legible in XHTML: ids that it takes, a sheet of white behind them (EPUB 3.3 6.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from casebound.epub.names import safe_id
from casebound.model.naming import unique
from casebound.svg import LINK, NUMBER, SVG, URL, Element, attributes, harmless

__all__ = ["PIXELS", "Drawing", "clean_svg"]

_ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|in|cm|mm)?\s*")
PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
"""CSS pixels of a length of 1 (CSS Values 4, 6.2)."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A cleaned drawing with its size in pixels, 0 where it says none."""

    data: bytes
    width: int
    height: int
    moving: bool


def clean_svg(source: bytes) -> Drawing:
    """The drawing as a file of the container, with nothing in it that leads out of it. Raises BrokenSvg."""
    root = harmless(source)
    _rename_ids(root)
    moving = any(etree.QName(element).localname in _ANIMATIONS for element in root.iter(etree.Element))
    _put_on_white(root)
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="utf-8", xml_declaration=True), *_size(root), moving)


def _put_on_white(root: Element) -> None:
    """A sheet of white behind the drawing, as on paper: dark lines stay legible where the reader's ground is dark.

    It is part of the picture because readers at night take the grounds away that a style sheet gives.
    """
    sheet = etree.Element(f"{{{SVG}}}rect")
    box = NUMBER.findall(root.get("viewBox", ""))
    sides = box if len(box) == 4 else ["0", "0", "100%", "100%"]
    for name, value in zip(("x", "y", "width", "height"), sides, strict=True):
        sheet.set(name, value)
    # as style, which the drawing's own rules for rectangles do not reach
    sheet.set("style", "fill: #fff; stroke: none; opacity: 1; filter: none; transform: none; display: inline")
    root.insert(0, sheet)


def _rename_ids(root: Element) -> None:
    """Ids that are valid names, each once; what led to them leads to them still."""
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for element in root.iter(etree.Element):
        old = element.get("id")
        if old is not None:
            new = unique(safe_id(old), taken)
            element.set("id", new)
            renamed.setdefault(old, new)
    for element in root.iter(etree.Element):
        _follow(element, renamed)
        if element.tag == f"{{{SVG}}}style":
            element.text = _renamed_in(element.text or "", renamed)


def _follow(element: Element, renamed: Mapping[str, str]) -> None:
    """Let the attributes of an element name what they named by its new id; descriptions that are missing go."""
    for name, value in attributes(element):
        if name in LINK and value.startswith("#"):
            element.set(name, f"#{renamed[value[1:]]}")
        elif "url(" in value:
            element.set(name, _renamed_in(value, renamed))
        elif name in ("aria-labelledby", "aria-describedby") and all(part in renamed for part in value.split()):
            element.set(name, " ".join(renamed[part] for part in value.split()))
        elif name.startswith("aria-") and name != "aria-label":
            del element.attrib[name]


def _renamed_in(style: str, renamed: Mapping[str, str]) -> str:
    return URL.sub(lambda found: f"url(#{renamed[found[2][1:]]})" if found[2].startswith("#") else found[0], style)


def _size(root: Element) -> tuple[int, int]:
    sides = []
    for side in ("width", "height"):
        found = _LENGTH.fullmatch(root.get(side, ""))
        sides.append(round(float(found[1]) * PIXELS[found[2] or ""]) if found else 0)
    return sides[0], sides[1]
