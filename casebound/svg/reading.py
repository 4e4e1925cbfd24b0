"""A drawing read so that it is harmless.

Read so, a drawing has no document type and no comments, no event handlers and no editor's data; each link in it leads
to an element of its own, each image is part of its file. The HTML labels of diagrams (``foreignObject``) are text.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Container
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote_to_bytes

from lxml import etree

from casebound.svg.elements import LINK, STATED, SVG, URL, XLINK, Element, attributes
from casebound.svg.labels import set_labels
from casebound.svg.sheets import clean_declarations, clean_sheet, clean_value

__all__ = ["BrokenSvg", "harmless"]

_LARGEST = 30_000_000  # bytes, unpacked
_XML = "{http://www.w3.org/XML/1998/namespace}"
_UNWANTED = frozenset({"script", "metadata", "handler", "iframe", "audio", "video", "discard"})
_DRAWING = "data:image/svg+xml"
_DEEPEST = 4  # drawings within images of drawings
_within: ContextVar[int] = ContextVar("within", default=0)
_DATA_IMAGE = re.compile(r"data:image/(?:png|jpe?g|gif);base64,[A-Za-z0-9+/=\s]+")
_SHEETS = frozenset({"", "text/css"})
_ANIMATED = frozenset({"from", "to", "by", "values"})  # what animations set them to


class BrokenSvg(Exception):
    """A drawing that cannot be read; the text says why, as the end of a sentence."""


def harmless(source: bytes, remarks: list[str] | None = None) -> Element:
    """The root of a drawing, packed or not, with nothing in it that leads out of it. Raises BrokenSvg.

    ``remarks`` takes the words for what of it is shown otherwise.
    """
    root = _parsed(_unpacked(source))
    try:
        said = set_labels(root)
    except RecursionError as error:
        raise BrokenSvg("its labels are nested too deeply.") from error
    if remarks is not None:
        remarks += said
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
        raise BrokenSvg("the brackets of its style are nested too deeply.") from error
    return root


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
        raise BrokenSvg("it is not a drawing.")
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
        if _is_unwanted(name) or (name in LINK and not _is_inside(value, ids) and not _is_drawing(element, value)):
            del element.attrib[name]
        elif name in LINK:
            element.set(name, _image(value) if value.lstrip().startswith(_DRAWING) else value.strip())
        elif name == "style":
            element.set(name, clean_declarations(value, inside))
        elif (name in STATED or name in _ANIMATED) and ("(" in value or "\\" in value):
            cleaned = clean_value(value, inside)
            if cleaned is None:
                del element.attrib[name]
            else:
                element.set(name, cleaned)
        elif "url(" in value.lower():
            element.set(name, URL.sub("none", value))


def _is_unwanted(attribute: str) -> bool:
    """Whether an attribute runs a script, moves what links count from, or belongs to an editor."""
    name = attribute.removeprefix(XLINK).removeprefix(_XML)
    return "}" in name or ":" in name or name.lower().startswith("on") or attribute == f"{_XML}base"


def _is_inside(link: str, ids: Container[str | None]) -> bool:
    """Whether a link leads to an element of the drawing, or holds an image itself."""
    link = link.strip()
    return link[1:] in ids if link.startswith("#") else bool(_DATA_IMAGE.fullmatch(link))


def _is_drawing(element: Element, link: str) -> bool:
    """Whether a link of an image holds a drawing."""
    return element.tag == f"{{{SVG}}}image" and link.lstrip().startswith(_DRAWING)


def _image(link: str) -> str:
    """The drawing that an image holds, made harmless; empty where it cannot be read."""
    depth = _within.get()
    head, _, data = link.strip().partition(",")
    try:
        source = b64decode(data) if head.endswith(";base64") else unquote_to_bytes(data)
        if depth >= _DEEPEST:
            raise BrokenSvg("drawings in drawings are nested too deeply.")
        token = _within.set(depth + 1)
        try:
            root = harmless(source)
        finally:
            _within.reset(token)
    except (BrokenSvg, ValueError):
        return ""
    return f"{_DRAWING};base64,{b64encode(etree.tostring(root)).decode()}"


def _clean_sheet(sheet: Element, ids: Container[str | None]) -> None:
    """A style sheet without what leads out of the drawing; one in another language is no style sheet."""
    text = "".join(map(str, [sheet.text or "", *(child.tail or "" for child in sheet)]))
    for child in list(sheet):
        sheet.remove(child)
    known = sheet.get("type", "").strip().lower() in _SHEETS
    sheet.text = clean_sheet(text, lambda link: _is_inside(link, ids)) if known else ""
