"""Directions: lines, lists, tables, code and running heads of text from right to left."""

from __future__ import annotations

import unicodedata

import pytest
from docutils import nodes

from casebound.epub.package.directions import mirrored
from casebound.i18n.bidi import levels, ordered
from casebound.i18n.directions import starts_right_to_left
from casebound.i18n.joining import seen
from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.languages import RTL
from tests.typesetting.samples import of_nodes, printed, tree, words


@RTL
def test_a_paragraph_from_right_to_left_stands_at_the_right() -> None:
    typesetter = Typesetter(language="he")
    book = printed(typesetter, of_nodes(words("שלום עולם"), words("Latin.")))
    left, _ = typesetter.style.paper.origin(True)
    right = left + typesetter.style.paper.block[0]
    hebrew = [(box[2], box[4]) for box in book.boxes() if "\u05d0" <= box[1] <= "\u05ea"]
    assert max(edge for _, edge in hebrew) == pytest.approx(right, abs=2)
    baseline = next(box[3] for box in book.boxes() if box[1] == "L")
    latin = sorted((box[2], box[1]) for box in book.boxes() if abs(box[3] - baseline) < 3 and box[2] > right - 60)
    assert "".join(letter for _, letter in latin).strip() == "Latin."


@RTL
def test_two_directions_on_one_line(typeset: Set) -> None:
    book = typeset(of_nodes(words("An English sentence with שלום עולם inside.")))
    starts = {letter: left for _, letter, left, *_ in book.boxes()}
    assert starts["ש"] > starts["ע"] > starts["h"] and starts["."] > starts["ש"]


def test_directions_after_the_standard() -> None:
    def visual(text: str, base: int) -> str:
        return "".join(ordered(list(text), levels(text, base)))

    assert visual("car is THE CAR in arabic".replace("THE CAR", "אבג דהו"), 0) == "car is והד גבא in arabic"
    assert visual("אבג 123 דהו", 1) == "והד 123 גבא"
    assert visual("he said “\u2067אב, abc\u2069”.", 0) == "he said “\u2067abc ,בא\u2069”."
    assert starts_right_to_left("12 (שלום)") and not starts_right_to_left("a שלום")


def test_running_heads_are_joined_and_turned() -> None:
    assert seen("Plain") == "Plain"
    assert seen("שלום (abc) 12") == "12 (abc) םולש"
    assert unicodedata.normalize("NFKC", seen("السلام")[::-1]) == "السلام"
    assert "\ufefc" in seen("السلام")  # lam and alef are one letter


@RTL
def test_code_in_both_directions(typeset: Set) -> None:
    code = 'name = "שלום"  # הערה 7 \U00013001'
    book = typeset(of_nodes(nodes.literal_block(code, code, language="python")))
    assert [loss.partition(" ")[2] for loss in book.losses] == ["glyph-missing Egyptian Hieroglyphs characters"]
    starts = {letter: left for _, letter, left, *_ in book.boxes()}
    assert starts["ש"] > starts["ם"] > starts["="]
    assert {"name", "שלום", "#"} <= set(book.text.replace('"', " ").split())
    assert "הערה" in book.text
    assert "\U00013001" in book.text
    assert "\ufffd" not in book.text


@RTL
def test_lists_and_tables_from_right_to_left_begin_at_the_right() -> None:
    source = "- שלום\n\n  1. עולם\n\n.. list-table::\n\n   * - אאא\n     - בבב\n"
    typesetter = Typesetter(language="he")
    book = printed(typesetter, tree(source))
    places = {letter: left for _, letter, left, _, _, _ in book.boxes()}
    assert places["\u2022"] > places["\u05e9"]
    assert places["1"] > places["\u05e2"]
    assert places["\u05d0"] > places["\u05d1"]


def test_a_style_sheet_is_mirrored() -> None:
    css = "ul { padding-left: 1.5em; margin: 1em 2em 3em 4em }\npre { padding: 0 0 0 1em; text-align: left }\n"
    first, second, *_ = mirrored(css).splitlines()
    assert first == "ul { padding-right: 1.5em; margin: 1em 4em 3em 2em}"
    assert second == "pre { padding: 0 0 0 1em; text-align: left }"
