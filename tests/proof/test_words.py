"""Words: what counts as one, and that broken lines are not losses while missing words are."""

from __future__ import annotations

from collections import Counter

import pytest
from docutils import nodes
from docutils.core import publish_doctree

from casebound.proof.words import ChapterText, count, lost_words, source_words


def words(text: str) -> str:
    tree: nodes.document = publish_doctree(text, settings_overrides={"report_level": 5})
    return " ".join(sorted(source_words(tree).elements(), key=str.casefold))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("*in*\\ side", "inside"),
        ("soft\u00adhyphen o\ufb03ce zero\u200bwidth", "office softhyphen zerowidth"),
        ("``a_b(c)``", "a b c"),
        ("shown as \ufffd", "as shown \ufffd"),
        (".. comment\n\nshown", "shown"),
        (".. raw:: html\n\n   <b>raw</b>\n\nshown", "shown"),
        (".. image:: a.png\n   :alt: described\n\nshown", "shown"),
        (".. figure:: a.png\n\n   A caption", "A caption"),
        (":math:`x^2` shown", "shown"),
        ("a [#f]_\n\n.. [#f] note", "1 1 a note"),
        ("=  =\na  b\n=  =\nc  d\n=  =", "a b c d"),
        (".. _anchor:\n\nshown, _`inline target`", "inline shown target"),
        ("::\n\n   code\n   block", "block code"),
    ],
)
def test_source_words(text: str, wanted: str) -> None:
    assert words(text) == wanted


def test_signature_parameters_are_apart() -> None:
    from sphinx import addnodes

    parameters = addnodes.desc_parameterlist("", "")
    parameters += [addnodes.desc_parameter("", name) for name in ("size", "colour")]
    name = addnodes.desc_name("", "paint")
    tree = publish_doctree("")
    tree += addnodes.desc_signature("", "", name, parameters)
    assert source_words(tree) == Counter(["paint", "size", "colour"])


@pytest.mark.parametrize(
    ("source", "output", "lost"),
    [
        ("a book of words", "a book of words", {}),
        ("a book of words", "a book of", {"words": 1}),
        ("two words words", "two words", {"words": 1}),
        ("Case", "case", {"Case": 1}),
        ("information", "infor-\nmation", {}),
        ("well-known", "well-\nknown", {}),
        ("1\u0623\u06334", "14\u0623\u0633", {}),
        ("1\u0623\u06334", "14\u0633\u0623", {"1\u0623\u06334": 1}),
        ("a_very_long_name_in_code", "a_very_lo\nng_name_in_code", {}),
        ("information twice information", "infor-\nmation twice", {"information": 1}),
        ("conductor", "conduc", {"conductor": 1}),
        ("other the", "other", {"the": 1}),
        ("of\ufb01ce", "of\nfice", {}),
    ],
)
def test_lost_words(source: str, output: str, lost: dict[str, int]) -> None:
    assert lost_words(count(source), ChapterText(output)) == lost


def test_word_broken_at_the_end_of_a_page() -> None:
    part = ChapterText("a long infor-\n12 Running head\nmation", ("a long infor-\n\nmation",))
    assert not lost_words(count("a long information"), part)


def test_lam_and_alef_are_read_in_either_order() -> None:
    said, read = "\u0645\u0644\u0627\u062d\u0638\u0629", "\u0645\u0627\u0644\u062d\u0638\u0629"
    assert count(said) == count(read) == count("\u0645\ufefc\u062d\u0638\u0629")
    assert count(said) != count("\u0645\u062d\u0638\u0629")
