"""Facts of a tagged file: its catalog, its language, the standards that it claims (ISO 14289-1, ISO 19005-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from casebound.proof.pdf.objects import entry, is_stream, items, text_of
from casebound.proof.pdf.reader import PdfFile

__all__ = ["catalog_faults", "claimed", "colour_faults", "is_language"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_UA, _A = "{http://www.aiim.org/pdfua/ns/id/}", "{http://www.aiim.org/pdfa/ns/id/}"
_SCHEMAS = "{http://www.aiim.org/pdfa/ns/extension/}schemas"
_DC = "{http://purl.org/dc/elements/1.1/}"


def is_language(value: str) -> bool:
    """Whether a value is a language tag (BCP 47)."""
    return _LANGUAGE.fullmatch(value) is not None


def _packet(file: PdfFile) -> etree._Element | None:
    stream = entry(file.root, "/Metadata")
    if not is_stream(stream):
        return None
    try:
        return etree.fromstring(stream.read_bytes(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None


def claimed(file: PdfFile) -> tuple[str, ...]:
    """The standards that a file says it conforms to, by the words that settings have for them."""
    packet = _packet(file)
    if packet is None:
        return ()
    said = {name: _said(packet, name) for name in (f"{_UA}part", f"{_A}part", f"{_A}conformance")}
    found = [f"ua-{said[f'{_UA}part']}"] if said[f"{_UA}part"] else []
    if said[f"{_A}part"]:
        found.append(f"a-{said[f'{_A}part']}{said[f'{_A}conformance'].lower()}")
    return tuple(found)


def _said(packet: etree._Element, name: str) -> str:
    """A property, as an element or as an attribute."""
    for each in packet.iter():
        if each.tag == name:
            return (each.text or "").strip()
        if name in each.attrib:
            return str(each.attrib[name]).strip()
    return ""


def catalog_faults(file: PdfFile) -> Iterator[str]:
    """What the catalog of a tagged file has to say, and does not."""
    marks = entry(file.root, "/MarkInfo")
    if entry(marks, "/Marked") is not True:
        yield "the catalog does not say that it is tagged"
    if entry(marks, "/Suspects") is True:
        yield "the catalog calls its own tags suspect"
    language = entry(file.root, "/Lang")
    if language is None:
        yield "the catalog names no language"
    elif not is_language(text_of(language)):
        yield f"the language of the catalog is {text_of(language)!r}"
    if entry(entry(file.root, "/ViewerPreferences"), "/DisplayDocTitle") is not True:
        yield "windows are to show the name of the file and not its title"
    packet = _packet(file)
    title = packet.find(f".//{_DC}title") if packet is not None else None
    if title is None or not "".join(map(str, title.itertext())).strip():
        yield "its metadata have no title"


def colour_faults(file: PdfFile) -> Iterator[str]:
    """What a file that claims PDF/A has to have besides: its colours, and a description of what it says of itself."""
    intents = items(entry(file.root, "/OutputIntents"))
    profiles = [entry(each, "/DestOutputProfile") for each in intents if entry(each, "/S") == "/GTS_PDFA1"]
    if not any(map(is_stream, profiles)):
        yield "there is no output intent, which says what its colours are"
    packet = _packet(file)
    if packet is not None and _said(packet, f"{_UA}part") and packet.find(f".//{_SCHEMAS}") is None:
        yield "its metadata do not describe the properties of PDF/UA"
