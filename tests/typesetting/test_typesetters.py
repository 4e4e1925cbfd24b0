"""Typesetters side by side: each keeps its language, its direction and its faces, whichever was made last."""

from __future__ import annotations

import pytest

from casebound.model.fragment import Fragment
from casebound.typesetting import Typesetter
from tests.typesetting.samples import tree

TEXT = """\
ש
=

מילה, and a word : הנה « words ! »

* פריט
* item

:field: text

::

   code = "קוד"
"""


def chapter(typesetter: Typesetter) -> Fragment:
    return typesetter.chapter("chapter", tree(TEXT))


@pytest.mark.parametrize("other", ["en", "he", "fr", "ja"])
@pytest.mark.parametrize("language", ["he", "en", "fr"])
def test_a_typesetter_does_not_change_the_pages_of_another(language: str, other: str) -> None:
    typesetter = Typesetter((), language)
    before = chapter(typesetter)
    another = Typesetter((), other)
    assert chapter(typesetter) == before
    assert chapter(another) == chapter(Typesetter((), other))
    assert chapter(typesetter) == before


def test_a_language_makes_a_difference() -> None:
    assert chapter(Typesetter((), "he")).pdf != chapter(Typesetter((), "en")).pdf
