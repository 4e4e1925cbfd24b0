"""A book does not depend on its history: after any edits, and with any number of processes that read, its outputs and
its manifest are those of a clean build."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebound.system import folders
from tests.press.books import Shop

EPUB = frozenset({"epub"})
CONF = """\
project = "Tiny Book"
extensions = ["sphinx.ext.todo"]
todo_include_todos = True
"""
INDEX = """\
Tiny Book
=========

See :ref:`red`, :term:`red`, :py:func:`red`, :eq:`red` and [red]_.

.. todolist::

.. toctree::
   :glob:

   *
"""
LATE = """
import time

def wait(app, docname, content):
    if docname == {!r}:
        time.sleep(0.5)

def setup(app):
    app.connect("source-read", wait)
    return {{"parallel_read_safe": True}}
"""
"""The process that reads this document is the last to end."""
SHARED = {
    "label": ".. _{0}:\n\nSection {0}\n-----------\n\nText.\n\n",
    "term": ".. glossary::\n\n   {0}\n      A colour of {1}.\n\n",
    "object": ".. py:function:: {0}()\n\n   Of {1}.\n\n",
    "equation": ".. math:: x\n   :label: {0}\n\n",
    "citation": ".. [{0}] Of {1}.\n\n",
    "todo": ".. todo:: {0} of {1}.\n\n",
    "fault": ":strange:`{0}`\n\n",
}


def text(rng: random.Random, name: str) -> str:
    kinds = rng.sample(sorted(SHARED), rng.randint(1, 4))
    body = "".join(SHARED[kind].format(rng.choice(["red", "blue"]), name) for kind in kinds)
    return f"Chapter {name}\n===============\n\nWords {rng.random()}.\n\n{body}"


def write(source: Path, rng: random.Random, name: str) -> None:
    (source / f"{name}.rst").write_text(text(rng, name), encoding="utf-8")


def chapters(source: Path) -> list[str]:
    return sorted(path.stem for path in source.glob("*.rst") if path.stem != "index")


def edit(source: Path, rng: random.Random) -> None:
    write(source, rng, rng.choice(chapters(source)))


def add(source: Path, rng: random.Random) -> None:
    write(source, rng, f"{rng.choice('abcdefgh')}{rng.randint(1, 99)}")


def rename(source: Path, rng: random.Random) -> None:
    path = source / f"{rng.choice(chapters(source))}.rst"
    path.rename(source / f"{rng.choice('abcdefgh')}{rng.randint(1, 99)}.rst")


def delete(source: Path, rng: random.Random) -> None:
    if len(chapters(source)) > 2:
        (source / f"{rng.choice(chapters(source))}.rst").unlink()


EDITS: tuple[Callable[[Path, random.Random], None], ...] = (edit, edit, add, rename, rename, delete)


def shop_of(folder: Path, rng: random.Random) -> Shop:
    shop = Shop.of(folder, {"conf.py": CONF, "index.rst": INDEX})
    for name in "abcde":
        write(shop.places.source, rng, name)
    shop.make(kinds=EPUB, jobs=1)
    return shop


def check(shop: Shop, jobs: int = 1) -> None:
    """Hold a build on top of others, by so many processes, against a clean one of the same source."""
    shop.make(kinds=EPUB, jobs=jobs)
    clean = Shop.at(shop.places.source.parent, "clean")
    clean.make(kinds=EPUB, jobs=1)
    assert shop.manifest()["problems"] == clean.manifest()["problems"]
    assert shop.outputs() == clean.outputs()
    shutil.rmtree(clean.places.build)


@pytest.mark.parametrize(
    "seed",
    [
        1,
        pytest.param(2, marks=pytest.mark.slow),
        pytest.param(3, marks=pytest.mark.slow),
        pytest.param(4, marks=pytest.mark.slow),
    ],
)
def test_any_edits_give_the_outputs_and_the_manifest_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    shop = shop_of(tmp_path, rng)
    for _ in range(8):
        for _ in range(rng.randint(1, 2)):
            rng.choice(EDITS)(shop.places.source, rng)
        check(shop)


def test_a_label_goes_to_the_same_document_whichever_was_edited_last(tmp_path: Path) -> None:
    label = ".. _red:\n\nRed in {0}\n--------\n\nText.\n"
    names = ("a", "b")
    content = {f"{name}.rst": f"{name}\n=\n\n" + label.format(name) for name in names}
    shop = Shop.of(tmp_path, {"conf.py": CONF, "index.rst": INDEX, **content, "c.rst": "c\n=\n\nText.\n"})
    shop.make(kinds=EPUB, jobs=1)
    said = [one["message"] for one in shop.manifest()["problems"] if "duplicate" in one["message"]]
    assert said == ["duplicate label red, other instance in a.rst."]
    for name in names:
        shop.edit(f"{name}.rst", "Text.", "Other text.")
        check(shop)
    shop.edit("c.rst", "Text.", label.format("c"))  # a new one among documents that stay as they are
    check(shop)
    (shop.places.source / "c.rst").unlink()  # and it goes again: the label is that of another
    check(shop)
    assert folders.is_ours(shop.places.work / "doctrees")


@pytest.mark.parametrize("late", ["a0", pytest.param("d3", marks=pytest.mark.slow)])
def test_a_book_that_several_processes_read_is_the_book_that_one_reads(tmp_path: Path, late: str) -> None:
    rng = random.Random(1)
    fault = {"shared.txt": ":strange:`fault`\n"}
    shop = Shop.of(tmp_path, {"conf.py": CONF + LATE.format(late), "index.rst": INDEX, **fault})
    for name in (f"{letter}{number}" for letter in "abcd" for number in range(4)):
        write(shop.places.source, rng, name)
    include = ".. include:: shared.txt"
    for name in ("e1", "e2"):
        (shop.places.source / f"{name}.rst").write_text(f"{name}\n==\n\n{include}\n", encoding="utf-8")
    check(shop, jobs=2)
    shop.edit("e1.rst", include, "Words.")
    for name in chapters(shop.places.source)[::2]:
        write(shop.places.source, rng, name)
    check(shop, jobs=2)
