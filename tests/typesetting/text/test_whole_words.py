"""Words that fit their line are whole: their letters are kerned across the places where they may break."""

from __future__ import annotations

import pytest

from casebound.typesetting import Typesetter
from casebound.typesetting.text.paragraph import Paragraph


@pytest.mark.parametrize("text", ["RULE_ADMIN_OR_OWNER", "To/Ty.Va", "Transformation Wave"])
def test_a_line_that_is_as_wide_as_its_words_is_one_line(typesetter: Typesetter, text: str) -> None:
    style = typesetter._compositor.styles["ragged"]
    paragraph = Paragraph.plain(text, style)
    width = sum(word.width + (word.space.width if word.space else 0.0) for word in paragraph.words)
    paragraph.wrap(width + 0.01, 1e4)
    assert len(paragraph.lines) == 1
    paragraph.wrap(width - 1, 1e4)
    assert len(paragraph.lines) == 2
