"""Glyphs and the faces they come from: what a fragment keeps of them, what a pen writes, which faces lend."""

from __future__ import annotations

import shutil
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase.pdfmetrics import getFont

from casebound.model.encoding import GLYPHS, decode, encode, glyph_number
from casebound.model.fragment import Fragment
from casebound.typesetting import Typesetter
from casebound.typesetting.fonts.faces import face_files
from casebound.typesetting.fonts.glyph_runs import GlyphRun, Pen, ShapedWord, Span, joined
from casebound.typesetting.fonts.lent_faces import lenders
from tests.typesetting.conftest import Set
from tests.typesetting.languages import ARABIC, CHINESE, HEBREW, JAPANESE, RTL
from tests.typesetting.samples import of_nodes, words


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


@RTL
def test_a_fragment_with_glyphs_leads_back_from_its_sidecar() -> None:
    fragment = Typesetter(language="ar").chapter("chapter", of_nodes(words(ARABIC)))
    assert fragment.glyphs["NotoSansArabic"]
    assert any(glyph.parts for glyph in fragment.glyphs["NotoSansArabic"].values())  # dots are drawn with their letter
    assert Fragment.load(fragment.sidecar(), fragment.pdf) == fragment
    again = Typesetter(language="ar").chapter("chapter", of_nodes(words(ARABIC)))
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


def test_strings_of_codes_that_meet_are_one_and_numbers_that_meet_stand_apart() -> None:
    """ISO 32000-2 9.4.3: a TJ array has strings and numbers, and -20 with 15 behind it is not -2015."""
    Typesetter()
    font = (getFont("DejaVuSans"), 0)

    def word(array: str) -> ShapedWord:
        return ShapedWord(0.0, (Span([GlyphRun(font, array)]),))

    (span,) = joined([word(r"(a\)\()"), word("(b)"), word("-20(c)"), word("(d)10"), word("15(e)")])
    assert [run.array for run in span.runs] == [r"(a\)\(b) -20(cd)10 15(e)"]
    moving = GlyphRun(font, "(a)")
    moving.move(-20)
    moving.move(-15)
    assert moving.array == "(a)20 15"
