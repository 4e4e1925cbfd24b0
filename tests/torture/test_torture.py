"""The torture book: every construct in one book, its text, links and geometry held in golden files.

Where a page has been looked at and is meant to have changed, ``CASEBOUND_GOLDEN=1`` in the environment writes the
files anew.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from casebound.model.diagnostics import Level
from tests.press.books import Shop, nav
from tests.torture.conftest import HERE, Torture

Golden = Callable[[str, str], None]

NAMES = [
    *("index", "index#prose", "index#signs", "index#matter", "index#links"),
    *(f"prose/{name}" for name in ("notes", "inline", "lists", "apparatus", "headings", "letters")),
    *(f"signs/{name}" for name in ("python", "languages", "objects")),
    *(f"matter/{name}" for name in ("code", "tables", "wide", "pictures", "mathematics", "cells")),
    *(f"links/{name}" for name in ("first", "second", "markdown")),
]


def test_nothing_fails(torture: Torture) -> None:
    failed = [f"{one.place} {one.code}" for one in torture.result.problems if one.level in (Level.ERROR, Level.STOP)]
    assert failed == []


def test_what_is_reported(torture: Torture, golden: Golden) -> None:
    golden("problems.txt", "".join(f"{one.place} {one.code}: {one.message}\n" for one in torture.result.problems))


def test_the_proof_finds_nothing(torture: Torture) -> None:
    assert (torture.verdict.problems, torture.verdict.ok) == ((), True)


def test_every_chapter_is_held(torture: Torture) -> None:
    assert sorted(chapter.name for chapter in torture.chapters) == sorted(NAMES)


def test_outline(torture: Torture, golden: Golden) -> None:
    golden("outline.txt", torture.pages.outline)


@pytest.mark.parametrize("name", NAMES)
def test_text(torture: Torture, golden: Golden, name: str) -> None:
    golden(f"text/{name.replace('/', '-').replace('#', '-')}.txt", torture.pages.chapter_text(name))


def test_index(torture: Torture, golden: Golden) -> None:
    golden("index.txt", torture.pages.index_text())


def test_nothing_that_is_not_meant_for_paper_is_printed(torture: Torture) -> None:
    whole = "\n".join(torture.pages.chapter_text(name) for name in NAMES)
    hidden = ("must never be seen", "in HTML only", "Not a script", "NOT_SHOWN", "Nobody")
    assert [words for words in hidden if words in whole] == []


def test_links(torture: Torture, golden: Golden) -> None:
    golden("links.txt", "".join(f"{line}\n" for line in torture.pages.links))


def test_every_link_inside_the_book_arrives(torture: Torture) -> None:
    leads = [line for line in torture.pages.links if " on " not in line and "://" not in line and "mailto:" not in line]
    assert leads == []


def test_nothing_stands_beside_the_measure(torture: Torture) -> None:
    assert torture.pages.off_measure() == []
    assert torture.pages.pictures_off_measure() == []


def test_captions_stand_with_what_they_name(torture: Torture, golden: Golden) -> None:
    found = [line for name in NAMES for line in torture.pages.captions(name)]
    assert [line for line in found if line.endswith("alone")] == []
    golden("captions.txt", "".join(f"{line}\n" for line in found))


def test_pictures_have_the_sizes_and_sides_of_the_source(torture: Torture, golden: Golden) -> None:
    golden("pictures.txt", "".join(f"{line}\n" for line in torture.pages.measures("matter/pictures")))


def test_equations_bear_the_numbers_that_references_say(torture: Torture) -> None:
    text = torture.pages.chapter_text("matter/mathematics")
    assert [text.count(number) for number in ("(14.1)", "(14.2)", "(14.3)")] == [3, 3, 2]


def test_an_image_that_is_a_link_stands_where_the_source_says(torture: Torture) -> None:
    sides = [line.rpartition(" ")[2] for line in torture.pages.measures("matter/pictures")]
    assert sides[7:9] == ["centre", "whole"]


def test_box_drawing_joins_from_line_to_line(torture: Torture) -> None:
    strokes = [one for one in torture.pages.letters_of("prose/letters") if one.text in "│├└┌╞"]
    first = [one for one in strokes if abs(one.left - strokes[0].left) < 6][:7]
    assert [
        f"{above.bottom - below.top:.1f}" for above, below in pairwise(first) if above.bottom > below.top + 0.1
    ] == []


def test_nav(torture: Torture, golden: Golden) -> None:
    golden("nav.txt", nav(torture.places.epub("torture-book")))


def test_elements_of_the_edition(torture: Torture, golden: Golden) -> None:
    golden("elements.txt", torture.edition.elements())


def test_the_golden_files_are_those_of_the_book() -> None:
    names = {f"{name.replace('/', '-').replace('#', '-')}.txt" for name in NAMES}
    assert {path.name for path in (HERE / "golden" / "text").iterdir()} == names


@pytest.mark.parametrize(
    ("conf", "text"),
    [
        ("extensions = ['sphinx.ext.todo']\ntodo_include_todos = True\n", ".. todo:: Later.\n\n.. todolist::\n"),
        ("", ".. literalinclude:: new.txt\n   :diff: old.txt\n"),
    ],
    ids=["todolist", "literalinclude-diff"],
)
def test_no_absolute_path_is_printed(tmp_path: Path, conf: str, text: str) -> None:
    files: dict[str, str | bytes] = {
        "conf.py": f"project = 'Tiny Book'\n{conf}",
        "index.rst": "Tiny Book\n=========\n\nPart\n----\n\nLead.\n\n.. toctree::\n\n   one\n",
        "one.rst": f"One\n===\n\n{text}",
        "new.txt": "new\n",
        "old.txt": "old\n",
    }
    shop = Shop.of(tmp_path, files)
    shop.make(kinds=frozenset({"epub"}))
    assert str(tmp_path).encode() not in _unpacked(shop.epub)


def _unpacked(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())
