"""A tiny book and its outputs, made by reportlab, pikepdf and zipfile: without a fault until a test seeds one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from casebound.model.book import Book, Chapter, Heading
from casebound.model.outline import OutlineEntry, book_outline, chapter_outline
from casebound.proof import Claim
from casebound.proof.words import count

PAPER = (300.0, 300.0)


def _face() -> str:
    spec = find_spec("font_source_sans_pro")
    assert spec and spec.submodule_search_locations
    return str(sorted(Path(spec.submodule_search_locations[0], "files").glob("*Regular.ttf"))[0])


pdfmetrics.registerFont(TTFont("Plain", _face()))


def chapter(name: str, title: str, depth: int, *children: Chapter, headings: tuple[Heading, ...] = ()) -> Chapter:
    return Chapter(name, name, depth, Heading(title, f"{name}:", children=headings), children)


RPC = chapter("rpc", "Calls over the wire", 2, headings=(Heading("Casts", "rpc:casts"),))
CELLS = chapter("cells", "Cells", 2)
GMR = chapter("gmr", "Reports", 2)
INTERNALS = chapter("internals", "Internals", 1, RPC, CELLS)
DEBUGGING = chapter("debugging", "Debugging", 1, GMR)
BOOK = Book("Deep Dives", chapter("index", "Deep Dives", 0, INTERNALS, DEBUGGING), "book")

TEXTS = {
    "index": "Deep Dives\nHow the insides of a cloud work",
    "internals": "Internals\nWhat lies beneath",
    "rpc": "Calls over the wire\nA call waits for its answer\nCasts\nA cast never waits",
    "cells": "Cells\nDatabases stand apart",
    "gmr": "Reports\nWhat a process says of itself",
    "debugging": "Debugging\nWhen it does not work",
}
ORDER = ("index", "internals", "rpc", "cells", "debugging", "gmr")
WORDS = {name: count(text) for name, text in TEXTS.items()}


@dataclass
class Sheet:
    """One page: its lines of text with their place, its label and the folio printed on it."""

    lines: list[tuple[float, float, str]]
    label: str
    folio: str
    names: dict[str, float] = field(default_factory=dict)
    font: str = "Plain"


@dataclass
class Copy:
    """A PDF in the making: sheets, outline, links as (0-based page, dictionary)."""

    sheets: list[Sheet]
    outline: tuple[OutlineEntry, ...]
    links: list[tuple[int, Dictionary]] = field(default_factory=list)
    shuffled: bool = False

    def sheet(self, name: str) -> Sheet:
        return next(sheet for sheet in self.sheets if f"{name}:" in sheet.names)

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with pikepdf.open(_drawn(self.sheets)) as pdf:
            pages = [page.obj for page in pdf.pages]
            spots = {
                name: Array([pages[number], Name.XYZ, 0, top, None])
                for number, sheet in enumerate(self.sheets)
                for name, top in sheet.names.items()
            }
            names = sorted(spots, key=lambda name: name.encode(), reverse=self.shuffled)
            tree = Array([item for name in names for item in (String(name), spots[name])])
            pdf.Root.Names = Dictionary(Dests=Dictionary(Names=tree))
            _label(pdf, self.sheets)
            _outline(pdf, self.outline, spots)
            pdf.Root.PageMode = Name.UseOutlines
            for number, link in self.links:
                pages[number].Annots = Array([*pages[number].get("/Annots", []), pdf.make_indirect(link)])
            pdf.save(path)
        return path


def _drawn(sheets: Iterable[Sheet]) -> io.BytesIO:
    target = io.BytesIO()
    drawing = canvas.Canvas(target, pagesize=PAPER, initialFontName="Plain")
    for sheet in sheets:
        drawing.setFont(sheet.font, 10)
        for x, y, text in sheet.lines:
            drawing.drawString(x, y, text)
        drawing.drawRightString(280, 280, sheet.folio)
        drawing.showPage()
    drawing.save()
    target.seek(0)
    return target


def _label(pdf: pikepdf.Pdf, sheets: list[Sheet]) -> None:
    numbers = Array()
    for number, sheet in enumerate(sheets):
        numbers.append(number)
        numbers.append(Dictionary(P=String(sheet.label)))
    pdf.Root.PageLabels = Dictionary(Nums=numbers)


def _outline(pdf: pikepdf.Pdf, entries: tuple[OutlineEntry, ...], spots: dict[str, Array]) -> None:
    with pdf.open_outline() as outline:

        def item(entry: OutlineEntry) -> pikepdf.OutlineItem:
            made = pikepdf.OutlineItem(entry.title, spots.get(entry.target, next(iter(spots.values()))))
            made.children.extend(item(child) for child in entry.children)
            return made

        outline.root.extend(item(entry) for entry in entries)


def named(target: str) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[20, 20, 60, 40], Dest=String(target))


def sibling(file: str, target: str) -> Dictionary:
    action = Dictionary(S=Name.GoToR, F=Dictionary(Type=Name.Filespec, F=file, UF=file), D=String(target))
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[20, 20, 60, 40], A=action)


def _sheet(name: str, folio: int) -> Sheet:
    lines = [(20.0, 240.0 - 20 * number, text) for number, text in enumerate(TEXTS[name].split("\n"))]
    names = {f"{name}:": 255.0} | ({"rpc:casts": 215.0} if name == "rpc" else {})
    return Sheet([*lines, (20.0, 280.0, "Running head")], str(folio), str(folio), names)


def book_copy() -> Copy:
    """The book's PDF without a fault: cover, contents, six chapters, an index."""
    cover = Sheet([(20, 150, "Deep Dives")], "i", "")
    contents = Sheet([(20, 200, "Contents"), (20, 180, "Internals 2")], "ii", "ii")
    index = Sheet([(20, 200, "Index"), (20, 180, "cell 4")], "7", "7")
    body = [_sheet(name, folio) for folio, name in enumerate(ORDER, 1)]
    outline = (OutlineEntry("Cover"), OutlineEntry("Contents"), *book_outline(BOOK), OutlineEntry("Index"))
    return Copy([cover, contents, *body, index], outline, [(2, named("rpc:")), (3, named("rpc:casts"))])


