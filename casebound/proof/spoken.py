"""Spoken text: what an output says, as words in their order."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["SpokenText"]


@dataclass(slots=True)
class SpokenText:
    """Words in their order, for each its 0-based page, or the number of its file in the spine of an EPUB."""

    words: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
