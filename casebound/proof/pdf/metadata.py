"""Metadata: what a file says of itself, in its information dictionary and in XMP (ISO 32000-2 14.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from lxml import etree

from casebound.model.book import Book
from casebound.model.diagnostics import problem
from casebound.proof.pdf.objects import entry, is_stream, text_of
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.report import CheckResult, some

__all__ = ["metadata"]

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC, _XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"


def metadata(file: PdfFile, book: Book, section: str = "") -> CheckResult:
    """Title, author, subject, keywords, language, identifier and dates; ``section`` is the title of a handout's."""
    title = f"{book.title}: {section}" if section else book.title
    wanted = {"Title": title, "Author": book.author, "Subject": book.subject, "Keywords": ", ".join(book.keywords)}
    faults = [*_information(file.information, wanted), *_packet(file, book, title), *_dates(file)]
    problems = (problem("metadata-differ", name=file.name, detail=some(faults)),) if faults else ()
    return CheckResult("metadata", {"faults": len(faults)}, problems)


def _folded(text: str) -> str:
    return " ".join(text.split())


def _information(found: Any, wanted: Mapping[str, str]) -> Iterator[str]:
    for key, value in wanted.items():
        said = _folded(text_of(entry(found, f"/{key}")))
        if said != _folded(value):
            yield f"its {key} is “{said}”, the book's “{_folded(value)}”"


def _root(file: PdfFile) -> etree._Element | None:
    stream = entry(file.root, "/Metadata")
    if not is_stream(stream):
        return None
    try:
        return etree.fromstring(stream.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def _packet(file: PdfFile, book: Book, title: str) -> Iterator[str]:
    root = _root(file)
    if root is None:
        yield "it has no metadata in XMP that can be read"
        return
    wanted = {"title": title, "creator": book.author, "description": book.subject, "language": book.language}
    for name, value in wanted.items():
        said = _folded(" ".join("".join(map(str, each.itertext())) for each in root.iter(f"{_DC}{name}")))
        if said != _folded(value):
            yield f"{name} in its XMP is “{said}”, the book's “{_folded(value)}”"
    identifier = _folded("".join(map(str, (each.text or "" for each in root.iter(f"{_DC}identifier")))))
    if identifier and identifier != book.print_identifier:
        yield f"its identifier is {identifier}, the book's {book.print_identifier}"
    if text_of(entry(file.root, "/Lang")) != book.language:
        yield f"its language is {text_of(entry(file.root, '/Lang')) or 'not said'}, the book's {book.language}"


def _dates(file: PdfFile) -> Iterator[str]:
    """The dates of the information dictionary are those of XMP."""
    root = _root(file)
    for key, name in (("CreationDate", "CreateDate"), ("ModDate", "ModifyDate")):
        said = text_of(entry(file.information, f"/{key}")).removeprefix("D:")[:14]
        found = root.find(f".//{_XMP}{name}") if root is not None else None
        other = _compact(found.text or "") if found is not None else ""
        if said != other:
            yield f"its {key} is {said or 'not said'}, in its XMP {other or 'not said'}"


def _compact(stamp: str) -> str:
    """A date of XMP as the information dictionary has it, without its zone."""
    try:
        return datetime.fromisoformat(stamp).strftime("%Y%m%d%H%M%S")
    except ValueError:
        return stamp
