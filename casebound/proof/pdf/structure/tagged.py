"""A tagged file: its structure tree, the content of its pages and their annotations, each read once."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

from casebound.proof.pdf.content.decoding import Decoder, decoder
from casebound.proof.pdf.content.marked import PageContent, read_content
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.pdf.structure.tree import TaggedElement, TagTree, entry, items, number_of, read_tree

__all__ = ["PlacedAnnotation", "TaggedFile"]


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation with its 0-based page."""

    page: int
    entries: DictionaryObject

    @property
    def kind(self) -> str:
        return str(entry(self.entries, "/Subtype") or "/")[1:]


class TaggedFile:
    """A file that has a structure tree."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self._decoders: dict[int, Decoder] = {}

    @cached_property
    def structure(self) -> DictionaryObject | None:
        """The root of the structure tree; None where there is none."""
        root = entry(self.file.root, "/StructTreeRoot")
        return root if isinstance(root, DictionaryObject) else None

    @cached_property
    def tree(self) -> TagTree:
        return read_tree(self.structure or DictionaryObject(), self.file.page_numbers)

    @cached_property
    def elements(self) -> tuple[TaggedElement, ...]:
        """All elements in reading order."""
        return tuple(self.tree.walk())

    @cached_property
    def annotations(self) -> Mapping[int, PlacedAnnotation]:
        """The annotations of all pages by the numbers of their objects."""
        return {
            number_of(each): PlacedAnnotation(number, value)
            for number, page in enumerate(self.file.page_dictionaries)
            for each in (items(page.raw_get("/Annots")) if "/Annots" in page else ())
            if isinstance(value := each.get_object(), DictionaryObject)
        }

    @cached_property
    def pages(self) -> tuple[PageContent, ...]:
        """What is on each page."""
        return tuple(map(self._content, self.file.page_dictionaries))

    def _content(self, page: DictionaryObject) -> PageContent:
        streams = [part.get_object() for part in items(page.raw_get("/Contents"))] if "/Contents" in page else []
        data = b"\n".join(part.get_data() for part in streams if isinstance(part, StreamObject))
        resources = self._inherited(page, "/Resources")
        content = read_content(data, self._fonts(resources), _properties(resources))
        content.faults += _tagged_forms(resources)
        return content

    def _inherited(self, page: Any, key: str) -> Any:
        while page is not None and key not in page:
            page = entry(page, "/Parent")
        return entry(page, key)

    def _fonts(self, resources: Any) -> dict[bytes, Decoder]:
        found: dict[bytes, Decoder] = {}
        fonts = entry(resources, "/Font")
        for name in fonts or ():
            raw = fonts.raw_get(name)
            number = number_of(raw) or id(raw)
            if number not in self._decoders:
                self._decoders[number] = decoder(raw.get_object())
            found[str(name).encode("latin-1", "replace")] = self._decoders[number]
        return found


def _properties(resources: Any) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    listed = entry(resources, "/Properties")
    for name in listed or ():
        stream = io.BytesIO()
        listed.raw_get(name).get_object().write_to_stream(stream)
        found[str(name).encode("latin-1", "replace")] = stream.getvalue()
    return found


def _tagged_forms(resources: Any) -> list[str]:
    """Drawings that hold tags of their own: what draws them has the tag."""
    forms = entry(resources, "/XObject")
    return [
        f"the drawing {name} has tags of its own"
        for name in forms or ()
        if isinstance(raw := forms.raw_get(name), IndirectObject)
        and isinstance(form := raw.get_object(), StreamObject)
        and form.get("/Subtype") == "/Form"
        and b"/MCID" in form.get_data()
    ]
