"""Formulas: TeX set as outlines through ziamath, measured from the baseline, drawn as paths at any size."""

from casebound.typesetting.mathematics.formula import BrokenFormula, Formula, formula
from casebound.typesetting.mathematics.tex import broken_display, display_parts, steps

__all__ = ["BrokenFormula", "Formula", "broken_display", "display_parts", "formula", "steps"]
