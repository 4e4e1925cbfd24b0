"""Mending touches what it moves and nothing else; what it must not touch it refuses with the reason."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casebound.manuscript import mend
from casebound.model.settings import ProjectFolders
from casebound.press import checking
from casebound.press.report import SilentReport
from tests.manuscript.conftest import Write
from tests.manuscript.pictures import page

MISPLACED = "B\n=\n\n.. toctree::\n\n   a\n\nText.\n"
MENDED = "B\n=\n\nText.\n\n.. toctree::\n\n   a\n"
CHAPTER: dict[str, str | bytes] = {"a.rst": page("A")}


def after(write: Write, index: bytes, conf: str = "") -> bytes:
    (changed,) = mend(write({**CHAPTER, "index.rst": index}, conf)).files
    return changed.after


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        (MISPLACED, MENDED),
        (MISPLACED.replace("\n", "\r\n"), MENDED.replace("\n", "\r\n")),
        (MISPLACED.rstrip(), MENDED.rstrip()),
        (MISPLACED + "\n\n", MENDED + "\n\n"),
        ("\ufeff" + MISPLACED, "\ufeff" + MENDED),
        (MISPLACED.replace("   a", "\ta"), MENDED.replace("   a", "\ta")),
        (MISPLACED.replace("Text", "Text \f Æ"), MENDED.replace("Text", "Text \f Æ")),
        ("B\n=\n.. toctree::\n   a\n\nText.\n", "B\n=\n\nText.\n\n.. toctree::\n   a\n"),
        (MISPLACED + "\nC\n-\n\nEnd.\n", MENDED + "\nC\n-\n\nEnd.\n"),
        (MISPLACED + "\n\n.. _x:\n\n-\nC\n-\n\nEnd.\n", MENDED + "\n\n.. _x:\n\n-\nC\n-\n\nEnd.\n"),
    ],
    ids=["plain", "crlf", "no end", "many ends", "bom", "tab", "letters", "tight", "section", "overline"],
)
def test_bytes(write: Write, before: str, wanted: str) -> None:
    assert after(write, before.encode()) == wanted.encode()


def test_another_encoding(write: Write) -> None:
    before, wanted = (text.replace("Text", "Grün").encode("latin-1") for text in (MISPLACED, MENDED))
    assert after(write, before, "source_encoding = 'latin-1'") == wanted


def test_what_is_written(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    places = write({**CHAPTER, "index.rst": MISPLACED, "other.rst": ":orphan:\n\n" + page("Other")})
    monkeypatch.chdir(places.source)
    index = places.source / "index.rst"
    index.chmod(0o640)
    times = {path: path.stat().st_mtime_ns for path in places.source.iterdir() if path != index}
    dry = checking.mend(places, report=SilentReport(), dry=True)
    assert index.read_text() == MISPLACED
    done = checking.mend(places, report=SilentReport())
    assert (index.read_text(), index.stat().st_mode & 0o777) == (MENDED, 0o640)
    assert done.diff == dry.diff
    assert done.diff.startswith("--- a/index.rst\n+++ b/index.rst\n@@ ")
    assert {path: path.stat().st_mtime_ns for path in places.source.iterdir() if path != index} == times


def test_a_link_stays_a_link(write: Write) -> None:
    places = write({**CHAPTER, "real.txt": MISPLACED})
    os.symlink("real.txt", places.source / "index.rst")
    checking.mend(places, report=SilentReport())
    assert (places.source / "index.rst").is_symlink()
    assert (places.source / "real.txt").read_text() == MENDED


@pytest.mark.parametrize(
    ("index", "why"),
    [
        ("B\n=\n\n.. note::\n\n   .. toctree::\n\n      a\n\nText.\n", "it is inside another directive."),
        ("B\n=\n\n* One\n\n.. toctree::\n\n   a\n\n* Two\n", "the text would be read otherwise: "),
        ("B\n=\n\n.. include:: in.txt\n\nText.\n", "it is in the included file in.txt."),
    ],
)
def test_refused(write: Write, index: str, why: str) -> None:
    places = write({**CHAPTER, "index.rst": index, "in.txt": ".. toctree::\n\n   a\n"})
    done = checking.mend(places, report=SilentReport())
    assert (places.source / "index.rst").read_text() == index
    (found,) = done.findings
    assert why in found.problem.message
    assert found.problem.code == "mend-refused"


def test_a_toctree_that_an_extension_writes(write: Write) -> None:
    conf = "def add(app, name, text):\n    text[0] = text[0].replace('HERE', '.. toctree::\\n\\n   a')\n"
    places = write({**CHAPTER, "index.rst": "B\n=\n\nHERE\n\nText.\n"}, conf + HOOK)
    (refused,) = mend(places).refused
    assert "it is inside a list, a table or other text" in refused.message


HOOK = "def setup(app):\n    app.connect('source-read', add)\n"


def test_what_is_ignored_is_not_mended(write: Write) -> None:
    assert mend(write({**CHAPTER, "index.rst": ":casebound-ignore: text-after-toctree\n\n" + MISPLACED})).files == ()


def test_mending_leaves_the_memory_as_it_was(write: Write) -> None:
    places: ProjectFolders = write({**CHAPTER, "index.rst": MISPLACED})
    mend(places)
    codes = [each.problem.code for each in checking.check(places, report=SilentReport())]
    assert codes == ["text-after-toctree"]
    Path(places.work / "doctrees" / "casebound.pickle").write_bytes(b"broken")
    assert [each.problem.code for each in checking.check(places, report=SilentReport())] == codes
