"""What a reader of an EPUB is told: the words of its pages in the order of the spine, chapter by chapter.

Style sheets and reading systems add what is in no text of a page: bullets and numbers of items, dashes before
attributions, colons after the names of fields.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from lxml import etree

from casebound.model.folios import roman
from casebound.proof.epub.package import INLINE, XHTML, Package
from casebound.proof.source.marks import BULLET
from casebound.proof.source.reading import spoken_words
from casebound.proof.spoken import SpokenText

__all__ = ["spoken_chapters"]

_SILENT = frozenset(f"{XHTML}{tag}" for tag in ("head", "script", "style", "template", "img", "audio", "video"))
_UNSAID = frozenset({"kicker", "number", "ways-back"})
"""Classes of what is beside the text: the section above a chapter's title, numbers of lines of code, ways back."""

_BRACKETS = {"in-brackets": ("(", ")"), "before-bracket": ("", ")")}
"""What is round the numbers of a list of a class."""

_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_SVG = "{http://www.w3.org/2000/svg}"


def spoken_chapters(
    package: Package, starts: Mapping[tuple[str, str], str], outside: Collection[str]
) -> dict[str, SpokenText]:
    """The words of each chapter, with the number in the spine of the page that each is on.

    ``starts`` are the names of chapters by path and id, ``outside`` the paths of pages that belong to none.
    """
    said: dict[str, SpokenText] = {}
    chapter = ""
    for number, path in enumerate(package.spine):
        page = package.pages.get(path)
        if page is None or path in outside:
            continue
        own = {ident: name for (place, ident), name in starts.items() if place == path}
        chapter = own.get("", chapter)
        for ident, text in _stretches(page.root, own):
            chapter = own.get(ident, chapter)
            words = spoken_words(text)
            spoken = said.setdefault(chapter, SpokenText())
            spoken.words += words
            spoken.pages += [number] * len(words)
    return said


def _stretches(root: etree._Element, own: Collection[str]) -> Iterator[tuple[str, str]]:
    """The text of a page, cut where the elements with some ids begin."""
    pieces: list[str] = []
    ident = ""
    for event, value in _told(root, own):
        if event:
            yield ident, "".join(pieces)
            pieces, ident = [], value
        else:
            pieces.append(value)
    yield ident, "".join(pieces)


def _told(node: etree._Element, own: Collection[str]) -> Iterator[tuple[bool, str]]:
    """What an element says, stretch by stretch; an id, with True, where one of those begins that are looked for."""
    if not isinstance(node.tag, str):
        return
    name = node.get("id")
    if name is not None and name in own:
        yield True, str(name)
    if node.tag in _SILENT or node.tag.startswith((_MATHML, _SVG)) or _UNSAID & set(_classes(node)):
        return
    apart = "" if node.tag in INLINE else "\n"
    before, after = _marks(node)
    yield False, apart + before
    if _is_note_mark(node):
        yield False, f" {''.join(map(str, node.itertext())).strip().strip('[]')} "
    else:
        yield False, node.text or ""
        for child in node:
            yield from _told(child, own)
            yield False, child.tail or ""
    yield False, after + apart


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
