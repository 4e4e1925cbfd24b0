"""The cover of the EPUB is the design of the PDF's: its colours, its lettering, whatever outputs are made."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.press.books import Shop, codes

EPUB = frozenset({"epub"})
HOUSE, WHITE = (0x0F, 0x4C, 0x5C), (255, 255, 255)


def conf(title: str, **facts: object) -> str:
    said = {"project": "Tiny Book", "author": "Ada", "casebound_title": title, "casebound_page_list": False, **facts}
    return "".join(f"{name} = {value!r}\n" for name, value in said.items())


def shop(folder: Path, title: str, **facts: object) -> Shop:
    root = "Tiny Book\n=========\n\nText.\n\n.. toctree::\n\n   a\n   b\n"
    pages = {"index.rst": root, "a.rst": "A\n=\n\nText.\n", "b.rst": "B\n=\n\nText.\n"}
    return Shop.of(folder, {"conf.py": conf(title, **facts), **pages})


def cover(shop: Shop) -> bytes:
    with zipfile.ZipFile(shop.epub) as archive:
        return archive.read("EPUB/images/cover.png")


def picture(shop: Shop) -> Image.Image:
    with Image.open(BytesIO(cover(shop))) as image:
        return image.convert("RGB")


def lettered(image: Image.Image) -> tuple[int, int, int, int]:
    """The box that white lettering fills, in pixels."""
    box = image.convert("L").point([0] * 200 + [255] * 56).getbbox()
    assert box is not None
    return box


def columns(image: Image.Image, top: int, bottom: int) -> tuple[int, int, int]:
    """Where white lettering begins and ends between two heights, and how many columns between have none."""
    band = image.crop((0, top, image.width, bottom)).convert("L").point([0] * 200 + [255] * 56)
    inked = [x for x in range(image.width) if band.crop((x, 0, x + 1, band.height)).getbbox()]
    return inked[0], inked[-1] + 1, inked[-1] - inked[0] + 1 - len(inked)


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("Requests documentation", "en"),
        ("Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "de"),
        ("x" * 60, "en"),
        ("Words " * 33 + "in", "en"),
        ("دليل المستخدم للحوسبة السحابية", "ar"),
    ],
)
def test_the_lettering_of_a_cover_stands_within_its_margins(tmp_path: Path, title: str, language: str) -> None:
    subtitle = "What there is to say of it, and to whom, and by whom it has been said " * 3
    book = shop(tmp_path, title, language=language, casebound_subtitle=subtitle)
    assert codes(book.make(kinds=EPUB).problems) == []
    image = picture(book)
    assert image.size == (1600, 2560)
    left, top, right, bottom = lettered(image)
    assert (left >= 165, right <= 1435, top >= 200) == (True, True, True)
    assert right - left > 600  # and it is there
    wall = next(y for y in range(bottom, 2560) if image.getpixel((5, y)) != HOUSE)
    assert bottom + 40 < wall < 2200
    assert len(cover(book)) < 150_000


def test_an_arabic_title_is_joined_and_stands_at_the_right(tmp_path: Path) -> None:
    book = shop(tmp_path, "سسسس", language="ar", author="")
    book.make(kinds=EPUB)
    left, right, gaps = columns(picture(book), 300, 520)
    assert (1400 < right <= 1435, gaps) == (True, 0)
    assert left > 600


def test_the_cover_is_the_same_whatever_is_made_with_it(tmp_path: Path) -> None:
    book = shop(tmp_path, "Tiny Book")
    book.make(kinds=EPUB)
    alone = cover(book)
    book.make(fresh=True)
    assert cover(book) == alone


def test_the_cover_has_the_colours_of_the_style(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text('casebound: {accent: darkred}\nstyles: {cover-title: {textColor: "#00ff00"}}\n')
    book = shop(tmp_path, "Tiny Book")
    book.make(kinds=EPUB, styles=(str(tmp_path / "own.yaml"),))
    colours = {colour for _, colour in picture(book).getcolors() or ()}
    assert {(0x8B, 0, 0), (0, 255, 0)} <= colours
    assert HOUSE not in colours


def test_characters_of_a_title_that_no_face_has_are_told_once(tmp_path: Path) -> None:
    book = shop(tmp_path, "Runes \ue123")
    assert codes(book.make(kinds=EPUB).problems) == ["glyph-missing"]
    assert codes(book.make().problems) == ["glyph-missing"]
