"""What mutants are seeded with: operators of a page's content, files in the zip of an EPUB."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Operator

__all__ = ["Instructions", "changed", "drawing", "page_with", "rezipped", "said", "texts"]

Instructions = list[tuple[list[Any], str]]
"""Operators of a content with their operands."""


@contextmanager
def changed(path: Path) -> Iterator[pikepdf.Pdf]:
    """A PDF, written back when what was done with it is done."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        yield pdf
        pdf.save(path)


def drawing(pdf: pikepdf.Pdf, page: int, change: Callable[[Instructions], Instructions]) -> None:
    """Change the operators of a 0-based page. It must become another page."""
    sheet = pdf.pages[page]
    sheet.contents_coalesce()
    before = [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(sheet)]
    old = sheet.Contents.read_bytes()
    after = [(operands, Operator(operator)) for operands, operator in change(before)]
    sheet.Contents = pdf.make_stream(pikepdf.unparse_content_stream(after))
    assert sheet.Contents.read_bytes().split() != old.split(), "nothing was changed"


def said(operands: list[Any]) -> bytes:
    """What a TJ shows, as it is in its strings: letters of ASCII are their own codes."""
    return b"".join(bytes(each) for each in operands[0] if isinstance(each, pikepdf.String))


def texts(instructions: Instructions) -> Iterator[tuple[int, bytes]]:
    """The places of the operators that show text, and what they show."""
    for at, (operands, operator) in enumerate(instructions):
        if operator == "TJ":
            yield at, said(operands)


def page_with(pdf: pikepdf.Pdf, text: bytes, after: int = 0) -> int:
    """The 0-based page from ``after`` on that shows a text in one operator."""
    for number, sheet in enumerate(pdf.pages):
        if number >= after:
            instructions = [(list(e.operands), str(e.operator)) for e in pikepdf.parse_content_stream(sheet)]
            if any(text in shown for _, shown in texts(instructions)):
                return number
    raise LookupError(text)


def rezipped(path: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Change the files of an EPUB, by their names in the zip, and pack it again in their order. They must change."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    before = list(files.items())
    change(files)
    assert list(files.items()) != before, "nothing was changed"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, kind)
