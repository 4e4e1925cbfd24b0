"""Hostile and broken files of pictures: pages or a named loss, in bounded time and memory."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import pikepdf
import pytest
from docutils import nodes
from PIL import Image

from casebound.epub.pictures.pictures import BrokenPicture, Pictures
from tests.typesetting.samples import image
from tests.typesetting.under_limits import Press, shown

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set through /proc and fork")


def test_a_truncated_jpeg(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.effect_noise((300, 200), 60).save(path, "JPEG")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_picture_cut_off_in_its_middle(press: Press, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"photo.{kind.lower()}"
    Image.effect_noise((300, 200), 60).save(path, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    book, lost_ones = shown(press, path)
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text
    with pytest.raises(BrokenPicture):
        Pictures().take(str(path))


@pytest.mark.parametrize("name", ["photo.jpg", "drawing.svg", "page.pdf", "dots.png"])
def test_a_file_of_101_megabytes(press: Press, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(101_000_000)
    book, (loss,) = shown(press, path)
    assert loss.startswith("image-broken: it is larger than ")
    assert "described" in book.text
    with pytest.raises(BrokenPicture):
        Pictures().take(str(path))


def locked(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="one", user="other"))


def immense(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page().MediaBox = pikepdf.Array([0, 0, 14_400_000, 14_400_000])
        pdf.save(path)


PAGES = {"locked": locked, "broken": lambda path: path.write_bytes(b"%PDF-1.7 broken"), "immense": immense}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_of_pdf(press: Press, tmp_path: Path, kind: str) -> None:
    PAGES[kind](tmp_path / "page.pdf")
    book, lost_ones = shown(press, tmp_path / "page.pdf")
    assert kind == "immense" or [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert book.fragment.pages <= 2


def bomb(path: Path) -> Path:
    """A PNG of a few kilobytes and a thousand million dots."""
    squeeze = zlib.compressobj(9)
    data = b"".join(squeeze.compress(b"\0" + b"\x55" * 6250) for _ in range(20_000)) + squeeze.flush()
    head = struct.pack(">IIBBBBB", 50_000, 20_000, 1, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_picture_of_a_thousand_million_dots(press: Press, tmp_path: Path) -> None:
    _, lost_ones = shown(press, bomb(tmp_path / "bomb.png"))
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    with pytest.raises(BrokenPicture):
        Pictures().take(str(tmp_path / "bomb.png"))


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def claiming(path: Path, width: int, height: int) -> Path:
    """A PNG whose head claims a size; its data is one row."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * (width * 3 + 1))
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def test_a_png_that_claims_60000_by_60000(press: Press, tmp_path: Path) -> None:
    book, lost_ones = shown(press, claiming(tmp_path / "huge.png", 60_000, 60_000))
    assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
    assert "described" in book.text


def test_a_png_that_claims_60000_by_60000_in_a_line(press: Press, tmp_path: Path) -> None:
    path = claiming(tmp_path / "huge.png", 60_000, 60_000)
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, alt="described"), nodes.Text(" after."))
    book, _ = press(line)
    assert [loss.split()[1] for loss in book.losses] == ["image-broken"]
    assert book.text == "Chapter Before described after."


def test_a_truncated_png_in_a_line(press: Press, tmp_path: Path) -> None:
    path = tmp_path / "cut.png"
    Image.effect_noise((60, 40), 60).save(path, "PNG")
    path.write_bytes(path.read_bytes()[:-200])
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, alt="described"), nodes.Text(" after."))
    book, _ = press(line)
    assert [loss.split()[1] for loss in book.losses] == ["image-broken"]
    assert book.text == "Chapter Before described after."


def test_an_empty_picture_and_a_folder(press: Press, tmp_path: Path) -> None:
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "folder.png").mkdir()
    for name in ("empty.png", "folder.png", "gone.png"):
        _, lost_ones = shown(press, tmp_path / name)
        assert [one.partition(":")[0] for one in lost_ones] == ["image-broken"]
