"""The tasks check and mend: what they print for people and for programs, and a baseline."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebound.model.diagnostics import problem, stop
from tests.doors.invoking import Inv


@pytest.mark.parametrize("form", ["json", "github"])
def test_a_stop_is_told_to_programs(inv: Inv, press: Any, capsys: Any, form: str) -> None:
    press.raises = stop("source-missing", path="source")
    assert inv("check", "--format", form) == 2
    out = capsys.readouterr().out
    if form == "json":
        (told,) = json.loads(out)
        assert (told["code"], told["level"]) == ("source-missing", "stop")
    else:
        assert out.startswith("::error title=source-missing::There is no source folder source.")


def test_check(inv: Inv, press: Any, capsys: Any) -> None:
    assert inv("check") == 0
    assert capsys.readouterr().out == "No faults.\n"
    press.faults = [problem("document-unreached", "spare", name="spare")]
    assert inv("check") == 0
    assert inv("check", "--strict") == 1
    press.faults = [problem("text-after-toctree", "index", 9)]
    capsys.readouterr()
    assert inv("check") == 1
    assert capsys.readouterr().out == (
        "source/index.rst:9: text-after-toctree Text follows a toctree in its section: in print it would come after "
        "the child documents.\n    Move the toctree to the end of the section.\n1 error\n"
    )


def test_check_for_machines(inv: Inv, press: Any, capsys: Any) -> None:
    press.faults = [problem("text-after-toctree", "a,b", 9), problem("lead-silent", "c", 3, names="50%")]
    assert inv("check", "--format", "github") == 1
    assert capsys.readouterr().out == (
        "::error file=source/a%2Cb.rst,line=9,title=text-after-toctree::Text follows a toctree in its section: in "
        "print it would come after the child documents. Move the toctree to the end of the section.\n"
        "::notice file=source/c.rst,line=3,title=lead-silent::The lead never mentions 50%25, which the toctree of its "
        "section names. Add it to the list in the lead.\n"
    )
    assert inv("check", "--format", "json") == 1
    first, second = json.loads(capsys.readouterr().out)
    assert (first["path"], first["line"], first["code"], first["level"]) == (
        "source/a,b.rst",
        9,
        "text-after-toctree",
        "error",
    )
    assert set(second) >= {"message", "remedy", "now", "wanted"}
    assert inv("check", "--format", "xml") == 2
    assert capsys.readouterr().err == "There is no format xml. The formats are: text, json, github.\n"


def test_baseline(inv: Inv, press: Any, tmp_path: Path, capsys: Any) -> None:
    press.faults = [problem("text-after-toctree", "index", 9)]
    assert inv("check", "--baseline", "old.json") == 2
    assert "stop baseline-missing: The baseline old.json cannot be read: No such file" in capsys.readouterr().err
    assert inv("check", "--baseline", "old.json", "--write-baseline") == 0
    # the same on another line is known, a second one is new
    press.faults = [problem("text-after-toctree", "index", 12)]
    assert inv("check", "--baseline", "old.json") == 0
    press.faults = [problem("text-after-toctree", "index", 12), problem("text-after-toctree", "index", 30)]
    capsys.readouterr()
    assert inv("check", "--baseline", "old.json") == 1
    assert "source/index.rst:30:" in capsys.readouterr().out
    assert inv("check", "--write-baseline") == 2


def test_mend(inv: Inv, press: Any, capsys: Any) -> None:
    assert inv("mend", "--dry") == 0
    assert capsys.readouterr().out == "--- a/x\n+++ b/x\n"
    assert inv("mend") == 0
    assert capsys.readouterr().out == "fixed x\n"
    press.faults = [problem("mend-refused", "index", 9, detail="it is inside another directive.")]
    assert inv("mend") == 1
    assert press.asked[-1] == ("mend", False)
    assert capsys.readouterr().out.startswith("source/index.rst:9: mend-refused The toctree cannot be moved by")
