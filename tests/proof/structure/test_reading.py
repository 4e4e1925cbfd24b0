"""How a chapter is to be read, and how words that were found are held against that: pictures of both."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from casebound.proof.order import compared
from casebound.proof.source.expectation import FOLIO, SourceReading
from casebound.proof.source.reading import reading
from casebound.proof.spoken import SpokenText
from casebound.proof.words import spoken_words


def read(source: str) -> SourceReading:
    tree = publish_doctree(textwrap.dedent(source), settings_overrides={"report_level": 5, "doctitle_xform": False})
    return reading(tree, "en")


def picture(source: SourceReading) -> str:
    """The words, with what outputs may add in brackets."""
    shown: list[str] = []
    for at in range(len(source.words) + 1):
        for addition in source.additions.get(at, ()):
            shown.append(f"[{' | '.join(' '.join(said).replace(FOLIO, '-> ') for said in addition)}]")
        shown += source.words[at : at + 1]
    return " ".join(shown)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One word, another-word.", "One word , another - word ."),
        ("3. three\n4. four", "3 . three 4 . four"),
        ("(b) second\n(c) third", "( b ) second ( c ) third"),
        (".. note:: Mind it.", "[Note] Mind it ."),
        (".. admonition:: Mind\n\n   It.", "Mind It ."),
        (
            ".. image:: a.png\n   :alt: A cat",
            "[[ A cat ] a . png | [ A cat ] | [ A cat a . png ] | [ A cat ] | [ a . png ] | [ a . png ]"
            " | A cat a . png | A cat | a . png | a . png]",
        ),
        ("Say :math:`a^2` now.", "Say [a ^ 2] now ."),
        (
            "A `page <https://example.org>`_.",
            "A page [( https : / / example . org ) | ( https : / / example . org ) | https : / / example . org |"
            " https : / / example . org] .",
        ),
        ("東京の Haus", "東 京 の Haus"),
    ],
)
def test_what_is_to_be_read(source: str, expected: str) -> None:
    assert picture(read(source)) == expected


def test_a_link_may_tell_its_page() -> None:
    tree = nodes.document("", None)  # type: ignore[arg-type]
    tree += nodes.paragraph("", "", nodes.Text("See "), nodes.reference("", "there", refid="a:b"), nodes.Text(" now"))
    assert picture(reading(tree, "en")) == "See there [( p . -> a:b ) | -> a:b] now"


def test_the_heads_of_a_table_may_be_above_it_or_in_each_record() -> None:
    source = read("""
        === ===
        A   B
        === ===
        1   2
        === ===
        """)
    assert picture(source) == "[A] [B] [A] 1 [B] 2"
    (table,) = source.tables
    assert (table.rows, table.columns, table.heads, table.head_cells, table.names) == (2, 2, 1, 2, ("A", "B"))


def differences(source: SourceReading, found: str, folio: str | None = "7") -> list[str]:
    words = spoken_words(found)
    source = replace(source, blocks={}, links={})  # words alone
    order = compared(source, SpokenText(words, [0] * len(words)), lambda target: folio)
    return [f"{each.expected} -> {each.found}" for each in order.differences]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("The first word and the last word of it.", []),
        ("The fi rst word and the last word of it.", ["first -> fi rst"]),
        ("The first word and the lastword of it.", ["last word -> lastword"]),
        ("The first word and the last word of it", [". -> "]),
        ("The first word of it and the last.", ["and the last word of it -> of it and the last"]),
        ("The first and the last word of it.", ["word -> "]),
        ("The very first word and the last word of it.", [" -> very"]),
        ("The first word and the last word of it. More.", [" -> More."]),
        ("", ["The first word and the last word of it. -> "]),
    ],
)
def test_where_words_differ(found: str, expected: list[str]) -> None:
    assert differences(read("The first word and the last word of it."), found) == expected


@pytest.mark.parametrize(
    ("found", "folio", "expected"),
    [
        ("See there (p. 7) and go on with it.", "7", []),
        ("See there 7 and go on with it.", "7", []),
        ("See there and go on with it.", "7", []),
        ("See there (p. 8) and go on with it.", "7", [" -> (p. 8)"]),
        ("See there (p. 8) and go on with it.", None, []),
    ],
)
def test_the_page_that_a_link_tells_is_that_of_its_target(found: str, folio: str | None, expected: list[str]) -> None:
    tree = nodes.document("", None)  # type: ignore[arg-type]
    link = nodes.reference("", "there", refid="a:b")
    tree += nodes.paragraph("", "", nodes.Text("See "), link, nodes.Text(" and go on with it."))
    assert differences(reading(tree, "en"), found, folio) == expected


def test_a_name_that_a_note_has_and_its_first_word_are_told_apart() -> None:
    source = read("Before it.\n\n.. note:: Note the rest of it.")
    assert differences(source, "Before it. Note Note the rest of it.") == []
    assert differences(source, "Before it. Note the rest of it.") == []
    assert differences(source, "Before it. Note Note Note the rest of it.") == [" -> Note Note"]


def test_what_an_addition_ends_with_may_be_what_follows_it() -> None:
    source = SourceReading(
        tuple(["Red", "and", "Green", "Some", "more", "words", "here"]), {3: ((("Blue", "and", "Green"),),)}
    )
    assert differences(source, "Red and Green Blue and Green Some more words here") == []


def test_the_foot_of_a_handout_may_follow_a_word_that_is_broken() -> None:
    words = spoken_words("One two thr ee Elsewhere: Bees Elsewhere: Ants")
    source = SourceReading(("One", "two", "three"))
    said = SpokenText(words, [0] * len(words))
    assert compared(source, said, lambda target: None, ["Elsewhere"], loosely=True).differences == ()
    assert compared(source, said, lambda target: None, ["Elsewhere"]).differences != ()


def test_an_addition_within_a_word_does_not_part_it() -> None:
    link = nodes.reference("", "name", refid="a:b")
    tree = nodes.document("", None)  # type: ignore[arg-type]
    tree += nodes.paragraph("", "", nodes.Text("See "), link, nodes.Text("s there"))
    assert differences(reading(tree, "en"), "See names there") == []
    assert differences(reading(tree, "en"), "See name (p. 7)s there") == []
    assert differences(reading(tree, "en"), "See name s the re") != []
