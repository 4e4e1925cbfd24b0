"""The time that an EPUB says it was changed at is that of what the book is made from."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from casebound.manuscript import read
from tests.manuscript.conftest import Write
from tests.manuscript.pictures import page
from tests.manuscript.trees import PIXEL, tree


def commit(folder: Path, date: str, *first: str) -> None:
    """Commit all that is in a folder; ``first`` is a command of git to run before."""
    for words in (*([first] if first else []), ("add", "."), ("commit", "-m", date)):
        command = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@x.org", *words]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, "GIT_COMMITTER_DATE": date})


def test_the_source_was_changed_when_it_was_committed_or_edited_since(write: Write, tmp_path: Path) -> None:
    places = write({"index.rst": page("B", "Text."), "other.txt": "not of the book"})
    for name, seconds in (("index.rst", 1_000_000_000), ("conf.py", 1_100_000_000), ("other.txt", 1_700_000_000)):
        os.utime(places.source / name, (seconds, seconds))
    assert int(read(places).changed().timestamp()) == 1_100_000_000  # the newest file that the book is made from

    commit(places.source, "2005-01-01T00:00:00Z", "init")
    assert read(places).changed() == datetime(2005, 1, 1, tzinfo=UTC)
    (places.source / "index.rst").write_text(page("B", "Other text."))
    os.utime(places.source / "index.rst", (1_200_000_000, 1_200_000_000))
    assert int(read(places).changed().timestamp()) == 1_200_000_000


def test_files_beside_the_source_that_the_book_is_made_from_have_a_say_in_its_time(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = write({"index.rst": page("B", ".. include:: ../README.txt")})
    readme = places.source.parent / "README.txt"
    readme.write_text("Text.\n")
    commit(places.source.parent, "2005-01-01T00:00:00Z", "init")
    (readme.parent / "other.txt").write_text("not of the book")
    commit(places.source.parent, "2006-01-01T00:00:00Z")
    assert read(places).changed() == datetime(2005, 1, 1, tzinfo=UTC)
    readme.write_text("Words.\n")
    os.utime(readme, (1_200_000_000, 1_200_000_000))
    assert int(read(places).changed().timestamp()) == 1_200_000_000
    commit(places.source.parent, "2009-01-01T00:00:00Z")
    assert read(places).changed() == datetime(2009, 1, 1, tzinfo=UTC)
    monkeypatch.setenv("GIT_DIR", ".git")  # in a hook of git
    assert read(places).changed() == datetime(2009, 1, 1, tzinfo=UTC)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # in a container
    assert read(places).changed() == datetime(2009, 1, 1, tzinfo=UTC)


def test_files_that_the_build_makes_have_no_say_in_the_time_of_the_book(write: Write) -> None:
    locale = "locale/de/LC_MESSAGES/index.po"
    made = """
import os
from pathlib import Path

def make(app, docname, content):
    path = Path(app.doctreedir).parent / "plot_directive" / "p.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes((Path(app.srcdir) / "p.png").read_bytes())
    content[0] = content[0].replace("PATH", os.path.relpath(path, app.srcdir))

def setup(app):
    app.connect("source-read", make)
"""
    catalog = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\nmsgid "Words."\nmsgstr "Worte."\n'
    source = page("B", "Words.\n\n.. image:: PATH\n   :alt: P")
    conf = "language = 'de'\nlocale_dirs = ['locale']\n"
    places = write({"index.rst": source, "p.png": PIXEL, locale: catalog}, conf + made)
    for number, path in enumerate(path for path in places.source.rglob("*.*") if path.is_file()):
        os.utime(path, (1_000_000_000 + number, 1_000_000_000 + number))
    os.utime(places.source / locale, (1_100_000_000, 1_100_000_000))
    manuscript = read(places)
    assert "Worte." in tree(manuscript, "index").astext()
    assert int(manuscript.changed().timestamp()) == 1_100_000_000
    manuscript = read(places)  # and again, when Sphinx counts the catalog made ready
    assert int(manuscript.changed().timestamp()) == 1_100_000_000
