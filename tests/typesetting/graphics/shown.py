"""Pictures drawn on a page and seen as PDFium shows them."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

from casebound.typesetting.graphics.images import Picture, Vector
from casebound.typesetting.layout.canvas import RecordingCanvas
from tests.typesetting.samples import opened

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def picture(mode: str = "RGB") -> Image.Image:
    """Red at the upper left, blue at the lower right, on white."""
    image = Image.new("RGB", (120, 80), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 59, 39), fill="red")
    draw.rectangle((60, 40, 119, 79), fill="blue")
    return image.convert(mode)


def drawn(made: Picture, width: float = 120, height: float = 80) -> tuple[Image.Image, bytes]:
    """The picture as PDFium shows it at a dot a point, and the PDF."""
    import pypdfium2

    buffer = io.BytesIO()
    canvas = RecordingCanvas(buffer, pagesize=(width, height), invariant=1, initialFontName="Helvetica")
    made.highest = height
    made.wanted = (width, height)
    made.wrap(width, height)
    made.drawOn(canvas, 0, 0)
    canvas.save()
    document = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        return document[0].render(scale=1).to_pil().convert("RGB"), buffer.getvalue()
    finally:
        document.close()


def near(found: object, wanted: tuple[int, int, int], off: int = 40) -> bool:
    assert isinstance(found, tuple)
    return all(abs(a - b) <= off for a, b in zip(found, wanted, strict=True))


def is_upright(image: Image.Image) -> bool:
    red, blue, white = (image.getpixel(at) for at in ((30, 20), (90, 60), (90, 20)))
    return near(red, (255, 0, 0)) and near(blue, (0, 0, 255)) and near(white, (255, 255, 255))


def svg(tmp_path: Path, text: str) -> Vector:
    path = tmp_path / "a.svg"
    path.write_text(text)
    made = opened(path)
    assert isinstance(made, Vector)
    return made
