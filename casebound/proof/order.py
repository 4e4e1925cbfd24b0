"""The order of words: what the tags tell of a chapter, held against its source word by word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from casebound.proof.discrepancy import Discrepancy, linked, may_be, named, shown
from casebound.proof.headings import leftward
from casebound.proof.source.expectation import FOLIO, SourceReading
from casebound.proof.spoken import SpokenText
from casebound.proof.words import REPLACEMENT, spoken_words

__all__ = ["WordOrder", "compared"]

_SURE = 4  # words in a row that are the same where two texts meet again
_WINDOWS = (60, 600, 6000, 1_000_000)  # words ahead in which they are looked for
_BACK = 6  # words before a difference that are looked at once more: an addition may be the same as what follows it
_AHEAD = 24  # words by which one tells what was added from what follows it
_APART = "\x1f"  # stands before each word
_LONGEST = 3000  # words of a difference that are looked into


def _anywhere(wanted: str, found: str) -> bool:
    """Any link is as good as any other."""
    return True


@dataclass(slots=True)
class WordOrder:
    """How the words of a chapter compare: so many are the same, so many places part them otherwise."""

    words: int = 0
    parted: int = 0
    differences: tuple[Discrepancy, ...] = ()


def compared(
    source: SourceReading, found: SpokenText, folio: Callable[[str], str | None], tail: Sequence[str] = (),
    *, loosely: bool = False, leads: Callable[[str, str], bool] = _anywhere,
) -> WordOrder:  # fmt: skip
    """Hold what was found against the source.

    ``folio`` gives the folio of a named destination, None where it is not known; the words of ``tail`` begin what may
    follow those of a chapter. ``loosely``, words may be parted otherwise where their letters are the same: those who
    read a page and not its tags have to guess where words end. ``leads`` says whether what a word opens in the output,
    the second, is what it opens in the source, the first; either is empty where a word opens nothing.
    """
    comparison = _WordComparison(source, found, folio, tail, loosely, leads)
    result = WordOrder(len(source.words))
    result.differences = tuple(comparison.differences())
    result.parted = comparison.parted
    return result


class _WordComparison:
    def __init__(
        self, source: SourceReading, found: SpokenText, folio: Callable[[str], str | None], tail: Sequence[str],
        loosely: bool, leads: Callable[[str, str], bool],
    ) -> None:  # fmt: skip
        self._source, self._found, self._folio, self._tail = source, found, folio, list(tail)
        self._loosely, self._leads = loosely, leads
        self._wanted, self._words = list(source.words), found.words
        self.parted = 0
        noted = () if loosely else (source.blocks, source.links)
        self._stops = (
            sorted({len(self._wanted), *source.additions, *(place for each in noted for place in each)}),
            sorted({len(self._words), *(() if loosely else (*found.blocks, *found.links))}),
        )
        self._astray: tuple[str, str, int] | None = None

    def differences(self) -> Iterator[Discrepancy]:
        i = j = 0
        added = -1
        wanted, words = self._wanted, self._words
        before: deque[tuple[int, int]] = deque(maxlen=_BACK)
        while i < len(wanted) or j < len(words):
            ahead = self._past_additions(i, j) if i != added and i in self._source.additions else j
            if self._is_same(i, j) and (ahead == j or not self._is_same(i, ahead)):
                if self._is_noted(i, j):
                    yield from self._otherwise(i, j)
                run = 1 + self._run(i + 1, j + 1)
                before += ((i + at, j + at) for at in range(max(run - _BACK, 0), run))
                i, j = i + run, j + run
                continue
            if ahead == j:
                if i == len(wanted) and self._is_tail(j):
                    return
                end = self._meeting(i, j)
                start = before[0] if before else (i, j)
                if not self._is_explained(start, end):
                    yield self._told((i, j), end)
                i, ahead = end
            else:
                added = i
            j = ahead

    def _run(self, i: int, j: int) -> int:
        """How many words in a row are the same, none of them noted or after an addition."""
        ahead = min(_next(self._stops[0], i), _next(self._stops[1], j))
        wanted, words = self._wanted[i : i + ahead], self._words[j : j + ahead]
        if wanted == words:
            return len(wanted)
        return next(
            (at for at, pair in enumerate(zip(wanted, words, strict=False)) if pair[0] != pair[1]),
            min(len(wanted), len(words)),
        )

    def _is_noted(self, i: int, j: int) -> bool:
        """Whether a block begins with a word, or it opens something."""
        source, found = self._source, self._found
        begins = i in source.blocks or j in found.blocks
        return not self._loosely and (begins or i in source.links or j in found.links)

    def _otherwise(self, i: int, j: int) -> Iterator[Discrepancy]:
        """Where another block begins with a word than in the source, or it opens something else."""
        if not self._begins_alike(i, j):
            wanted, found = self._source.blocks.get(i), self._found.blocks.get(j)
            yield self._apart(i, j, named(wanted), named(found))
        link, opened = self._source.links.get(i, ""), self._found.links.get(j, "")
        astray = opened is not None and link != opened and not self._leads(link, opened)
        if astray and opened is not None and (link, opened, i - 1) != self._astray:
            yield self._apart(i, j, linked(link), linked(opened))
        self._astray = (link, opened or "", i) if astray else None

    def _apart(self, i: int, j: int, wanted: str, found: str) -> Discrepancy:
        """A word that is the same, and stands otherwise."""
        text = shown(self._wanted[i : i + 4])
        return Discrepancy(f"{wanted} {text}", f"{found} {text}", self._found.pages[j])

    def _is_same(self, i: int, j: int) -> bool:
        return i < len(self._wanted) and j < len(self._words) and self._wanted[i] == self._words[j]

    def _past_additions(self, i: int, j: int) -> int:
        """The place after what outputs add there: the first one at which the source goes on longest, else the last."""
        places = {j}
        for addition in self._additions(i):
            places |= {place + len(said) for place in places for said in addition if self._says(said, place)}
        goes_on = {place: self._agreement(i, place) for place in places}
        return max(places) if not any(goes_on.values()) else min(places, key=lambda place: (-goes_on[place], place))

    def _agreement(self, i: int, j: int) -> int:
        """How many words are the same from here on, of as many as matter."""
        return next((ahead for ahead in range(_AHEAD) if not self._agrees(i + ahead, j + ahead)), _AHEAD)

    def _agrees(self, i: int, j: int) -> bool:
        """Whether a word is the same, and begins the same block."""
        return self._is_same(i, j) and (self._loosely or self._begins_alike(i, j))

    def _begins_alike(self, i: int, j: int) -> bool:
        wanted, found = self._source.blocks.get(i), self._found.blocks.get(j)
        return wanted == found or (wanted is not None and may_be(wanted, found))

    def _says(self, said: Sequence[str | None], j: int) -> bool:
        there = self._words[j : j + len(said)]
        return len(there) == len(said) and all(map(_fits, said, there))

    def _additions(self, i: int) -> Iterator[list[list[str | None]]]:
        """What outputs may say before a word, each in one of several ways; None is any word."""
        for addition in self._source.additions.get(i, ()):
            yield [[each for word in said for each in self._resolved(word)] for said in addition]

    def _resolved(self, word: str) -> Sequence[str | None]:
        """A word of an addition; the words of the folio where it stands for that."""
        if not word.startswith(FOLIO):
            return [word]
        folio = self._folio(word[1:])
        return [None] if folio is None else spoken_words(folio)

    def _is_tail(self, j: int) -> bool:
        """Whether the rest is what the feet of a handout's pages say of places elsewhere."""
        return bool(self._tail) and self._words[j : j + len(self._tail)] == self._tail

    def _meeting(self, i: int, j: int) -> tuple[int, int]:
        """Where the two texts are the same again, the nearest such place; their ends if there is none."""
        for window in _WINDOWS:
            places: dict[tuple[str, ...], int] = {}
            for at in range(min(j + window, len(self._words) - _SURE + 1) - 1, j - 1, -1):
                places[tuple(self._words[at : at + _SURE])] = at
            best: tuple[int, int, int] | None = None
            for at in range(i, min(i + window, len(self._wanted) - _SURE + 1)):
                there = places.get(tuple(self._wanted[at : at + _SURE]))
                if there is not None and (best is None or at - i + there - j < best[0]):
                    best = (at - i + there - j, at, there)
            if best is not None:
                return best[1], best[2]
            if max(len(self._wanted) - i, len(self._words) - j) <= window:
                break
        return len(self._wanted), len(self._words)

    def _is_explained(self, start: tuple[int, int], end: tuple[int, int]) -> bool:
        """Whether the same letters are there, words parted otherwise, or with what outputs add."""
        (i, j), (to, until) = start, end
        same = min(_SURE, len(self._wanted) - to, len(self._words) - until)
        to, until = to + same, until + same  # the last words of what was added may be the next ones of the source
        if to - i > _LONGEST and not leftward(self._wanted[i]):
            return False
        wanted, found = range(i, to), self._words[j:until]
        if leftward("".join(self._wanted[i:to])) or leftward("".join(found)):
            return self._has_letters(wanted, "".join(found))
        unread = REPLACEMENT in "".join(found)
        apart = "" if self._loosely or unread else _APART
        pattern = self._pattern(wanted, to, apart, unread)
        ways = ("".join(apart + word for word in way) for way in self._without_tail(found, to))
        explained = any(map(pattern.fullmatch, ways))
        self.parted += explained
        return explained

    def _without_tail(self, words: Sequence[str], to: int) -> Iterator[Sequence[str]]:
        """Words, and what of them is before what may follow those of a chapter."""
        yield words
        if self._tail and to == len(self._wanted):
            for at in range(len(words)):
                if words[at : at + len(self._tail)] == self._tail:
                    yield words[:at]

    def _pattern(self, wanted: range, end: int, apart: str, unread: bool) -> re.Pattern[str]:
        """What words may be said as, each after ``apart``."""

        def letters(text: str) -> str:
            if not unread:
                return re.escape(text)
            return "".join(f"{REPLACEMENT}*[{re.escape(letter)}{REPLACEMENT}]" for letter in text)

        def said(words: Sequence[str | None]) -> str:
            return "".join(apart + ("[^\\W_]+" if word is None else letters(word)) for word in words)

        def additions(at: int) -> str:
            return "".join(f"(?:{'|'.join(map(said, addition))})?" for addition in self._additions(at))

        def word(at: int) -> str:
            glued = apart and at in self._source.glued and at > wanted.start
            return f"{apart}{'?' if glued else ''}{letters(self._wanted[at])}"

        parts = [additions(at) + word(at) for at in wanted]
        return re.compile("".join([*parts, additions(end), f"{REPLACEMENT}*" if unread else ""]))

    def _has_letters(self, wanted: range, found: str) -> bool:
        """Whether the letters are those, in any order: what runs to the left is drawn from its end."""
        own = Counter("".join(self._wanted[at] for at in wanted))
        more = Counter(found) - own
        places = (*wanted, wanted.stop)
        ways = (said for at in places for addition in self._additions(at) for said in addition)
        known = (Counter("".join(filter(None, said))) for said in ways)
        return not own - Counter(found) and not more - sum(known, Counter[str]())

    def _told(self, start: tuple[int, int], end: tuple[int, int]) -> Discrepancy:
        (i, j), (to, until) = start, end
        for said in (said for addition in self._additions(to) for said in addition):
            if said and j <= until - len(said) and self._words[until - len(said) : until] == said:
                until -= len(said)
        while i < to and j < until and self._wanted[to - 1] == self._words[until - 1]:
            to, until = to - 1, until - 1
        at = min(j, len(self._words) - 1)
        page = self._found.pages[at] if self._found.pages else 0
        return Discrepancy(shown(self._wanted[i:to]), shown(self._words[j:until]), page)


def _next(places: Sequence[int], at: int) -> int:
    """How far it is to the next of some places."""
    there = bisect_left(places, at)
    return places[there] - at if there < len(places) else 0


def _fits(known: str | None, word: str) -> bool:
    return known in (None, word)
