"""The tiny book built once, for tests that only read, and a fresh one for tests that change it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebound.press import press
from tests.press.books import Shop

EPOCH = "1767225600"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, press.BuildResult]:
    """The tiny book with all outputs; not to be changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        shop = Shop.of(tmp_path_factory.mktemp("built-shop"))
        return shop, shop.make()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The tiny book, not built yet."""
    return Shop.of(tmp_path)


@pytest.fixture
def made(built: tuple[Shop, press.BuildResult], tmp_path: Path) -> Shop:
    """The tiny book, built by an earlier run."""
    shutil.copytree(built[0].places.source.parent, tmp_path, dirs_exist_ok=True)
    return Shop.at(tmp_path)
