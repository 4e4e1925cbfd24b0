"""The standards that a PDF file may claim to meet: PDF/UA (ISO 14289-1) and the levels of PDF/A-2 (ISO 19005-2)."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["STANDARDS", "archival_level", "named", "needs_structure"]

STANDARDS = {"ua-1": "PDF/UA-1", "a-2a": "PDF/A-2a", "a-2u": "PDF/A-2u", "a-2b": "PDF/A-2b"}
"""Their names by the words that settings have for them."""


def archival_level(standards: Iterable[str]) -> str:
    """The level of PDF/A-2 among standards, as a capital letter; empty for none."""
    return next((standard[-1].upper() for standard in standards if standard.startswith("a-2")), "")


def needs_structure(standard: str) -> bool:
    """Whether a file has to be tagged, and its pictures described, to conform."""
    return standard in {"ua-1", "a-2a"}


def named(standards: Iterable[str]) -> str:
    """The names of standards in a sentence."""
    return " and ".join(STANDARDS[standard] for standard in standards)
