"""What readers copy: ``python -m bench.reading SOURCE --build BUILD`` holds the text of a book against its source.

poppler, PDFium and MuPDF extract the text of the book's PDF in the order of its content; running heads and folios,
which are artifacts, are left out before. The words of each chapter must be those of the source in order. Words at a
page's foot (notes) and on its head (figures that moved there) come at another place: those are counted as moved. What
is added is said by no source: folios of the contents, letters in drawings and formulas.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2

from casebound import manuscript
from casebound.model.settings import ProjectFolders
from casebound.press.claims import is_printed
from casebound.proof.discrepancy import Discrepancy
from casebound.proof.order import compared
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.source.expectation import SourceReading
from casebound.proof.source.reading import reading
from casebound.proof.spoken import SpokenText
from casebound.proof.words import spoken_words

__all__ = ["main"]

_LONG = 12  # letters that are not found by chance
_BREAK = re.compile("[\x02\ufffe]")  # what PDFium writes for a hyphen at a line's end


def without_artifacts(path: Path, made: Path) -> None:
    """The file without what its content marks as artifacts."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            kept, depth = [], 0
            for each in pikepdf.parse_content_stream(page):
                name = str(each.operator)
                if name in {"BMC", "BDC"} and (depth or each.operands[0] == "/Artifact"):
                    depth += 1
                elif depth and name == "EMC":
                    depth -= 1
                elif not (depth and name in {"Tj", "TJ", "'", '"'}):
                    kept.append(each)
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
        pdf.save(made)


def _poppler(path: Path) -> list[str]:
    command = ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\f")


def _pdfium(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [_BREAK.sub("-", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def _mupdf(path: Path) -> list[str]:
    import pymupdf  # of the extra conformance; the mutool of distributions may be too old to know replacement text

    with pymupdf.open(path) as document:
        return [page.get_text() for page in document]


READERS: Mapping[str, Callable[[Path], list[str]]] = {"poppler": _poppler, "PDFium": _pdfium, "MuPDF": _mupdf}


def chapters(source: Path, conf: Path, build: Path) -> tuple[PdfFile, Sequence[tuple[str, range, SourceReading]]]:
    """The book, and each printed chapter: its name, its 0-based pages in the book, how it is to be read."""
    read = manuscript.read(ProjectFolders(source, conf, build))
    book = read.book
    file = PdfFile(build / "pdf" / f"{book.basename}.pdf")
    printed = [chapter for chapter in book.chapters() if is_printed(chapter, book, read)]
    starts = [file.destinations[chapter.heading.target].page for chapter in printed]  # type: ignore[union-attr]
    after = [spot.page for name, spot in file.destinations.items() if spot and name.startswith(":")]
    ends = [*starts[1:], min((page for page in after if page > starts[-1]), default=file.pages)]
    return file, [
        (chapter.name, range(start, end), reading(read.tree(chapter), book.language))
        for chapter, start, end in zip(printed, starts, ends, strict=True)
    ]


def _folio(file: PdfFile, target: str) -> str | None:
    """The folio of a named destination."""
    spot = file.destinations.get(target)
    return None if spot is None else file.labels[spot.page]


def _words(pages: Sequence[str], own: range) -> SpokenText:
    said = SpokenText()
    for page in own:
        words = spoken_words(pages[page])
        said.words += words
        said.pages += [page] * len(words)
    return said


def _is_moved(one: Discrepancy, others: Sequence[Discrepancy], whole: str) -> bool:
    """Whether what is missing at one place is at another one of the chapter."""
    text = "".join(one.expected.removesuffix(" …").split())
    return (len(text) > _LONG and text in whole) or any(text in "".join(other.found.split()) for other in others)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--conf", type=Path, help="the folder of its conf.py, if that is another")
    parser.add_argument("--build", type=Path, default=Path("build"))
    parser.add_argument("--shown", type=int, default=5, help="differences that are shown of each reader")
    given = parser.parse_args(arguments)
    source = given.source.resolve()
    file, known = chapters(source, (given.conf or source).resolve(), given.build.resolve())
    if shutil.which("pdftotext") is None:
        sys.exit("pdftotext is not installed (package poppler-utils)")
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.pdf"
        without_artifacts(file.path, plain)
        for name, reader in READERS.items():
            _told(name, reader(plain), file, known, given.shown)
    return 0


def _told(
    name: str, pages: Sequence[str], file: PdfFile, known: Sequence[tuple[str, range, SourceReading]], shown: int
) -> None:
    words = parted = moved = added = 0
    wrong: list[str] = []
    for chapter, own, source in known:
        said = _words(pages, own)
        order = compared(source, said, partial(_folio, file), loosely=True)
        words, parted = words + order.words, parted + order.parted
        whole = "".join(said.words)
        for one in order.differences:
            if not one.expected:
                added += 1
            elif _is_moved(one, order.differences, whole):
                moved += 1
            else:
                wrong.append(f"  {chapter}, page {one.page + 1}: expected “{one.expected}”, found “{one.found}”")
    print(
        f"{name}: {words:,} words, {len(wrong)} places differ, {moved} moved, {added} added, {parted} parted otherwise"
    )
    print("\n".join(wrong[:shown]))


if __name__ == "__main__":
    raise SystemExit(main())
