"""The bindery: fragments in, a PDF file out; the book and every handout are the same operation with different plans."""

from __future__ import annotations

from casebound.bindery.binding import Bindery
from casebound.bindery.labels import paginate
from casebound.bindery.plan import BindingPlan, BoundFile, DanglingTarget, Gathering, NoteWords, OutsideDestination

__all__ = [
    "Bindery",
    "BindingPlan",
    "BoundFile",
    "DanglingTarget",
    "Gathering",
    "NoteWords",
    "OutsideDestination",
    "paginate",
]
