"""What is held of the torture book: readings of its outputs by pikepdf, PDFium and lxml, as lines of text."""

from __future__ import annotations

import ctypes
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
from lxml import etree

from casebound.model.book import Chapter
from casebound.model.style import Paper
from tests.bindery.readers import destinations, outline_picture
from tests.press.books import labels

XHTML = "{http://www.w3.org/1999/xhtml}"


@dataclass(frozen=True)
class Letter:
    """A visible character and its edges in points on the paper."""

    text: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Picture:
    """The edges of an image or a drawing in points."""

    kind: int
    left: float
    bottom: float
    right: float
    top: float


class Pages:
    """The pages of a PDF as PDFium reads them."""

    def __init__(self, path: Path, chapters: Sequence[Chapter], paper: Paper) -> None:
        self.path, self.paper = path, paper
        with pikepdf.open(path) as pdf:
            places = {name.decode(): page - 1 for name, (page, _, _) in destinations(pdf).items()}
            self.outline = outline_picture(pdf)
            self.links = list(self._links(pdf, chapters, places))
        self.labels = labels(path)
        starts = [places[chapter.heading.target] for chapter in chapters]
        match = re.search(r"^.*Index -> (.*)$", self.outline, re.MULTILINE)
        ends = [*starts[1:], places[match[1]] if match else len(self.labels)]
        self.spans = {
            chapter.name: range(start, end) for chapter, start, end in zip(chapters, starts, ends, strict=True)
        }
        self.spans["the index"] = range(ends[-1], len(self.labels))
        self.body = range(starts[0], len(self.labels))
        document = pypdfium2.PdfDocument(path)
        try:
            self.text = [_text(page, self._block(number)) for number, page in enumerate(document)]
            self.letters = [list(_letters(page)) for page in document]
            self.pictures = [list(_pictures(page)) for page in document]
        finally:
            document.close()

    @staticmethod
    def _links(pdf: pikepdf.Pdf, chapters: Sequence[Chapter], places: dict[str, int]) -> Iterator[str]:
        """Links in reading order, those of one target on one page once: the chapter they stand in, where they lead."""
        starts = [(places[chapter.heading.target], chapter.name) for chapter in chapters]
        by_number = dict(enumerate(page.label for page in pdf.pages))
        for number, page in enumerate(pdf.pages):
            stands = ([name for start, name in starts if start <= number] or ["front"])[-1]
            targets = dict.fromkeys(_target(link) for link in page.obj.get("/Annots", []))
            for target in targets:
                arrives = f" on {by_number[places[target]]}" if target in places else ""
                yield f"{stands} -> {target}{arrives}"

    def _block(self, number: int) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a page's text block."""
        width, height = self.paper.block
        x, y = self.paper.origin(number % 2 == 0)
        return x, y, x + width, y + height

    def chapter_text(self, name: str) -> str:
        """The words in a chapter's text block without folios, white space and hyphens folded, a sentence a line."""
        text = " ".join(self.text[number] for number in self.spans[name])
        text = re.sub(r"[\ufffe\u00ad\u0002]\s*", "", text)
        text = re.sub(r"\(p\.\s+\d+\)", "", text)
        return re.sub(r"(?<=[.:;?!]) ", "\n", " ".join(text.split())) + "\n"

    def index_text(self) -> str:
        """The entries of the index, a line each, without their folios."""
        lines = "\n".join(self.text[number] for number in self.spans["the index"]).splitlines()
        return "".join(f"{re.sub(r'(, [0-9]+)+$', '', line.strip())}\n" for line in lines if line.strip())

    def off_measure(self) -> list[str]:
        """Characters that stand outside the text block, running heads and folios apart."""
        found = []
        for number in self.body:
            left, bottom, right, top = self._block(number)
            for one in self.letters[number]:
                if one.bottom > top or one.top < bottom:  # running heads and folios
                    continue
                if one.left < left - 1 or one.right > right + 1:
                    found.append(f"{self.labels[number]}: {one}")
        return found

    def pictures_off_measure(self) -> list[str]:
        """Images and drawings that stand outside the text block."""
        found = []
        for number in self.body:
            left, bottom, right, top = self._block(number)
            for one in self.pictures[number]:
                if one.bottom > top:  # the rule below a running head
                    continue
                if one.left < left - 1 or one.right > right + 1 or one.bottom < bottom - 1:
                    found.append(f"{self.labels[number]}: {one}")
        return found

    def letters_of(self, chapter: str) -> list[Letter]:
        """Every visible character of a chapter."""
        return [one for number in self.spans[chapter] for one in self.letters[number]]

    def measures(self, chapter: str) -> list[str]:
        """The images and drawings of a chapter: how wide and high they are in points, and on which side they stand."""
        found = []
        for number in self.spans[chapter]:
            left, _, right, top = self._block(number)
            for one in self.pictures[number]:
                if one.kind != pdfium.FPDF_PAGEOBJ_PATH and one.bottom < top:
                    before, behind = one.left - left, right - one.right
                    side = "whole" if max(before, behind) < 2 else "left" if before < 2 else "right"
                    side = "centre" if side == "right" and abs(before - behind) < 2 else side
                    side = "within" if side == "right" and behind > 2 else side
                    found.append(f"{one.right - one.left:.0f} x {one.top - one.bottom:.0f} {side}")
        return found

    def captions(self, chapter: str) -> list[str]:
        """The first line of each caption of a chapter, with what stands nearest on the side where its owner stands.

        A figure stands above its caption, a table or a listing below it; nothing there within 30 points is "alone".
        """
        found = []
        for number in self.spans[chapter]:
            for line in self._lines(number):
                text = "".join(one.text for one in line)
                match = re.match(r"(Fig\.|Table|Listing)(\d+\.\d+)", text)
                if match and line[0].left < line[-1].left:
                    found.append(f"{match[1]} {match[2]}: {self._owner(number, line, match[1] == 'Fig.')}")
        return found

    def _lines(self, number: int) -> list[list[Letter]]:
        """The characters of a page by line: those whose lower edges lie within the height of a descender."""
        lines: list[list[Letter]] = []
        for one in self.letters[number]:
            last = lines[-1][-1] if lines else None
            if last and abs(last.bottom - one.bottom) < 5 and one.left > last.left - 1:
                lines[-1].append(one)
            else:
                lines.append([one])
        return lines

    def _owner(self, number: int, line: list[Letter], above: bool) -> str:
        top, bottom = max(one.top for one in line), min(one.bottom for one in line)
        if above:
            near = [one for one in self.pictures[number] if -1 <= one.bottom - top < 30]
            return "below its figure" if near else "alone"
        letters = [one for one in self.letters[number] if -1 <= bottom - one.top < 30]
        return "above its lines" if letters else "alone"


