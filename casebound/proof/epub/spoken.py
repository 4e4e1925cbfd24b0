"""What a reader of an EPUB is told: the words of its pages in the order of the spine, chapter by chapter.

Style sheets and reading systems add what is in no text of a page: bullets and numbers of items, dashes before
attributions, colons after the names of fields.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import unquote, urldefrag, urlsplit

from lxml import etree

from casebound.model.folios import roman
from casebound.proof.epub.package import INLINE, XHTML, Package
from casebound.proof.source.marks import BULLET
from casebound.proof.spoken import BlockStarts, SpokenText, web

__all__ = ["spoken_chapters"]

_SILENT = frozenset(f"{XHTML}{tag}" for tag in ("head", "script", "style", "template", "img", "audio", "video"))
_KINDS = {"dt": "label", "th": "head cell", "td": "cell", "caption": "caption", "figcaption": "caption"}
_UNSAID = frozenset({"kicker", "number", "ways-back"})
"""Classes of what is beside the text: the section above a chapter's title, numbers of lines of code, ways back."""

_BRACKETS = {"in-brackets": ("(", ")"), "before-bracket": ("", ")")}
"""What is round the numbers of a list of a class."""

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_SVG = "{http://www.w3.org/2000/svg}"


def spoken_chapters(
    package: Package, starts: Mapping[tuple[str, str], str], outside: Collection[str]
) -> dict[str, SpokenText]:
    """What each chapter says, with the number in the spine of the page that each word is on.

    ``starts`` are the names of chapters by path and id, ``outside`` the paths of pages that belong to none.
    """
    reader = _PageReader(package)
    for number, path in enumerate(package.spine):
        page = package.pages.get(path)
        if page is not None and path not in outside:
            own = {ident: name for (place, ident), name in starts.items() if place == path}
            reader.read(path, number, own)
    return reader.said


class _PageReader:
    """Reads pages aloud, block by block."""

    def __init__(self, package: Package) -> None:
        self.said: dict[str, SpokenText] = {}
        self._package = package
        self._own: Mapping[str, str] = {}
        self._path, self._page = "", 0
        self._items = 0
        self._link = ""
        self._text: list[tuple[str, str]] = []
        self._begin("")

    def read(self, path: str, page: int, own: Mapping[str, str]) -> None:
        """Read a page, by its path and its number in the spine; ``own`` are the chapters that begin on it, by id."""
        self._own, self._path, self._page = own, path, page
        if "" in own:
            self._begin(own[""])
        self._element(self._package.pages[path].root)
        self._end()

    def _say(self, text: str) -> None:
        if text:
            self._text.append((text, self._link))

    def _begin(self, chapter: str) -> None:
        self._end()
        self._spoken = self.said.setdefault(chapter, SpokenText())
        self._starts = BlockStarts()
        self._starts.at = self._spoken.blocks

    def _end(self) -> None:
        """Take the words of what was said since."""
        if self._text:
            self._spoken.take(self._text, self._page)
            self._text.clear()

    def _element(self, node: etree._Element) -> None:
        name = node.get("id")
        if name is not None and name in self._own:
            self._begin(self._own[str(name)])
        if str(node.tag).startswith((_MATHML, _SVG)) or node.tag in _SILENT or _UNSAID & set(_classes(node)):
            return
        if node.tag in INLINE:
            self._inside(node)
            return
        self._end()
        begun, item = len(self._spoken.words), node.tag == f"{XHTML}li"
        self._items += item
        before = self._starts.begin(begun, _kind(node), self._items)
        self._inside(node)
        self._end()
        self._items -= item
        self._starts.end(begun, len(self._spoken.words), before)

    def _inside(self, node: etree._Element) -> None:
        before, after = _marks(node)
        outside, self._link = self._link, self._link or self._opened(node)
        self._say(before)
        if node.tag == f"{XHTML}li" and before:  # what a label stands before begins behind it
            self._end()
            self._starts.begin(len(self._spoken.words), "text", self._items)
        if _is_note_mark(node):
            self._say(f" {''.join(map(str, node.itertext())).strip().strip('[]')} ")
        else:
            self._say(node.text or "")
            for child in node:
                if isinstance(child.tag, str):
                    self._element(child)
                self._say(child.tail or "")
        self._say(after)
        self._link = outside

    def _opened(self, node: etree._Element) -> str:
        """What an element opens: an address, or ``path#id``; empty where it is no link."""
        address = str(node.get("href", "")) if node.tag == f"{XHTML}a" else ""
        if not address or urlsplit(address).scheme:
            return web(address) if address else ""
        path, fragment = urldefrag(address)
        return f"{Package.resolve(self._path, path)}#{unquote(fragment)}"


def _kind(node: etree._Element) -> str:
    """What kind of block an element is, see ``casebound.proof.spoken.SpokenBlock``."""
    tag = str(node.tag).removeprefix(XHTML)
    if tag == "li":
        return "label" if _marks(node)[0] else "text"
    if tag == "pre":
        return "code"
    if tag == "dt" and "sig" in _classes(node):
        return "text"
    return "heading" if re.fullmatch("h[1-6]", tag) else _KINDS.get(tag, "text")


def _classes(node: etree._Element) -> Sequence[str]:
    return str(node.get("class", "")).split()


def _is_note_mark(node: etree._Element) -> bool:
    """Whether an element is the mark of a note, or stands before one: in brackets here, raised in print."""
    if "noteref" in _classes(node):
        return True
    above = node.getparent()
    return "label" in _classes(node) and above is not None and "footnote" in _classes(above)


def _marks(node: etree._Element) -> tuple[str, str]:
    """What is shown before and after the text of an element."""
    above = node.getparent()
    if node.tag == f"{XHTML}li" and above is not None and above.tag == f"{XHTML}ul":
        return f" {BULLET} ", ""
    if node.tag == f"{XHTML}li" and above is not None and above.tag == f"{XHTML}ol":
        opening, closing = _BRACKETS.get(next(iter(_classes(above)), ""), ("", "."))
        return f" {opening}{_number(node, above)}{closing} ", ""
    if "attribution" in _classes(node):
        return "\u2014", ""
    if node.tag == f"{XHTML}dt" and above is not None and "field-list" in _classes(above):
        return "", ":"
    if node.tag == f"{XHTML}br":
        return "\n", ""
    return "", ""


def _number(item: etree._Element, listed: etree._Element) -> str:
    """The number of an item as a browser counts it (HTML 4.4.5)."""
    at = int(listed.get("start", "1")) - 1
    for each in listed.iterchildren(f"{XHTML}li"):
        at = int(each.get("value", at + 1))
        if each is item:
            break
    kind = listed.get("type", "1")
    if kind in "aA" and 0 < at <= 26:
        return chr(ord(kind) + at - 1)
    if kind in "iI":
        shown = roman(at)
        return shown.upper() if kind == "I" else shown
    return str(at)
