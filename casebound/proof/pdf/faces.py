"""Faces: every font of a PDF must be embedded (ISO 32000-2 9.9)."""

from __future__ import annotations

from typing import Any

from casebound.model.diagnostics import problem
from casebound.proof.pdf.objects import entry, is_dictionary, text_of
from casebound.proof.pdf.reader import PdfFile
from casebound.proof.report import CheckResult, some

__all__ = ["faces"]

_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


def faces(file: PdfFile) -> CheckResult:
    """Fonts without a font file, and fonts whose file is in the PDF more than once."""
    fonts: dict[str, bool] = {}
    for font in file.fonts():
        if font.get("/Subtype") in ("/Type0", "/Type3"):  # a Type0 font's file is with its descendant; Type3 is drawn
            continue
        name = text_of(font["/BaseFont"]).removeprefix("/")
        fonts[name] = fonts.get(name, True) and _embedded(font)
    missing = sorted(name for name, embedded in fonts.items() if not embedded)
    figures = {"fonts": len(fonts), "not embedded": missing}
    problems = (problem("face-not-embedded", name=file.name, detail=some(missing)),) if missing else ()
    return CheckResult("faces", figures, problems)


def _embedded(font: Any) -> bool:
    descriptor = entry(font, "/FontDescriptor")
    return is_dictionary(descriptor) and any(key in descriptor for key in _FILES)
