"""Spoken text: what an output says, as words in their order, and the blocks that begin among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["Block", "BlockStarts", "SpokenText"]


class Block(NamedTuple):
    """What begins before a word: its kind, and how many items of lists it is in.

    A kind is ``heading``, ``caption``, ``head cell``, ``cell``, ``code``, ``label`` (a bullet or number, a term, the
    name of a field) or ``text``.
    """

    kind: str
    items: int


class BlockStarts:
    """The blocks that begin among words, by the places of these. Of several at one place the innermost counts, unless
    it is nothing but text."""

    def __init__(self) -> None:
        self.at: dict[int, Block] = {}

    def begin(self, place: int, kind: str, items: int) -> Block | None:
        """Note that a block begins; gives what ``end`` asks for."""
        before = self.at.get(place)
        known = before.kind if before is not None and kind == "text" else kind
        self.at[place] = Block(known, items)
        return before

    def end(self, place: int, now: int, before: Block | None) -> None:
        """Note that a block has ended: one that said nothing has not begun."""
        if now == place:
            if before is None:
                self.at.pop(place, None)
            else:
                self.at[place] = before


@dataclass(slots=True)
class SpokenText:
    """Words in their order, for each its 0-based page, or the number of its file in the spine of an EPUB.

    ``blocks`` are those that begin, by the places of their first words.
    """

    words: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    blocks: dict[int, Block] = field(default_factory=dict)

    def add(self, words: list[str], page: int) -> None:
        self.words += words
        self.pages += [page] * len(words)

    def extend(self, other: SpokenText) -> None:
        """Say another text after this one."""
        begun = len(self.words)
        self.words += other.words
        self.pages += other.pages
        self.blocks |= {begun + place: block for place, block in other.blocks.items()}
