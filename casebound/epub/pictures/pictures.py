"""The pictures of the book, each once, as core media types (EPUB 3.3 3.2)."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from casebound.epub.pictures.svg import clean_svg
from casebound.model.diagnostics import said_by
from casebound.svg import BrokenSvg

__all__ = ["BrokenPicture", "FormulaDrawing", "PackagedPicture", "Pictures", "cover_picture"]

FormulaDrawing: TypeAlias = Callable[[str, bool], tuple[bytes, float, float] | None]

_BYTES, _PIXELS = 100_000_000, 60_000_000  # a picture above these is refused, as on paper
# what Pillow calls the formats that are in the container as they are
_AS_THEY_ARE = {"PNG": (".png", "image/png"), "JPEG": (".jpg", "image/jpeg"), "GIF": (".gif", "image/gif")}

# pixels of a picture: Apple Books refuses more, and no screen shows them
_SHOWN = 5_600_000
_PAGE_DPI = 192.0  # two dots a pixel
_COVER_WIDTH = 1600  # pixels, as shops ask for

# of 256: below it a tone is lost on a dark page; below it a pixel counts as left open; and how much of either matters
_DARK = 100
_OPEN = 128
_SOME = 0.03


class BrokenPicture(Exception):
    """A picture that cannot be shown; the text says why, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class PackagedPicture:
    """A picture in the container; its size in pixels is 0 where it has none of its own.

    A ``dense`` picture has more dots than pixels: its size must be said where it is shown.
    """

    name: str
    media_type: str
    data: bytes
    width: int = 0
    height: int = 0
    moving: bool = False
    dense: bool = False


class Pictures:
    """Takes pictures from files; the same picture from two files is in the container once.

    ``shown`` counts the places that show one and are no decoration, ``undescribed`` those without alternative text.
    """

    def __init__(self, drawn: FormulaDrawing | None = None) -> None:
        self._drawn = drawn
        self._taken: dict[str, PackagedPicture] = {}
        self._files: dict[str, PackagedPicture | BrokenPicture] = {}
        self.shown = 0
        self.undescribed = 0

    def take(self, path: str) -> PackagedPicture:
        """The picture of a file. Raises BrokenPicture where it cannot be shown."""
        if path not in self._files:
            try:
                self._files[path] = self._read(path)
            except BrokenPicture as error:
                self._files[path] = error
        found = self._files[path]
        if isinstance(found, BrokenPicture):
            raise found
        return found

    def formula(self, tex: str, block: bool) -> tuple[PackagedPicture, float, float] | None:
        """The picture of a formula, its width and its depth in em; None where it has none."""
        made = self._drawn(tex, block) if self._drawn is not None else None
        if made is None:
            return None
        source, width, depth = made
        digest = hashlib.sha256(source).hexdigest()
        if digest not in self._taken:
            self._taken[digest] = _picture(f"images/formula-{digest[:16]}", source)
        return self._taken[digest], width, depth

    def _read(self, path: str) -> PackagedPicture:
        try:
            if Path(path).stat().st_size > _BYTES:
                raise BrokenPicture(f"it is larger than {_BYTES // 1_000_000} MB.")
            source = Path(path).read_bytes()
        except OSError as error:
            raise BrokenPicture(error.strerror or "it cannot be read") from error
        digest = hashlib.sha256(source).hexdigest()
        if digest not in self._taken:
            made = _picture("images/", source)
            # by what is in the container: programs write the time into a drawing, which is not kept
            name = made.name.replace("/", f"/{hashlib.sha256(made.data).hexdigest()[:16]}")
            self._taken[digest] = replace(made, name=name)
        return self._taken[digest]

    def all(self) -> tuple[PackagedPicture, ...]:
        """Every picture taken, by its name."""
        return tuple(sorted({each.name: each for each in self._taken.values()}.values(), key=lambda each: each.name))


def _picture(stem: str, source: bytes) -> PackagedPicture:
    if not source:
        raise BrokenPicture("the file is empty.")
    if source.startswith(b"%PDF"):
        return _page(stem, source)
    if _is_svg(source):
        try:
            drawing = clean_svg(source)
        except BrokenSvg as error:
            raise BrokenPicture(said_by(error)) from error
        return PackagedPicture(
            f"{stem}.svg", "image/svg+xml", drawing.data, drawing.width, drawing.height, drawing.moving
        )
    return _bitmap(stem, source)


def _is_svg(source: bytes) -> bool:
    start = source.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return start == b"<" or source[:2] in (b"\xff\xfe", b"\xfe\xff", b"\x1f\x8b")


