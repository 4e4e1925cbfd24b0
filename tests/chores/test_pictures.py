"""The README's pictures are drawn from finished outputs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image

from chores.pictures import BROWSERS, Subject, draw
from tests.press.books import Shop

if not any(map(shutil.which, BROWSERS)):
    pytest.skip("no browser is installed (package chromium)", allow_module_level=True)


def subject(folder: Path, chapter: str) -> Subject:
    shop = Shop.of(folder)
    shop.make()
    return Subject(shop.book, shop.handouts()[0], shop.epub, chapter)


def test_four_pictures_of_one_height(tmp_path: Path) -> None:
    paths = draw(subject(tmp_path, "Calls"), tmp_path / "pictures")
    seen = []
    for path in paths:
        with Image.open(path) as picture:
            colours = picture.convert("RGB").getcolors() or []
            (_, ground) = max(colours)
            seen.append(
                (path.name, picture.height, "white" if ground == (255, 255, 255) else "house", len(colours) > 8)
            )
    assert seen == [
        ("cover.png", 422, "house", True),
        ("chapter.png", 422, "white", True),
        ("handout.png", 422, "white", True),
        ("reader.png", 422, "white", True),
    ]
    assert all(path.stat().st_size < 60_000 for path in paths)


def test_a_chapter_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match=r"tiny-book\.pdf has no chapter Nothing\."):
        draw(subject(tmp_path, "Nothing"), tmp_path / "pictures")
