"""Typesetting: one resolved chapter in, one fragment out, through rst2pdf and reportlab."""

from casebound.typesetting.math import drawing as formula_drawing
from casebound.typesetting.typesetter import Typesetter

__all__ = ["Typesetter", "formula_drawing"]
