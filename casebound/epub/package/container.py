"""The container: EbookLib's package and a zip that is the same on every run (EPUB 3.3 4)."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from ebooklib.epub import EpubBook, EpubItem, EpubWriter
from lxml import etree

from casebound.epub.markup import XML_LANG
from casebound.epub.package.statements import Statement
from casebound.i18n.directions import is_right_to_left

__all__ = ["FOLDER", "ManifestItem", "contain"]

FOLDER = "EPUB"
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LEVEL = 9


@dataclass(frozen=True, slots=True)
class ManifestItem:
    """A file of the container: its id in the manifest, its name, what it is; ``spine`` items are read in order."""

    uid: str
    name: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    spine: bool = False


class _SteadyZip(zipfile.ZipFile):
    """A zip without clock and without the machine's file modes."""

    def writestr(
        self,
        zinfo_or_arcname: str | zipfile.ZipInfo,
        data: Any,
        compress_type: int | None = None,
        compresslevel: int | None = None,
    ) -> None:
        name = zinfo_or_arcname.filename if isinstance(zinfo_or_arcname, zipfile.ZipInfo) else zinfo_or_arcname
        info = zipfile.ZipInfo(name, _ZIP_TIME)
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        kind = zipfile.ZIP_DEFLATED if compress_type is None else compress_type
        super().writestr(info, data, kind, None if kind == zipfile.ZIP_STORED else _LEVEL)


class _Writer(EpubWriter):
    """EbookLib's writer with a language on the package, no declared prefixes, and the steady zip."""

    def _write_opf_file(self, root: Any) -> None:
        root.set(XML_LANG, self.book.language)
        if is_right_to_left(self.book.language):
            root.set("dir", "rtl")
        # every prefix in use is reserved (EPUB 3.3 D.5)
        root.attrib.pop("prefix", None)
        data = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
        self.out.writestr(f"{FOLDER}/content.opf", data)

    def write(self) -> None:
        with _SteadyZip(self.file_name, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as self.out:
            self.out.writestr("mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()


def contain(
    identifier: str, language: str, statements: Sequence[Statement], items: Sequence[ManifestItem], modified: datetime,
    vertical: bool = False,
) -> bytes:  # fmt: skip
    """The whole file. ``modified`` is an aware time in UTC; one item has the id ``ncx``.

    The pages of a ``vertical`` book follow one another from right to left (EPUB 3.3 5.7.1).
    """
    book = EpubBook()
    book.FOLDER_NAME = FOLDER
    book.metadata = {}
    book.set_identifier(identifier)
    book.language = language
    if vertical or is_right_to_left(language):
        book.set_direction("rtl")
    for one in statements:
        book.add_metadata(one.namespace, one.name, one.value or None, dict(one.attributes))
    for item in items:
        made = EpubItem(item.uid, item.name, item.media_type, item.data)
        made.properties = list(item.properties)
        book.add_item(made)
    book.spine = [item.uid for item in items if item.spine]
    out = BytesIO()
    writer = _Writer(out, book, {"mtime": modified, "spine_direction": True})
    writer.process()
    writer.write()
    data = out.getvalue()
    _check(data, len(statements) + 2, len(items))
    return data


def _check(data: bytes, statements: int, items: int) -> None:
    """EbookLib logs and loses what it cannot write; nothing may be missing."""
    with zipfile.ZipFile(BytesIO(data)) as container:
        package = etree.fromstring(container.read(f"{FOLDER}/content.opf"))
        names = container.namelist()
    if len(package[0]) != statements or len(package[1]) != items or len(set(names)) != len(names):
        raise ValueError("the package document does not hold all that was put into it")
