"""Each patch of rst2pdf, reportlab and svglib: upstream still needs it. Where a test fails, a patch can go."""

from __future__ import annotations

import ast
import importlib.util
import inspect
from types import ModuleType

import pytest
import rst2pdf.styles
import svglib.fonts
from reportlab.graphics import shapes
from reportlab.pdfbase import pdfmetrics, ttfonts
from rst2pdf.createpdf import RstToPdf

from casebound.typesetting import Typesetter, patches
from casebound.typesetting.faces import StubFont, face_files, registered
from casebound.typesetting.stylesheet import load

PATCHED = {
    "rst2pdf.styles.TTFont",
    "svglib.fonts.FontMap.find_font",
    "shapes.STATE_DEFAULTS['fontName']",
}


def unpatched(name: str) -> ModuleType:
    """A module executed anew beside the one in use, as upstream wrote it."""
    found = importlib.util.find_spec(name)
    assert found and found.loader
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_every_patch_stands_in_this_file() -> None:
    tree = ast.parse(inspect.getsource(patches.apply))
    targets = [ast.unparse(one) for node in ast.walk(tree) if isinstance(node, ast.Assign) for one in node.targets]
    assert sorted(targets) == sorted(PATCHED)


def test_rst2pdf_still_registers_the_faces_of_its_sheets_anew(
    typesetter: Typesetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []

    class Noted(ttfonts.TTFont):  # type: ignore[misc]
        def __init__(self, name: str, *rest: object) -> None:
            parsed.append(name)
            super().__init__(name, *rest)

    monkeypatch.setattr(pdfmetrics, "_fonts", dict(pdfmetrics._fonts))
    monkeypatch.setattr(rst2pdf.styles, "TTFont", Noted)
    ours = {face.fontName for face in registered()}
    folders = sorted({str(path.parent) for path in face_files().values()})
    RstToPdf(stylesheets=[str(path) for path in typesetter.sheets], font_path=folders, style_path=[], language="en_US")
    assert len(parsed) > 4
    assert set(parsed) <= ours


def test_rst2pdf_keeps_our_faces(typesetter: Typesetter) -> None:
    before = list(registered())
    Typesetter()
    assert list(map(id, registered())) == list(map(id, before))


@pytest.mark.parametrize("asked", ["Helvetica", "Times-Roman", "Courier"])
def test_svglib_still_takes_faces_that_are_not_embedded(asked: str) -> None:
    name, _ = unpatched("svglib.fonts").FontMap().find_font(asked)
    assert name == asked
    assert not isinstance(pdfmetrics._fonts.get(name), StubFont)


@pytest.mark.parametrize(
    ("asked", "face"),
    [
        (("No Such Face", "normal", "normal"), "SourceSansPro-Regular"),
        (("Arial", "bold", "normal"), "SourceSansPro-Semibold"),
        (("Times New Roman", "normal", "italic"), "SourceSerifPro-It"),
        (("sans-serif", "700", "normal"), "SourceSansPro-Semibold"),
        (("Courier New", "normal", "normal"), "DejaVuSansMono"),
    ],
)
def test_drawings_are_lettered_in_the_house_faces(typesetter: Typesetter, asked: tuple[str, ...], face: str) -> None:
    assert svglib.fonts.FontMap().find_font(*asked) == (face, True)
    assert isinstance(pdfmetrics.getFont(face), StubFont)


def test_reportlab_still_begins_drawings_in_times() -> None:
    assert unpatched("reportlab.graphics.shapes").STATE_DEFAULTS["fontName"] == "Times-Roman"


def test_drawings_begin_in_the_house_sans(typesetter: Typesetter) -> None:
    assert isinstance(pdfmetrics.getFont(shapes.STATE_DEFAULTS["fontName"]), StubFont)


def test_patching_twice_changes_nothing(typesetter: Typesetter) -> None:
    before = (rst2pdf.styles.TTFont, svglib.fonts.FontMap.find_font, dict(shapes.STATE_DEFAULTS))
    patches.apply(load().aliases)
    assert (rst2pdf.styles.TTFont, svglib.fonts.FontMap.find_font, dict(shapes.STATE_DEFAULTS)) == before
