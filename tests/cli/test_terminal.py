"""What a person sees: lines as a linter prints them, each problem once, motion on a terminal only."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from casebound.cli.progress import Terminal
from casebound.cli.summary import line, size
from casebound.model.diagnostics import Problem, problem
from casebound.press.report import SilentReport


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (
            problem("document-circular", "a/b", 7, name="a/b"),
            "a/b:7: error document-circular: a/b reaches itself through its toctrees. "
            "Remove one of the entries that form the circle.",
        ),
        (
            problem("document-unreached", "spare", name="spare"),
            "spare: warning document-unreached: spare is in no toctree and so not in the book. "
            "Name it in a toctree, or mark it :orphan:.",
        ),
        (
            problem("output-missing", name="deep.pdf"),
            "error output-missing: deep.pdf has not been built. Run inv book first.",
        ),
    ],
)
def test_line(fault: Problem, expected: str) -> None:
    assert line(fault) == expected


def test_size() -> None:
    assert [size(count) for count in (0, 999, 1000, 345_678, 1_234_567)] == ["0 B", "999 B", "1 kB", "346 kB", "1.2 MB"]


def test_a_problem_is_printed_once_and_counted(capsys: Any) -> None:
    report = Terminal()
    twice = problem("document-twice", "a", 3, name="a", first="index")
    report.problem(twice)
    report.close([twice, problem("raw-left-out", "b", 4, name="latex")], (), "The outline is the book's.")
    out, err = capsys.readouterr()
    assert out == "The outline is the book's.\n1 warning, 1 info\n"
    assert [text.split(" ")[0] for text in err.splitlines()] == ["a:3:", "b:4:"]


def test_in_a_log_a_stage_is_one_line(capsys: Any) -> None:
    report = Terminal()
    with report.stage("typeset", 3) as stage:
        stage.advance(2)
        stage.advance()
    with report.stage("bind"):
        pass
    out, err = capsys.readouterr()
    assert out == ""
    assert re.sub(r"\d+\.\d s", "_", err) == "typeset 3: _\nbind: _\n"


def test_on_a_terminal_it_moves_and_has_colour(capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    report = Terminal()
    with report.stage("typeset [all]", 2) as stage:
        stage.advance()
        report.problem(problem("image-missing", "a", 1, name="[x].svg"))
        stage.advance()
    err = capsys.readouterr().err
    assert "\x1b[?25l" in err  # the cursor is hidden while the line moves
    assert "\x1b[31merror image-missing:\x1b[0m The image [x].svg does not exist" in err
    assert re.search(r"typeset \[all\] 2: \d+\.\d s\n$", err)


def test_silent_keeps_everything() -> None:
    report = SilentReport()
    twice = problem("document-twice", "a", 3, name="a", first="index")
    with report.stage("read", 2) as stage:
        stage.advance()
        report.problem(twice)
        report.problem(twice)
    report.say("done")
    assert (report.stages, report.problems, report.said) == (["read"], [twice], ["done"])


SAYS = """
from casebound.cli.progress import Terminal
report = Terminal()
for _ in range(3):
    report.say("ü")
report.close([], [], "x")
"""


def said(where: str, **environment: str) -> tuple[int, str, str]:
    """How a program ends that says something on a stdout of this kind, and what it writes there and on stderr."""
    command = ["sh", "-c", f'"$0" -c "$1" {where}', sys.executable, SAYS]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    return done.returncode, done.stdout, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full is Linux's")
def test_a_stdout_that_is_closed_or_has_no_reader_or_no_room() -> None:
    assert said(">&-") == (0, "", "")
    assert said("| true") == (0, "", "")
    code, _, words = said(">/dev/full")
    assert code == 1
    assert words.splitlines()[-1].startswith(
        "casebound.model.diagnostics.BuildStop: Cannot write to standard output: No space left on device."
    )


def test_a_letter_that_stdout_cannot_write_is_its_number() -> None:
    assert said("", PYTHONIOENCODING="ascii") == (0, "\\xfc\n" * 3 + "x\n", "")