def first_handout() -> Copy:
    """The handout of the first section without a fault."""
    body = [_sheet(name, folio) for folio, name in enumerate(ORDER, 1) if name in ("internals", "rpc", "cells")]
    return Copy(body, (chapter_outline(INTERNALS),), [(1, sibling("02-debugging.pdf", "gmr:"))])


def second_handout() -> Copy:
    """The handout of the second section without a fault."""
    body = [_sheet(name, folio) for folio, name in enumerate(ORDER, 1) if name in ("debugging", "gmr")]
    return Copy(body, (chapter_outline(DEBUGGING),))


def claim_pdf(path: Path) -> Claim:
    return Claim(BOOK, pdf=path, words=WORDS)


@dataclass
class Parcel:
    """An EPUB in the making: its files in order, and whether mimetype is stored first."""

    files: dict[str, str]
    mimetype_first: bool = True

    def edit(self, name: str, old: str, new: str) -> Parcel:
        assert old in self.files[name], f"{old!r} is not in {name}"
        return replace(self, files=self.files | {name: self.files[name].replace(old, new)})

    def write(self, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            if self.mimetype_first:
                archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            for name, text in self.files.items():
                archive.writestr(name, text)
            if not self.mimetype_first:
                archive.writestr("mimetype", "application/epub+zip")
        return path


XHTML = (
    '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"'
    ' xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en"><head><title>{title}</title></head>'
    "<body>{body}</body></html>"
)


def _nav_list(entries: Iterable[OutlineEntry]) -> str:
    def item(entry: OutlineEntry) -> str:
        docname, _, ident = entry.target.partition(":")
        children = _nav_list(entry.children) if entry.children else ""
        return f'<li><a href="{docname}.xhtml#{ident or "top"}">{entry.title}</a>{children}</li>'

    return f"<ol>{''.join(map(item, entries))}</ol>"


def _body(name: str) -> str:
    title, *rest = TEXTS[name].split("\n")
    text = "".join(f'<h2 id="casts">{line}</h2>' if line == "Casts" else f"<p>{line}</p>" for line in rest)
    return f'<section id="top"><h1>{title}</h1>{text}<p><a href="rpc.xhtml#casts">A cast</a></p></section>'


def book_parcel() -> Parcel:
    """The book's EPUB without a fault."""
    pages = {f"EPUB/{name}.xhtml": XHTML.format(title=TEXTS[name].split("\n")[0], body=_body(name)) for name in ORDER}
    nav = f'<nav epub:type="toc" id="toc"><h1>Contents</h1>{_nav_list(book_outline(BOOK))}</nav>'
    items = "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in ORDER)
    spine = "".join(f'<itemref idref="{name}"/>' for name in ORDER)
    opf = f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x-book</dc:identifier>
<dc:title>Deep Dives</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>
<manifest>{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>
<spine>{spine}</spine></package>"""
    container = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
    files = {"META-INF/container.xml": container, "EPUB/book.opf": opf}
    return Parcel(files | {"EPUB/nav.xhtml": XHTML.format(title="Contents", body=nav)} | pages)
