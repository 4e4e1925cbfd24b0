"""TeX as authors write it, said in the commands that every converter of formulas knows."""

from casebound.tex.arrays import table_note
from casebound.tex.enclosures import ARROW
from casebound.tex.groups import Command, argument, respelt
from casebound.tex.lines import broken_display, display_parts, steps
from casebound.tex.spelling import depth, letters, plain
from casebound.tex.unreadable import UnreadableFormula, reason

__all__ = [
    "ARROW",
    "Command",
    "UnreadableFormula",
    "argument",
    "broken_display",
    "depth",
    "display_parts",
    "letters",
    "plain",
    "reason",
    "respelt",
    "steps",
    "table_note",
]
