"""A drawing read so that it is harmless.

Read so, a drawing has no document type and no comments, no event handlers and no editor's data; each link in it leads
to an element of its own, each image is part of its file. The HTML labels of diagrams (``foreignObject``) are text.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Container
from typing import Any

from lxml import etree

from casebound.svg.sheets import clean_declarations, clean_sheet, clean_value

__all__ = ["LINK", "NUMBER", "SVG", "URL", "BrokenSvg", "Element", "attributes", "harmless", "number", "stated"]

Element = etree._Element

SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}"
LINK = ("href", f"{_XLINK}href")
"""Names of the attribute that leads elsewhere (SVG 2, 16.1.6; SVG 1.1, 17.1)."""
URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.DOTALL | re.IGNORECASE)
"""A place named in a style; its second group is what stands between the brackets."""
NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")

_LARGEST = 30_000_000  # bytes, unpacked
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNWANTED = frozenset({"script", "metadata", "handler", "iframe", "audio", "video", "discard"})
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]+")
_SHEETS = frozenset({"", "text/css"})
_STATED_NAMES = """
alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation color-interpolation-filters
color-profile color-rendering cursor direction display dominant-baseline enable-background fill fill-opacity
fill-rule filter flood-color flood-opacity font font-family font-size font-size-adjust font-stretch font-style
font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering kerning
letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type opacity overflow paint-order
pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap
stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
transform-origin unicode-bidi vector-effect visibility word-spacing writing-mode from to by values
"""
_STATED = frozenset(_STATED_NAMES.split())
"""Attributes that are read as CSS: the presentation attributes (SVG 2, 6.6), and what animations set them to."""
_BREAKS = frozenset({"p", "div", "br", "li", "tr"})


class BrokenSvg(Exception):
    """A drawing that cannot be read; the text says why, as the end of a sentence."""


def harmless(source: bytes) -> Element:
    """The root of a drawing, packed or not, with nothing in it that leads out of it. Raises BrokenSvg."""
    root = _parsed(_unpacked(source))
    _set_labels(root)
    for element in list(root.iter()):
        if element is not root and not _is_drawn(element):
            _drop(element)
    ids = {element.get("id") for element in root.iter(etree.Element)}
    try:
        for element in root.iter(etree.Element):
            _clean_attributes(element, ids)
            if element.tag == f"{{{SVG}}}style":
                _clean_sheet(element, ids)
    except RecursionError as error:
        raise BrokenSvg("the brackets of its style are nested too deep.") from error
    return root


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


# reading


def _unpacked(source: bytes) -> bytes:
    if source.startswith(b"\x1f\x8b"):
        try:
            source = zlib.decompressobj(wbits=31).decompress(source, _LARGEST + 1)
        except zlib.error as error:
            raise BrokenSvg(f"{error}.") from error
    if len(source) > _LARGEST:
        raise BrokenSvg(f"it is larger than {_LARGEST // 1_000_000} MB.")
    return source


def _parsed(source: bytes) -> Element:
    """The root of what is well formed but for prefixes that it does not declare; entities are those of the file."""
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, recover=True)  # type: ignore[arg-type]
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenSvg(f"{error}.") from error
    for entry in parser.error_log:
        if entry.level >= etree.ErrorLevels.ERROR and entry.domain != etree.ErrorDomains.NAMESPACE:
            raise BrokenSvg(f"{entry.message}, line {entry.line}.")
    if root is None or root.tag not in ("svg", f"{{{SVG}}}svg"):
        raise BrokenSvg("it holds no drawing.")
    return root if root.tag == f"{{{SVG}}}svg" else _adopted(root)


def _adopted(root: Element) -> Element:
    """A drawing that forgot to say that it is one."""
    prefixes: Any = {None: SVG, **root.nsmap}
    made = etree.Element(f"{{{SVG}}}svg", nsmap=prefixes)
    for key, value in root.attrib.items():
        made.set(key, value)
    made.text = root.text
    made.extend(list(root))
    for element in made.iter(etree.Element):
        if not element.tag.startswith("{") and ":" not in element.tag:
            element.tag = f"{{{SVG}}}{element.tag}"
    return made


# labels


def _set_labels(root: Element) -> None:
    """The HTML labels of diagrams as text, in the middle of their box; a drawing's own substitute comes first."""
    for label in list(root.iter("{*}foreignObject")):
        parent = label.getparent()
        if parent is None:
            continue
        substituted = parent.tag == f"{{{SVG}}}switch" and len(parent) > 1
        lines = [] if substituted else [" ".join(line.split()) for line in _words(label).split("\n")]
        lines = [line for line in lines if line]
        if lines:
            parent.insert(parent.index(label), _label(label, lines))
        _drop(label)


