"""Words: what stands between two spaces of a paragraph, with the places where each may break."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import pyphen
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import getFont

from casebound.i18n.clusters import UNSEEN
from casebound.typesetting.fonts.scripts import COMPLEX, gaps, stand_apart
from casebound.typesetting.fonts.shaping import shape
from casebound.typesetting.fonts.stub_fonts import MeasuredText
from casebound.typesetting.text.runs import Anchor, InlineObject, LineBreak, Look, Run, TextRun, clean
from casebound.typesetting.text.syllables import SPACELESS, divided, may_cut

if TYPE_CHECKING:
    from casebound.typesetting.fonts.stub_fonts import StubFont

__all__ = ["EVERYWHERE", "GAP", "HYPHEN", "WIDE", "Breaks", "Word", "WordPart", "hyphens", "words_of"]

HYPHEN, DASH, CODE, CAMEL, EVERYWHERE = 60.0, 15.0, 90.0, 220.0, 900.0
"""What it costs to break a word: at a hyphen put in, at one that stands there, in code, between its humps, anywhere."""

GAP = -1.0
"""The cost of a break between two ideographs: none, and their gap stretches when a line is justified."""

WIDE = -2.0
"""The same between an ideograph and a Latin letter or digit, which stand a little apart."""

_SHORTEST = 6  # letters of a word that is hyphenated
_LEFT = 3  # letters of code at the least on either side of a break
_SPACES = " \t\n\r\u2028\u2029"
_GAPS = re.compile(f"([{_SPACES}]+)")
_LONGEST = 80  # letters: a longer word is none
_LONGEST_HYPHENATED = 400  # letters, of one that does not fit on its line
_LETTERS = re.compile(rf"[^\W\d_]{{{_SHORTEST},}}")
_DASHES = re.compile(r"(?<=\w)[-\u2010](?=\w)|[\u2013\u2014](?=\w)|(?<=[\w)\]])/(?=\w)")
_CODE_MARKS = re.compile(r"(?<=[\w)\]>'\"])(?:::|[/\\._:,;=|&?@+*-]+)(?=\S)|(?<=[(\[{<])(?=\w)|(?=[(\[{<])(?<=\w)")
_HUMPS = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
_FRENCH = re.compile(r" (?=[;:!?»](?:[\s)\]»]|$))|(?<=«) ")  # spaces at which no line ends
_ADDRESS = re.compile(r"\w(?:::?|[/\\._=&?@])\w")


Breaks = tuple[tuple[int, float, bool], ...]
"""Positions in a text where a line may end: (position, cost, whether a hyphen is put in)."""


@dataclass(slots=True)
class WordPart:
    """A stretch of a word of one look in one face: text, or an object."""

    look: Look
    text: str
    font: StubFont
    width: float
    breaks: Breaks = ()
    object: InlineObject | None = None
    names: tuple[str, ...] = ()

    @property
    def widest(self) -> float:
        """The width of what no gap divides, in points."""
        places = [0, *(place for place, cost, _ in self.breaks if cost <= GAP), len(self.text)]
        runs = (self.text[start:end] for start, end in pairwise(places))
        return max(shape(self.font, run).width for run in runs) * self.look.size / 1000 if self.text else self.width


@dataclass(slots=True)
class Word:
    """Parts that stand together. ``space`` is the part that holds the space behind it; None at the paragraph's end.

    ``forced`` says that the line ends behind it.
    """

    parts: list[WordPart] = field(default_factory=list)
    space: WordPart | None = None
    forced: bool = False

    @property
    def width(self) -> float:
        parts = self.parts
        return parts[0].width if len(parts) == 1 else sum(part.width for part in parts)

    @property
    def has_gaps(self) -> bool:
        """Whether a line may stretch within it."""
        return any(cost <= GAP for part in self.parts for _, cost, _ in part.breaks)

    @property
    def least(self) -> float:
        """The width below which it cannot be set in lines without harm."""
        if self.has_gaps:
            return max(max(2.0 * part.look.size, part.widest) for part in self.parts)
        return self.width


def words_of(runs: Sequence[Run], style: ParagraphStyle) -> list[Word]:
    """The words of a paragraph's runs."""
    words: list[Word] = []
    current = Word()
    for part in _parts(runs, style):
        if part is None:
            current.forced = True
        elif part.text == " ":
            if not current.parts and words and words[-1].space is not None and not words[-1].forced:
                continue
            current.space = part
        else:
            current.parts.append(part)
            continue
        words.append(current)
        current = Word()
    if current.parts:
        words.append(current)
    elif words and not words[-1].forced:
        words[-1].space = None
    return words


