"""A document that Sphinx cannot read costs its markup: its words, its place and the rest of the book stand."""

from __future__ import annotations

from time import process_time

import pytest
from docutils import nodes

from casebound.manuscript import Manuscript
from casebound.model.diagnostics import BuildStop
from tests.limits import SECONDS
from tests.manuscript.conftest import Read
from tests.manuscript.pictures import page

ROOT = page("B", "Text.", "bad", "good")
GOOD = page("Good", "Sound words.")
RAISING = """
from docutils.parsers.rst import Directive

class Raising(Directive):
    def run(self):
        raise ValueError("no such colour")

def setup(app):
    app.add_directive("raising", Raising)
"""


def faults(book: Manuscript) -> list[str]:
    return [f"{one.place} {one.code}: {one.message}" for one in book.problems]


def texts(book: Manuscript) -> list[str]:
    (bad, good) = book.book.sections
    assert book.tree(good).astext() == "Good\n\nSound words."
    assert (bad.heading.title, bad.heading.target) == ("Bad", "bad:bad")
    return [block.astext() for block in book.tree(bad).findall(nodes.literal_block)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_directive_that_raises(book: Read, jobs: int) -> None:
    bad = page("Bad", "First words.\n\n.. raising::\n\nLast words.")
    made = book({"index.rst": ROOT, "bad.rst": bad, "good.rst": GOOD}, RAISING, jobs=jobs)
    assert faults(made) == [
        "bad:6 document-unread: Sphinx cannot read the document; its source is included verbatim: "
        "ValueError: no such colour."
    ]
    assert texts(made) == ["First words.\n\n.. raising::\n\nLast words."]


def test_the_fault_stays_until_the_source_is_mended(book: Read) -> None:
    bad = page("Bad", ".. raising::")
    files = {"index.rst": ROOT, "bad.rst": bad, "good.rst": GOOD}
    assert len(faults(book(files, RAISING))) == 1
    assert len(faults(book(files, RAISING))) == 1
    mended = book({**files, "bad.rst": page("Bad", "Mended.")}, RAISING)
    assert faults(mended) == []
    assert mended.tree(mended.book.sections[0]).astext() == "Bad\n\nMended."


def test_a_cause_outside_of_the_source_is_looked_at_each_time(book: Read) -> None:
    looked = "(self.state.document.settings.env.srcdir / 'needed').read_text(); return []"
    needing = RAISING.replace('raise ValueError("no such colour")', looked)
    bad = page("Bad", ".. raising::\n\nText.")
    files: dict[str, str | bytes] = {"index.rst": ROOT, "bad.rst": bad, "good.rst": GOOD}
    assert "document-unread" in faults(book(files, needing))[0]
    mended = book({**files, "needed": ""}, needing)
    assert faults(mended) == []
    assert mended.tree(mended.book.sections[0]).astext() == "Bad\n\nText."


def test_bytes_that_are_no_text(book: Read) -> None:
    bad = b"Bad\n===\n\nFirst.\n\nA \xed\xa0\x80 half.\n"
    made = book({"index.rst": ROOT, "bad.rst": bad, "good.rst": GOOD})
    (fault,) = faults(made)
    assert fault.startswith("bad:6 document-unread: ")
    assert texts(made) == ["First.\n\nA \\xed\\xa0\\x80 half."]


DEEP = {
    "indents": "".join("  " * level + f"* level{level}\n\n" for level in range(10_000)),
    "one line": "* " * 10_000 + "level9999",
}


@pytest.mark.parametrize("kind", DEEP)
def test_10000_nested_lists(book: Read, kind: str) -> None:
    """docutils would take gigabytes: what is so deep is not given to it."""
    begun = process_time()
    made = book({"index.rst": ROOT, "bad.rst": page("Bad", DEEP[kind]), "good.rst": GOOD})
    (fault,) = faults(made)
    assert fault.endswith("TooDeep: it is nested 401 levels deep, 400 can be read.") or kind == "one line"
    (text,) = texts(made)
    assert text.endswith("level9999")
    assert len(text) < 1_000_000
    assert process_time() - begun < SECONDS


def test_300_nested_lists_are_read(book: Read) -> None:
    deep = "".join("  " * level + f"* level{level}\n\n" for level in range(300))
    made = book({"index.rst": ROOT, "bad.rst": page("Bad", deep), "good.rst": GOOD})
    assert faults(made) == []
    assert "level299" in made.tree(made.book.sections[0]).astext()


def test_a_long_rule_is_no_list(book: Read) -> None:
    title = "Word " * 1000
    text = f"{title}\n{'-' * len(title)}\n\nWords.\n\n{'*' * 5000}\n\nWords."
    assert faults(book({"index.rst": ROOT, "bad.rst": page("Bad", text), "good.rst": GOOD})) == []


def test_the_book_hangs_on_its_root(book: Read) -> None:
    with pytest.raises(BuildStop, match="no such colour"):
        book({"index.rst": page("B", ".. raising::", "good"), "good.rst": GOOD}, RAISING)
