"""Languages: scripts set in faces that are lent, broken as their readers expect, and read back."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

from casebound.typesetting import Typesetter
from casebound.typesetting.fonts.scripts import gaps, stand_apart
from casebound.typesetting.styles.compositor import _hyphenation
from casebound.typesetting.text.syllables import divided, may_cut
from casebound.typesetting.text.words import _hyphens
from tests.typesetting.conftest import Set
from tests.typesetting.languages import ARABIC, CHINESE, CJK, HEBREW, INDIC, JAPANESE, KOREAN, RTL, SYMBOLS, THAI
from tests.typesetting.samples import Printed, of_nodes, printed, tree, words

SCRIPTS = [
    pytest.param("zh_CN", CHINESE, "NotoSansSC", marks=CJK),
    pytest.param("ja", JAPANESE, "NotoSansJP", marks=CJK),
    pytest.param("ko", KOREAN, "NotoSansKR", marks=CJK),
    pytest.param("ar", ARABIC, "NotoSansArabic", marks=RTL),
    pytest.param("he", HEBREW, "NotoSansHebrew", marks=RTL),
    pytest.param("hi", "हिन्दी में क्षत्रिय और ज्ञान जैसे संयुक्ताक्षर होते हैं।", "NotoSansDevanagari", marks=INDIC),
    pytest.param("th", "ภาษาไทย มา กา", "NotoSansThai", marks=THAI),
    pytest.param("en", "📚 ☃ ⛄", "NotoSansSymbols2-Regular", marks=SYMBOLS),
]


def solid(text: str) -> str:
    """The letters of a text, composed."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def pdftotext(book: Printed, folder: Path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = folder / "book.pdf"
    path.write_bytes(book.pdf)
    run = subprocess.run(["pdftotext", "-enc", "UTF-8", str(path), "-"], capture_output=True, check=True)
    return run.stdout.decode()


@pytest.mark.parametrize(("language", "text", "face"), SCRIPTS)
def test_a_script_is_set_in_a_face_of_its_own_and_read_back(
    tmp_path: Path, language: str, text: str, face: str
) -> None:
    book = printed(Typesetter(language=language), of_nodes(words(text)))
    assert book.losses == []
    assert face in book.fragment.used
    assert book.off_page() == []
    for reader in (book.text, pdftotext(book, tmp_path)):
        assert sorted(solid(reader)) == sorted(solid("Chapter" + text))  # marks may stand before or behind their letter
    if language not in {"hi", "th"}:
        assert solid(text) in solid(book.text)
        assert solid(text) in solid(pdftotext(book, tmp_path))


@CJK
def test_ideographs_break_where_they_may() -> None:
    for language, text in (("zh_CN", CHINESE), ("ja", JAPANESE)):
        book = printed(Typesetter(language=language), of_nodes(words(text)))
        lines = book.pages[0].split("\n")[1:]
        assert len(lines) >= 3
        assert not [line for line in lines if line[0] in "、。，：）」！？ーゃゅょっッ"]
        assert not [line for line in lines if line.rstrip()[-1] in "（「"]


@CJK
def test_lines_of_ideographs_are_justified() -> None:
    typesetter = Typesetter(language="zh_CN")
    book = printed(typesetter, of_nodes(words(CHINESE.replace(" ", ""))))
    left, _ = typesetter.style.paper.origin(True)
    right = left + typesetter.style.paper.block[0]
    ends: dict[int, float] = {}
    for _, letter, _, bottom, edge, _ in book.boxes():
        if letter not in "，。：）（Chapter":
            ends[round(bottom / 9)] = max(ends.get(round(bottom / 9), 0.0), edge)
    assert sum(right - 14 < end < right + 1 for end in ends.values()) >= 2


def test_what_may_not_part() -> None:
    assert [place for place, _ in gaps("中文，好（好）好")] == [1, 3, 4, 7]
    assert [place for place, _ in gaps("ラッパー、々")] == [2]
    assert gaps("Latin only") == []
    assert [stretches for _, stretches in gaps("메시지")] == [False, False]


