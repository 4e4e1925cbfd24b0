"""Formulas: TeX set as outlines through ziamath, measured from the baseline, drawn as paths at any size."""

from casebound.typesetting.math.drawing import drawing
from casebound.typesetting.math.formula import BrokenFormula, Formula, formula

__all__ = ["BrokenFormula", "Formula", "drawing", "formula"]
