"""What an EPUB says of the pages of its PDF: the page list, and the paragraph that each mark is in."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from posixpath import dirname, join, normpath

from lxml import etree

from casebound.epub.markup import tags

__all__ = ["Marks", "Paragraph", "letters_of", "marks_of"]

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_INLINE = tags(
    "a abbr b bdi bdo br cite code del dfn em i img ins kbd mark q s samp small span strong sub sup u var wbr"
)
_APART = {"formula-picture", "number"}
"""Classes of what is no text of a paragraph: a formula's second form, numbers of lines."""


def letters_of(text: str) -> str:
    """The letters and figures of a text, without the folios that references have in print."""
    return "".join(filter(str.isalnum, text)).casefold()


@dataclass
class Paragraph:
    """Text of an EPUB that no beginning or end of a block divides, and the marks of pages in it."""

    file: str
    kind: str
    head: str = ""
    text: str = ""
    marks: list[str] = field(default_factory=list)
    drawn: bool = False

    @cached_property
    def letters(self) -> str:
        return letters_of(self.text)


@dataclass(frozen=True)
class Marks:
    """What an EPUB says of pages: its page list, folios with the ids they lead to, and its paragraphs in order."""

    listed: tuple[tuple[str, str, str], ...]
    paragraphs: tuple[Paragraph, ...]

    @cached_property
    def captions(self) -> list[Paragraph]:
        return [one for one in self.paragraphs if one.kind == "figcaption"]

    @cached_property
    def places(self) -> dict[tuple[str, str], int]:
        """The paragraph that each mark is in, by file and id."""
        return {(one.file, mark): at for at, one in enumerate(self.paragraphs) for mark in one.marks}


def marks_of(path: Path) -> Marks:
    """Read an EPUB. Raises LookupError where it has no page list."""
    with zipfile.ZipFile(path) as archive:
        (container,) = etree.fromstring(archive.read("META-INF/container.xml")).iter("{*}rootfile")
        opf = str(container.get("full-path"))
        package = etree.fromstring(archive.read(opf))
        items = {item.get("id"): item for item in package.iter("{*}item")}
        names = [str(items[ref.get("idref")].get("href")) for ref in package.iter("{*}itemref")]
        roots = {name: etree.fromstring(archive.read(join(dirname(opf), name))) for name in names}
    nav = next(str(item.get("href")) for item in items.values() if "nav" in str(item.get("properties")).split())
    found = [each for each in roots[nav].iter(f"{_XHTML}nav") if each.get(_TYPE) == "page-list"]
    if not found:
        raise LookupError(f"{path.name} has no page list.")
    links = [(str(link.text), *str(link.get("href")).partition("#")[::2]) for link in found[0].iter(f"{_XHTML}a")]
    listed = tuple((folio, normpath(file), mark) for folio, file, mark in links)
    return Marks(listed, tuple(one for name, root in roots.items() for one in paragraphs(name, root)))


def paragraphs(name: str, root: etree._Element) -> Iterator[Paragraph]:
    """The paragraphs of a file in their order; a mark between two belongs to the second."""
    waiting: list[str] = []
    for one in _runs(name, root):
        if not one.letters and not one.drawn:
            waiting += one.marks
            continue
        one.marks, waiting = [*waiting, *one.marks], []
        yield one
    if waiting:
        yield Paragraph(name, "end", marks=waiting)


def _runs(name: str, root: etree._Element) -> Iterator[Paragraph]:
    body = next(root.iter(f"{_XHTML}body"))
    here = Paragraph(name, "body")

    def walk(element: etree._Element, kind: str, head: str) -> Iterator[Paragraph]:
        nonlocal here
        label = element.tag.removeprefix(_XHTML) if isinstance(element.tag, str) else ""
        inline = label in _INLINE or not element.tag.startswith(_XHTML) if label else True
        if not inline:
            yield here
            kind = label if label not in ("div", "section") and kind != "figcaption" else kind
            head = head or ("" if label != "table" else _head(element))
            here = Paragraph(name, kind, head)
        if element.get(_TYPE) == "pagebreak":
            here.marks.append(str(element.get("id")))
        elif label and not _APART & set(str(element.get("class")).split()):
            here.drawn = here.drawn or label == "img" or not element.tag.startswith(_XHTML)
            here.text += element.text or ""
            for child in element:
                yield from walk(child, kind, head)
        if not inline:
            yield here
            here = Paragraph(name, kind, head)
        here.text += element.tail or "" if element is not body else ""

    yield from walk(body, "body", "")
    yield here


def _head(table: etree._Element) -> str:
    heads = table.findall(f"{_XHTML}thead")
    return letters_of(" ".join("".join(map(str, head.itertext())) for head in heads))
