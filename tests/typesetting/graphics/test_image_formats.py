"""Image files of every format go into a PDF as they look, without loss, in bounded time, and never call outside."""

from __future__ import annotations

import io
import random
import time
from pathlib import Path

import pytest
from docutils import nodes
from PIL import Image
from pypdf import PdfReader

from casebound.typesetting import Typesetter
from casebound.typesetting.graphics.images import BrokenImage, Raster
from tests.limits import SECONDS
from tests.typesetting.graphics.shown import SVG, drawn, is_upright, near, picture
from tests.typesetting.samples import of_nodes, opened, printed


@pytest.mark.parametrize(
    ("name", "mode"),
    [
        ("a.png", "RGB"), ("a.png", "RGBA"), ("a.png", "P"), ("a.jpg", "RGB"), ("a.jpg", "CMYK"), ("a.gif", "P"),
        ("a.webp", "RGB"), ("a.webp", "RGBA"), ("a.tiff", "RGB"), ("a.tiff", "CMYK"), ("a.bmp", "RGB"),
        ("a.ico", "RGBA"), ("a.pdf", "RGB"),
    ],
)  # fmt: skip
def test_a_picture_looks_as_it_does_elsewhere(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    options = {"sizes": [(120, 80)]} if name.endswith(".ico") else {}
    picture(mode).save(path, **options)
    image, _ = drawn(opened(path))
    assert is_upright(image)


@pytest.mark.parametrize("mode", ["L", "LA", "1"])
def test_a_grey_picture_is_grey(tmp_path: Path, mode: str) -> None:
    picture("L").convert(mode).save(tmp_path / "a.png")
    made = opened(tmp_path / "a.png")
    _, pdf = drawn(made)
    assert b"/DeviceGray" in pdf
    assert b"/DeviceRGB" not in pdf


def test_sixteen_bits_keep_their_shades(tmp_path: Path) -> None:
    image = Image.new("I;16", (256, 20))
    for x in range(256):
        for y in range(20):
            image.putpixel((x, y), x * 257)
    image.save(tmp_path / "a.png")
    shown, _ = drawn(opened(tmp_path / "a.png"), 256, 20)
    assert [shown.getpixel((x, 10))[0] for x in (10, 128, 250)] == pytest.approx([10, 128, 250], abs=3)  # type: ignore[index]


def test_transparency_shines_through_and_is_left_out_where_there_is_none(tmp_path: Path) -> None:
    half = picture("RGBA")
    half.putalpha(128)
    half.save(tmp_path / "half.png")
    picture("RGBA").save(tmp_path / "whole.png")
    shown, pdf = drawn(opened(tmp_path / "half.png"))
    assert near(shown.getpixel((30, 20)), (255, 127, 127))
    assert b"/SMask" in pdf
    assert b"/SMask" not in drawn(opened(tmp_path / "whole.png"))[1]
    palette = picture("P")
    palette.save(tmp_path / "palette.png", transparency=palette.getpixel((30, 20)))
    assert near(drawn(opened(tmp_path / "palette.png"))[0].getpixel((30, 20)), (255, 255, 255))


def test_an_interlaced_png_and_the_first_frame_of_a_film(tmp_path: Path) -> None:
    picture().save(tmp_path / "film.gif", save_all=True, append_images=[Image.new("RGB", (120, 80), "green")])
    assert is_upright(drawn(opened(tmp_path / "film.gif"))[0])
    picture().save(tmp_path / "film.webp", save_all=True, append_images=[Image.new("RGB", (120, 80), "green")])
    assert is_upright(drawn(opened(tmp_path / "film.webp"))[0])


TURNED = {
    1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}  # fmt: skip


@pytest.mark.parametrize("suffix", ["jpg", "png"])
@pytest.mark.parametrize("orientation", TURNED)
def test_a_turned_photograph_stands_upright(tmp_path: Path, orientation: int, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turn = TURNED[orientation]
    image = picture() if turn is None else picture().transpose(turn)
    path = tmp_path / f"a.{suffix}"
    image.save(path, exif=exif)
    made = opened(path)
    assert made.natural == pytest.approx((90, 60))
    assert is_upright(drawn(made)[0])


@pytest.mark.parametrize("progressive", [True, False])
def test_a_jpeg_file_is_passed_on_byte_for_byte(tmp_path: Path, progressive: bool) -> None:
    path = tmp_path / "a.jpg"
    picture().save(path, quality=80, progressive=progressive)
    _, pdf = drawn(opened(path))
    (image,) = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/XObject"].values()
    assert image.get_object()["/Filter"] == ["/DCTDecode"]
    assert image.get_object()._data == path.read_bytes()


def test_a_picture_drawn_twice_is_in_the_file_once(typesetter: Typesetter, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture().save(path)
    images = [nodes.image("", uri="a.png", path=str(path), digest="1", width="50") for _ in range(3)]
    made = printed(typesetter, of_nodes(*images))
    assert made.fragment.pdf.count(b"/Subtype /Image") == 1


def test_more_dots_than_print_can_show_are_brought_down(tmp_path: Path) -> None:
    image = Image.effect_noise((3000, 2000), 60)
    image.save(tmp_path / "a.png")
    image.convert("RGB").save(tmp_path / "a.jpg", quality=95)
    for name in ("a.png", "a.jpg"):
        _, pdf = drawn(opened(tmp_path / name), 144, 96)
        (embedded,) = PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]["/XObject"].values()
        assert embedded.get_object()["/Width"] == 600
        assert len(pdf) < 700_000


HOSTILE = {
    "a text.svg": b"no drawing at all",
    "another.svg": b"<html/>",
    "half.svg": f'<svg {SVG} width="9" height="9"><rect width="5" hei'.encode(),
    "deep.svg": f"<svg {SVG}>{'<g>' * 5000}{'</g>' * 5000}</svg>".encode(),
    "laughs.svg": (
        '<!DOCTYPE svg [<!ENTITY a0 "aaaaaaaaaa">'
        + "".join(f'<!ENTITY a{i + 1} "' + f"&a{i};" * 10 + '">' for i in range(8))
        + f"]><svg {SVG}><text>&a8;</text></svg>"
    ).encode(),
    "uses.svg": (
        f'<svg {SVG} width="9" height="9"><g id="a0"><rect width="1" height="1"/></g>'
        + "".join(f'<g id="a{i + 1}">' + f'<use xlink:href="#a{i}"/>' * 10 + "</g>" for i in range(8))
        + "</svg>"
    ).encode(),
    "empty.png": b"",
    "noise.png": random.Random(1).randbytes(5000),
    "noise.pdf": b"%PDF-1.7\n" + random.Random(2).randbytes(5000),
    "noise.jpg": b"\xff\xd8\xff\xe0" + random.Random(3).randbytes(5000),
    "large.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0\xc8\x90\x9e\xb0",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_a_fault_in_bounded_time(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name])
    begin = time.process_time()
    with pytest.raises(BrokenImage) as caught:
        opened(path)
    assert time.process_time() - begin < SECONDS
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize("suffix", ["png", "jpg", "gif", "webp", "tiff"])
def test_a_cut_off_picture_is_a_fault_or_a_picture(tmp_path: Path, suffix: str) -> None:
    whole = io.BytesIO()
    Image.effect_noise((200, 200), 90).convert("P" if suffix == "gif" else "RGB").save(
        whole, {"jpg": "jpeg"}.get(suffix, suffix)
    )
    path = tmp_path / f"a.{suffix}"
    for share in (0.02, 0.3, 0.9):
        path.write_bytes(whole.getvalue()[: int(len(whole.getvalue()) * share)])
        try:
            made = opened(path)
        except BrokenImage:
            continue
        drawn(made)


def test_a_picture_of_one_colour_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    Image.new("1", (20_000, 20_000)).save(path)
    with pytest.raises(BrokenImage):
        opened(path)


def test_drawings_pages_and_rasters_stand_in_a_line(typesetter: Typesetter, tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    picture().save(tmp_path / "a.pdf")
    (tmp_path / "a.svg").write_text(
        f'<svg {SVG} width="400" height="200"><text y="150" font-size="90">Sign</text></svg>'
    )
    paragraph = nodes.paragraph("", "", nodes.Text("Before "))
    for name in ("a.png", "a.pdf", "a.svg"):
        paragraph += [nodes.image("", uri=name, path=str(tmp_path / name), digest=name), nodes.Text(" and ")]
    made = printed(typesetter, of_nodes(paragraph))
    assert made.losses == []
    assert "Sign" in made.text
    assert made.off_page() == []


def test_a_broken_picture_is_described(typesetter: Typesetter, tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text("nothing")
    image = nodes.image("", uri="a.svg", path=str(tmp_path / "a.svg"), digest="1", alt="A pump")
    made = printed(typesetter, of_nodes(image, nodes.paragraph("", "", image.deepcopy())))
    assert made.text.count("A pump") == 2
    assert [loss.code for loss in made.fragment.losses] == ["image-broken"]
    assert isinstance(opened(_saved(tmp_path)), Raster)


def _saved(tmp_path: Path) -> Path:
    picture().save(tmp_path / "b.png")
    return tmp_path / "b.png"
