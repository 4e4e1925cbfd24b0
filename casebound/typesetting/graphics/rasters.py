"""Pictures of dots: read by Pillow (PDF pages by PDFium), JPEG files passed on as they are, all others without loss."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageFile, ImageOps
from reportlab.lib.utils import ImageReader

__all__ = ["BrokenRaster", "Dots", "draw", "page_of_pdf", "read"]

_PIXELS = 60_000_000  # a raster above this many is refused: it would cost minutes and gigabytes
_KEPT = 4_000_000  # a raster above this many is not kept in memory until it is drawn, but read again
_DPI = 96.0  # of a raster that does not say, or says 72: what cameras and Pillow put where nobody chose
_FINEST = 300.0  # dots per inch in print: half as many again are brought down to this
_LARGE_JPEG = 500_000  # bytes: a smaller file is never brought down
_RENDERED = 300.0  # dots per inch of a PDF page
_MOST_RENDERED = 12_000_000

_TURNS = {
    2: lambda w, h: (-1, 0, 0, 1, w, 0),
    3: lambda w, h: (-1, 0, 0, -1, w, h),
    4: lambda w, h: (1, 0, 0, -1, 0, h),
    5: lambda w, h: (0, -1, -1, 0, w, h),
    6: lambda w, h: (0, -1, 1, 0, 0, h),
    7: lambda w, h: (0, 1, 1, 0, 0, 0),
    8: lambda w, h: (0, 1, -1, 0, w, 0),
}
"""EXIF orientation -> matrix that is a picture drawn in its stored sides upright in a box of width and height."""


class BrokenRaster(Exception):
    """A raster that cannot be shown; the message says why."""


@dataclass(frozen=True)
class Dots:
    """A raster: its natural size in points, its dots, and a JPEG file's bytes with the way it is to be turned."""

    width: float
    height: float
    image: Callable[[], Image.Image]
    jpeg: bytes | None = None
    turn: int = 1


def read(path: Path) -> Dots:
    """The raster in a file. Raises BrokenRaster."""
    try:
        image, jpeg = _opened(path)
        turn = _turn(image)
        upright = image if jpeg else ImageOps.exif_transpose(image)
        width, height = _natural(image, turned=turn > 4)
        if image.width * image.height > _KEPT:
            return Dots(width, height, lambda: _again(path), jpeg, turn if jpeg else 1)
        plain = _plain(upright)
        return Dots(width, height, lambda: plain, jpeg, turn if jpeg else 1)
    except BrokenRaster:
        raise
    except Exception as error:
        # Pillow's readers end in whatever error a malformed file leads them to
        raise BrokenRaster(str(error) or type(error).__name__) from error


def page_of_pdf(path: Path) -> Dots:
    """The first page of a PDF file. Raises BrokenRaster."""
    try:
        with closing(pypdfium2.PdfDocument(path)) as document:
            page = document[0]
            width, height = page.get_size()
            scale = min(_RENDERED / 72, (_MOST_RENDERED / max(width * height, 1.0)) ** 0.5)
            image = _plain(page.render(scale=scale).to_pil().convert("RGB"))
    except Exception as error:
        raise BrokenRaster(str(error) or type(error).__name__) from error
    return Dots(float(width), float(height), lambda: image)


def draw(dots: Dots, canvas: Any, width: float, height: float) -> None:
    """Draw with the lower left corner at the origin, in a size in points."""
    jpeg = dots.jpeg
    if jpeg is None:
        canvas.drawImage(ImageReader(_brought_down(dots.image(), width)), 0, 0, width, height, mask="auto")
        return
    if dots.turn > 4:
        height, width = width, height
    canvas.saveState()
    if dots.turn in _TURNS:
        box = (height, width) if dots.turn > 4 else (width, height)
        canvas.transform(*_TURNS[dots.turn](*box))
    canvas.drawImage(_Jpeg(BytesIO(_lighter(jpeg, width))), 0, 0, width, height)
    canvas.restoreState()


class _Jpeg(ImageReader):
    """A JPEG file that goes into the PDF as it is; its bytes stand for its dots where one is told from another."""

    def getRGBData(self) -> bytes:  # noqa: N802
        self._dataA = None
        return self.fp.getvalue()  # type: ignore[no-any-return]

    def jpeg_fh(self) -> BytesIO:
        return self._jpeg_fh()  # type: ignore[no-any-return]


def _opened(path: Path) -> tuple[Image.Image, bytes | None]:
    """The first frame of a file with all its dots read, and the file's bytes if it can go into a PDF as it is."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    with Image.open(path) as file:
        if file.width * file.height > _PIXELS:
            raise BrokenRaster(f"it has {file.width} by {file.height} pixels")
        file.load()
        fit = file.format in {"JPEG", "MPO"} and file.mode in {"L", "RGB"}
        image = file.copy()
        image.info.update({key: file.info[key] for key in ("dpi", "exif", "transparency") if key in file.info})
    return image, path.read_bytes() if fit else None


def _again(path: Path) -> Image.Image:
    image, _ = _opened(path)
    return _plain(ImageOps.exif_transpose(image))


def _turn(image: Image.Image) -> int:
    turn = image.getexif().get(0x0112, 1)
    return turn if turn in _TURNS else 1


def _natural(image: Image.Image, *, turned: bool) -> tuple[float, float]:
    try:
        dpi = float(image.info["dpi"][0])
    except (KeyError, TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = _DPI
    dpi = dpi if 50 <= dpi <= 1200 and round(dpi) != 72 else _DPI
    width, height = max(image.width * 72 / dpi, 1.0), max(image.height * 72 / dpi, 1.0)
    return (height, width) if turned else (width, height)


def _plain(image: Image.Image) -> Image.Image:
    """The image with eight bits a channel, grey or RGB, with an alpha channel only where something shines through."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    elif "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode == "1":
        image = image.convert("L")
    elif image.mode == "PA":
        image = image.convert("RGBA")
    elif image.mode not in {"L", "LA", "RGB", "RGBA"}:
        image = image.convert("RGB")
    if image.mode in {"LA", "RGBA"} and image.getchannel("A").getextrema()[0] == 255:
        image = image.convert(image.mode[:-1])
    plain = image.copy()
    plain.info.clear()
    return plain


def _brought_down(image: Image.Image, width: float) -> Image.Image:
    """The image with no more dots than print can show."""
    wanted = max(round(width / 72 * _FINEST), 1)
    if image.width <= 1.5 * wanted:
        return image
    size = (wanted, max(round(image.height * wanted / image.width), 1))
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)


def _lighter(jpeg: bytes, width: float) -> bytes:
    """A large JPEG file with no more dots than print can show; as it is where that saves nothing."""
    if len(jpeg) <= _LARGE_JPEG:
        return jpeg
    with Image.open(BytesIO(jpeg)) as image:
        smaller = _brought_down(image, width)
        if smaller is image:
            return jpeg
        buffer = BytesIO()
        smaller.save(buffer, "JPEG", quality=92, subsampling=0)
    return min(jpeg, buffer.getvalue(), key=len)