def _parts(runs: Sequence[Run], style: ParagraphStyle) -> Iterator[WordPart | None]:
    """The parts and spaces of runs; None where a line ends."""
    language = getattr(style, "hyphenationLang", "")
    french = getattr(style, "language", "").startswith("fr")
    for run in runs:
        match run:
            case LineBreak():
                yield None
            case Anchor():
                yield WordPart(run.look, "", getFont(run.look.face), 0.0, names=(run.name,))
            case InlineObject():
                yield WordPart(run.look, "", getFont(run.look.face), run.width, object=run)
            case TextRun():
                yield from _text_parts(run, language, french)


def _text_parts(run: TextRun, language: str, french: bool) -> Iterator[WordPart]:
    font = getFont(run.look.face)
    text = clean(run.text)
    if french and not _is_code(font.fontName):
        text = _FRENCH.sub("\xa0", text)
    space: WordPart | None = None
    for piece in _GAPS.split(text):
        if piece[:1] in _SPACES and piece:
            space = space or _part(run.look, " ", font, "")
            yield space
        elif piece:
            part = _part(run.look, piece, font, language)
            if part.text:
                yield part


def _part(look: Look, text: str, font: StubFont, language: str) -> WordPart:
    known = font.parts.get((text, language))
    if known is None:
        known = font.parts[text, language] = _measured(text, font.word_lender(text), language)
    if known.lacking:
        known.font.lacks(known.font.lacking(text))
    return WordPart(look, known.text, known.font, known.width * look.size, known.breaks)


def _measured(text: str, font: StubFont, language: str) -> MeasuredText:
    """A run of text ready to be broken: composed, without soft hyphens and what else is never printed."""
    lacking = bool(font.lacking(text))
    text = unicodedata.normalize("NFC", text) if COMPLEX.search(text) else UNSEEN.sub("", text)
    soft = [index for index, letter in enumerate(text) if letter in "\xad\u200b"]
    clean = text.replace("\xad", "").replace("\u200b", "") if soft else text
    places = dict(_places(clean, _is_code(font.fontName), language)) if len(clean) > 3 else {}
    for place, elastic in gaps(clean):
        apart = elastic and stand_apart(clean[place - 1], clean[place])
        # Korean has spaces: it is divided where hyphenation would divide other languages
        places[place] = (WIDE if apart else GAP if elastic else HYPHEN, False)
    for place, certain in divided(clean):
        if 0 < place < len(clean) and may_cut(clean, place) and places.get(place, (0.0,))[0] > GAP:
            places[place] = (GAP if certain else CODE, False)
    for count, index in enumerate(soft):
        places[index - count] = (HYPHEN / 2, True) if text[index] == "\xad" else (0.0, False)
    breaks = tuple((place, *how) for place, how in sorted(places.items()) if 0 < place < len(clean))
    return MeasuredText(font, clean, shape(font, clean).width / 1000, breaks, lacking)


@cache
def _is_code(face: str) -> bool:
    return "Mono" in face


def _places(text: str, code: bool, language: str) -> Iterator[tuple[int, tuple[float, bool]]]:
    """Where a run of text may break, what that costs, and whether a hyphen is put in."""
    if code or (_ADDRESS.search(text) and len(text) > 12):
        for mark in _CODE_MARKS.finditer(text):
            hyphen = "://" in text and mark.group().endswith("-")  # at the end of a line it is none of an address
            if not hyphen and _LEFT <= mark.end() <= len(text) - _LEFT:
                yield mark.end(), (CODE, False)
        if len(text) > 18:
            yield from ((match.end(), (CAMEL, False)) for match in _HUMPS.finditer(text))
        return
    if language and not SPACELESS.search(text):
        for match in _LETTERS.finditer(text):
            for place in _hyphens(match.group(), language):
                yield match.start() + place, (HYPHEN, True)
    yield from ((match.end(), (DASH, False)) for match in _DASHES.finditer(text))


@cache
def _dictionary(language: str) -> pyphen.Pyphen | None:
    name = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=name, left=2, right=3) if name else None


@lru_cache(maxsize=20_000)
def _hyphens(word: str, language: str) -> tuple[int, ...]:
    dictionary = _dictionary(language)
    if dictionary is None or word.isupper() or len(word) > _LONGEST:
        return ()
    return tuple(int(place) for place in dictionary.positions(word))


def hyphens(text: str, font: StubFont, language: str) -> Iterator[int]:
    """Where a word too wide for its line is hyphenated, in capitals too; nowhere in code and in scripts without it."""
    if not language or _is_code(font.fontName) or _ADDRESS.search(text) or SPACELESS.search(text):
        return
    dictionary = _dictionary(language)
    if dictionary is None:
        return
    for match in _LETTERS.finditer(text):
        small = match.group().lower()
        if len(small) == len(match.group()) <= _LONGEST_HYPHENATED:
            yield from (match.start() + int(place) for place in dictionary.positions(small))
