"""What outputs are to say of a chapter: words, blocks and links in order, pictures, formulas, tables, notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casebound.proof.source.tables import SourceTable
from casebound.proof.spoken import SpokenBlock

__all__ = ["FOLIO", "Addition", "Depiction", "SourceReading"]

FOLIO = "\0"
"""Begins, among the words of an addition, a named destination: the folio of its page is said in its place."""

Addition = tuple[tuple[str, ...], ...]
"""Texts of which outputs may say one, each as its words."""


@dataclass(frozen=True, slots=True)
class Depiction:
    """A picture or a formula: its role in a PDF, what it says where it is not seen; None where nobody wrote that.

    ``path`` is the file of a picture.
    """

    role: str
    alt: str | None
    path: str = ""


@dataclass(frozen=True, slots=True)
class SourceReading:
    """A chapter as it is to be read.

    ``additions`` are what outputs may say before a word, by its place, one after the other: each one of several texts.
    """

    words: tuple[str, ...] = ()
    additions: Mapping[int, tuple[Addition, ...]] = field(default_factory=dict)
    depictions: tuple[Depiction, ...] = ()
    tables: tuple[SourceTable, ...] = ()
    code: tuple[str, ...] = ()
    """Its blocks of code, as they are written."""
    captions: int = 0
    notes: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    language: str = ""
    addresses: frozenset[str] = frozenset()
    """Addresses of its links, which notes of the outputs' own may say."""
    numbered: frozenset[str] = frozenset()
    """Words of the numbers of captions, which marks of what goes on repeat."""
    blocks: Mapping[int, SpokenBlock] = field(default_factory=dict)
    """The blocks that begin, by the places of their first words."""
    links: Mapping[int, str] = field(default_factory=dict)
    """What words open that are in a link: a named destination, or a place on the web."""
    glued: frozenset[int] = frozenset()
    """Places of words that are one with the word before them, unless something is added between."""