def _page(stem: str, source: bytes) -> PackagedPicture:
    """The first page of a PDF file, which has no place in an EPUB, as a bitmap."""
    try:
        drawn, (width, height) = _rendered(
            source, lambda width, height: min(_PAGE_DPI / 72, math.sqrt(_SHOWN / max(width * height, 1.0)))
        )
    except Exception as error:
        # PDFium says no more than that something is wrong
        raise BrokenPicture(said_by(error)) from error
    pixels = round(width * 4 / 3), round(height * 4 / 3)
    return PackagedPicture(f"{stem}.png", "image/png", _drawn(drawn, "PDF"), *pixels, dense=True)


def _rendered(source: bytes, scale: Callable[[float, float], float]) -> tuple[Image.Image, tuple[float, float]]:
    """The first page of a PDF file and its size in points; ``scale`` gives for this the pixels of a point."""
    with closing(pypdfium2.PdfDocument(source)) as document:
        page = document[0]
        size = page.get_size()
        return page.render(scale=scale(*size)).to_pil().convert("RGB"), size


def cover_picture(name: str, page: bytes) -> PackagedPicture:
    """A page, the first of a PDF file, as the cover. Raises pypdfium2's error for what is no PDF file."""
    drawn, _ = _rendered(page, lambda width, _: (_COVER_WIDTH - 1e-6) / width)  # PDFium rounds what is over up
    # A cover has a few tones and what lies between them at the edges of letters: a palette is half the size.
    few = drawn.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    data = BytesIO()
    few.save(data, "PNG", optimize=True)
    return PackagedPicture(name, "image/png", data.getvalue(), *drawn.size)


def _bitmap(stem: str, source: bytes) -> PackagedPicture:
    """A picture as it is if readers take its format, else as PNG."""
    try:
        with Image.open(BytesIO(source)) as image:
            if image.width * image.height > _PIXELS:
                raise BrokenPicture(f"it has {image.width} by {image.height} pixels.")
            image.load()
            kind, (width, height) = image.format or "", image.size
            moving = getattr(image, "n_frames", 1) > 1
            ending, media_type = _AS_THEY_ARE.get(kind, _AS_THEY_ARE["PNG"])
            shown = image if moving else _fit_to_be_read(image)
            data = source if shown is image and kind in _AS_THEY_ARE else _drawn(shown, kind)
    except BrokenPicture:
        raise
    except UnidentifiedImageError as error:
        raise BrokenPicture("it is not a readable image.") from error
    except Exception as error:
        # Pillow's readers raise whatever a damaged file leads them to
        raise BrokenPicture(said_by(error)) from error
    return PackagedPicture(stem + ending, media_type, data, width, height, moving and data is source)


def _fit_to_be_read(image: Image.Image) -> Image.Image:
    """The picture itself, or what a reader can show of it: no larger than readers take it, dark things on white."""
    if image.width * image.height > _SHOWN:
        factor = math.sqrt(_SHOWN / (image.width * image.height))
        upright = ImageOps.exif_transpose(image)
        full = upright if upright.mode in ("L", "RGB", "RGBA", "CMYK") else _coloured(upright)
        image = full.resize((int(full.width * factor), int(full.height * factor)), Image.Resampling.LANCZOS)
    return _on_white(image) if _is_dark_on_nothing(image) else image


def _coloured(image: Image.Image) -> Image.Image:
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _drawn(image: Image.Image, kind: str) -> bytes:
    drawn = BytesIO()
    if kind == "JPEG":
        image.save(drawn, kind, quality=90)
    elif kind in _AS_THEY_ARE:
        image.save(drawn, kind)
    else:
        _coloured(image).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def _is_dark_on_nothing(image: Image.Image) -> bool:
    """Whether a picture has dark things on a ground that is left open: on a dark page nobody would see them."""
    if not image.has_transparency_data:
        return False
    light, cover = image.convert("LA").split()
    shown = light.histogram(cover.point([0] * _OPEN + [255] * (256 - _OPEN)))
    ground = light.width * light.height - sum(shown)
    return ground > light.width * light.height * _SOME and sum(shown[:_DARK]) > sum(shown) * _SOME


def _on_white(image: Image.Image) -> Image.Image:
    """The picture on a sheet of white, as on paper."""
    coloured = image.convert("RGBA")
    sheet = Image.new("RGB", coloured.size, "white")
    sheet.paste(coloured, mask=coloured.getchannel("A"))
    return sheet
