"""Notes at the foot of a page, outside its text block: where the places are that it refers to in other files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from casebound.bindery.fonts.lettering import Letterer
from casebound.bindery.plan import NoteWords
from casebound.model.style import Lettering

__all__ = ["NotePiece", "note_lines"]

_BETWEEN = "\N{MIDDLE DOT}"


class NotePiece(NamedTuple):
    """Words of one line that open one named destination, or none where ``target`` is empty."""

    text: str
    target: str = ""


def note_lines(
    notes: Sequence[NotePiece], words: NoteWords, letterer: Letterer, lettering: Lettering, measure: float, room: int
) -> list[list[NotePiece]]:
    """The notes run on, broken into at most ``room`` lines of ``measure`` points.

    Notes that have no room are counted in ``words.more``: the reader looks them up in the list that this names.
    """
    for kept in range(len(notes), -1, -1):
        more = NotePiece(words.more.replace("{count}", str(len(notes) - kept)), words.listed)
        shown = [*notes[:kept], more] if kept < len(notes) else notes
        lines = _broken(_words(words.before, shown), letterer, lettering, measure)
        if len(lines) <= room:
            return lines
    return []


def _words(before: str, notes: Sequence[NotePiece]) -> Iterator[NotePiece]:
    yield from map(NotePiece, before.split(" "))
    for number, note in enumerate(notes):
        if number:
            yield NotePiece(_BETWEEN)
        yield from (NotePiece(word, note.target) for word in note.text.split(" "))


def _broken(
    words: Iterator[NotePiece], letterer: Letterer, lettering: Lettering, measure: float
) -> list[list[NotePiece]]:
    lines: list[list[NotePiece]] = []
    for word in words:
        if lines:
            longer = _longer(lines[-1], word)
            if sum(letterer.width(piece.text, lettering.face, lettering.size) for piece in longer) <= measure:
                lines[-1] = longer
                continue
        lines.append([NotePiece(letterer.clip(word.text, lettering.face, lettering.size, measure), word.target)])
    return lines


def _longer(line: list[NotePiece], word: NotePiece) -> list[NotePiece]:
    """The line with one more word; the space before it opens nothing, unless both words open the same."""
    *others, last = line
    if word.target == last.target:
        return [*others, NotePiece(f"{last.text} {word.text}", last.target)]
    if last.target:
        return [*line, NotePiece(f" {word.text}", word.target)]
    return [*others, NotePiece(f"{last.text} "), word]
