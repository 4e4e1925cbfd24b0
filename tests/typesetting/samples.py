"""Chapters from reST or from nodes made by hand, set and read back by PDFium, which did not write them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from docutils import nodes
from PIL import Image

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.model.fragment import Fragment, Loss
from casebound.typesetting import Typesetter
from casebound.typesetting.graphics.images import Picture, open_picture
from casebound.typesetting.styles.stylesheet import load
from tests.bindery.readers import as_drawn
from tests.epub.samples import tree as rest_tree

DOCNAME = "chapter"

LOREM = (
    "A service asks another for work and waits for what it answers while the queue between them holds every message "
    "until somebody takes it. "
)


def tree(rest: str, docname: str = DOCNAME) -> nodes.document:
    """The chapter tree of some reST, with the docname that reports name as the manuscript leaves it."""
    document = rest_tree(rest, docname)
    document["source"] = docname
    for node in document.findall(nodes.Element):
        node.source = docname
    return document


def of_nodes(*body: nodes.Node, docname: str = DOCNAME) -> nodes.document:
    """A chapter named Chapter with these nodes under its heading."""
    document = tree("", docname)
    document += nodes.section("", nodes.title("", "Chapter"), *body, ids=[f"{docname}:chapter", f"{docname}:"])
    return document


def words(*texts: str) -> nodes.paragraph:
    return nodes.paragraph("", "", nodes.Text(" ".join(texts)))


def opened(path: Path) -> Picture:
    """The picture in a file, as a book in English has it. Raises BrokenImage."""
    return open_picture(path, "en", load().aliases)


@dataclass(frozen=True)
class Printed:
    """A fragment bound into a file of its own: one chapter, no running heads, no folios."""

    fragment: Fragment
    style: object = field(repr=False)

    @cached_property
    def pdf(self) -> bytes:
        plan = BindingPlan(title="Chapter", gatherings=(Gathering(self.fragment, bare=True),))
        return Bindery(self.style, self.fragment.used).bind(plan).pdf  # type: ignore[arg-type]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page as PDFium reads it: a broken word where it begins, no repeated head."""
        return _texts(self.pdf)

    @cached_property
    def drawn(self) -> list[str]:
        """The text of each page as it is on paper, lines as they stand."""
        return _texts(as_drawn(self.pdf))

    @cached_property
    def text(self) -> str:
        """All text, white space folded."""
        return " ".join(" ".join(self.pages).split())

    @cached_property
    def solid(self) -> str:
        """All letters and digits and nothing between them."""
        return solid("".join(self.pages))

    @property
    def losses(self) -> list[str]:
        return losses(self.fragment.losses)

    def boxes(self) -> list[tuple[int, str, float, float, float, float]]:
        """Every visible character: 0-based page, the character, left, bottom, right, top on the paper."""
        document = pypdfium2.PdfDocument(self.pdf)
        found = []
        try:
            for number, page in enumerate(document):
                textpage = page.get_textpage()
                for index in range(textpage.count_chars()):
                    letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
                    if pdfium.FPDFText_IsGenerated(textpage, index) or letter.isspace():
                        continue
                    edges = [ctypes.c_double() for _ in range(4)]
                    pdfium.FPDFText_GetCharBox(textpage, index, edges[0], edges[2], edges[1], edges[3])
                    left, right, bottom, top = (edges[i].value for i in (0, 2, 1, 3))
                    found.append((number, letter, left, bottom, right, top))
                textpage.close()
        finally:
            document.close()
        return found

    def off_page(self) -> list[str]:
        """Characters that stand outside the text block, with their page; a point of overhang is a letter's own."""
        paper = self.style.paper  # type: ignore[attr-defined]
        width, height = paper.block
        found = []
        for page, letter, left, bottom, right, top in self.boxes():
            x, y = paper.origin(page % 2 == 0)
            if left < x - 3 or right > x + width + 3 or bottom < y - 6 or top > y + height + 6:
                found.append(f"{page}: {letter} at {left:.0f} {bottom:.0f}")
        return found


def _texts(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_text(page) for page in document]
    finally:
        document.close()


def _text(page: pypdfium2.PdfPage) -> str:
    textpage = page.get_textpage()
    text = str(textpage.get_text_range())
    textpage.close()
    return text.replace("\r\n", "\n")


def printed(typesetter: Typesetter, document: nodes.document, section: str = "") -> Printed:
    """The chapter set and bound."""
    return Printed(typesetter.chapter(document["source"], document, section), typesetter.style)


def solid(text: str) -> str:
    """The letters and digits of a text: lines and hyphens can break it anywhere."""
    return "".join(letter for letter in text if letter.isalnum())


def losses(found: Sequence[Loss]) -> list[str]:
    """Losses as lines: place and code, and what fills the sentence."""
    return [f"{loss.docname}:{loss.line or ''} {loss.code} {loss.values.get('name', '')}".rstrip() for loss in found]


def lost(document: nodes.document, within: str) -> list[str]:
    """The words of a tree that a solid text does not have."""
    texts = (str(node) for node in document.findall(nodes.Text))
    wanted = dict.fromkeys(word for text in texts for word in re.findall(r"[^\W_]+", text))
    return [word for word in wanted if word not in within]


def picture(path: Path, size: tuple[int, int] = (40, 20), kind: str = "PNG") -> Path:
    """A picture of one colour."""
    Image.new("RGB", size, "navy").save(path, kind)
    return path


def image(path: Path, **attributes: object) -> nodes.image:
    """An image node as the manuscript leaves it."""
    return nodes.image(uri=path.name, path=str(path), digest="0" * 64, **attributes)
