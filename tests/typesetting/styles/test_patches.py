"""Each patch of rst2pdf and reportlab: upstream still needs it. Where a test fails, a patch can go."""

from __future__ import annotations

import ast
import importlib.util
import inspect
from types import ModuleType

import pytest
import rst2pdf.styles
from reportlab.pdfbase import pdfmetrics, ttfonts
from rst2pdf.createpdf import RstToPdf

from casebound.typesetting import Typesetter
from casebound.typesetting.fonts.faces import face_files, registered
from casebound.typesetting.styles import patches

PATCHED = {
    "styles.TTFont",
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
    before = [font.face for font in registered()]
    Typesetter()
    assert all(face is other for face, other in zip(before, (font.face for font in registered()), strict=True))


def test_patching_twice_changes_nothing(typesetter: Typesetter) -> None:
    before = rst2pdf.styles.TTFont
    patches.apply()
    assert rst2pdf.styles.TTFont == before
