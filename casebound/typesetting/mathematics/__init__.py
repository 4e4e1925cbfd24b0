"""Formulas: TeX set as outlines through ziamath, measured from the baseline, drawn as paths at any size."""

from casebound.typesetting.mathematics.formula import BrokenFormula, Formula, formula
from casebound.typesetting.mathematics.tex import display_parts

__all__ = ["BrokenFormula", "Formula", "display_parts", "formula"]
