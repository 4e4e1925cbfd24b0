"""Embedding levels are those of another implementation of Unicode's standard annex 9: python-bidi (Rust, unicode-bidi).

The two differ rightly in two ways, and neither is drawn here. Ours knows one paragraph and takes what follows a
separator (class B) for its end; the other begins a new paragraph there. And their tables are of different versions of
Unicode: six characters (U+1171E, five signs for nabla) have changed their classes between 14 and 16.
"""

from __future__ import annotations

import re
from unicodedata import bidirectional

import pytest
from bidi import get_display
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casebound.i18n.bidi import levels, ordered

LETTERS = {
    "L": "aZ",
    "R": "את",
    "AL": "عب",
    "EN": "09",
    "AN": "٠٩",
    "ES": "+-",
    "ET": "#$",
    "CS": ",:",
    "NSM": "\u0300\u05b0",
    "BN": "\u00ad\u200b",
    "S": "\t",
    "WS": " \u2003",
    "ON": "!&\u2adc",
    "LRE": "\u202a",
    "RLE": "\u202b",
    "PDF": "\u202c",
    "LRO": "\u202d",
    "RLO": "\u202e",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
}
"""Characters of every class but B."""

OPENERS = "".join(LETTERS[kind] for kind in ("LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"))
CLOSERS = "\u202c\u2069"


def letters(some: str, least: int = 0, most: int = 40) -> st.SearchStrategy[str]:
    return st.text(st.sampled_from(some), min_size=least, max_size=most)


def of_kinds(kinds: set[str]) -> st.SearchStrategy[str]:
    return letters("".join(LETTERS[kind] for kind in sorted(kinds)))


ANYTHING = st.sets(st.sampled_from(sorted(LETTERS)), min_size=3, max_size=6).flatmap(of_kinds)
"""Of few classes at a time, so that they stand beside each other."""
BRACKETED = st.sets(st.sampled_from("[]{}<>«\u2329\u232a\u3008\u30095\u0661 \u0300"), max_size=4).flatmap(
    lambda more: letters("()aא" + "".join(sorted(more)), most=20)
)
NUMBERS = letters("09٠+#,\u0300aאع ", most=20)
NESTED = st.builds("{}{}{}{}".format, letters(OPENERS, 55, 140), ANYTHING, letters(CLOSERS, 0, 140), ANYTHING)
"""Deeper than the standard lets levels go (125)."""
DEEP = st.builds(
    "א{}{}".format,
    st.lists(st.sampled_from(("(", "a(", "[", "א(")), min_size=60, max_size=66).map("".join),
    st.lists(st.sampled_from((")", "5)", "]", "()")), max_size=66).map("".join),
)
"""About as many open brackets as the standard remembers (63)."""


def theirs(text: str, base: int) -> list[int]:
    """The levels of python-bidi, which it tells for bytes of UTF-8 and in its words for debugging only."""
    told = get_display(text, base_dir="LR"[base], debug=True)
    assert isinstance(told, str)
    found = re.findall(r"Level\(\s*(\d+),\s*\)", told[told.rindex("levels: [") : told.rindex("paragraphs: [")])
    starts = [len(text[:place].encode()) for place in range(len(text))]
    return [int(found[start]) for start in starts]


def test_every_class_is_drawn() -> None:
    assert {kind: {bidirectional(letter) for letter in found} for kind, found in LETTERS.items() if kind != "ON"} == {
        kind: {kind} for kind in LETTERS if kind != "ON"
    }


@pytest.mark.parametrize(
    "texts", [ANYTHING, NUMBERS, BRACKETED, NESTED, DEEP], ids=["anything", "numbers", "brackets", "nested", "deep"]
)
def test_levels_are_those_of_another_implementation(texts: st.SearchStrategy[str]) -> None:
    @settings(max_examples=400, deadline=None, database=None, derandomize=True)
    @given(texts.filter(bool), st.sampled_from((0, 1)))
    @example("a\u3008א\u232aב", 0)  # brackets that are canonical equivalents
    @example("א(ב)\u0300a", 0)  # a mark on a bracket
    @example(f"א{'(' * 64}a)", 0)  # a bracket more than are remembered
    def compare(text: str, base: int) -> None:
        assert levels(text, base) == theirs(text, base)

    compare()


@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(st.text(st.sampled_from("abאבع05+ ,(") | st.sampled_from(OPENERS + CLOSERS), min_size=1, max_size=30))
def test_a_line_is_seen_in_the_order_of_another_implementation(text: str) -> None:
    """Letters at its end, for white space there belongs to the line and not to a run (L1), which words know here."""
    text = f"{text}{CLOSERS * 30}a"
    seen = get_display(text, base_dir="L")
    assert "".join(ordered(list(text), levels(text, 0))) == seen
