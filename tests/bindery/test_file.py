"""The file as a whole: valid, the same twice, its facts, and objects that are shared."""

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from casebound.bindery import Bindery, BindingPlan, Gathering
from casebound.model.fragment import DestinationPlace, Fragment
from casebound.model.outline import OutlineEntry
from tests.bindery.readers import opened, run, saved
from tests.bindery.samples import STYLE, Leaf, bind, fragment, page, used_by


def _plan(created: datetime | None = None) -> BindingPlan:
    one = fragment("one", page("Hello"), destinations={"one:": DestinationPlace(0, 0, 300)})
    return BindingPlan(
        "Größe & <Maß>", (Gathering(one),), author="A. Author", subject="On size", keywords="size, measure",
        language="de", identifier="urn:isbn:1", producer="casebound 1", creator="Sphinx", created=created,
        outline=(OutlineEntry("One", "one:"),),
    )  # fmt: skip


def test_the_file_is_valid(tmp_path: Path) -> None:
    path = saved(bind(_plan()), tmp_path)
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(path))
    assert "PDF version:     1.7" in run("pdfinfo", str(path))


def test_two_bindings_are_equal() -> None:
    assert bind(_plan()).pdf == bind(_plan()).pdf


def test_facts_stand_in_the_dictionary_and_in_xmp() -> None:
    created = datetime(2026, 5, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with opened(bind(_plan(created))) as pdf:
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {
            "/Title": "Größe & <Maß>", "/Author": "A. Author", "/Subject": "On size", "/Keywords": "size, measure",
            "/Creator": "Sphinx", "/Producer": "casebound 1",
            "/CreationDate": "D:20260501100000Z", "/ModDate": "D:20260501100000Z",
        }  # fmt: skip
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == "Größe & <Maß>"
            assert meta["dc:creator"] == ["A. Author"]
            assert meta["dc:description"] == "On size"
            assert set(meta["dc:subject"]) == {"size", "measure"}
            assert set(meta["dc:language"]) == {"de"}
            assert meta["dc:identifier"] == "urn:isbn:1"
            assert meta["pdf:Producer"] == "casebound 1"
            assert meta["xmp:CreateDate"] == "2026-05-01T10:00:00Z"
        assert str(pdf.Root.Lang) == "de"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


def test_there_are_no_dates_unless_one_is_given() -> None:
    bound = bind(_plan())
    with opened(bound) as pdf:
        assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
        assert b"Date" not in pdf.Root.Metadata.read_bytes()
    assert bound.pdf != bind(_plan(datetime(2026, 1, 1, tzinfo=UTC))).pdf


def test_equal_images_of_different_fragments_are_embedded_once() -> None:
    one = fragment("one", Leaf().image("Im1", 90), Leaf().image("Other", 90))
    two = fragment("two", Leaf().image("Im9", 90).image("Im2", 200))
    with opened(bind(BindingPlan("Book", (Gathering(one), Gathering(two))))) as pdf:
        images = {image.objgen for sheet in pdf.pages for image in sheet.Resources.XObject.values()}
        assert len(images) == 2
        assert sum(isinstance(obj, pikepdf.Stream) and obj.get("/Subtype") == "/Image" for obj in pdf.objects) == 2
        assert {pikepdf.PdfImage(image).read_bytes() for image in pdf.pages[2].Resources.XObject.values()} == {
            b"Z" * 64,
            b"\xc8" * 64,
        }


def test_book_and_handout_come_from_the_same_fragments() -> None:
    one, two = fragment("one", page("Hello")), fragment("two", page("World").image("Im1", 3))
    before = (one.pdf, two.pdf)
    bindery = Bindery(STYLE, used_by(one, two))
    book = bindery.bind(BindingPlan("Book", (Gathering(one), Gathering(two, first_folio=2))))
    handout = bindery.bind(BindingPlan("Handout", (Gathering(two, first_folio=2),)))
    assert (one.pdf, two.pdf) == before
    with opened(book) as whole, opened(handout) as part:
        assert part.pages[0].label == whole.pages[1].label == "2"
        assert part.pages[0].Contents[1].read_bytes() == whole.pages[1].Contents[1].read_bytes()
    assert bindery.bind(BindingPlan("Book", (Gathering(one), Gathering(two, first_folio=2)))).pdf == book.pdf


def test_a_fragment_that_is_not_what_its_sidecar_says_is_refused() -> None:
    one = fragment("one", page("Hello"))
    wrong = Fragment(name="one", pages=2, size=one.size, used=one.used, pdf=one.pdf)
    with pytest.raises(ValueError, match="one has 1 pages, its sidecar says 2"):
        bind(BindingPlan("Book", (Gathering(wrong),)))


def test_a_sidecar_that_names_a_page_beyond_the_last_is_refused() -> None:
    one = fragment("one", page("Hello"), destinations={"one:": DestinationPlace(1, 0, 300)})
    with pytest.raises(ValueError, match="one has 1 pages, its sidecar names page 1"):
        Gathering(one)


def test_a_form_with_stub_fonts_of_its_own_is_given_the_real_ones(tmp_path: Path) -> None:
    one = fragment("one", page("Hello"))
    with pikepdf.open(BytesIO(one.pdf)) as pdf:
        inner = pdf.make_stream(b"BT /F 9 Tf 5 5 Td (Form) Tj ET", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        inner.BBox = pikepdf.Array([0, 0, 50, 50])
        inner.Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(F=next(iter(pdf.pages[0].Resources.Font.values())))
        )
        pdf.pages[0].Resources.XObject = pikepdf.Dictionary(Fm=inner)
        pdf.pages[0].contents_add(pdf.make_stream(b"/Fm Do"))
        out = BytesIO()
        pdf.save(out)
    used = {face: (*points, *map(ord, "Form")) for face, points in one.used.items()}
    bound = bind(
        BindingPlan("Book", (Gathering(Fragment(name="f", pages=1, size=one.size, used=used, pdf=out.getvalue())),))
    )
    assert "Form" in run("pdftotext", str(saved(bound, tmp_path)), "-")
    assert b"CaseboundFace" not in bound.pdf
    with opened(bound) as pdf:
        font = pdf.pages[0].Resources.XObject.Fm.Resources.Font.F
        assert "/FontFile2" in font.FontDescriptor
