"""Reads a Sphinx source tree once, and gives the book as a tree of chapters with a resolved tree for each."""

from casebound.manuscript.anywhere import layout_faults
from casebound.manuscript.branches import Medium
from casebound.manuscript.manuscript import Manuscript, from_app
from casebound.manuscript.reading.application import mend, read
from casebound.manuscript.reading.builder import READ_EVENT, CaseboundBuilder, setup_manuscript
from casebound.manuscript.web import WebAddresses

__all__ = [
    "READ_EVENT",
    "CaseboundBuilder",
    "Manuscript",
    "Medium",
    "WebAddresses",
    "from_app",
    "layout_faults",
    "mend",
    "read",
    "setup_manuscript",
]
