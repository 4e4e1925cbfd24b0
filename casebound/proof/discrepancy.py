"""Discrepancies: where an output says something else than the source, told as a reader would say it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from casebound.proof.source.marks import PERHAPS
from casebound.proof.spoken import SpokenBlock

__all__ = ["Discrepancy", "linked", "may_be", "named", "shown"]

_ALSO = {"first cell": {"head cell", "cell", "text"}, "cell": {"text"}, "head cell": {"text"}}
"""What kinds of blocks may be set as: rows that no page holds are lists, what a row begins with may be its head."""

_TOLD = 12  # words of a difference that a message tells


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """A place where the words differ: what the source has, what the tags have, the 0-based page."""

    expected: str
    found: str
    page: int


def linked(target: str) -> str:
    return f"a link to {target}:" if target else "no link:"


def may_be(wanted: SpokenBlock, found: SpokenBlock | None) -> bool:
    """Whether a block is what the source has, or what outputs may make of it."""
    if found is None or wanted.items != found.items:
        return found is None and wanted.kind == PERHAPS
    return wanted.kind == PERHAPS or found.kind in _ALSO.get(wanted.kind, ())


def named(block: SpokenBlock | None) -> str:
    if block is None:
        return "no block:"
    return f"{block.kind}{' of an item' * min(block.items, 1)}{' in another' * (block.items - 1)}:"


def shown(words: Sequence[str]) -> str:
    """The first words of a stretch, as they are written."""
    text = " ".join(words[:_TOLD])
    text = re.sub(r" (?=[.,;:!?%)\]}\u201d\u2019])|(?<=[(\[{\u201c\u2018$]) ", "", text)
    return text + (" \u2026" if len(words) > _TOLD else "")
