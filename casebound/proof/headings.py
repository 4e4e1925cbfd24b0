"""Headings: what a reader finds of a title at the place that a bookmark opens, as the chapter's tree has it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from docutils import nodes

from casebound.proof.words import SKIPPED, readings, tidy

__all__ = ["headings", "is_read", "leftward", "squeezed"]

_GAP = "\0"
"""Stands where outputs say something in their own way: a note's mark, a formula, a picture, an explanation."""

_LONGEST = 400  # letters that may be in a gap


def squeezed(text: str) -> str:
    """Letters and digits alone: what two settings of one title have in common."""
    return re.sub(r"[\W_]+", "", text)


def headings(tree: nodes.document) -> dict[str, str]:
    """For each named destination of a heading its text, number in front, as ``is_read`` takes it."""
    found: dict[str, str] = {}
    for section in tree.findall(nodes.section):
        title = section[0] if section.children else None
        if isinstance(title, nodes.title):
            found |= dict.fromkeys(map(str, section["ids"]), "".join(_shown(title)))
    return found


def _shown(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, (nodes.footnote_reference, nodes.citation_reference)):
        yield _GAP
    elif isinstance(node, SKIPPED) and not isinstance(node, nodes.target):
        yield "" if isinstance(node, nodes.Invisible) else _GAP
    else:
        for child in node.children:
            yield from _shown(child)
        if isinstance(node, nodes.abbreviation) and node.get("explanation"):
            yield _GAP


def is_read(title: str, heading: str, text: str) -> bool:
    """Whether a text holds a heading, and its title in outlines says nothing else.

    Letters that run to the left may be given in any order: of those each word is looked for.
    """
    where = squeezed(tidy(text))
    if leftward(heading):
        words = re.findall(r"[^\W_]+", tidy(heading))
        return all(any(reading in where for reading in readings(word)) for word in words)
    pieces = [squeezed(tidy(piece)) for piece in heading.split(_GAP)]
    if len(pieces) == 1 and not _is_within(squeezed(tidy(title)), pieces[0]):
        return False
    return re.search(f".{{0,{_LONGEST}}}?".join(map(re.escape, pieces)), where) is not None


def _is_within(few: str, many: str) -> bool:
    """Whether all of these letters are in the others in this order."""
    rest = iter(many)
    return all(letter in rest for letter in few)


def leftward(text: str) -> bool:
    """Whether letters run to the left: readers give their order as they please."""
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)
