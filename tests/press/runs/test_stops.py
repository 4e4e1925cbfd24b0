"""What ends a build, through ``inv`` itself: one sentence, exit code 2, nothing made."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.press.books import Shop, files

Inv = Callable[..., int]


CONFS = {
    "conf-error": "1/0",
    "extension-missing": "extensions = ['no_such_extension_of_casebound']",
    "setting-invalid": "casebound_contents_depth = 'deep'",
    "root-missing": "root_doc = 'front'",
    "style-missing": "casebound_style = ('no-such-style',)",
}


def stopped(inv: Inv, capsys: pytest.CaptureFixture[str], code: str, *words: str) -> str:
    """The sentence of a stop."""
    assert inv(*words) == 2
    out, err = capsys.readouterr()
    (line,) = [line for line in err.splitlines() if "stop" in line]
    assert line.startswith(f"stop {code}: ")
    assert "Traceback" not in out + err
    assert out == ""
    return line


@pytest.mark.parametrize("code", CONFS)
@pytest.mark.parametrize("task", ["book", "pdf"])
def test_a_fault_of_the_set_up(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path, code: str, task: str
) -> None:
    Shop.of(tmp_path, {**files(), "conf.py": CONFS[code]})
    stopped(inv, capsys, code, task)
    assert not (tmp_path / "build/pdf").exists()
    assert not (tmp_path / "build/manifest.json").exists()


def test_no_source(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    stopped(inv, capsys, "source-missing", "book")
    assert not (tmp_path / "build").exists()


def test_no_conf(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    stopped(inv, capsys, "conf-missing", "book")


def test_an_empty_book(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Shop.of(tmp_path, {"conf.py": "", "index.rst": "Title\n=====\n"})
    stopped(inv, capsys, "book-empty", "book")


@pytest.mark.parametrize("task", ["check", "outline", "mend"])
def test_reading_alone_needs_no_build_folder(
    inv: Inv, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: str
) -> None:
    Shop.of(tmp_path)
    (tmp_path / "build").write_text("a file")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert inv(task) == 0
    gc.collect()
    assert (tmp_path / "build").read_text() == "a file"
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize("task", ["book", "epub"])
def test_a_build_folder_that_is_a_file(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path, task: str) -> None:
    Shop.of(tmp_path)
    (tmp_path / "build").write_text("a file")
    stopped(inv, capsys, "build-unwritable", task)
    assert (tmp_path / "build").read_text() == "a file"


@pytest.mark.parametrize("task", ["book", "epub", "handouts", "check"])
def test_a_style_sheet_that_means_nothing(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path, task: str
) -> None:
    shop = Shop.of(tmp_path, {**files(), "conf.py": "casebound_style = ['own.yaml']\ncasebound_cover = 'bus.png'\n"})
    own = shop.places.source / "own.yaml"
    own.write_text("casebound: {scale: 1.1}")
    assert inv("book") == 0
    before = shop.outputs()
    capsys.readouterr()
    own.write_text("styles: {bodytext: {fontSize: big}}")
    said = "The style own.yaml cannot be used: styles: bodytext: fontSize is 'big', which is not a size above 0"
    assert said in stopped(inv, capsys, "style-broken", task)
    assert shop.outputs() == before


def test_an_epub_alone_tells_of_its_style_sheet(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("casebound: {accnt: red}")
    Shop.of(tmp_path, {**files(), "conf.py": "casebound_cover = 'bus.png'\n"})
    assert inv("epub", "--style", str(tmp_path / "own.yaml")) == 0
    assert "sets casebound: accnt, which casebound does not know. Did you mean accent?" in capsys.readouterr().err


def test_a_check_tells_of_the_style_sheets(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    conf = "casebound_style = ['own.yaml']\n"
    shop = Shop.of(tmp_path, {**files(), "conf.py": conf, "own.yaml": "casebound: {accnt: red}"})
    assert inv("check") == 0
    assert "style-unknown The style sheet own.yaml sets casebound: accnt" in capsys.readouterr().out
    (shop.places.conf / "conf.py").write_text("casebound_style = ['gone.yaml']\n")
    stopped(inv, capsys, "style-missing", "check")


def test_a_face_that_is_not_installed(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = tmp_path / "rare.yaml"
    sheet.write_text("casebound:\n  fallbacks:\n    SourceSerifPro-Regular: [NoSuchFace]\n")
    Shop.of(tmp_path, {**files(), "conf.py": f"casebound_style = ({str(sheet)!r},)\n"})
    assert "NoSuchFace" in stopped(inv, capsys, "face-missing", "pdf")


def test_an_alias_of_a_face_that_is_not_installed(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("fontsAlias: {fontSerif: Nope-Regular}")
    Shop.of(tmp_path)
    assert "Nope-Regular" in stopped(inv, capsys, "face-missing", "pdf", "--style", str(tmp_path / "own.yaml"))


def test_faults_of_the_source_leave_earlier_outputs(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    shop = Shop.of(tmp_path)
    assert inv("pdf") == 0
    before = shop.outputs()
    capsys.readouterr()
    (shop.places.source / "conf.py").write_text("1/0")
    stopped(inv, capsys, "conf-error", "book")
    assert shop.outputs() == before


@pytest.mark.parametrize("name", ["build", "build/work", "build/work/fragments"])
def test_a_file_where_a_folder_is_to_be_made(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str
) -> None:
    Shop.of(tmp_path)
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    assert f"{path} is where a folder is to be made. Delete or rename it." in stopped(inv, capsys, "build-unwritable")
    assert path.read_text() == "mine"


def test_a_value_that_a_flag_gives_and_a_setting_cannot_have(
    inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    Shop.of(tmp_path)
    said = stopped(inv, capsys, "define-unfit", "pdf", "--define", "casebound_index=True")
    assert "--define casebound_index=True cannot be used: 'casebound_index' must be '0' or '1'" in said


def test_book_is_made_and_proven(inv: Inv, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    shop = Shop.of(tmp_path)
    assert inv("book", "--jobs", "2") == 0
    out, err = capsys.readouterr()
    assert out.startswith("Proven: ")
    assert "warning" not in err and "error" not in err
    assert shop.places.proof.is_file()