@pytest.mark.parametrize(
    ("language", "word", "broken"),
    [
        ("de", "Bundesverfassungsgericht", "Bun-des-ver-fas-sungs-ge-richt"),
        ("fr", "développement", "dé-ve-lop-pe-ment"),
        ("ru", "пользователь", "поль-зо-ва-тель"),
        ("es", "configuración", "con-fi-gu-ra-ción"),
        ("pt_BR", "configuração", "con-fi-gu-ra-ção"),
        ("pt-BR", "Configuração", "Con-fi-gu-ra-ção"),
        ("de", "ÜBERSICHTLICH", "ÜBERSICHTLICH"),
        ("zh_CN", "configuration", "configuration"),
    ],
)
def test_words_are_hyphenated_as_their_language_has_it(language: str, word: str, broken: str) -> None:
    places = (0, *_hyphens(word, _hyphenation(language)), len(word))
    assert "-".join(word[a:b] for a, b in pairwise(places)) == broken


def test_headings_are_not_hyphenated(typeset: Set) -> None:
    title = "internationalization " * 12
    book = typeset(tree(f"{title.strip()}\n{'=' * len(title)}\n\ntext\n"))
    assert "-" not in book.text and "\u2010" not in book.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ข้อความเก็บทุกข้อความไว้", "ข้อความ|เก็บ|ทุก|ข้อความ|ไว้"),
        ("ເປັນສິ່ງສຳຄັນ", "ເປັນ|ສິ່ງ|ສຳ|ຄັນ"),
        ("ភាសាខ្មែរជាភាសា", "ភា|សា|ខ្មែរ|ជា|ភា|សា"),
        ("မြန်မာနိုင်ငံ", "မြန်|မာ|နိုင်|ငံ"),
    ],
    ids=["Thai", "Lao", "Khmer", "Burmese"],
)
def test_scripts_without_spaces_are_divided(text: str, expected: str) -> None:
    places = [0, *sorted({place for place, _ in divided(text) if place and may_cut(text, place)}), len(text)]
    assert "|".join(text[start:end] for start, end in pairwise(places)) == expected


def test_a_letter_is_never_torn_from_its_marks() -> None:
    text = "กำเน้ด"
    assert [place for place in range(1, len(text)) if may_cut(text, place)] == [2, 5]


@THAI
def test_thai_lines_are_full_and_end_between_words() -> None:
    typesetter = Typesetter(language="th")
    text = "คิวข้อความเก็บทุกข้อความไว้จนกว่าบริการที่รับผิดชอบจะมารับและยืนยันการประมวลผล" * 4
    book = printed(typesetter, of_nodes(words(text)))
    left, _ = typesetter.style.paper.origin(True)
    right = left + typesetter.style.paper.block[0]
    ends: dict[int, float] = {}
    for _, letter, _, bottom, edge, _ in book.boxes():
        if "\u0e01" <= letter <= "\u0e2e":
            ends[round(bottom / 9)] = max(ends.get(round(bottom / 9), 0.0), edge)
    lines = [end for _, end in sorted(ends.items(), reverse=True)]
    assert len(lines) >= 4
    assert all(right - 30 < end < right + 1 for end in lines[1:-1])


def test_latin_letters_stand_a_little_apart_from_ideographs() -> None:
    pairs = ["中a", "3の", "中文", "。a", "가a", "ab", "中 "]
    assert [stand_apart(*pair) for pair in pairs] == [True, True, False, False, False, False, False]


@CJK
def test_the_space_beside_latin_letters_is_an_eighth_of_the_size() -> None:
    book = printed(Typesetter(language="ja"), of_nodes(words("日本語Python語")))
    boxes = [box for box in book.boxes() if box[1] in "語Pn"]
    gap = next(box for box in boxes if box[1] == "P")[2] - next(box for box in boxes if box[1] == "語")[4]
    assert 0.8 < gap < 2.2
    assert "日本語Python語" in book.text


def test_french_punctuation_begins_no_line() -> None:
    typesetter = Typesetter(language="fr")
    text = " ".join(f"{'x' * (4 + index % 7)} ;" for index in range(150))
    book = printed(typesetter, of_nodes(words(text)))
    left, _ = typesetter.style.paper.origin(True)
    assert [box for box in book.boxes() if box[1] == ";" and box[2] < left + 5] == []
