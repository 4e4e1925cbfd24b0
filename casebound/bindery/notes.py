"""Notes at the foot of a page, outside its text block: where the places stand that it refers to in other files."""

from __future__ import annotations

from collections.abc import Sequence

from casebound.bindery.lettering import Letterer
from casebound.bindery.plan import NoteWords
from casebound.style import Lettering

__all__ = ["note_lines"]

_BETWEEN = " \N{MIDDLE DOT} "


def note_lines(
    notes: Sequence[str], words: NoteWords, letterer: Letterer, lettering: Lettering, measure: float, room: int
) -> list[str]:
    """The notes run on, broken into at most ``room`` lines of ``measure`` points.

    Notes that have no room are counted in ``words.more``: the reader looks them up in the list that this names.
    """
    for kept in range(len(notes), -1, -1):
        more = (words.more.replace("{count}", str(len(notes) - kept)),) if kept < len(notes) else ()
        text = f"{words.before} {_BETWEEN.join((*notes[:kept], *more))}"
        lines = _broken(text, letterer, lettering, measure)
        if len(lines) <= room:
            return lines
    return []


def _broken(text: str, letterer: Letterer, lettering: Lettering, measure: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and letterer.width(longer, lettering.face, lettering.size) <= measure:
            lines[-1] = longer
        else:
            lines.append(letterer.clip(word, lettering.face, lettering.size, measure))
    return lines
