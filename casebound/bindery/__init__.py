"""The bindery: fragments in, a PDF file out; the book and every handout are the same operation with different plans."""

from __future__ import annotations

from casebound.bindery.binding import Bindery
from casebound.bindery.labels import paginate
from casebound.bindery.plan import Bound, Dangling, Elsewhere, Gathering, NoteWords, Plan

__all__ = ["Bindery", "Bound", "Dangling", "Elsewhere", "Gathering", "NoteWords", "Plan", "paginate"]
