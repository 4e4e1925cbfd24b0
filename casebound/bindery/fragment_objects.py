"""The objects of fragments, read once with pypdf, kept as bytes with gaps for the numbers they refer to.

A binding fills the gaps; nothing parsed is changed, so one reading feeds the book and all handouts. Equal
objects of different fragments (an image used twice) are one object here.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from dataclasses import dataclass
from io import BytesIO

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from casebound.bindery.syntax import literal
from casebound.model.fragment import FOLIO_MARK, STUB_FACE, STUB_SUBSET, Fragment

__all__ = ["FontKey", "FragmentObjects", "FragmentPage", "ObjectTemplate", "Ref"]

FontKey = tuple[str, int]
"""A face and the number of its subset."""

Ref = int | FontKey
"""What a gap refers to: an object by its index, or a font that every file makes for itself."""

_FACE, _SUBSET = f"/{STUB_FACE}", f"/{STUB_SUBSET}"
_SHINES = re.compile(rb"/SMask\b(?! */None)|/(?:ca|CA)\b(?! *1(?:\.0*)?\b(?!\.))|/BM\b(?! */Normal)|/Transparency\b")
_STREAM_KEYS = frozenset({"/Length"})
_LEFT_OUT = frozenset({"/Font", "/ProcSet"})  # fonts are merged with those of the heads; ProcSet is obsolete (14.2)


@dataclass(frozen=True, slots=True)
class ObjectTemplate:
    """An object as ``len(refs) + 1`` pieces of bytes around its references; ``data`` is a stream's encoded data."""

    parts: tuple[bytes, ...]
    refs: tuple[Ref, ...]
    data: bytes | None = None


@dataclass(frozen=True, slots=True)
class FragmentPage:
    """One page of a fragment: its content streams, its fonts by resource name, its other resources.

    ``content`` is the plain content of a page with folio boxes to be filled.
    """

    contents: tuple[Ref, ...]
    content: bytes | None
    fonts: tuple[tuple[bytes, Ref], ...]
    resources: ObjectTemplate


