"""The words that outputs add to a book: Sphinx's where it has them, ours where not, English where neither has."""

from __future__ import annotations

import string

import pytest

from casebound.i18n.wording import around, languages, matter_titles, word, words


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "Contents, Figures, Index, Warning, See also, Edition 1.0"),
        ("de", "Inhalt, Abbildungen, Stichwortverzeichnis, Warnung, Siehe auch, Ausgabe 1.0"),
        ("de-AT", "Inhalt, Abbildungen, Stichwortverzeichnis, Warnung, Siehe auch, Ausgabe 1.0"),
        ("fr", "Table des matières, Figures, Index, Avertissement, Voir aussi, Édition 1.0"),
        ("zh-CN", "目录, 插图, 索引, 警告, 参见, 1.0 版"),
        ("zh-Hans", "目录, 插图, 索引, 警告, 参见, 1.0 版"),
        ("da", "Indhold, Figures, Indeks, Advarsel, Se også, Edition 1.0"),
        ("tlh", "Contents, Figures, Index, Warning, See also, Edition 1.0"),
    ],
)
def test_words(language: str, expected: str) -> None:
    words = [word(key, language) for key in ("contents", "figures", "index", "warning", "seealso")]
    assert ", ".join([*words, word("edition", language, release="1.0")]) == expected


def test_a_phrase_says_what_stands_before_and_behind() -> None:
    assert [around("entry-see", language) for language in ("en", "de", "ja")] == [
        ("see ", ""),
        ("siehe ", ""),
        ("", "を参照"),
    ]


@pytest.mark.parametrize("language", languages())
def test_every_language_has_the_gaps_of_english(language: str) -> None:
    for key, text in words("en").items():
        assert _gaps(words(language).get(key, text)) == _gaps(text)


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_titles_of_matter_are_known_in_every_language() -> None:
    assert {"Index", "Inhalt", "目次", "الفهرس"} <= matter_titles()
