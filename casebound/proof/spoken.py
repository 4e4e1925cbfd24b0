"""Spoken text: what an output says, as words in their order, and the blocks that begin among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from casebound.proof.words import spoken_words

__all__ = ["BlockStarts", "SpokenBlock", "SpokenText", "is_web", "web"]


def web(address: str) -> str:
    """What a link opens that leads out of the book; within it, links open named destinations."""
    return f"<{address}>"


def is_web(target: str) -> bool:
    """Whether a target is ``web``."""
    return target.startswith("<")


class SpokenBlock(NamedTuple):
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
        self.at: dict[int, SpokenBlock] = {}

    def begin(self, place: int, kind: str, items: int) -> SpokenBlock | None:
        """Note that a block begins; gives what ``end`` asks for."""
        before = self.at.get(place)
        known = before.kind if before is not None and kind == "text" else kind
        self.at[place] = SpokenBlock(known, items)
        return before

    def end(self, place: int, now: int, before: SpokenBlock | None) -> None:
        """Note that a block has ended: one that said nothing has not begun."""
        if now == place:
            if before is None:
                self.at.pop(place, None)
            else:
                self.at[place] = before


@dataclass(slots=True)
class SpokenText:
    """Words in their order, for each its 0-based page, or the number of its file in the spine of an EPUB.

    ``blocks`` are those that begin, by the places of their first words; ``links`` what words open, None for a word
    that is only partly in a link.
    """

    words: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    blocks: dict[int, SpokenBlock] = field(default_factory=dict)
    links: dict[int, str | None] = field(default_factory=dict)

    def add(self, words: list[str], page: int) -> None:
        self.words += words
        self.pages += [page] * len(words)

    def extend(self, other: SpokenText) -> None:
        """Say another text after this one."""
        begun = len(self.words)
        self.words += other.words
        self.pages += other.pages
        self.blocks |= {begun + place: block for place, block in other.blocks.items()}
        self.links |= {begun + place: link for place, link in other.links.items()}

    def take(self, stretches: Sequence[tuple[str, str]], page: int) -> None:
        """Say stretches of text that may share words, each with what it opens."""
        words = spoken_words("".join(text for text, _ in stretches))
        if any(link for _, link in stretches):
            begun = len(self.words)
            for place, link in enumerate(_links_of(words, stretches)):
                if link != "":
                    self.links[begun + place] = link
        self.add(words, page)


def _links_of(words: Sequence[str], stretches: Sequence[tuple[str, str]]) -> Iterator[str | None]:
    """What each word opens: the words of the stretches one by one, or several of them together."""
    parts = ((word, link) for text, link in stretches for word in spoken_words(text))
    for word in words:
        said, links = "", set[str]()
        while len(said) < len(word) and (part := next(parts, None)) is not None:
            said += part[0]
            links.add(part[1])
        yield links.pop() if len(links) == 1 else None
