"""The navigation document: contents, landmarks, page list; and the older NCX (EPUB 3.3 7)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lxml import etree

from casebound.epub.links import DestinationIndex
from casebound.epub.markup import EPUB_TYPE, Element, add, clean, page_skeleton
from casebound.epub.page import STYLE_SHEET
from casebound.epub.words import word
from casebound.model.outline import OutlineEntry

__all__ = ["NavEntry", "entries", "nav_document", "ncx"]

_HIDDEN = {"hidden": "hidden"}
_NCX = "http://www.daisy.org/z3986/2005/ncx/"


@dataclass(frozen=True, slots=True)
class NavEntry:
    """One line of a navigation list: what it says, where it leads, the lines below it.

    A line that is not ``printed`` is hidden on the contents page, and shown in the panel of a reading system.
    """

    title: str
    href: str
    children: tuple[NavEntry, ...] = ()
    kind: str = ""
    printed: bool = True


def entries(
    outline: Iterable[OutlineEntry], anchors: DestinationIndex, file: str, printed: Collection[str] | None = None
) -> tuple[NavEntry, ...]:
    """The outline with addresses; an entry without a place of its own leads where its parent does.

    ``printed`` are the destinations that the contents page names; None stands for all.
    """
    made = []
    for entry in outline:
        anchor = anchors.find(entry.target)
        here = anchor.file if anchor else file
        children = entries(entry.children, anchors, here, printed)
        shown = printed is None or entry.target in printed
        made.append(NavEntry(clean(entry.title), anchor.href if anchor else here, children, printed=shown))
    return tuple(made)


def nav_document(
    language: str, contents: Sequence[NavEntry], landmarks: Sequence[NavEntry], pages: Sequence[NavEntry]
) -> Element:
    """The visible contents, and behind it what reading systems look for."""
    title = word("contents", language)
    root, body = page_skeleton(title, language, STYLE_SHEET)
    toc = add(body, "nav", ["contents"], {EPUB_TYPE: "toc", "role": "doc-toc", "id": "toc"})
    add(toc, "h1").text = title
    _list(toc, contents)
    for kind, role, label, lines in (
        ("landmarks", "", "landmarks", landmarks),
        ("page-list", "doc-pagelist", "pages", pages),
    ):
        if lines:
            attributes = {EPUB_TYPE: kind, **_HIDDEN, "id": kind, **({"role": role} if role else {})}
            nav = add(body, "nav", [kind], attributes)
            add(nav, "h2").text = word(label, language)
            _list(nav, lines)
    return root


def _list(parent: Element, lines: Sequence[NavEntry]) -> None:
    """A list, or those of its lines that are not printed, can be hidden (EPUB 3.3 7.4)."""
    none = not any(line.printed for line in lines)
    holder = add(parent, "ol", attributes=_HIDDEN if none else {})
    for line in lines:
        item = add(holder, "li", attributes={} if none or line.printed else _HIDDEN)
        attributes = {EPUB_TYPE: line.kind, "href": line.href} if line.kind else {"href": line.href}
        add(item, "a", attributes=attributes).text = line.title or "-"
        if line.children:
            _list(item, line.children)


def ncx(identifier: str, title: str, language: str, contents: Sequence[NavEntry]) -> bytes:
    """The contents for reading systems made before EPUB 3 (OPF 2.0.1 2.4.1)."""
    prefixes: Any = {None: _NCX}
    root = etree.Element(f"{{{_NCX}}}ncx", nsmap=prefixes)
    root.set("version", "2005-1")
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language)
    head = etree.SubElement(root, f"{{{_NCX}}}head")
    for name, content in (
        ("dtb:uid", identifier),
        ("dtb:depth", str(_depth(contents))),
        ("dtb:totalPageCount", "0"),
        ("dtb:maxPageNumber", "0"),
    ):
        meta = etree.SubElement(head, f"{{{_NCX}}}meta")
        meta.set("name", name)
        meta.set("content", content)
    _label(etree.SubElement(root, f"{{{_NCX}}}docTitle"), title)
    _points(etree.SubElement(root, f"{{{_NCX}}}navMap"), contents, 0)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return data


def _depth(contents: Sequence[NavEntry]) -> int:
    return max((1 + _depth(entry.children) for entry in contents), default=0)


def _label(element: Element, value: str) -> None:
    etree.SubElement(element, f"{{{_NCX}}}text").text = clean(value) or "-"


def _points(parent: Element, contents: Sequence[NavEntry], count: int) -> int:
    for entry in contents:
        count += 1
        point = etree.SubElement(parent, f"{{{_NCX}}}navPoint")
        point.set("id", f"point-{count}")
        _label(etree.SubElement(point, f"{{{_NCX}}}navLabel"), entry.title)
        etree.SubElement(point, f"{{{_NCX}}}content").set("src", entry.href)
        count = _points(point, entry.children, count)
    return count
