"""Substitutes: what is drawn for a character that no face has, and what is said of it."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from docutils import nodes

from casebound.typesetting.fonts.missing import scripts
from tests.typesetting.conftest import Set
from tests.typesetting.samples import of_nodes, tree, words

BARE = pytest.mark.skipif(find_spec("justmytype_intl_cjk") is not None, reason="justmytype-intl-cjk is installed")
A, B = "\U00013000", "\U00013001"  # hieroglyphs


@pytest.mark.parametrize(
    ("letter", "alike"), [("✅", "✔"), ("❌", "✘"), ("❎", "☒"), ("⭐", "★"), ("➡️", "➡"), ("Ａ", "A")]
)
def test_a_sign_is_drawn_as_one_that_looks_alike_and_read_as_itself(typeset: Set, letter: str, alike: str) -> None:
    book = typeset(of_nodes(words(letter), words(alike)))
    assert book.losses == []
    assert book.text == f"Chapter {letter[0]} {alike}"
    drawn = [(left, right, top - bottom) for _, _, left, bottom, right, top in book.boxes()[-2:]]
    assert drawn[0] == pytest.approx(drawn[1], abs=0.01)


def test_signs_in_cells_and_code_are_drawn_too(typeset: Set) -> None:
    book = typeset("Support\n=======\n\n== ==\nA  B\n== ==\n✅ ❌\n== ==\n\n::\n\n   ✅ ❌\n\n``✅``\n")
    assert book.losses == []
    assert [letter for _, letter, *_ in book.boxes() if letter in "✅❌"] == ["✅", "❌", "✅", "❌", "✅"]


def test_a_character_that_no_face_has_is_a_box_as_wide_as_the_type_is_high(typeset: Set) -> None:
    code = nodes.literal_block("", f'print("{A}")', language="python")
    code.line = 9
    book = typeset(of_nodes(words(f"a {A}b c"), code))
    assert book.text == f'Chapter a {A}b c print("{A}")'
    assert [loss.partition(" ")[2] for loss in book.losses] == ["glyph-missing Egyptian Hieroglyphs characters"]
    (first, after) = [box for box in typeset(of_nodes(words("a \ue123b"))).boxes() if box[1] in "\ue123b"]
    assert after[2] - first[2] == pytest.approx(10.4, abs=1.0)


def test_boxes_break_over_lines_and_stay_in_their_cells(typeset: Set) -> None:
    row = f"   * - {A * 80}\n     - {'并添加测试用例' * 12}\n     - ``{B * 60}``\n"
    book = typeset(f"Cells\n=====\n\n.. list-table::\n\n{row}\n{'𓀀' * 200}\n\n::\n\n   {A * 200}\n")
    assert book.off_page() == []
    assert book.text.count(A) == 480
    assert [loss for loss in book.losses if "failed" in loss] == []


@pytest.mark.parametrize("letter", [A, "\ue123"])
def test_a_character_that_no_face_has_is_named_at_its_place(typeset: Set, letter: str) -> None:
    paragraph = words("before", letter, "after")
    paragraph.line = 33
    book = typeset(of_nodes(words("First."), paragraph))
    (loss,) = book.fragment.losses
    assert (loss.code, loss.docname, loss.line) == ("glyph-missing", "chapter", 33)
    assert loss.values["letters"] == letter
    assert "before" in book.text and "after" in book.text


def test_characters_are_told_script_by_script() -> None:
    found = scripts(map(ord, f"{A}{B}𓂀🚀😀\ue000ኣ᠀ᠠ\u0ba8𐤀⃀"))
    assert [(script.name, script.letters) for script in found] == [
        ("Egyptian Hieroglyphs characters", f"{A}{B}𓂀"),
        ("Ethiopic characters", "ኣ"),
        ("Mongolian characters", "᠀ᠠ"),
        ("Phoenician characters", "𐤀"),
        ("Tamil characters", "\u0ba8"),
        ("characters for private use", "\ue000"),
        ("emoji", "😀🚀"),
        ("symbols", "⃀"),
    ]


@BARE
def test_the_extra_that_has_a_script_is_named(typeset: Set) -> None:
    book = typeset("Scripts\n=======\n\n日本語、ひらがなカタカナ。 한국어 ไทย\n")
    helps = {loss.values["name"]: loss.values["help"] for loss in book.fragment.losses}
    for script in ("Han", "Hiragana", "Katakana", "Hangul"):
        assert helps[f"{script} characters"] == "Install casebound[cjk], which has fonts for them."
    assert helps["Thai characters"] == "Install casebound[languages], which has fonts for them."


def test_an_extra_that_is_installed_is_not_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("casebound.typesetting.fonts.missing.find_spec", lambda name: object())
    assert "casebound[" not in scripts([ord("日")])[0].help


def test_a_missing_mark_and_a_missing_letter_of_a_shaped_word_are_boxes(typeset: Set) -> None:
    book = typeset(tree("Marks\n=====\n\nA\u0b56 ཀྵ x\U0001e023y\n"))
    assert {loss.partition(" ")[2].split()[1] for loss in book.losses} >= {"Oriya", "Tibetan"}
    assert "\ufffd" not in book.text and "x" in book.text