class FragmentObjects:
    """All objects read so far, and the sheets of each fragment."""

    def __init__(self) -> None:
        self.templates: list[ObjectTemplate] = []
        self._indices: dict[ObjectTemplate, int] = {}
        self._sheets: dict[bytes, tuple[FragmentPage, ...]] = {}
        self._packed: dict[bytes, bytes] = {}
        self._transparent: dict[ObjectTemplate, bool] = {}

    def sheets(self, fragment: Fragment) -> tuple[FragmentPage, ...]:
        """The pages of a fragment, read on the first call. Raises ValueError where its sidecar counts others."""
        if fragment.pdf not in self._sheets:
            self._sheets[fragment.pdf] = _FragmentReading(self, fragment).sheets()
        every = self._sheets[fragment.pdf]
        sheets = tuple(sheet for page, sheet in enumerate(every) if page not in fragment.dropped)
        if len(sheets) != fragment.pages:
            raise ValueError(f"{fragment.name} has {len(sheets)} pages, its sidecar says {fragment.pages}")
        return sheets

    def is_transparent(self, template: ObjectTemplate) -> bool:
        """Whether an object, or one that it refers to, lets shine through what is below it (11.3 to 11.6)."""
        known = self._transparent.get(template)
        if known is None:
            self._transparent[template] = any(map(_SHINES.search, template.parts))
            inner = (self.templates[ref] for ref in template.refs if isinstance(ref, int))
            known = self._transparent[template] = self._transparent[template] or any(map(self.is_transparent, inner))
        return known

    def packed(self, content: bytes) -> bytes:
        """Content compressed, once for all files that have it."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._packed:
            self._packed[digest] = zlib.compress(content, 9)
        return self._packed[digest]

    def index(self, template: ObjectTemplate) -> int:
        """The index of an object, the same for an equal one."""
        index = self._indices.setdefault(template, len(self.templates))
        if index == len(self.templates):
            self.templates.append(template)
        return index


class _FragmentReading:
    """One fragment being read."""

    def __init__(self, objects: FragmentObjects, fragment: Fragment) -> None:
        self._objects = objects
        self._name = fragment.name
        self._reader = PdfReader(BytesIO(fragment.pdf))
        self._refs: dict[tuple[int, int], Ref | None] = {}

    def sheets(self) -> tuple[FragmentPage, ...]:
        return tuple(self._sheet(page) for page in self._reader.pages)

    def _sheet(self, page: DictionaryObject) -> FragmentPage:
        resources = page.get("/Resources", DictionaryObject()).get_object()
        fonts = resources.get("/Font", DictionaryObject()).get_object()
        rest = {key: value for key, value in resources.items() if key not in _LEFT_OUT}
        content = page.get_contents() if isinstance(page, PageObject) else None
        plain = content.get_data() if content is not None else b""
        boxes = FOLIO_MARK.encode() in plain
        return FragmentPage(
            contents=() if boxes else self._contents(page),
            content=plain if boxes else None,
            fonts=tuple((_bytes(NameObject(key)), self._ref(value)) for key, value in fonts.items()),
            resources=self._entries(rest),
        )

    def _contents(self, page: DictionaryObject) -> tuple[Ref, ...]:
        if "/Contents" not in page:
            return ()
        raw = page.raw_get("/Contents")
        found = raw.get_object()
        if isinstance(found, ArrayObject):
            return tuple(self._ref(part) for part in found)
        return (self._ref(raw),)

    def _entries(self, entries: dict[str, PdfObject]) -> ObjectTemplate:
        """Keys and values without the brackets of a dictionary."""
        writing = _Writing(self)
        writing.entries(entries)
        return writing.template()

    def _ref(self, value: PdfObject) -> Ref:
        if isinstance(value, IndirectObject):
            return self.ref(value)
        return self._intern(value)

    def ref(self, pointer: IndirectObject) -> Ref:
        """What stands for an indirect reference."""
        key = (pointer.idnum, pointer.generation)
        if key in self._refs:
            known = self._refs[key]
            if known is None:
                raise ValueError(f"{self._name}: object {key[0]} contains itself")
            return known
        self._refs[key] = None
        found = pointer.get_object()
        self._refs[key] = ref = self._intern(found)
        return ref

    def _intern(self, value: PdfObject | None) -> Ref:
        if value is None:
            return self._objects.index(ObjectTemplate((b"null",), ()))
        stub = font_key(value)
        if stub is not None:
            return stub
        writing = _Writing(self)
        if isinstance(value, StreamObject):
            return self._objects.index(_stream(writing, value))
        writing.value(value)
        return self._objects.index(writing.template())


class _Writing:
    """Bytes and references of one object, gathered in order."""

    def __init__(self, reading: _FragmentReading) -> None:
        self._reading = reading
        self._parts = [bytearray()]
        self._refs: list[Ref] = []

    def template(self, data: bytes | None = None) -> ObjectTemplate:
        return ObjectTemplate(tuple(map(bytes, self._parts)), tuple(self._refs), data)

    def entries(self, entries: dict[str, PdfObject]) -> None:
        for key, value in entries.items():
            self._parts[-1] += _bytes(NameObject(key)) + b" "
            self.value(value)

    def add(self, data: bytes) -> None:
        self._parts[-1] += data

    def value(self, value: PdfObject) -> None:
        stub = font_key(value)
        if stub is not None:
            self._gap(stub)
        elif isinstance(value, IndirectObject):
            self._gap(self._reading.ref(value))
        elif isinstance(value, DictionaryObject):
            self.add(b"<<")
            self.entries(value)
            self.add(b">>")
        elif isinstance(value, ArrayObject):
            self.add(b"[")
            for member in value:
                self.value(member)
            self.add(b"]")
        elif isinstance(value, TextStringObject | ByteStringObject):
            self.add(literal(value.original_bytes))
        else:
            self.add(_bytes(value) + b" ")

    def _gap(self, ref: Ref) -> None:
        self._refs.append(ref)
        self._parts.append(bytearray(b" "))


def font_key(value: object) -> FontKey | None:
    """The face and subset that a stub font dictionary names; None for any other object."""
    if isinstance(value, DictionaryObject) and _FACE in value:
        return str(value[_FACE]).removeprefix("/"), int(str(value[_SUBSET]))
    return None


def _stream(writing: _Writing, stream: StreamObject) -> ObjectTemplate:
    """A stream as it is encoded; one that is not compressed becomes so."""
    data = _raw(stream)
    plain = "/Filter" not in stream
    writing.entries({key: value for key, value in stream.items() if key not in _STREAM_KEYS})
    if plain:
        writing.add(b"/Filter/FlateDecode")
        data = zlib.compress(data, 9)
    return writing.template(data)


def _raw(stream: StreamObject) -> bytes:
    """The encoded data of a stream: what follows its dictionary where pypdf writes it out."""
    whole = _bytes(stream)
    entries = DictionaryObject(stream)
    start = whole.index(b"\nstream\n", len(_bytes(entries)) - len(b">>"))
    return whole[start + len(b"\nstream\n") : -len(b"\nendstream")]


def _bytes(value: PdfObject) -> bytes:
    buffer = BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()
