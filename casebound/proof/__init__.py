"""Proof: finished outputs read back and held against the book, by readers that know nothing of how they were made."""

from casebound.proof.checks import prove
from casebound.proof.claim import Claim
from casebound.proof.epub.validator import epubcheck
from casebound.proof.headings import headings
from casebound.proof.pdf.landings import landings
from casebound.proof.pdf.references import references
from casebound.proof.report import Verdict
from casebound.proof.source.expectation import SourceReading
from casebound.proof.source.reading import reading
from casebound.proof.words import source_words

__all__ = [
    "Claim",
    "SourceReading",
    "Verdict",
    "epubcheck",
    "headings",
    "landings",
    "prove",
    "reading",
    "references",
    "source_words",
]
