"""Fonts: embedded once, cut down, wide as they say, the same whatever else a build holds."""

import errno
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.bindery.fonts.faces import StyleFaces
from casebound.bindery.fonts.lettering import Letterer
from casebound.model.diagnostics import BuildStop
from casebound.model.encoding import decode
from tests.bindery.readers import opened, run, saved
from tests.bindery.samples import MONO, SANS, SERIF, STYLE, Leaf, bind, fragment, page, used_by


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = {}
    for sheet in pdf.pages:
        for font in sheet.Resources.get("/Font", {}).values():
            found[font.objgen] = font
    return list(found.values())


def test_each_subset_is_embedded_once(tmp_path: Path) -> None:
    one = fragment("one", page("Hello"), Leaf().line("code", face=MONO))
    two = fragment("two", page("World"), Leaf().line("more code", face=MONO))
    bound = bind(BindingPlan("Book", (Gathering(one, head_recto="Head"), Gathering(two))))
    rows = run("pdffonts", str(saved(bound, tmp_path))).splitlines()[2:]
    assert sorted(row.split()[0].partition("+")[2] for row in rows) == [MONO, SERIF]
    assert all(row.split()[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    with opened(bound) as pdf:
        files = [obj for obj in pdf.objects if isinstance(obj, pikepdf.Stream) and "/Length1" in obj]
    assert len(files) == 2


@pytest.mark.parametrize("face", [SERIF, MONO, SANS])
def test_widths_are_those_of_the_embedded_font_and_of_the_face(face: str) -> None:
    """A shortened hmtx, as of most monospaced faces, must not change advances."""
    leaf = Leaf().line("Hamburgefonstiv 0123 éàü – “x”", face=face)
    with opened(bind(BindingPlan("Book", (Gathering(fragment("one", leaf), bare=True),)))) as pdf:
        for font in _fonts(pdf):
            resource = next(key for key, found in pdf.pages[0].Resources.Font.items() if found.objgen == font.objgen)
            subset = int(resource.split(".")[1])
            embedded = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            original = TTFont(BytesIO(STYLE.faces[face].path.read_bytes()))
            scale = 1000 / embedded["head"].unitsPerEm
            roman, symbol = embedded["cmap"].getcmap(1, 0), embedded["cmap"].getcmap(3, 0)
            for code, width in enumerate(font.Widths, int(font.FirstChar)):
                glyph = roman.cmap.get(code, ".notdef")
                if code and 0xF000 + code not in symbol.cmap:
                    assert (glyph, width) == (".notdef", 0)
                    continue
                assert abs(float(width) - embedded["hmtx"][glyph][0] * scale) < 0.01
                if code:
                    wanted = original["hmtx"][original.getBestCmap()[decode(subset, code)]][0] * scale
                    assert abs(float(width) - wanted) < 0.01


def test_composites_bring_their_parts() -> None:
    with opened(bind(BindingPlan("Book", (Gathering(fragment("one", page("é")), bare=True),)))) as pdf:
        embedded = TTFont(BytesIO(_fonts(pdf)[0].FontDescriptor.FontFile2.read_bytes()))
    glyf = embedded["glyf"]
    glyph = glyf[embedded["cmap"].getcmap(1, 0).cmap[0xE9]]
    assert glyph.isComposite()
    assert all(glyf[part].numberOfContours > 0 for part in glyph.getComponentNames(glyf))


def test_a_file_does_not_depend_on_what_was_bound_before() -> None:
    one, two = fragment("one", page("Hello")), fragment("two", page("World"))
    plan = BindingPlan("Book", (Gathering(one, head_recto="Ω", opening=False),))
    other = BindingPlan("Other", (Gathering(two, head_recto="Ψ and Ω", opening=False),))
    used = used_by(one, two)
    alone = Bindery(STYLE, used).bind(plan)
    bindery = Bindery(STYLE, used)
    bindery.bind(other)
    assert bindery.bind(plan).pdf == alone.pdf == bindery.bind(plan).pdf


def test_a_cache_changes_nothing_and_mends_itself(tmp_path: Path) -> None:
    plan = BindingPlan("Book", (Gathering(fragment("one", page("Hello “you”"))),))
    plain = bind(plan).pdf
    assert bind(plan, cache=tmp_path / "fonts").pdf == plain
    entries = sorted((tmp_path / "fonts").iterdir())
    assert len(entries) == 2
    stamps = [entry.read_bytes() for entry in entries]
    assert bind(plan, cache=tmp_path / "fonts").pdf == plain
    entries[0].write_bytes(stamps[0][:100])
    entries[1].write_bytes(stamps[1].replace(b'"file": "', b'"file": "AAAA'))
    assert bind(plan, cache=tmp_path / "fonts").pdf == plain
    assert [entry.read_bytes() for entry in entries] == stamps


def test_a_cache_without_room_ends_the_build_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BuildStop, match=r"Cannot write to the build folder .*: No space left on device"):
        bind(BindingPlan("Book", (Gathering(fragment("one", page("Hello"))),)), cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_face_the_style_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="no face Unheard"):
        bind(BindingPlan("Book", (Gathering(fragment("one", Leaf().line("x", face="Unheard"))),)))


@settings(max_examples=60, deadline=None)
@given(line=st.text(max_size=40), measure=st.floats(0, 300))
def test_a_clipped_line_never_exceeds_its_measure(line: str, measure: float) -> None:
    letterer = Letterer(StyleFaces(STYLE.faces))
    assert letterer.width(letterer.clip(line, SERIF, 9, measure), SERIF, 9) <= measure


def test_unused_subsets_are_not_written() -> None:
    one = fragment("one", Leaf())
    with opened(
        Bindery(STYLE, {MONO: range(0x20, 0x7F)}).bind(BindingPlan("Book", (Gathering(one, bare=True),)))
    ) as pdf:
        assert not any("/FontFile2" in obj for obj in pdf.objects if isinstance(obj, pikepdf.Dictionary))
