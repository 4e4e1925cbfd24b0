"""Characters that cannot be shown stand as their numbers wherever a text goes: page, title, index, contents, cover."""

from __future__ import annotations

import pytest
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.pictures import faults, page

TITLE = page("B", "Text.", "one")


def test_in_text_titles_code_and_entries(book: Read) -> None:
    text = "Some\x1b[31m words.\n\n.. index:: en\x01try\n\n.. code-block:: python\n\n   x = '\x02'\n"
    made = book({"index.rst": TITLE, "one.rst": page("On\x07e", text)})
    (one,) = made.book.sections
    assert one.title == "On[U+0007]e"
    assert [entry.term for group in made.book.index for entry in group.entries] == ["en[U+0001]try"]
    tree = made.tree(one)
    assert "Some[U+001B][31m words." in tree.astext()
    (code,) = tree.findall(nodes.literal_block)
    assert (code.astext(), code["language"]) == ("x = '[U+0002]'", "python")
    assert faults(made).count("character-unprintable") == 4


@pytest.mark.parametrize("mark", "\u202a\u202b\u202d\u202e\u2066\u2067\u2068", ids=lambda mark: f"U+{ord(mark):04X}")
def test_no_text_reads_otherwise_than_it_is_written(book: Read, mark: str) -> None:
    """Overrides are numbers everywhere; embeddings and isolates are in code, and stand where text is written."""
    text = f"Over {mark}riding\u202c.\n\n``ac{mark}cess``\n\n::\n\n   x{mark}y\n"
    made = book({"index.rst": TITLE, "one.rst": page("One", text)})
    number, is_override = f"[U+{ord(mark):04X}]", mark in "\u202d\u202e"
    shown = made.tree(made.book.sections[0]).astext()
    assert f"Over {number if is_override else mark}riding" in shown
    assert f"ac{number}cess" in shown and f"x{number}y" in shown
    lines = [4, 6, 10] if is_override else [6, 10]
    assert faults(made) == "".join(f"one:{line} character-unprintable\n" for line in sorted(lines, key=str))


def test_what_is_escaped_is_no_character(book: Read) -> None:
    text = "A note.\\ [#n]_ An a\\*.\n\n.. parsed-literal::\n\n   b\\*\n\n.. [#n] Its text.\n"
    made = book({"index.rst": TITLE, "one.rst": page("One", text)})
    assert faults(made) == ""
    assert "An a*." in made.tree(made.book.sections[0]).astext()


def test_the_character_that_docutils_uses_itself(book: Read) -> None:
    made = book({"index.rst": TITLE, "one.rst": page("One", "A \x00 b.\n\n::\n\n   c\x00d\n")})
    assert "c[U+0000]d" in made.tree(made.book.sections[0]).astext()
    assert faults(made) == "one:4 character-unprintable\none:8 character-unprintable\n"


@pytest.mark.parametrize("name", ["project", "author", "release", "copyright"])
def test_in_conf(book: Read, name: str) -> None:
    made = book({"index.rst": page("B")}, f"{name} = 'a\\x01\\ud800b'")
    assert "a\x01" not in repr(made.book) and "\ud800" not in str(made.book.identifier)


def test_a_sound_book_says_nothing(book: Read) -> None:
    made = book(
        {"index.rst": TITLE, "one.rst": page("One", "Tab\there, soft\u00adhyphen, zero\u200bwidth, \u200fmark.")}
    )
    assert faults(made) == ""


def test_the_colours_of_a_terminal_are_no_text(book: Read) -> None:
    text = "::\n\n   \x1b[1;31mred\x1b[0m and \x1b[Kplain\n\nA \x1b[0m b.\n"
    made = book({"index.rst": TITLE, "one.rst": page("One", text)})
    assert made.tree(made.book.sections[0]).astext() == "One\n\nred and plain\n\nA [U+001B][0m b."
    assert faults(made) == "one:8 character-unprintable\n"