def _words(element: Element) -> str:
    name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
    inner = (element.text or "") if name else ""
    inner += "".join(_words(child) + (child.tail or "") for child in element)
    return f"\n{inner}\n" if name in _BREAKS else inner


def _label(label: Element, lines: list[str]) -> Element:
    x, y, width, height = (number(label.get(key)) for key in ("x", "y", "width", "height"))
    sizes = (number(stated(element, "font-size")) for element in label.iter(etree.Element))
    size = next(filter(None, sizes), 14.0)
    group = etree.Element(f"{{{SVG}}}g")
    top = y + height / 2 - (len(lines) - 1) * 0.6 * size + 0.35 * size
    for index, line in enumerate(lines):
        text = etree.SubElement(group, f"{{{SVG}}}text")
        text.text = line
        text.set("x", f"{x + width / 2:g}")
        text.set("y", f"{top + index * 1.2 * size:g}")
        text.set("text-anchor", "middle")
        text.set("font-size", f"{size:g}")
    return group


# what is taken out


def _is_drawn(element: Element) -> bool:
    """Whether an element is of SVG and only shown; comments and instructions are not, nor links set by animation."""
    space, _, name = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    animates = element.get("attributeName", "").lower() if name else ""
    return space == f"{{{SVG}" and name not in _UNWANTED and "href" not in animates and not animates.startswith("on")


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


def _clean_attributes(element: Element, ids: Container[str | None]) -> None:
    def inside(link: str) -> bool:
        return _is_inside(link, ids)

    for name, value in attributes(element):
        if _is_unwanted(name) or (name in LINK and not _is_inside(value, ids)):
            del element.attrib[name]
        elif name in LINK:
            element.set(name, value.strip())
        elif name == "style":
            element.set(name, clean_declarations(value, inside))
        elif name in _STATED and ("(" in value or "\\" in value):
            cleaned = clean_value(value, inside)
            if cleaned is None:
                del element.attrib[name]
            else:
                element.set(name, cleaned)
        elif "url(" in value.lower():
            element.set(name, URL.sub("none", value))


def _is_unwanted(attribute: str) -> bool:
    """Whether an attribute runs a script, moves what links count from, or belongs to an editor."""
    name = attribute.removeprefix(_XLINK).removeprefix(_XML)
    return "}" in name or ":" in name or name.lower().startswith("on") or attribute == f"{_XML}base"


def _is_inside(link: str, ids: Container[str | None]) -> bool:
    """Whether a link leads to an element of the drawing, or holds an image itself."""
    link = link.strip()
    return link[1:] in ids if link.startswith("#") else bool(_DATA_IMAGE.fullmatch(link))


def _clean_sheet(sheet: Element, ids: Container[str | None]) -> None:
    """A style sheet without what leads out of the drawing; one in another language is no style sheet."""
    text = "".join(map(str, [sheet.text or "", *(child.tail or "" for child in sheet)]))
    for child in list(sheet):
        sheet.remove(child)
    known = sheet.get("type", "").strip().lower() in _SHEETS
    sheet.text = clean_sheet(text, lambda link: _is_inside(link, ids)) if known else ""
