"""Pictures: each once, as formats that readers take; broken ones do no harm."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from docutils import nodes
from PIL import Image

from tests.epub.pictures import SVG, image, images
from tests.epub.readers import Epub, H
from tests.epub.samples import of_body, picture


def test_the_same_picture_from_two_files_stands_once(tmp_path: Path) -> None:
    one, two = picture(tmp_path / "a.png"), picture(tmp_path / "b.png")
    epub = Epub(of_body(image(one), image(two)).pack().data)
    assert len({one["src"] for one in images(epub)}) == 1
    assert sum(name.startswith("EPUB/images/") for name in epub.members) == 2  # and the cover


def test_a_drawing_saved_at_another_time_is_the_same_picture(tmp_path: Path) -> None:
    drawing = '<svg {} viewBox="0 0 9 9"><metadata>{}</metadata><path d="M0 0h9"/></svg>'
    for name, day in (("a.svg", "Monday"), ("b.svg", "Tuesday")):
        (tmp_path / name).write_text(drawing.format(SVG, day))
    epub = Epub(of_body(image(tmp_path / "a.svg"), image(tmp_path / "b.svg")).pack().data)
    assert len({one["src"] for one in images(epub)}) == 1


@pytest.mark.parametrize(
    ("kind", "ending", "media_type"),
    [
        ("PNG", "png", "image/png"),
        ("JPEG", "jpg", "image/jpeg"),
        ("GIF", "gif", "image/gif"),
        ("WEBP", "png", "image/png"),
        ("BMP", "png", "image/png"),
        ("TIFF", "png", "image/png"),
    ],
)
def test_the_format_is_told_by_the_content(tmp_path: Path, kind: str, ending: str, media_type: str) -> None:
    epub = Epub(of_body(image(picture(tmp_path / "misnamed.svg", kind))).pack().data)
    src = images(epub)[0]["src"]
    assert src.endswith(f".{ending}")
    assert [item.get("media-type") for item in epub.manifest.values() if item.get("href") == src] == [media_type]


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({"width": "50%"}, {"style": "width: 50%"}),
        ({"width": "20em"}, {"style": "width: 20em"}),
        ({"width": "300px"}, {"width": "300"}),
        ({"width": "300", "scale": 50}, {"width": "150"}),
        ({"scale": 50}, {"width": "20"}),
        ({"height": "10px"}, {"width": "20"}),
        ({"width": "expression(x)"}, {}),
        ({"width": "10rem"}, {"style": "width: 10rem"}),
        ({"width": "20ch", "scale": 50}, {"style": "width: 10ch"}),
        ({"width": "20vw"}, {"style": "width: 20%"}),
        ({"width": "160Q"}, {"width": "151"}),
        ({"height": "5vh"}, {"style": "width: 4em"}),
        ({"height": "3em"}, {"style": "width: 6em"}),
        ({"height": "10vw"}, {"style": "width: 20%"}),
        ({"width": "20vi"}, {"style": "width: 20%"}),
        ({"width": "10vb"}, {"style": "width: 4em"}),
        ({"width": "10furlong"}, {}),
    ],
)
def test_sizes(tmp_path: Path, options: dict[str, object], written: dict[str, str]) -> None:
    found = images(Epub(of_body(image(picture(tmp_path / "a.png"), **options)).pack().data))[0]
    assert {key: value for key, value in found.items() if key in ("style", "width", "height")} == written


OUTER = f'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg {SVG}><text>&x;</text></svg>'.encode()


@pytest.mark.parametrize(
    "data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n\0\0", b"%PDF-1.7", b"<svg", b"<html/>", b"\x1f\x8bx", OUTER]
)
def test_a_broken_picture_is_told_in_words_and_named(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    edition = of_body(image(path), image(tmp_path / "missing.png")).pack()
    assert [one.code for one in edition.losses] == ["image-broken", "image-broken"]
    epub = Epub(edition.data)
    assert images(epub) == []
    assert "[A picture] a.png" in "".join(map(str, epub.page().itertext()))
    assert not re.search("0x[0-9a-f]{6}", str(edition.losses))


def test_a_picture_without_words_is_not_claimed_to_have_them(tmp_path: Path) -> None:
    epub = Epub(of_body(image(picture(tmp_path / "a.png"), alt="")).pack().data)
    assert "alternativeText" not in epub.meta("schema:accessibilityFeature")
    assert epub.meta("schema:accessModeSufficient") == ["textual,visual"]


def test_decoration_is_said_to_be_decoration(tmp_path: Path) -> None:
    epub = Epub(of_body(image(picture(tmp_path / "a.png"), alt="", classes=["decorative"])).pack().data)
    assert [(one["alt"], one["role"]) for one in images(epub)] == [("", "presentation")]


def test_a_figure_has_the_width_and_side_of_the_source(tmp_path: Path) -> None:
    shown = image(picture(tmp_path / "a.png"))
    figure = nodes.figure("", shown, nodes.caption("", "Below"), width="40%", align="right")
    made = next(Epub(of_body(figure).pack().data).page().iter(f"{H}figure"))
    assert (made.get("class"), made.get("style")) == ("align-right", "width: 40%")


@pytest.mark.parametrize(
    ("colour", "ground", "kept"),
    [
        ((0, 0, 128, 255), (0, 0, 0, 0), False),  # dark on nothing
        ((250, 250, 200, 255), (0, 0, 0, 0), True),  # light on nothing: at home on a dark page
        ((0, 0, 128, 255), (255, 255, 255, 255), True),  # on a ground of its own
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "GIF"])
def test_a_dark_picture_on_no_ground_gets_one(
    tmp_path: Path, kind: str, colour: tuple[int, ...], ground: tuple[int, ...], kept: bool
) -> None:
    drawn = Image.new("RGBA", (40, 40), ground)
    drawn.paste((250, 250, 200, 255), (0, 0, 20, 20))
    drawn.paste(colour, (10, 10, 30, 30))
    path = tmp_path / "a"
    drawn.save(path, kind)
    epub = Epub(of_body(image(path)).pack().data)
    data = epub.members[f"EPUB/{images(epub)[0]['src']}"]
    assert (data == path.read_bytes()) == kept
    with Image.open(BytesIO(data)) as shown:
        assert shown.format == kind
        pixel = shown.convert("RGBA").getpixel((35, 35))
        assert pixel == ((255, 255, 255, 255) if not kept else drawn.convert("RGBA").getpixel((35, 35)))


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "P"), ("JPEG", "RGB"), ("GIF", "P"), ("WEBP", "RGB")])
def test_a_picture_larger_than_readers_take_is_reduced_and_keeps_its_measure(
    tmp_path: Path, kind: str, mode: str
) -> None:
    path = tmp_path / "a"
    Image.new(mode, (4000, 2000)).save(path, kind)
    epub = Epub(of_body(image(path, scale=10)).pack().data)
    assert images(epub)[0]["width"] == "400"
    with Image.open(BytesIO(epub.members[f"EPUB/{images(epub)[0]['src']}"])) as shown:
        assert shown.format == ("PNG" if kind == "WEBP" else kind)
        assert 5_500_000 < shown.width * shown.height <= 5_600_000
        assert shown.width / shown.height == pytest.approx(2, rel=0.01)


def test_a_page_of_pdf_is_shown_in_its_own_size(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    Image.new("RGB", (300, 150), "navy").save(path, "PDF", resolution=150.0)  # 144 by 72 points
    edition = of_body(image(path), image(path, height="48")).pack()
    assert edition.losses == ()
    epub = Epub(edition.data)
    assert [shown["width"] for shown in images(epub)] == ["192", "96"]
    with Image.open(BytesIO(epub.members[f"EPUB/{images(epub)[0]['src']}"])) as shown:
        assert (shown.format, shown.size) == ("PNG", (384, 192))


def test_figures_have_their_width_in_units_that_readers_know(tmp_path: Path) -> None:
    """A quarter of a millimetre is none of them."""
    figures = [
        nodes.figure("", image(picture(tmp_path / "a.png")), width=width) for width in ("160Q", "10VW", "9furlong")
    ]
    page = Epub(of_body(*figures).pack().data).page()
    assert [one.get("style") for one in page.iter(f"{H}figure")] == ["width: 40mm", "width: 10%", None]
