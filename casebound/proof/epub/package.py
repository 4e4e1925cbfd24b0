"""A finished EPUB's package, read with zipfile and lxml: manifest, spine, navigation, pages (EPUB 3.3 3 to 7)."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urldefrag

from lxml import etree

from casebound.model.outline import OutlineEntry
from casebound.proof.epub.fetched import fetched_by_page, fetched_by_sheet
from casebound.proof.pdf.reader import UnreadableOutput

__all__ = ["EPUB", "INLINE", "OPF", "XHTML", "ManifestEntry", "Package", "XhtmlPage", "read_package"]

XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB = "{http://www.idpf.org/2007/ops}"
OPF = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_CSS_URL = re.compile(rb"""url\(\s*["']?([^"')]+)""")

_INLINE_TAGS = """
a abbr b bdi bdo big cite code data del dfn em i img ins kbd label mark q s samp small span strong sub sup time tt u
var wbr
"""
INLINE = frozenset(f"{XHTML}{tag}" for tag in _INLINE_TAGS.split())
_HEADINGS = frozenset(f"{XHTML}h{level}" for level in range(1, 7))
_SILENT = frozenset(f"{XHTML}{tag}" for tag in ("head", "script", "style", "template"))


@dataclass(frozen=True, slots=True)
class ManifestEntry:
    """An item of the manifest; ``path`` is its place in the zip."""

    id: str
    path: str
    media_type: str
    properties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class XhtmlPage:
    """A page: its text with blocks set apart, the offset of every id in it, ids that are twice, its addresses.

    ``marks`` are the ids of its page breaks, ``kinds`` its structural semantics (EPUB 3.3 6.4).
    """

    text: str
    ids: dict[str, int]
    twice: tuple[str, ...]
    addresses: tuple[str, ...]
    marks: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    root: etree._Element = field(default_factory=lambda: etree.Element(f"{XHTML}html"), compare=False, repr=False)


@dataclass(slots=True)
class Package:
    """An EPUB read back. ``nav`` is the table of contents, ``page_list`` its pages, targets as ``path#id`` in the zip.

    ``page_source`` is the identifier of the edition that has its pages.
    """

    names: tuple[str, ...]
    items: dict[str, ManifestEntry] = field(default_factory=dict)
    spine: tuple[str, ...] = ()
    nav_path: str = ""
    nav: tuple[OutlineEntry, ...] = ()
    page_list: tuple[OutlineEntry, ...] = ()
    page_source: str = ""
    pages: dict[str, XhtmlPage] = field(default_factory=dict)
    styles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def marks(self) -> list[str]:
        """The page breaks in all pages, as ``path#id``."""
        return [f"{path}#{mark}" for path, page in self.pages.items() for mark in page.marks]

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Every address with the path of the file it is in."""
        for path, page in self.pages.items():
            yield from ((path, address) for address in page.addresses)
        for path, addresses in self.styles.items():
            yield from ((path, address) for address in addresses)

    @staticmethod
    def resolve(source: str, path: str) -> str:
        """The path in the zip that a relative address in ``source`` names."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(source), unquote(path))) if path else source


def read_package(path: Path) -> Package:
    """Everything the checks need of an EPUB. Raises UnreadableOutput."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except Exception as error:  # a broken zip raises many types, zlib.error among them
        raise UnreadableOutput(f"{type(error).__name__}: {error}") from error


def _read(archive: zipfile.ZipFile) -> Package:
    package = Package(tuple(archive.namelist()))
    _check_first(archive, package)
    opf_path = _opf_path(archive)
    opf = _xml(archive.read(opf_path))
    for item in opf.iter(f"{OPF}item"):
        place = package.resolve(opf_path, item.get("href", ""))
        properties = frozenset(item.get("properties", "").split())
        package.items[item.get("id", "")] = ManifestEntry(
            item.get("id", ""), place, item.get("media-type", ""), properties
        )
    spine = [reference.get("idref", "") for reference in opf.iter(f"{OPF}itemref")]
    package.faults += [
        f"the spine names {name}, which is not in the manifest" for name in spine if name not in package.items
    ]
    package.spine = tuple(package.items[name].path for name in spine if name in package.items)
    sources = (meta.text for meta in opf.iter(f"{OPF}meta") if meta.get("property") == "pageBreakSource")
    package.page_source = next(filter(None, sources), "")
    for entry in package.items.values():
        _read_item(archive, package, entry)
    return package


def _check_first(archive: zipfile.ZipFile, package: Package) -> None:
    """The zip's first entry says what it is, stored plainly (OCF 4.3)."""
    first = archive.infolist()[0] if package.names else None
    if first is None or first.filename != "mimetype":
        package.faults.append("mimetype is not the first entry")
    elif first.compress_type != zipfile.ZIP_STORED or archive.read("mimetype") != b"application/epub+zip":
        package.faults.append("mimetype is not stored plainly as application/epub+zip")
    twice = sorted({name for name in package.names if package.names.count(name) > 1})
    package.faults += [f"{name} is in the zip twice" for name in twice]


def _opf_path(archive: zipfile.ZipFile) -> str:
    rootfile = _xml(archive.read("META-INF/container.xml")).find(f".//{_CONTAINER}rootfile")
    if rootfile is None:
        raise KeyError("META-INF/container.xml names no package document")
    return str(rootfile.get("full-path", ""))


def _xml(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _read_item(archive: zipfile.ZipFile, package: Package, item: ManifestEntry) -> None:
    if item.path not in package.names:
        package.faults.append(f"the manifest names {item.path}, which does not exist")
        return
    if item.media_type == "text/css":
        found = _CSS_URL.findall(archive.read(item.path))
        package.styles[item.path] = tuple(address.decode("utf-8", "replace") for address in found)
        package.faults += [f"{item.path} fetches {address}" for address in fetched_by_sheet(archive.read(item.path))]
    if item.media_type not in ("application/xhtml+xml", "application/x-dtbncx+xml", "image/svg+xml"):
        return
    try:
        root = _xml(archive.read(item.path))
    except etree.XMLSyntaxError as error:
        package.faults.append(f"{item.path} is not well-formed: {error}")
        return
    package.faults += [f"{item.path} fetches {address}" for address in fetched_by_page(root)]
    if item.media_type == "image/svg+xml":
        return
    package.pages[item.path] = _page(root)
    if "nav" in item.properties:
        package.nav_path = item.path
        package.nav, package.page_list = (_nav(root, item.path, kind) for kind in ("toc", "page-list"))


def _page(root: etree._Element) -> XhtmlPage:
    pieces: list[str] = []
    ids: dict[str, int] = {}
    twice: list[str] = []
    addresses: list[str] = []
    marks: list[str] = []
    length = 0
    silent = 0
    for event, node in etree.iterwalk(root, events=("start", "end")):
        tag = node.tag if isinstance(node.tag, str) else ""
        silent += (1 if event == "start" else -1) if tag in _SILENT else 0
        if event == "start" and tag:
            name = node.get("id")
            if name in ids:
                twice.append(name)
            elif name is not None:
                ids[name] = length
            addresses.extend(_addresses(node, tag))
            if "pagebreak" in node.get(f"{EPUB}type", "").split():
                marks.append(str(name))
        text = (node.text if event == "start" else node.tail) or ""
        text = "" if silent or (not tag and event == "start") else text
        if tag == f"{XHTML}img" and event == "start" and any(one.tag in _HEADINGS for one in node.iterancestors()):
            text = node.get("alt") or ""  # a heading that is a picture reads as what the picture says
        text = text if tag in INLINE or not tag else f"\n{text}"
        pieces.append(text)
        length += len(text)
    return XhtmlPage("".join(pieces), ids, tuple(twice), tuple(addresses), tuple(marks), _kinds(root), root)


def _kinds(root: etree._Element) -> frozenset[str]:
    """What a page is: the semantics of its body and of what is in that."""
    body = root.find(f"{XHTML}body")
    top = [body, *body] if body is not None else []
    return frozenset(kind for node in top for kind in str(node.get(f"{EPUB}type", "")).split())


def _addresses(node: etree._Element, tag: str) -> Iterator[str]:
    for key in ("href", "src", "data", "poster", _XLINK):
        value = node.get(key)
        if value is not None and not (tag == f"{XHTML}a" and not value) and tag != f"{XHTML}base":
            yield str(value)


def _nav(root: etree._Element, path: str, kind: str) -> tuple[OutlineEntry, ...]:
    """A list of a navigation document: its table of contents, its page list (EPUB 3.3 7.4)."""
    for nav in root.iter(f"{XHTML}nav"):
        if kind in nav.get(f"{EPUB}type", "").split():
            return _nav_entries(nav.find(f"{XHTML}ol"), path)
    return ()


def _nav_entries(items: etree._Element | None, path: str) -> tuple[OutlineEntry, ...]:
    entries: list[OutlineEntry] = []
    for item in items.iterchildren(f"{XHTML}li") if items is not None else ():
        label = item.find(f"{XHTML}a")
        label = item.find(f"{XHTML}span") if label is None else label
        title = "" if label is None else "".join(map(str, label.itertext()))
        address, fragment = urldefrag("" if label is None else label.get("href", ""))
        target = f"{Package.resolve(path, address)}#{unquote(fragment)}" if address or fragment else ""
        entries.append(OutlineEntry(" ".join(title.split()), target, _nav_entries(item.find(f"{XHTML}ol"), path)))
    return tuple(entries)
