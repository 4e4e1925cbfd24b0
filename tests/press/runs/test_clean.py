"""What ``inv clean`` deletes, what it never does, and what it says; stale outputs are treated the same."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebound.model.diagnostics import BuildStop
from casebound.press import press
from casebound.system import folders
from tests.press.books import Shop

Inv = Callable[..., int]


def tree(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def cleaned(shop: Shop) -> dict[str, str]:
    """What stays, with the reason."""
    kept = press.clean(shop.places).kept
    assert {each.code for each in kept} <= {"output-kept"}
    return dict(each.message.split(" is kept: ") for each in kept)  # type: ignore[misc]


def test_a_folder_that_casebound_never_built_in(inv: Inv, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [
        "handouts/notes.pdf",
        "manifest.json",
        "pdf/contract.pdf",
        "proof.json",
        "sub/manifest.json",
        "work/thesis",
    ]
    for name in files:
        path = tmp_path / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('{"name": "mine", "outputs": [{"path": "pdf/contract.pdf", "kind": "pdf"}]}')
    assert inv("clean", "--build", "home") == 0
    assert tree(tmp_path / "home") == files
    out, err = capsys.readouterr()
    assert out == "Nothing to delete.\n"
    for name in ("pdf/contract.pdf", "handouts/notes.pdf", "work/thesis", "manifest.json", "proof.json"):
        assert f"info output-kept: {name} is kept: " in err


def test_it_says_what_it_deletes(made: Shop, inv: Inv, capsys: pytest.CaptureFixture[str]) -> None:
    assert inv("clean") == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "deleted build/epub/tiny-book.epub",
        "deleted build/handouts/01-internals.pdf",
        "deleted build/handouts/02-debugging.pdf",
        "deleted build/pdf/tiny-book.pdf",
        "deleted build/work",
        "deleted build/manifest.json",
    ]
    assert err == ""
    assert list(made.places.build.iterdir()) == []


def test_a_work_folder_that_stays_is_not_said_to_be_deleted(
    made: Shop, inv: Inv, capsys: pytest.CaptureFixture[str]
) -> None:
    rooms = sorted(path.name for path in made.places.work.iterdir())
    (made.places.work / "mine.txt").write_text("mine")
    assert inv("clean") == 0
    out, err = capsys.readouterr()
    assert [line for line in out.splitlines() if "work" in line] == [f"deleted build/work/{name}" for name in rooms]
    assert "work/mine.txt is kept" in err
    assert tree(made.places.build) == ["work/mine.txt"]


def test_what_lies_among_the_outputs_stays(made: Shop) -> None:
    mine = ["epub/mine.epub", "handouts/mine.pdf", "pdf/mine.pdf", "work/mine.txt"]
    for name in mine:
        (made.places.build / name).write_text("mine")
    (made.places.work / "sketches").mkdir()
    assert list(cleaned(made)) == [
        "pdf/mine.pdf",
        "epub/mine.epub",
        "handouts/mine.pdf",
        "work/mine.txt, work/sketches",
    ]
    assert tree(made.places.build) == mine


def test_a_file_that_has_changed_stays(made: Shop) -> None:
    made.book.write_bytes(made.book.read_bytes() + b"% a note in the margin")
    assert cleaned(made) == {"pdf/tiny-book.pdf": "it has changed since it was built."}
    assert tree(made.places.build) == ["pdf/tiny-book.pdf"]


def test_nothing_is_deleted_through_a_link(made: Shop, tmp_path: Path) -> None:
    public = tmp_path / "public"
    shutil.move(made.places.build / "pdf", public)
    (made.places.build / "pdf").symlink_to(public)
    shutil.move(made.epub, tmp_path / "a.epub")
    made.epub.symlink_to(tmp_path / "a.epub")
    shutil.move(made.places.work, tmp_path / "kept")
    made.places.work.symlink_to(tmp_path / "kept")
    kept = tree(tmp_path / "kept")
    reasons = cleaned(made)
    assert reasons["pdf/tiny-book.pdf"] == reasons["epub/tiny-book.epub"] == "it is reached through a link."
    assert tree(public) == ["tiny-book.pdf"]
    assert (tmp_path / "a.epub").is_file()
    assert tree(tmp_path / "kept") == kept


@pytest.mark.parametrize(
    "path", ["../victim", "pdf/../../victim", "/{}", "victim", "pdf/sub/victim.pdf", "pdf", "", ".", "pdf/\0.pdf", 3]
)
def test_a_manifest_that_points_elsewhere(made: Shop, tmp_path: Path, path: object) -> None:
    victims = [tmp_path / "victim", made.places.build / "victim", made.places.build / "pdf/sub/victim.pdf"]
    for victim in victims:
        victim.parent.mkdir(exist_ok=True)
        shutil.copy(made.book, victim)
    data = json.loads(made.places.manifest.read_text())
    (entry,) = (entry for entry in data["outputs"] if entry["kind"] == "pdf")
    entry["path"] = path.format(str(tmp_path / "victim")[1:]) if isinstance(path, str) else path
    made.places.manifest.write_text(json.dumps(data))
    press.clean(made.places)
    assert all(victim.is_file() for victim in victims)
    assert made.book.is_file()
    assert not made.epub.exists()


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"casebound": "1", "outputs": 3}', "[" * 100_000, "\udcff"])
def test_a_damaged_manifest_deletes_nothing_but_the_cache(made: Shop, text: str) -> None:
    made.places.manifest.write_bytes(text.encode(errors="surrogateescape"))
    outputs = set(tree(made.places.build)) - set(tree(made.places.work))
    assert "manifest.json" in cleaned(made)
    assert {name for name in outputs if name.partition("/")[0] != "work"} == set(tree(made.places.build))


def test_work_that_somebody_else_has_filled_is_used_and_left(shop: Shop) -> None:
    mine = ["work/images/mine.png", "work/mine.txt"]
    for name in mine:
        (shop.places.build / name).parent.mkdir(parents=True, exist_ok=True)
        (shop.places.build / name).write_text("mine")
    assert shop.make(fresh=True).exit_code == 0
    cleaned(shop)
    assert set(mine) <= set(tree(shop.places.build))
    assert {path.parent.name for path in shop.places.work.rglob("*") if path.is_file()} == {"images", "work"}


def test_every_room_of_the_work_folder_is_known(made: Shop) -> None:
    assert {path.name for path in made.places.work.iterdir()} == set(folders.FOLDERS)
    assert all(folders.is_ours(path) for path in made.places.work.iterdir())


def test_editions_of_this_folder_only(tmp_path: Path, made: Shop) -> None:
    """A folder of a build of its own is no edition, though casebound has made it: ``inv clean --build ..``."""
    made.make(kinds=frozenset({"epub"}), styles=("letter",))
    edition = Shop.of(tmp_path, build="build/letter")
    assert edition.make(kinds=frozenset({"epub"}), styles=("letter",)).exit_code == 0
    other = Shop(press.ProjectFolders(made.places.source, made.places.conf, tmp_path), made.told)  # the folder above
    assert cleaned(other) == {}
    assert made.book.is_file()
    assert edition.epub.is_file()
    cleaned(made)
    assert tree(made.places.build) == []


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="rights are not held against root")
def test_a_folder_that_may_not_be_written(made: Shop) -> None:
    (made.places.build / "pdf").chmod(0o500)
    try:
        with pytest.raises(BuildStop, match="Cannot write"):
            press.clean(made.places)
    finally:
        (made.places.build / "pdf").chmod(0o700)


def test_a_book_under_another_name_leaves_no_old_one(made: Shop) -> None:
    conf = made.places.conf / "conf.py"
    conf.write_text(conf.read_text() + 'casebound_basename = "renamed"\n')
    assert made.make(kinds=frozenset({"pdf"})).exit_code == 0
    assert tree(made.places.build / "pdf") == ["renamed.pdf"]
    assert tree(made.places.build / "epub") == ["tiny-book.epub"]  # not made this time
    said = [each.message for each in made.told.problems if each.code == "output-deleted"]
    assert said == ["pdf/tiny-book.pdf is deleted: an earlier build made it, and the book no longer has this output."]


def test_an_old_book_with_notes_in_it_stays(made: Shop) -> None:
    made.book.write_bytes(made.book.read_bytes() + b"% a note in the margin")
    conf = made.places.conf / "conf.py"
    conf.write_text(conf.read_text() + 'casebound_basename = "renamed"\n')
    made.make(kinds=frozenset({"pdf"}))
    assert tree(made.places.build / "pdf") == ["renamed.pdf", "tiny-book.pdf"]
    assert [each.code for each in made.told.problems] == ["output-kept"]
