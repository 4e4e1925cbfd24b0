"""Raw HTML, as far as a book can show it: parsed, cleaned, built anew."""

from __future__ import annotations

from docutils import nodes
from lxml import etree, html

from casebound.epub.markup import VOID, Element, add, local, tags, text
from casebound.epub.page import Page
from casebound.epub.registry import renders

__all__: list[str] = []

_KEPT = tags(
    "a abbr b bdi bdo blockquote br caption cite code dd del dfn div dl dt em figcaption figure hr i ins kbd li mark "
    "ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var wbr"
)
_AS = {
    "article": "div", "aside": "div", "center": "div", "details": "div", "footer": "div", "header": "div",
    "main": "div", "nav": "div", "section": "div", "address": "div", "summary": "p", "tt": "code", "font": "span",
    "strike": "s", "big": "span", "label": "span", "legend": "p", "fieldset": "div", "form": "div", "button": "span",
    "h1": "p", "h2": "p", "h3": "p", "h4": "p", "h5": "p", "h6": "p", "noscript": "div", "picture": "span",
    "dir": "ul", "menu": "ul", "body": "div", "html": "div", "ruby": "span", "time": "span", "data": "span",
}  # fmt: skip
# what has no text a reader could want
_LEFT_OUT = tags(
    "script style iframe object embed applet audio video source track canvas svg math input select textarea link meta "
    "base head title template map area frame frameset param"
)
_ATTRIBUTES = {"abbr": ("title",), "td": ("colspan", "rowspan"), "th": ("colspan", "rowspan"), "ol": ("start",)}


@renders(nodes.raw)
def _raw(page: Page, node: nodes.raw, parent: Element) -> None:
    formats = str(node.get("format", "")).lower().split()
    if "html" not in formats and "xhtml" not in formats:
        page.report("raw-left-out", node, name=" ".join(formats) or "text")
        page.anchor_here(node, parent)
        return
    page.anchor_here(node, parent)
    source = node.astext().strip("\0")
    if not source.strip():
        return
    try:
        holder = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        page.report("node-failed", node, name="Raw html", detail=str(error))
        return
    block = isinstance(node.parent, nodes.TextElement)
    place = parent if block else add(parent, "div", ["raw", *node.get("classes", ())])
    _content(page, node, holder, place)
    if place is not parent and not len(place) and not (place.text or "").strip():
        parent.remove(place)


def _content(page: Page, node: nodes.raw, source: Element, parent: Element) -> None:
    text(parent, source.text or "")
    for child in source:
        if isinstance(child.tag, str):
            _element(page, node, child, parent)
        text(parent, child.tail or "")


def _element(page: Page, node: nodes.raw, source: Element, parent: Element) -> None:
    name = str(source.tag).lower()
    if name in _LEFT_OUT:
        page.report("raw-left-out", node, name=f"html element {name}")
    elif name == "img":
        _image(page, node, source, parent)
    elif name not in _KEPT and name not in _AS:
        _content(page, node, source, parent)
    else:
        made = _made(page, node, source, parent, _AS.get(name, name))
        kind = local(made)
        if kind in VOID:
            return
        _content(page, node, source, made)
        if not len(made) and not (made.text or "").strip() and kind not in ("td", "th", "a"):
            parent.remove(made)


def _made(page: Page, node: nodes.raw, source: Element, parent: Element, name: str) -> Element:
    classes = (source.get("class") or "").split()
    if str(source.tag) in ("h1", "h2", "h3", "h4", "h5", "h6", "summary"):
        classes.append("rubric")
    attributes = {key: source.get(key, "") for key in _ATTRIBUTES.get(name, ()) if _fit(key, source.get(key))}
    made = add(parent, name, classes, attributes)
    address = source.get("href")
    if name == "a" and address:
        page.link_out(made, address, node)
    return made


def _fit(key: str, value: str | None) -> bool:
    return bool(value) and (key == "title" or (str(value).isdecimal() and 0 < int(str(value)) < 1000))


def _image(page: Page, node: nodes.raw, source: Element, parent: Element) -> None:
    """Where the picture lies is unknown to the book: its description stands in for it."""
    page.report("raw-left-out", node, name="html element img")
    if (source.get("alt") or "").strip():
        text(add(parent, "span", ["missing-image"]), f"[{source.get('alt')}]")
