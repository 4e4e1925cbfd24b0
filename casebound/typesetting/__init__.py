"""Typesetting: one resolved chapter in, one fragment out, through rst2pdf and reportlab."""

from casebound.typesetting.mathematics import drawing as formula_drawing
from casebound.typesetting.stylesheet import accents
from casebound.typesetting.typesetter import Typesetter

__all__ = ["Typesetter", "accents", "formula_drawing"]
