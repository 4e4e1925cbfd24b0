"""Languages: scripts set in faces that are lent, in their direction, broken as their readers expect, and read back."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from docutils import nodes
from reportlab.pdfbase.pdfmetrics import getFont

from casebound.epub.package.directions import mirrored
from casebound.i18n.bidi import levels, ordered
from casebound.i18n.directions import starts_right_to_left
from casebound.i18n.joining import seen
from casebound.model.encoding import GLYPHS, decode, encode, glyph_number
from casebound.model.fragment import Fragment
from casebound.typesetting import Typesetter
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.fonts.glyph_runs import GlyphRun, Pen, Span
from casebound.typesetting.fonts.lent_faces import lenders
from casebound.typesetting.fonts.scripts import gaps, stand_apart
from casebound.typesetting.styles.compositor import _hyphenation
from casebound.typesetting.text.syllables import divided, may_cut
from casebound.typesetting.text.words import _hyphens
from tests.typesetting.conftest import Set
from tests.typesetting.samples import Printed, of_nodes, printed, tree, words

RTL = pytest.mark.skipif(find_spec("justmytype_intl_rtl") is None, reason="justmytype-intl-rtl is not installed")
CJK = pytest.mark.skipif(find_spec("justmytype_intl_cjk") is None, reason="justmytype-intl-cjk is not installed")
INDIC = pytest.mark.skipif(
    find_spec("justmytype_intl_south_asia") is None, reason="justmytype-intl-south-asia is not installed"
)
THAI = pytest.mark.skipif(find_spec("justmytype_intl_sea") is None, reason="justmytype-intl-sea is not installed")
SYMBOLS = pytest.mark.skipif(find_spec("justmytype_western_core") is None, reason="justmytype-western-core is missing")

CHINESE = (
    "中文排版需要在行尾和行首遵守禁则处理：标点符号不能出现在行首，开括号不能出现在行尾（例如这一个）。"
    "消息队列保存每一条消息，直到有人取走为止，服务之间通过队列进行通信，而不是直接调用。"
    "这里有一些 Latin words 以及数字 123 混排在中文里面，看看效果如何。"
)
JAPANESE = (
    "日本語の組版では、行頭に句読点や小書きの仮名を置いてはならない。「メッセージ」はキューに保存され、待っている。" * 3
)
KOREAN = "메시지는 대기열에 보관되며 누군가 가져갈 때까지 기다린다. 서비스는 다른 서비스에 작업을 요청한다."
ARABIC = (
    "العربية لغة تكتب من اليمين إلى اليسار، وهذه فقرة طويلة بما يكفي لكي تنكسر على عدة أسطر عندما توضع في عمود النص. "
    "الخدمة تطلب العمل من خدمة أخرى وتنتظر الجواب، بينما يحتفظ الطابور بكل رسالة."
)
HEBREW = (
    "עברית נכתבת מימין לשמאל, וזו פסקה ארוכה מספיק כדי להישבר לכמה שורות כאשר היא מסודרת בעמודה. "
    "השירות מבקש עבודה משירות אחר ומחכה לתשובה בזמן שהתור מחזיק הודעות."
)

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


@pytest.fixture
def speaking() -> Iterator[type[Typesetter]]:
    """Typesetters of other languages; the faces of the process are English again afterwards."""
    yield Typesetter
    Typesetter()


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
    speaking: type[Typesetter], tmp_path: Path, language: str, text: str, face: str
) -> None:
    book = printed(speaking(language=language), of_nodes(words(text)))
    assert book.losses == []
    assert face in book.fragment.used
    assert book.off_page() == []
    for reader in (book.text, pdftotext(book, tmp_path)):
        assert sorted(solid(reader)) == sorted(solid("Chapter" + text))  # marks may stand before or behind their letter
    if language not in {"hi", "th"}:
        assert solid(text) in solid(book.text)
        assert solid(text) in solid(pdftotext(book, tmp_path))


@CJK
def test_ideographs_break_where_they_may(speaking: type[Typesetter]) -> None:
    for language, text in (("zh_CN", CHINESE), ("ja", JAPANESE)):
        book = printed(speaking(language=language), of_nodes(words(text)))
        lines = book.pages[0].split("\n")[1:]
        assert len(lines) >= 3
        assert not [line for line in lines if line[0] in "、。，：）」！？ーゃゅょっッ"]
        assert not [line for line in lines if line.rstrip()[-1] in "（「"]


@CJK
def test_lines_of_ideographs_are_justified(speaking: type[Typesetter]) -> None:
    typesetter = speaking(language="zh_CN")
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


@RTL
def test_a_paragraph_from_right_to_left_stands_at_the_right(speaking: type[Typesetter]) -> None:
    typesetter = speaking(language="he")
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


def test_letters_joined_by_a_mark(typeset: Set) -> None:
    book = typeset(of_nodes(words("Noe\u0308l cafe\u0301 x\u0302 \u2764\ufe0f so\u00adft")))
    assert unicodedata.normalize("NFC", book.text) == "Chapter Noël café x\u0302 \u2764 soft"
    assert book.losses == []


def test_ligatures_read_as_their_letters(typeset: Set) -> None:
    book = typeset(of_nodes(words("The office file is configured by a final flag.")))
    assert book.text == "Chapter The office file is configured by a final flag."
    glyphs = book.fragment.glyphs["SourceSerifPro-Regular"]
    assert {glyph.text for glyph in glyphs.values()} == {"ffi", "fi", "fl"}


def test_spaces_are_as_wide_as_they_should_be(typeset: Set) -> None:
    widths = {}
    for name, space in {"none": "", "em": "\u2003", "en": "\u2002", "narrow": "\u202f", "no-break": "\u00a0"}.items():
        book = typeset(of_nodes(words(f"x{space}y")))
        assert book.losses == []
        edges = {letter: (left, right) for _, letter, left, _, right, _ in book.boxes()}
        widths[name] = edges["y"][0] - edges["x"][1]
    size = 10.4
    assert widths["em"] - widths["none"] == pytest.approx(size, abs=0.6)
    assert widths["en"] - widths["none"] == pytest.approx(size / 2, abs=0.6)
    assert 0.1 * size < widths["narrow"] - widths["none"] < widths["no-break"] - widths["none"] < 0.35 * size


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


@RTL
def test_a_fragment_with_glyphs_leads_back_from_its_sidecar(speaking: type[Typesetter]) -> None:
    fragment = speaking(language="ar").chapter("chapter", of_nodes(words(ARABIC)))
    assert fragment.glyphs["NotoSansArabic"]
    assert any(glyph.parts for glyph in fragment.glyphs["NotoSansArabic"].values())  # dots are drawn with their letter
    assert Fragment.load(fragment.sidecar(), fragment.pdf) == fragment
    again = speaking(language="ar").chapter("chapter", of_nodes(words(ARABIC)))
    assert again == fragment


def test_glyphs_are_encoded_apart_from_characters() -> None:
    points = [GLYPHS, GLYPHS + 0x20, GLYPHS + 0x100, GLYPHS + 0xE1234, 0x1FFFFF]
    assert [decode(*encode(point)) for point in points] == points
    assert not {encode(point)[1] for point in points} & {0, 0x20}
    assert [glyph_number(point) for point in points] == [0, 0x20, 0x100, 0x1234, 0xFFFF]


def test_every_font_of_a_book_of_many_scripts_is_whole(typeset: Set) -> None:
    book = typeset(of_nodes(words(CHINESE, JAPANESE, ARABIC, HEBREW, "office")))
    with pikepdf.open(BytesIO(book.pdf)) as pdf:
        fonts = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary) and obj.get("/Type") == "/Font"]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor and "/ToUnicode" in font


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


def test_a_pen_writes_what_is_raised_and_what_reads_as_something_else() -> None:
    Typesetter()
    face = getFont("DejaVuSans")
    runs = [GlyphRun((face, 0), "(a)"), GlyphRun((face, 0), "-20(b)", 50.0)]
    code: list[str] = []
    pen = Pen(lambda font: f"/{font[0].fontName}", code)
    pen.write([Span(runs, "\u0061"), Span([GlyphRun((face, 0), "(c)")])], 10)
    pen.rest()
    assert code == [
        "/Span<</ActualText<FEFF0061>>>BDC", "/DejaVuSans 10.00 Tf", "[(a)]TJ", "0.50 Ts", "[-20(b)]TJ", "EMC",
        "0.00 Ts", "[(c)]TJ",
    ]  # fmt: skip


def test_lenders_are_found_by_family_or_path_and_once_per_language(tmp_path: Path) -> None:
    own = tmp_path / "Own-Regular.ttf"
    shutil.copy(face_files()["DejaVuSans"], own)
    found = lenders({"xx": ["NoSuchFamily", str(own), "DejaVuSans"], "any": ["AlsoNone"]})
    assert [(face.fontName, face.face.path, face.language) for face in found] == [("Own-Regular", own, "xx")]
    assert found[0].has(ord("Ω")) and found[0].own_width(ord("Ω")) == pytest.approx(764, abs=1)
    assert not found[0].has(0xE000)


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
def test_lists_and_tables_from_right_to_left_begin_at_the_right(speaking: type[Typesetter]) -> None:
    source = "- שלום\n\n  1. עולם\n\n.. list-table::\n\n   * - אאא\n     - בבב\n"
    typesetter = speaking(language="he")
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
def test_thai_lines_are_full_and_end_between_words(speaking: type[Typesetter]) -> None:
    typesetter = speaking(language="th")
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
def test_the_space_beside_latin_letters_is_an_eighth_of_the_size(speaking: type[Typesetter]) -> None:
    book = printed(speaking(language="ja"), of_nodes(words("日本語Python語")))
    boxes = [box for box in book.boxes() if box[1] in "語Pn"]
    gap = next(box for box in boxes if box[1] == "P")[2] - next(box for box in boxes if box[1] == "語")[4]
    assert 0.8 < gap < 2.2
    assert "日本語Python語" in book.text


def test_french_punctuation_begins_no_line(speaking: type[Typesetter]) -> None:
    typesetter = speaking(language="fr")
    text = " ".join(f"{'x' * (4 + index % 7)} ;" for index in range(150))
    book = printed(typesetter, of_nodes(words(text)))
    left, _ = typesetter.style.paper.origin(True)
    assert [box for box in book.boxes() if box[1] == ";" and box[2] < left + 5] == []
