"""A tagged file: its structure tree, the content of its pages and their annotations, each read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from casebound.proof.pdf.content.decoding import Decoder, decoder
from casebound.proof.pdf.content.marked import PageContent, read_content
from casebound.proof.pdf.objects import entry, is_dictionary, is_stream, items, number_of, text_of
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.pdf.structure.tree import TaggedElement, TagTree, read_tree

__all__ = ["PlacedAnnotation", "TaggedFile"]


@dataclass(frozen=True, slots=True)
class PlacedAnnotation:
    """An annotation with its 0-based page."""

    page: int
    entries: Any

    @property
    def kind(self) -> str:
        return text_of(entry(self.entries, "/Subtype"))[1:]


class TaggedFile:
    """A file that has a structure tree."""

    def __init__(self, file: PdfFile) -> None:
        self.file = file
        self._decoders: dict[int, Decoder] = {}

    @cached_property
    def structure(self) -> Any:
        """The root of the structure tree; None where there is none."""
        root = entry(self.file.root, "/StructTreeRoot")
        return root if is_dictionary(root) else None

    @cached_property
    def tree(self) -> TagTree:
        return read_tree(self.structure, self.file.page_numbers)

    @cached_property
    def elements(self) -> tuple[TaggedElement, ...]:
        """All elements in reading order."""
        return tuple(self.tree.walk())

    @cached_property
    def annotations(self) -> Mapping[int, PlacedAnnotation]:
        """The annotations of all pages by the numbers of their objects."""
        return {
            number_of(annotation): PlacedAnnotation(number, annotation)
            for number, page in enumerate(self.file.page_dictionaries)
            for annotation in items(page.get("/Annots"))
            if is_dictionary(annotation)
        }

    @cached_property
    def pages(self) -> tuple[PageContent, ...]:
        """What is on each page."""
        return tuple(map(self._content, self.file.page_dictionaries))

    def _content(self, page: Any) -> PageContent:
        data = b"\n".join(part.read_bytes() for part in items(page.get("/Contents")) if is_stream(part))
        resources = _inherited(page, "/Resources")
        content = read_content(data, self._fonts(resources), _properties(resources))
        content.faults += _tagged_forms(resources)
        return content

    def _fonts(self, resources: Any) -> dict[bytes, Decoder]:
        found: dict[bytes, Decoder] = {}
        for name, font in _entries(resources, "/Font"):
            number = number_of(font)
            decode = self._decoders.get(number) or decoder(font)
            if number:
                self._decoders[number] = decode
            found[name.encode("latin-1", "replace")] = decode
        return found


def _inherited(page: Any, key: str) -> Any:
    while page is not None and key not in page:
        page = entry(page, "/Parent")
    return entry(page, key)


def _entries(resources: Any, kind: str) -> Iterable[tuple[str, Any]]:
    """The resources of a kind, by their names."""
    listed = entry(resources, kind)
    return listed.items() if is_dictionary(listed) else ()


def _properties(resources: Any) -> dict[bytes, bytes]:
    listed = _entries(resources, "/Properties")
    return {name.encode("latin-1", "replace"): value.unparse(resolved=True) for name, value in listed}


def _tagged_forms(resources: Any) -> list[str]:
    """Drawings that hold tags of their own: what draws them has the tag."""
    return [
        f"the drawing {name} has tags of its own"
        for name, form in _entries(resources, "/XObject")
        if is_stream(form) and form.get("/Subtype") == "/Form" and b"/MCID" in form.read_bytes()
    ]
