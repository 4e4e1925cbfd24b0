"""The Invoke door: what each task that makes outputs asks of the press, what it prints, how it ends."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from casebound.model.diagnostics import problem, stop
from casebound.model.settings import declared
from tests.doors.invoking import REPOSITORY, Inv, invoke


def made(press: Any) -> tuple[Any, dict[str, Any]]:
    """What the press was asked to make: places, flags."""
    (what,) = [what for name, what in press.asked if name == "make"]
    return what


def test_book_makes_everything_and_proves_it(inv: Inv, press: Any, tmp_path: Path, capsys: Any) -> None:
    press.result.outputs = (
        SimpleNamespace(path=tmp_path / "build/pdf/deep.pdf", pages=60, bytes=345_678),
        SimpleNamespace(path=tmp_path / "build/epub/deep.epub", pages=0, bytes=1_234_567),
    )
    assert inv() == 0
    assert [name for name, _ in press.asked] == ["make", "prove"]
    places, flags = made(press)
    assert flags == {
        **{"kinds": {"pdf", "epub", "handouts"}, "styles": (), "jobs": 0, "strict": False, "fresh": False},
        **{"over": None, "only": ""},
    }
    assert (places.source, places.conf, places.build) == (tmp_path / "source", tmp_path / "source", tmp_path / "build")
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "Proven: each output has the book's structure, links and words (figures: inv proof).",
        "build/pdf/deep.pdf  60 pages, 346 kB",
        "build/epub/deep.epub  1.2 MB",
    ]
    assert err.startswith("typeset 2: ")


@pytest.mark.parametrize("kind", ["pdf", "epub", "handouts"])
def test_one_kind(inv: Inv, press: Any, kind: str) -> None:
    assert inv(kind) == 0
    assert made(press)[1]["kinds"] == {kind}
    assert [name for name, _ in press.asked] == ["make"]


def test_flags(inv: Inv, press: Any, tmp_path: Path) -> None:
    assert inv("pdf", "-s", "doc/source", "-c", "conf", "-b", "out", "-j", "3", "--strict", "--fresh") == 0
    places, flags = made(press)
    assert (places.source, places.conf, places.build) == (tmp_path / "doc/source", tmp_path / "conf", tmp_path / "out")
    assert (flags["jobs"], flags["strict"], flags["fresh"]) == (3, True, True)


def test_an_edition_in_another_style_has_a_folder_of_its_own(inv: Inv, press: Any, tmp_path: Path) -> None:
    assert inv("book", "--style", "letter, house/ours.yaml") == 0
    places, flags = made(press)
    assert flags["styles"] == ("letter", "house/ours.yaml")
    assert places.build == tmp_path / "build/letter-ours"


def test_environment(inv: Inv, press: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INVOKE_CASEBOUND_SOURCE", "docs")
    monkeypatch.setenv("INVOKE_CASEBOUND_JOBS", "2")
    monkeypatch.setenv("INVOKE_CASEBOUND_STRICT", "1")
    assert inv("book") == 0
    places, flags = made(press)
    assert (places.source, places.conf) == (tmp_path / "docs", tmp_path / "docs")
    assert (flags["jobs"], flags["strict"]) == (2, True)


def test_values_over_those_of_conf(inv: Inv, press: Any, capsys: Any) -> None:
    words = ("--define", "project=A=B", "--define", "html_theme_options.x=1", "--tag", "draft", "--language", "de")
    assert inv("book", *words) == 0
    over = made(press)[1]["over"]
    assert over.values == {"project": "A=B", "html_theme_options.x": "1", "language": "de"}
    assert over.tags == ("draft",)
    assert inv("check", *words) == 0
    assert press.asked[-1][1][1] == over
    assert inv("pdf", "--define", "project") == 2
    assert "stop define-invalid: --define takes NAME=VALUE, not 'project'." in capsys.readouterr().err


def test_one_handout(inv: Inv, press: Any) -> None:
    assert inv("handouts", "--only", "Internals") == 0
    assert made(press)[1]["only"] == "Internals"


def test_the_styles_are_listed(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("from casebound.tasks import ns\n")
    text = " ".join(invoke(tmp_path, "--help", "book").stdout.split())
    assert "ereader, greyscale, handout, large-print, letter, print, screen, or the path of a style sheet" in text


def test_settings_are_printed(inv: Inv, capsys: Any) -> None:
    assert inv("settings") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2].startswith("| `casebound_title` | `''` | ")
    assert len(lines) == 2 + len(declared())


def test_a_flag_is_stronger_than_the_environment(inv: Inv, press: Any, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("INVOKE_CASEBOUND_SOURCE", "docs")
    assert inv("book", "--source", "other") == 0
    assert made(press)[0].source == tmp_path / "other"


def test_the_press_ends_with_problems(inv: Inv, press: Any, capsys: Any) -> None:
    press.result.exit_code = 1
    press.result.problems = (problem("image-missing", "internals/rpc", 12, name="bus.svg"),)
    assert inv("pdf") == 1
    out, err = capsys.readouterr()
    assert out == "1 error\n"
    assert err.splitlines()[-1] == (
        "internals/rpc:12: error image-missing: "
        "The image bus.svg does not exist; its description is shown instead. Add the file, or fix the path."
    )


def test_a_proof_that_falls_short_fails_the_book(inv: Inv, press: Any, capsys: Any) -> None:
    press.verdict.ok = False
    assert inv("book") == 1
    assert capsys.readouterr().out == "The outline is not the book's.\n"
    assert inv("proof", "--thorough") == 1
    assert press.asked[-1] == ("prove", True)


@pytest.mark.parametrize("words", [("book",), ("check",), ("mend",), ("proof",), ("outline",), ("clean",)])
def test_a_stop_is_one_sentence(inv: Inv, press: Any, capsys: Any, words: tuple[str, ...]) -> None:
    press.raises = stop("source-missing", path="source")
    assert inv(*words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        "stop source-missing: There is no source folder source. Name the folder that holds index.rst with --source.\n"
    )


def test_control_c(inv: Inv, press: Any, capsys: Any) -> None:
    press.raises = KeyboardInterrupt()
    assert inv("book") == 130
    assert capsys.readouterr().err == "Interrupted; earlier outputs are as they were.\n"


def test_outline_prints_the_tree_alone(inv: Inv, press: Any, capsys: Any) -> None:
    assert inv("outline") == 0
    assert capsys.readouterr() == ("Book\n  Section\n", "")


def test_clean(inv: Inv, press: Any, tmp_path: Path) -> None:
    assert inv("clean", "--build", "out") == 0
    ((_, places),) = press.asked
    assert places.build == tmp_path / "out"


def test_every_flag_has_its_letter_and_its_help() -> None:
    # a collection of its own: Invoke takes the help out of a task when it first reads it
    ns = runpy.run_path(str(REPOSITORY / "casebound" / "tasks.py"))["ns"]
    arguments = {name: ns[name].get_arguments() for name in ns.task_names}
    letters = {name: "".join(flag for each in flags for flag in each.names[1:]) for name, flags in arguments.items()}
    assert letters == {
        "book": "scbjtfydal",
        "pdf": "scbjtfydal",
        "epub": "scbjtfydal",
        "handouts": "scbjtfydalo",
        "check": "scbtfawrdgl",
        "mend": "scbdetl",
        "proof": "scbtydal",
        "outline": "scbdtl",
        "clean": "b",
        "settings": "",
    }
    assert [(name, each.name) for name, flags in arguments.items() for each in flags if not each.help] == []


def test_the_list_of_this_repository() -> None:
    run = invoke(REPOSITORY, "--list")
    assert run.returncode == 0, run.stderr
    names = [line.split()[0] for line in run.stdout.splitlines() if line.startswith("  ") and line[2] != " "]
    assert {"book", "pdf", "epub", "handouts", "check", "proof", "outline", "clean", "test", "lint"} <= set(names)
    assert "Default task: book" in run.stdout


def test_the_list_needs_no_sphinx() -> None:
    code = (
        "import sys, tasks\n"
        "heavy = {'sphinx', 'docutils', 'reportlab', 'pypdf', 'ebooklib', 'rich', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, check=True)
