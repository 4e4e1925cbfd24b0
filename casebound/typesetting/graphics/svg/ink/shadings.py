"""Gradients as shadings and patterns of PDF (ISO 32000-2 8.7.4)."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary

from casebound.typesetting.graphics.svg.matrices import Matrix
from casebound.typesetting.graphics.svg.scene import Gradient

__all__ = ["alpha_of", "array", "pattern_of", "shading"]

_APART = 1e-5  # of a gradient: two stops at one place are brought so far apart


def array(values: Sequence[float | str]) -> PDFArray:
    """Numbers as an array of PDF."""
    return PDFArray(list(values))


def alpha_of(gradient: Gradient) -> float | None:
    """The opacity of all stops; None where they differ."""
    found = {tone[3] for _, tone in gradient.stops}
    return found.pop() if len(found) == 1 else None


def pattern_of(gradient: Gradient) -> PDFDictionary:
    """A gradient as a pattern of its colours."""
    return PDFDictionary(
        {"Type": "/Pattern", "PatternType": 2, "Matrix": _matrix(gradient.matrix), "Shading": shading(gradient)}
    )


def shading(gradient: Gradient, *, of_alpha: bool = False) -> PDFDictionary:
    """The shading of a gradient's colours, or of its opacity as shades of grey."""
    values = [(offset, tone[3:] if of_alpha else tone[:3]) for offset, tone in gradient.stops]
    return PDFDictionary(
        {
            "ShadingType": 2 if len(gradient.places) == 4 else 3,
            "ColorSpace": "/DeviceGray" if of_alpha else "/DeviceRGB",
            "Coords": array(gradient.places),
            "Function": _function(values),
            "Extend": array(["true", "true"] if gradient.extends else ["false", "false"]),
        }
    )


def _function(stops: Sequence[tuple[float, Sequence[float]]]) -> PDFDictionary:
    """Colours between stops, one function from each to the next (7.10.4)."""
    stops = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    steps: list[PDFDictionary] = []
    bounds: list[float] = []
    at = 0.0
    for index in range(len(stops) - 1):
        (start, one), (end, other) = stops[index], stops[index + 1]
        if end - start < _APART and one == other:
            continue
        end = max(end, at + _APART)
        if end >= 1 and index < len(stops) - 2 and bounds and bounds[-1] >= 1 - 2 * _APART:
            continue
        steps.append(PDFDictionary({"FunctionType": 2, "Domain": array([0, 1]), "C0": array(one), "C1": array(other),
                                    "N": 1}))  # fmt: skip
        bounds.append(min(end, 1 - _APART))
        at = bounds[-1]
    if len(steps) == 1:
        return steps[0]
    if not steps:
        tone = array(stops[0][1])
        return PDFDictionary({"FunctionType": 2, "Domain": array([0, 1]), "C0": tone, "C1": tone, "N": 1})
    return PDFDictionary(
        {
            "FunctionType": 3,
            "Domain": array([0, 1]),
            "Functions": PDFArray(steps),
            "Bounds": array(bounds[:-1]),
            "Encode": array([0, 1] * len(steps)),
        }
    )


def _matrix(matrix: Matrix) -> PDFArray:
    return array(matrix)
