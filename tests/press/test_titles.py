"""Titles of every kind come out whole: in outline, navigation, running heads, contents and file names."""

from __future__ import annotations

from pathlib import Path
from time import process_time

from casebound.press import press
from tests.press.books import Shop, Told, nav, outline, pages

SECTIONS = [
    'Calls & *casts* in ``rpc<T>``, "quoted"',
    "Масштаб и 日本語 ελληνικά",
    "The sum :math:`a^2 + b_1 < c`",
    "Émile’s <b>bold</b> guide — 100 % done",
]
PRINTED = [
    "Calls & casts in rpc<T>, “quoted”",
    "Масштаб и 日本語 ελληνικά",
    "The sum a^2 + b_1 < c",
    "Émile’s <b>bold</b> guide — 100 % done",
]


def book(folder: Path) -> Shop:
    root = ["Tiny Book\n=========\n"]
    files = {}
    for number, title in enumerate(SECTIONS, 1):
        root.append(f"{title}\n{'-' * 60}\n\nA lead.\n\n.. toctree::\n   :hidden:\n\n   c{number}\n")
        text = "\n\n".join(f"Paragraph {count}. {'It goes on. ' * 30}" for count in range(30))
        files[f"c{number}.rst"] = f"{title} too\n{'=' * 60}\n\n{text}\n"
    return Shop.of(folder, {"conf.py": 'project = "Tiny Book"\n', "index.rst": "\n".join(root), **files})


def test_titles_of_all_kinds_come_out_whole(tmp_path: Path) -> None:
    shop = book(tmp_path)
    found = [problem for problem in shop.make().problems if problem.code != "glyph-missing"]
    assert [str(problem) for problem in found] == []
    verdict = press.prove(shop.places, report=Told(), thorough=True)
    assert [str(problem) for problem in verdict.problems] == []
    tree = "Tiny Book\n" + "".join(f"{title}\n  {title} too\n" for title in PRINTED)
    assert outline(shop.book) == f"Cover\nContents\n{tree}"
    assert nav(shop.epub) == tree
    for path, title in zip(shop.handouts(), PRINTED, strict=True):
        assert outline(path) == f"Contents\n{title}\n  {title} too\n"
    # the first heading takes two lines: in one it is a running head
    text = [line for lines in pages(shop.book) for line in lines]
    assert any(line.startswith(f"{PRINTED[0]} too") for line in text), text
    assert [path.name for path in shop.handouts()] == [
        "01-calls-casts-in-rpc-t-quoted.pdf",
        "02-масштаб-и-日本語-ελληνικά.pdf",
        "03-the-sum-a-2-b-1-c.pdf",
        "04-emiles-b-bold-b-guide-100-done.pdf",
    ]


def test_titles_of_very_many_letters_cost_no_more_and_name_files_that_can_be(tmp_path: Path) -> None:
    title = "Word " * 1999 + "end"
    one = f"{title}\n{'=' * len(title)}\n\n{'It goes on. ' * 3000}\n"
    root = f"{title}\n{'=' * len(title)}\n\nText.\n\n.. toctree::\n\n   one\n"
    shop = Shop.of(tmp_path, {"conf.py": f"project = {title!r}\n", "index.rst": root, "one.rst": one})
    begun = process_time()
    assert [str(problem) for problem in shop.make().problems] == []
    assert process_time() - begun < 30
    names = [Path(name).name for name in shop.outputs()]
    assert f"{'word-' * 30}"[:-1] + ".pdf" in names
    assert max(map(len, names)) < 200


def test_a_book_in_a_script_without_a_face_is_proven_and_told_once_a_script(tmp_path: Path) -> None:
    """What is drawn is boxes; what is read back, searched and copied is the text."""
    root = "ꀀꀁꀂ ꀃ\n====================\n\nꀄꀅ.\n\n.. toctree::\n\n   one\n   two\n"
    one = "ꀆꀇꀈ\n====================\n\nꀉꀊ, see :doc:`two`. ☃ 🚀\n\nꀋꀌ\n--------------------\n\nꀍ.\n"
    two = "ꀎꀏꀐ\n====================\n\n𐤀𐤁 🚀.\n"
    conf = 'project = "ꀀꀁꀂ ꀃ"\nauthor = "ꁀ"\n'
    shop = Shop.of(tmp_path, {"conf.py": conf, "index.rst": root, "one.rst": one, "two.rst": two})
    assert [str(problem).partition(": the PDF")[0] for problem in shop.make().problems] == [
        "index:2: No font has the Yi characters ꀀ ꀁ ꀂ ꀃ ꀄ ꀅ ꀆ ꀇ ꀈ ꀉ ꀊ ꀋ ꀌ ꀍ ꀎ ꀏ ꀐ ꁀ, in 3 documents",
        "one:4: No font has the emoji 🚀 (U+1F680 ROCKET), in 2 documents",
        "two:4: No font has the Phoenician characters 𐤀, 𐤁",
    ]
    verdict = press.prove(shop.places, report=Told(), thorough=True)
    assert [str(problem) for problem in verdict.problems] == []