def _target(link: pikepdf.Object) -> str:
    if "/Dest" in link:
        return bytes(link.Dest).decode()
    return str(link.A.URI) if link.A.S == "/URI" else f"{link.A.F.F}"


def _text(page: pypdfium2.PdfPage, block: tuple[float, float, float, float]) -> str:
    """What stands in the text block; accents and descenders may lie a few points outside."""
    left, bottom, right, top = block
    textpage = page.get_textpage()
    text = str(textpage.get_text_bounded(left - 3, bottom - 6, right + 3, top + 3)).replace("\r\n", "\n")
    textpage.close()
    return text


def _letters(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    textpage = page.get_textpage()
    for index in range(textpage.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(textpage, index))
        if pdfium.FPDFText_IsGenerated(textpage, index) or not letter.strip():
            continue
        edges = [ctypes.c_double() for _ in range(4)]
        pdfium.FPDFText_GetCharBox(textpage, index, edges[0], edges[2], edges[1], edges[3])
        left, right, bottom, top = (edges[i].value for i in (0, 2, 1, 3))
        yield Letter(letter, left, bottom, right, top)
    textpage.close()


def _pictures(page: pypdfium2.PdfPage) -> Iterator[Picture]:
    """Images and the paths of drawings; PDFium opens the forms they lie in."""
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
    for one in page.get_objects(filter=kinds, max_depth=1):
        yield Picture(one.type, *one.get_bounds())


@dataclass(frozen=True)
class Edition:
    """An EPUB as lxml reads it."""

    path: Path

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """The root of every page, by its name, in the order of the names."""
        with zipfile.ZipFile(self.path) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".xhtml"))
            return {name.rpartition("/")[2]: etree.fromstring(archive.read(name)) for name in names}

    def elements(self) -> str:
        """A line for each page and its elements with their classes in alphabetical order."""
        lines = []
        for name, root in self.pages.items():
            found = {_element(one) for one in root.iter(f"{XHTML}*") if one.tag not in (f"{XHTML}head",)}
            found = {one for one in found if not re.match(r"(html|head|title|link|meta|body)\b", one)}
            lines.append(f"{name}: {' '.join(sorted(found))}\n")
        return "".join(lines)


def _element(one: etree._Element) -> str:
    return ".".join([etree.QName(one).localname, *sorted(set((one.get("class") or "").split()))])
