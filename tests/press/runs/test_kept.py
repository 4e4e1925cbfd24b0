"""What is kept between builds is believed only as it was kept: damage costs time and one line, no byte of an output."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebound.system import folders
from tests.press.books import Shop, codes, files
from tests.press.conftest import EPOCH

PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
MADE = """\
import os
from pathlib import Path
from docutils import nodes
from docutils.parsers.rst import Directive

class Made(Directive):
    def run(self):
        env = self.state.document.settings.env
        path = Path(env.doctreedir).parent / "plot_directive" / "p.png"
        if not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((Path(env.srcdir) / "bus.png").read_bytes())
        return [nodes.image(uri=os.path.relpath(path, Path(env.doc2path(env.docname)).parent), alt="Made")]

def setup(app):
    app.add_directive("made", Made)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shop, dict[str, bytes]]:
    """A book with everything that a build keeps, and its outputs."""
    content = files()
    content["conf.py"] = f"{content['conf.py']!s}\n{MADE}"
    content["debugging/gmr.rst"] = (
        f"{content['debugging/gmr.rst']!s}\n.. image:: {PIXEL}\n   :alt: a dot\n\n.. made::\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        shop = Shop.of(tmp_path_factory.mktemp("kept"), content)
        shop.make()
    return shop, shop.outputs()


def kept(shop: Shop) -> list[Path]:
    """Every file that is kept, without the tags of the folders."""
    return sorted(path for path in shop.places.work.rglob("*") if path.is_file() and path.name != folders.TAG)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in random.Random(path.name).sample(range(len(data)), 3):
        data[place] ^= 1 << place % 8
    path.write_bytes(bytes(data))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    (path / "inside").mkdir(parents=True)


def dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to(path.with_name("nowhere"))


DAMAGES = (flip, cut, empty, folder, dangling)


def test_everything_that_a_build_keeps_is_here(built: tuple[Shop, dict[str, bytes]]) -> None:
    rooms = {path.relative_to(built[0].places.work).parts[0] for path in kept(built[0])}
    assert rooms == {"doctrees", "faces", "fragments", "images", "plot_directive"}


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_any_damage_to_everything_gives_the_bytes_of_a_clean_build(
    built: tuple[Shop, dict[str, bytes]], damage: Callable[[Path], None]
) -> None:
    shop, clean = built
    for path in kept(shop):
        damage(path)
    result = shop.make()
    assert shop.outputs() == clean
    assert codes(shop.told.problems) == ["cache-damaged"]
    assert codes(result.problems) == []


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_damage_to_any_one_file_gives_the_bytes_of_a_clean_build(
    built: tuple[Shop, dict[str, bytes]], damage: Callable[[Path], None]
) -> None:
    shop, clean = built
    mine = DAMAGES.index(damage)
    for path in kept(shop)[mine :: len(DAMAGES)]:  # with all five, every file once
        damage(path)
        shop.make()
        assert shop.outputs() == clean, path
        assert [path.name in one.message for one in shop.told.problems] == [True], path


def test_kept_files_that_have_changed_places_are_not_believed(built: tuple[Shop, dict[str, bytes]]) -> None:
    shop, clean = built
    for room in ("doctrees/internals", "fragments", "faces"):
        for ending in (".doctree", ".json", ".pdf"):
            same = sorted((shop.places.work / room).glob(f"*{ending}"))
            contents = [path.read_bytes() for path in same]
            for path, data in zip(same, contents[1:] + contents[:1], strict=True):
                path.write_bytes(data)
    shop.make()
    assert shop.outputs() == clean
    assert codes(shop.told.problems) == ["cache-damaged"]


def test_a_file_in_the_place_of_a_folder_of_doctrees(built: tuple[Shop, dict[str, bytes]]) -> None:
    shop, clean = built
    shutil.rmtree(shop.places.work / "doctrees/internals")
    (shop.places.work / "doctrees/internals").write_bytes(b"")
    shop.make()
    assert shop.outputs() == clean


def test_nothing_is_unpickled_before_it_is_known_to_be_what_was_kept(
    built: tuple[Shop, dict[str, bytes]], tmp_path: Path
) -> None:
    shop, clean = built
    trap = b"cos\nsystem\n(S'touch %b'\ntR." % os.fsencode(tmp_path / "sprung")
    for path in (shop.places.work / "doctrees").rglob("*"):
        if path.is_file():
            path.write_bytes(trap)
    shop.make()
    assert shop.outputs() == clean
    assert not (tmp_path / "sprung").exists()
