"""What the chore that looks for copied words counts as prose, and which runs of it it reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.ngrams import main, prose, shared

COPIED = "The second of these steps is the one that most people forget."


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_prose_is_what_a_reader_reads() -> None:
    source = """\
.. index::
   single: not this

Title
=====

Words, ``a literal`` and :term:`a title <target>`,
see :doc:`target` or https://example.org/page now.

.. code-block:: ini
   :caption: A caption counts

   [DEFAULT]
   option = 1

* - first cell
  - second cell, ``over
    two lines`` and on

.. figure:: picture.svg
   :alt: What it
         shows
"""
    lines = [(words[0].line, " ".join(word.text for word in words)) for words in prose(source)]
    assert lines == [
        (4, "title"),
        (7, "words and a title see or now"),
        (16, "first cell"),
        (17, "second cell and on"),
        (21, "alt what it shows"),
    ]


def test_a_run_is_reported_once_and_whole(tmp_path: Path) -> None:
    mine = write(tmp_path / "book" / "a.rst", f"Something of my own.\n\nBefore it. {COPIED} After it.\n")
    theirs = write(tmp_path / "theirs" / "b.py", f'"""Otherwise begun.\n\n{COPIED}\n"""\n')
    [run] = shared([mine], [theirs])
    assert (run.line, run.other, " ".join(run.words)) == (
        3,
        theirs,
        "the second of these steps is the one that most people forget",
    )


def test_a_literal_hides_no_copy(tmp_path: Path) -> None:
    mine = write(tmp_path / "a.rst", "The second of ``these`` steps is the one\nthat most people forget.")
    theirs = write(tmp_path / "b.rst", "The second of steps is the one that most people forget.")
    assert [len(run.words) for run in shared([mine], [theirs])] == [11]


@pytest.mark.parametrize(
    "text",
    [
        "newton ocata pike queens rocky stein train ussuri victoria",  # names alone
        "The second of these steps is it.",  # seven words
    ],
)
def test_names_and_short_runs_are_no_copies(tmp_path: Path, text: str) -> None:
    paths = [write(tmp_path / name, text) for name in ("a.rst", "b.rst")]
    assert shared(paths[:1], paths[1:]) == []


def test_the_verdict_is_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = write(tmp_path / "book" / "a.rst", COPIED).parent
    other = write(tmp_path / "other" / "b.rst", "Nothing alike.").parent
    write(other / "tests" / "c.rst", COPIED)
    assert main([str(other), "--book", str(book)]) == 0
    assert main([str(other / "tests"), "--book", str(book)]) == 1
    assert main([str(tmp_path / "none"), "--book", str(book)]) == 2
    assert capsys.readouterr().out.splitlines()[0] == "0 shared runs of 8 words or more, 1 files against 1."
