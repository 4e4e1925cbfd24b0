"""The README's pictures: pages of the finished book and a chapter of the EPUB as a small screen shows it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from lxml import etree
from PIL import Image, ImageOps

__all__ = ["BROWSERS", "Subject", "draw"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_HEIGHT = 420  # pixels of a picture
_SCREEN = (390, 552)  # of the reader, in CSS pixels
_EDGE = "#c6ccd2"
_COLOURS = 255


@dataclass(frozen=True, slots=True)
class Subject:
    """What the pictures show: the book, a handout, the EPUB, and the title of a chapter."""

    book: Path
    handout: Path
    epub: Path
    chapter: str


def draw(subject: Subject, folder: Path) -> list[Path]:
    """Write the four pictures and give their paths. Raises LookupError where a chapter or a browser is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {
        "cover": _page(subject.book, 0),
        "chapter": _page(subject.book, _opening(subject.book, subject.chapter)),
        "handout": _page(subject.handout, 0),
        "reader": _reader(subject.epub, subject.chapter),
    }
    return [_write(picture, folder / f"{name}.png") for name, picture in pictures.items()]


def _write(picture: Image.Image, path: Path) -> Path:
    """The picture at its height, with an edge, in few colours: some ten thousand bytes."""
    small = picture.resize((round(picture.width * _HEIGHT / picture.height), _HEIGHT), Image.Resampling.LANCZOS)
    framed = ImageOps.expand(small.convert("RGB"), border=1, fill=_EDGE)
    framed.quantize(_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def _page(path: Path, number: int) -> Image.Image:
    document = pypdfium2.PdfDocument(path)
    try:
        drawn: Image.Image = document[number].render(scale=2).to_pil()
        return drawn
    finally:
        document.close()


def _opening(path: Path, title: str) -> int:
    """The 0-based page that the outline's entry of this title opens."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        entries = [entry for top in outline.root for entry in (top, *top.children)]
        for entry in entries:
            if entry.title.endswith(title):
                page = names[str(entry.destination)][0]
                return next(number for number, each in enumerate(pdf.pages) if each.obj.objgen == page.objgen)
    raise LookupError(f"{path.name} has no chapter {title}.")


def _reader(path: Path, title: str) -> Image.Image:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        raise LookupError(f"No browser is installed to show the EPUB: {', '.join(BROWSERS)}.")
    with _unpacked(path) as folder:
        chapter = next(each for each in sorted(folder.rglob("*.xhtml")) if _heading(each).endswith(title))
        wide, high = _SCREEN
        frame = folder / "screen.html"
        frame.write_text(
            f'<body style="margin:0"><iframe src="{chapter.relative_to(folder).as_posix()}" '
            f'style="border:0;width:{wide}px;height:{high}px" scrolling="no"></iframe></body>'
        )
        shot = folder / "shot.png"
        subprocess.run(
            [
                browser, "--headless", "--no-sandbox", "--disable-gpu", "--force-device-scale-factor=2",
                "--hide-scrollbars", f"--window-size={wide + 200},{high + 200}", f"--screenshot={shot}", frame.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        with Image.open(shot) as picture:
            return picture.crop((0, 0, wide * 2, high * 2))


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
        yield Path(folder)


def _heading(path: Path) -> str:
    heading = etree.parse(path).find(".//{http://www.w3.org/1999/xhtml}h1")
    return "" if heading is None else " ".join("".join(map(str, heading.itertext())).split())
