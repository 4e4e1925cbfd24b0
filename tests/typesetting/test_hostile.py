"""Hostile and broken text: pages or a named loss, in bounded time and memory."""

from __future__ import annotations

import sys

import pytest
from docutils import nodes

from tests.typesetting.layout.test_tables import table
from tests.typesetting.samples import losses, lost, of_nodes, words
from tests.typesetting.under_limits import Press

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits are set through /proc and fork")


def test_a_table_of_2000_columns(press: Press) -> None:
    wide = table([f"cell{n}" for n in range(2000)], heads=[f"head{n}" for n in range(2000)])
    book, _ = press(words("Before."), wide)
    assert lost(of_nodes(wide), book.solid) == []
    assert book.off_page() == []


def nested(depth: int) -> nodes.Element:
    inner = nodes.bullet_list("", nodes.list_item("", words("innermost")))
    for _ in range(depth):
        inner = nodes.bullet_list("", nodes.list_item("", words("outer"), inner))
    return inner


def test_300_nested_lists(press: Press) -> None:
    book, _ = press(nested(300), words("After."))
    assert book.losses == []
    assert book.text.count("outer") == 300
    assert book.solid.endswith("innermostAfter")
    assert book.off_page() == []


@pytest.mark.slow
def test_3000_nested_lists(press: Press) -> None:
    book, _ = press(nested(3000), words("After."), megabytes=600)
    assert book.text.count("outer") == 3000
    assert book.text.endswith("innermost After.")


def test_a_literal_block_of_a_megabyte(press: Press) -> None:
    text = "".join(f"line {n} of a long block of code that goes on and on\n" for n in range(20_000))
    book, _ = press(nodes.literal_block(text, text, language="python"), megabytes=800)
    assert book.losses == []
    assert book.fragment.pages > 300


@pytest.mark.slow
def test_a_literal_block_of_five_megabytes(press: Press) -> None:
    text = "".join(f"line {n} of a long block of code that goes on and on\n" for n in range(98_000))
    book, _ = press(nodes.literal_block(text, text, language="none"), megabytes=1000)
    assert book.losses == []
    assert book.fragment.pages > 1600


@pytest.mark.slow
def test_a_paragraph_of_a_hundred_thousand_words(press: Press) -> None:
    text = " ".join(f"w{n}" for n in range(100_000))
    book, _ = press(words(text), megabytes=1000)
    assert book.solid.endswith("w99998w99999")


def test_a_thousand_sections_one_in_the_other(press: Press) -> None:
    inner = nodes.section("", nodes.title("", "Heading999"), words("innermost"), ids=["chapter:s999"])
    for level in range(998, -1, -1):
        inner = nodes.section("", nodes.title("", f"Heading{level}"), inner, ids=[f"chapter:s{level}"])
    book, _ = press(inner, megabytes=500)
    assert [f"Heading{n}" for n in range(1000) if f"Heading{n}" not in book.text] == []
    assert "innermost" in book.text


def test_emphasis_500_deep(press: Press) -> None:
    inner: nodes.Node = nodes.Text("innermost")
    for _ in range(500):
        inner = nodes.emphasis("", "", nodes.Text("a "), inner)
    book, _ = press(nodes.paragraph("", "", inner), words("After."), megabytes=500)
    assert book.text.endswith("innermost After.")


def test_a_title_of_5000_characters(press: Press) -> None:
    title = " ".join(f"title{n}" for n in range(600))
    book, _ = press(nodes.section("", nodes.title("", title), words("Text."), ids=["chapter:t"]))
    assert lost(of_nodes(words(title)), book.solid) == []
    assert book.off_page() == []


@pytest.mark.parametrize("source", ["+".join(f"x_{{{n}}}" for n in range(14_000)), "{" * 3000 + "x" + "}" * 3000])
def test_a_formula_of_a_hundred_kilobytes(press: Press, source: str) -> None:
    book, _ = press(nodes.math_block("", source), nodes.paragraph("", "", nodes.math("", source)))
    assert {loss.code for loss in book.fragment.losses} <= {"math-plain"}
    assert book.off_page() == []


def test_5000_definitions(press: Press) -> None:
    made = [
        nodes.definition_list_item("", nodes.term("", f"term{n}"), nodes.definition("", words(f"meaning{n}")))
        for n in range(5000)
    ]
    book, _ = press(nodes.definition_list("", *made), megabytes=600)
    assert book.losses == []
    assert "meaning4999" in book.text


def test_a_line_of_a_megabyte(press: Press) -> None:
    text = "x=1;" * 250_000
    book, _ = press(nodes.literal_block(text, text, language="none"), megabytes=800)
    assert book.losses == []
    assert book.fragment.pages > 100


def one_word(where: str, letters: int) -> tuple[str, nodes.Node]:
    word = "abcdefghij" * (letters // 10)
    made = {
        "paragraph": lambda: words(word),
        "cell": lambda: table([word, "narrow"]),
        "heading": lambda: nodes.section("", nodes.title("", word), words("Text."), ids=["chapter:x"]),
    }
    return word, made[where]()


SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("where", "letters"),
    [
        ("paragraph", 10_000),
        pytest.param("paragraph", 100_000, marks=SLOW),
        pytest.param("cell", 100_000, marks=SLOW),
        pytest.param("heading", 100_000, marks=SLOW),
    ],
)
def test_a_word_of_very_many_letters(press: Press, where: str, letters: int) -> None:
    word, made = one_word(where, letters)
    book, _ = press(made, words("After."))
    assert word in book.solid
    assert book.text.endswith("After.")
    assert book.off_page() == []


@pytest.mark.parametrize("where", ["paragraph", "cell", "heading"])
def test_a_word_of_2000_letters(press: Press, where: str) -> None:
    word, made = one_word(where, 2000)
    book, _ = press(made, words("After."))
    assert word in book.solid
    assert book.losses == []
    assert book.off_page() == []


def test_control_characters(press: Press) -> None:
    text = "".join(map(chr, range(0x20))) + "\x7f\x80\x9f\u200b\u2028\u2029\ufeff\ud800\udfff\ufffe"
    book, _ = press(
        words("before", text, "after"),
        nodes.literal_block(text, text, language="python"),
        nodes.paragraph("", "", nodes.literal("", text), nodes.reference("", text, refuri=f"http://a.b/{text}")),
        table([text, text]),
    )
    assert [loss for loss in losses(book.fragment.losses) if "failed" in loss] == []
    assert "before" in book.text and "after" in book.text
