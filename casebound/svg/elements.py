"""Elements and attributes of drawings, by their names."""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["LINK", "NUMBER", "STATED", "SVG", "URL", "XLINK", "Element", "attributes", "number", "stated"]

Element = etree._Element

SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}"
LINK = ("href", f"{XLINK}href")
"""Names of the attribute that leads elsewhere (SVG 2, 16.1.6; SVG 1.1, 17.1)."""
URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.DOTALL | re.IGNORECASE)
"""A place named in a style; its second group is what is between the brackets."""
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")


_STATED_NAMES = """
alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
color-profile color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity
fill-rule filter flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style
font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering kerning
letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type opacity overflow paint-order
pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
transform-origin unicode-bidi vector-effect visibility word-spacing writing-mode
"""
STATED = frozenset(_STATED_NAMES.split())
"""The presentation attributes, which are read as CSS (SVG 2, 6.6)."""


def attributes(element: Element) -> list[tuple[str, str]]:
    """The attributes of an element by their names, to be changed while one goes through them."""
    return [(str(name), str(value)) for name, value in element.attrib.items()]


def stated(element: Element, name: str) -> str:
    """A property as the element's own style or attribute states it; empty where neither does."""
    match = re.search(rf"(?:^|;)\s*{name}\s*:\s*([^;]+)", element.get("style", ""))
    return (match[1] if match else element.get(name, "")).strip()


def number(text: str | None, otherwise: float = 0.0) -> float:
    """The number that a text begins with."""
    found = NUMBER.match((text or "").lstrip())
    return float(found[0]) if found else otherwise
