"""Drawings made safe and valid: no script, nothing from outside, ids that XHTML takes (EPUB 3.3 6.2)."""

from __future__ import annotations

import gzip
import re
import zlib
from dataclasses import dataclass
from typing import Any

from lxml import etree

from casebound.epub.markup import SVG, Element
from casebound.epub.names import safe_id, unique

__all__ = ["BrokenSvg", "Drawing", "clean_svg"]

_XLINK = "{http://www.w3.org/1999/xlink}href"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_LARGEST = 64 * 2**20

_UNWANTED = frozenset({"script", "foreignObject", "metadata", "handler", "iframe", "audio", "video", "discard"})
_ANIMATIONS = frozenset({"animate", "animateColor", "animateMotion", "animateTransform", "set"})
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]+")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)", re.S)
_IMPORT = re.compile(r"@import[^;]*;?", re.I)
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(px|pt|pc|in|cm|mm)?\s*")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}


class BrokenSvg(Exception):
    """A drawing that cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A cleaned drawing with its size in pixels, 0 where it says none."""

    data: bytes
    width: int
    height: int
    moving: bool


def clean_svg(source: bytes) -> Drawing:
    """The drawing without document type, scripts, event handlers and addresses. Raises BrokenSvg."""
    root = _parse(_unpacked(source))
    for element in list(root.iter()):
        _clean_element(element, root)
    renamed = _rename_ids(root)
    for element in root.iter(etree.Element):
        _clean_attributes(element, renamed)
        if element.tag == f"{{{SVG}}}style":
            element.text = _clean_style(element.text or "", renamed)
    moving = any(etree.QName(element).localname in _ANIMATIONS for element in root.iter(etree.Element))
    _put_on_white(root)
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="utf-8", xml_declaration=True), *_size(root), moving)


def _unpacked(source: bytes) -> bytes:
    if not source.startswith(b"\x1f\x8b"):
        return source
    try:
        plain = zlib.decompressobj(wbits=31).decompress(source, _LARGEST)
    except (OSError, zlib.error, gzip.BadGzipFile) as error:
        raise BrokenSvg(str(error)) from error
    return plain


def _parse(source: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenSvg(str(error)) from error
    if etree.QName(root).localname != "svg":
        raise BrokenSvg(f"it is not a picture but {etree.QName(root).localname}.")
    if etree.QName(root).namespace is None:
        return _adopted(root)
    return root


def _adopted(root: Element) -> Element:
    """A drawing that forgot to say that it is one."""
    prefixes: Any = {None: SVG, **root.nsmap}
    made = etree.Element(f"{{{SVG}}}svg", nsmap=prefixes)
    for key, value in root.attrib.items():
        made.set(key, value)
    made.text = root.text
    made.extend(list(root))
    for element in made.iter(etree.Element):
        if etree.QName(element).namespace is None:
            element.tag = f"{{{SVG}}}{element.tag}"
    return made


def _is_element(node: object) -> bool:
    return isinstance(getattr(node, "tag", None), str)


def _drop(element: Element) -> None:
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


def _clean_element(element: Element, root: Element) -> None:
    if not _is_element(element):
        # comments, processing instructions, entities
        _drop(element)
        return
    name = etree.QName(element)
    animates = element.get("attributeName", "").lower()
    if name.localname == "foreignObject" and name.namespace == SVG:
        _plain_words(element)
    foreign = name.namespace != SVG or name.localname in _UNWANTED
    if element is not root and (foreign or "href" in animates or animates.startswith("on")):
        _drop(element)


def _plain_words(element: Element) -> None:
    """The words of foreign content, where no other text stands in for it."""
    parent = element.getparent()
    words = " ".join("".join(map(str, element.itertext())).split())
    if parent is None or not words or any(etree.QName(e).localname == "switch" for e in element.iterancestors()):
        return
    line = etree.Element(f"{{{SVG}}}text")
    for side in ("x", "y"):
        line.set(side, element.get(side, "0"))
    line.set("dy", "1em")
    line.text = words
    parent.insert(parent.index(element), line)


def _put_on_white(root: Element) -> None:
    """A sheet of white behind the drawing, as on paper: dark lines stay legible where the reader's ground is dark.

    It is part of the picture because readers at night take the grounds away that a style sheet gives.
    """
    sheet = etree.Element(f"{{{SVG}}}rect")
    box = _NUMBER.findall(root.get("viewBox", ""))
    sides = box if len(box) == 4 else ["0", "0", "100%", "100%"]
    for name, value in zip(("x", "y", "width", "height"), sides, strict=True):
        sheet.set(name, value)
    # as style, which the drawing's own rules for rectangles do not reach
    sheet.set("style", "fill: #fff; stroke: none; opacity: 1; filter: none; transform: none; display: inline")
    root.insert(0, sheet)


def _rename_ids(root: Element) -> dict[str, str]:
    taken: set[str] = set()
    renamed: dict[str, str] = {}
    for element in root.iter(etree.Element):
        old = element.get("id")
        if old is None:
            continue
        new = unique(safe_id(old), taken)
        element.set("id", new)
        renamed.setdefault(old, new)
    return renamed


def _clean_attributes(element: Element, renamed: dict[str, str]) -> None:
    for key in list(element.attrib):
        value, name = str(element.attrib[key]), str(key)
        if name in ("href", _XLINK):
            new = _clean_href(value, renamed)
            if new:
                element.set(name, new)
            else:
                del element.attrib[key]
        elif (
            (name.startswith("{") and not name.startswith(_XML))
            or name.lower().startswith("on")
            or name == f"{_XML}base"
        ):
            del element.attrib[key]
        elif name == "style" or "url(" in value:
            element.set(name, _clean_style(value, renamed))
        elif name.startswith("aria-") and not all(part in renamed for part in value.split()) and name != "aria-label":
            del element.attrib[key]
        elif name in ("aria-labelledby", "aria-describedby"):
            element.set(name, " ".join(renamed[part] for part in value.split()))


def _clean_href(value: str, renamed: dict[str, str]) -> str:
    value = value.strip()
    if value.startswith("#"):
        return f"#{renamed[value[1:]]}" if value[1:] in renamed else ""
    return value if _DATA_IMAGE.fullmatch(value) else ""


def _clean_style(value: str, renamed: dict[str, str]) -> str:
    def inner(found: re.Match[str]) -> str:
        new = _clean_href(found[2], renamed)
        return f"url({new})" if new else "none"

    return _URL.sub(inner, _IMPORT.sub("", value.replace("\\", "")))


def _size(root: Element) -> tuple[int, int]:
    sides = []
    for side in ("width", "height"):
        found = _LENGTH.fullmatch(root.get(side, ""))
        sides.append(round(float(found[1]) * _PIXELS[found[2] or ""]) if found else 0)
    return sides[0], sides[1]
