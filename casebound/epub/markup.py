"""Building XHTML elements so that every file is well formed and correctly nested (EPUB 3.3 6.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from lxml import etree

from casebound.i18n.directions import is_right_to_left

__all__ = [
    "EPUB_TYPE",
    "MATHML",
    "SVG",
    "XHTML",
    "XML_LANG",
    "Element",
    "add",
    "class_list",
    "clean",
    "in_phrasing",
    "inside",
    "local",
    "page_skeleton",
    "serialise",
    "tag",
    "tags",
    "text",
]

Element: TypeAlias = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
MATHML = "http://www.w3.org/1998/Math/MathML"
SVG = "http://www.w3.org/2000/svg"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
EPUB_TYPE = f"{{{OPS}}}type"


def tags(names: str) -> frozenset[str]:
    """A set of element names written as one line."""
    return frozenset(names.split())


VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})

_PHRASING_ONLY = tags(
    "p h1 h2 h3 h4 h5 h6 pre dt caption span em strong b i u s small code kbd samp var sub sup cite q abbr dfn "
    "mark bdi bdo"
)
_FLOW = tags(
    "address article aside blockquote div dl dt dd figure figcaption h1 h2 h3 h4 h5 h6 hr li nav ol p pre section "
    "table caption colgroup thead tbody tfoot tr th td ul"
)
_TRANSPARENT = frozenset({"a", "ins", "del"})
_NO_SECTIONS = frozenset({"th"})
_SECTIONS = frozenset({"section", "aside", "nav", "article", "h1", "h2", "h3", "h4", "h5", "h6"})

# an element that may only be in these parents
_PARENTS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    "tr": frozenset({"table", "thead", "tbody", "tfoot"}),
    "td": frozenset({"tr"}),
    "th": frozenset({"tr"}),
    "thead": frozenset({"table"}),
    "tbody": frozenset({"table"}),
    "tfoot": frozenset({"table"}),
    "caption": frozenset({"table"}),
    "colgroup": frozenset({"table"}),
    "figcaption": frozenset({"figure"}),
}
# an element that takes only these children, and what any other child is wrapped in
_CHILDREN: Mapping[str, tuple[str, frozenset[str]]] = {
    "ul": ("li", frozenset({"li"})),
    "ol": ("li", frozenset({"li"})),
    "dl": ("dd", frozenset({"dt", "dd"})),
    "table": ("tbody", frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"})),
    "thead": ("tr", frozenset({"tr"})),
    "tbody": ("tr", frozenset({"tr"})),
    "tfoot": ("tr", frozenset({"tr"})),
    "tr": ("td", frozenset({"td", "th"})),
    "colgroup": ("col", frozenset({"col"})),
}

# characters that XML 1.0 does not allow
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLASS = re.compile(r"[^\w.:+-]+")


def tag(name: str) -> str:
    """The qualified name of an XHTML element."""
    return f"{{{XHTML}}}{name}"


def local(element: Element) -> str:
    """The local name of an XHTML element; empty for comments and elements of other namespaces."""
    name = element.tag
    return name[len(XHTML) + 2 :] if isinstance(name, str) and name.startswith(f"{{{XHTML}}}") else ""


def clean(value: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", value)


def class_list(names: Iterable[str]) -> str:
    """The value of a class attribute: each name once, in order."""
    safe = (_CLASS.sub("-", clean(name)).strip("-") for name in names)
    return " ".join(dict.fromkeys(name for name in safe if name))


def inside(element: Element | None, name: str) -> bool:
    """Whether the element is, or is within, an element of this name."""
    while element is not None:
        if local(element) == name:
            return True
        element = element.getparent()
    return False


def in_phrasing(element: Element | None) -> bool:
    """Whether only inline content may be put into the element."""
    while element is not None and local(element) in _TRANSPARENT:
        element = element.getparent()
    return element is not None and local(element) in _PHRASING_ONLY


def _fitting(parent: Element, name: str) -> tuple[Element, str]:
    """Where an element of this name may be, and what it has to be there."""
    holder, children = _CHILDREN.get(local(parent), ("", frozenset[str]()))
    if holder and name not in children:
        return _fitting(add(parent, holder), name)
    if name == "a" and inside(parent, "a"):
        return parent, "span"
    if name in _FLOW and in_phrasing(parent):
        return parent, "span"
    if name in _PARENTS and local(parent) not in _PARENTS[name]:
        return parent, "div"
    if name in _SECTIONS and any(inside(parent, cell) for cell in _NO_SECTIONS):
        return parent, "div"
    return parent, name


def add(
    parent: Element, name: str, classes: Iterable[str] = (), attributes: Mapping[str, str] | None = None
) -> Element:
    """A new XHTML element at the end of ``parent``, repaired where it cannot be as asked.

    A block in inline content becomes a span, a link in a link a span, a list item without its list a div;
    content that its parent does not take is wrapped in what the parent takes.
    """
    parent, real = _fitting(parent, name)
    element = etree.SubElement(parent, tag(real))
    # nothing but structure and the way it looks survives a change of element
    kept = {key: clean(value) for key, value in (attributes or {}).items() if real == name or key in ("id", "title")}
    names = class_list(classes)
    if real != name and name != "a":
        names = f"{names} as-{name}".strip()
        if real == "span":
            element.tail = " "
    if names:
        element.set("class", names)
    for key, value in kept.items():
        element.set(key, value)
    return element


def text(parent: Element, value: str) -> None:
    """Text at the end of ``parent``, after all that is in it."""
    value = clean(value)
    if not value:
        return
    holder, _ = _CHILDREN.get(local(parent), ("", frozenset[str]()))
    if holder:
        if value.strip():
            text(add(add(parent, holder), "span") if holder in ("tbody", "tr") else add(parent, holder), value)
        return
    if len(parent):
        last = parent[-1]
        last.tail = (last.tail or "") + value
    else:
        parent.text = (parent.text or "") + value


def page_skeleton(title: str, language: str, style_sheet: str) -> tuple[Element, Element]:
    """A new XHTML file: its root and its empty body."""
    prefixes: Any = {None: XHTML, "epub": OPS}
    root = etree.Element(tag("html"), nsmap=prefixes)
    root.set("lang", language)
    root.set(XML_LANG, language)
    if is_right_to_left(language):
        root.set("dir", "rtl")
    head = etree.SubElement(root, tag("head"))
    etree.SubElement(head, tag("meta")).set("charset", "utf-8")
    etree.SubElement(head, tag("title")).text = clean(title) or "-"
    link = etree.SubElement(head, tag("link"))
    link.set("rel", "stylesheet")
    link.set("type", "text/css")
    link.set("href", style_sheet)
    return root, etree.SubElement(root, tag("body"))


_LINED = _FLOW | {"head", "body", "html", "title", "meta", "link", "col", "nav"}
_HOLDERS = tags(
    "html head body section article aside nav div blockquote figure ul ol dl table thead tbody tfoot tr colgroup"
)


def _complete_definitions(root: Element) -> None:
    """A description list begins with a term and ends with a description."""
    for dl in root.iter(tag("dl")):
        if len(dl) and local(dl[0]) != "dt":
            dl.insert(0, etree.Element(tag("dt")))
        if len(dl) and local(dl[-1]) != "dd":
            etree.SubElement(dl, tag("dd"))


def serialise(root: Element) -> bytes:
    """The file's bytes: UTF-8, one line a block, no element that an HTML parser would leave open."""
    _complete_definitions(root)
    for element in root.iter(etree.Element):
        name = local(element)
        if name and not len(element) and element.text is None and name not in VOID:
            element.text = ""
        parent = element.getparent()
        if name in _LINED and not element.tail and parent is not None and local(parent) in _HOLDERS:
            element.tail = "\n"
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return data + b"\n"
