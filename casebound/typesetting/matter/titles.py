"""Titles as large as they fit whole: lines end between words, and a word wider than the line is set smaller.

A word that would get too small is hyphenated, where its language is. Only one of very many letters is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reportlab.lib.styles import ParagraphStyle

from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.styles.variants import scaled
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.words import HYPHEN, Word, hyphens

__all__ = ["fitted", "widest"]

_STEPS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)  # of the size of the style: a title that fits whole gets no smaller
_TINY = (0.4, 0.3, 0.2)  # one that would be taller than its place does


def widest(title: Paragraph, *, hyphenated: bool = False) -> float:
    """The width of the widest stretch of a title that no line may end in, in points: a word, an ideograph.

    ``hyphenated``: a syllable, where the language has hyphens.
    """
    language = getattr(title.style, "language", "") if hyphenated else ""
    return max((stretch for word in title.words for stretch in _stretches(word, language)), default=0.0)


def _stretches(word: Word, language: str) -> Iterator[float]:
    """The widths of what is between places that readers expect a line to end at: dashes and soft hyphens too."""
    run = 0.0
    for part in word.parts:
        free = [place for place, cost, _ in part.breaks if cost < HYPHEN]
        places = [0, *sorted({*free, *hyphens(part.text, part.font, language)}), len(part.text)]
        for number, (start, end) in enumerate(pairwise(places)):
            if number:
                yield run
                run = 0.0
            run += shape(part.font, part.text[start:end]).width * part.look.size / 1000 if part.text else part.width
    yield run


def fitted(text: str, style: ParagraphStyle, room: float, lines: int) -> Paragraph:
    """A title for a room of so many points, in so many lines if it can be.

    It is as large as its words fit whole; else as large as its syllables do; else small enough for its words, or
    for the height of so many lines.
    """

    def fits(title: Paragraph, tall: float, hyphenated: bool) -> bool:
        short = float(title.wrap(room, 1e4)[1]) <= lines * tall + 1
        return short and widest(title, hyphenated=hyphenated) <= room

    for sizes, hyphenated in ((_STEPS, False), (_STEPS, True), (_TINY, False)):
        for factor in sizes:
            title = Paragraph.plain(text, scaled(style, factor))
            if fits(title, style.leading * max(factor, _STEPS[-1]), hyphenated):
                return title
    for factor in (_STEPS[-1], *_TINY):
        title = Paragraph.plain(text, scaled(style, factor))
        if title.wrap(room, 1e4)[1] <= lines * style.leading + 1:
            break
    return title
