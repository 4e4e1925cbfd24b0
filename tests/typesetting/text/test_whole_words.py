"""Words on lines: whole where they fit, kerned where they may break, and set whatever they are made of."""

from __future__ import annotations

import pytest

from casebound.typesetting import Typesetter
from casebound.typesetting.text.paragraph import Paragraph
from tests.typesetting.samples import of_nodes, printed, words


@pytest.mark.parametrize("text", ["RULE_ADMIN_OR_OWNER", "To/Ty.Va", "Transformation Wave"])
def test_a_line_that_is_as_wide_as_its_words_is_one_line(typesetter: Typesetter, text: str) -> None:
    style = typesetter._compositor.styles["ragged"]
    paragraph = Paragraph.plain(text, style)
    width = sum(word.width + (word.space.width if word.space else 0.0) for word in paragraph.words)
    paragraph.wrap(width + 0.01, 1e4)
    assert len(paragraph.lines) == 1
    paragraph.wrap(width - 1, 1e4)
    assert len(paragraph.lines) == 2


@pytest.mark.parametrize(
    "cluster", ["\u200d漢字", "漢\ufe00字漢", "\ufe0f\u3042", "漢\u200b\u200b字", "a\ufe0f漢", "\u200e漢\u200f字"]
)
def test_ideographs_beside_what_leaves_no_ink_are_set(typesetter: Typesetter, cluster: str) -> None:
    book = printed(typesetter, of_nodes(words(cluster * 60)))
    assert {loss.partition(" ")[2].partition(" ")[0] for loss in book.losses} <= {"glyph-missing"}
    letters = [letter for letter in cluster * 60 if letter.isalpha()]
    assert [letter for letter in book.text.removeprefix("Chapter") if letter.isalpha()] == letters


@pytest.mark.parametrize("language", ["en", "he", "ja"])
@pytest.mark.parametrize(
    "text", ["\u200d(\u0915.\u200e( \xad", "/\ufe0f\u0301a", "\u200f\u200d\u0e33b", "a \ufe00\u0301\u200d👍🏽"]
)
def test_words_that_begin_with_what_is_never_printed_are_set(language: str, text: str) -> None:
    book = printed(Typesetter((), language), of_nodes(words(text * 9)))
    assert {loss.partition(" ")[2].partition(" ")[0] for loss in book.losses} <= {"glyph-missing"}
    assert book.text.count("a") == "Chapter".count("a") + text.count("a") * 9
