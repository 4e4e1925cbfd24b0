"""Words: every word of the source must be in the outputs.

A word is a maximal run of letters and digits, after NFKC (which takes ligatures apart) and without soft hyphens
and zero-width characters; case is kept. U+FFFD, the replacement character, is a word too. A chapter's words are
looked for in the chapter's own part of an output: a word that the source has n times must be found at least n times.

Lines break words: by a hyphen, or anywhere in code. So a word that is found too seldom gets a second chance: the
chapter's part with everything but letters and digits taken out must hold it at least as often as the source's
words hold it, counted inside other words too. What fails both is lost. The second count is generous to short
words (``an`` is found in ``than``): it can miss the loss of a few of them, never of a sentence.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations
from operator import itemgetter
from unicodedata import bidirectional

from docutils import nodes

from casebound.model.book import Chapter
from casebound.model.diagnostics import Problem, problem
from casebound.proof.report import CheckResult, some

__all__ = [
    "REPLACEMENT",
    "SKIPPED",
    "ChapterText",
    "count",
    "heads_notes",
    "lost_words",
    "readings",
    "source_words",
    "spoken_words",
    "tidy",
    "words_check",
]

REPLACEMENT = "\ufffd"
"""How a glyph reads that stands for a character no face has, and what a source may itself say."""

_WORD = re.compile(f"[^\\W_]+|{REPLACEMENT}")
_SOLID = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Letters of scripts that put no spaces between words: each is taken for a word."""

_SPOKEN = re.compile(f"[{_SOLID}]|[^\\W_{_SOLID}\ufffd]+|\ufffd|_|[^\\w\\s]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]")
_RUNS = 5  # parts of one word that run to the left and to the right by turns
_SECOND_CHANCES = 3000  # different words; beyond that the text is not there at all

SKIPPED = (
    nodes.Invisible,  # comment, pending, substitution_definition, target's block form has no text of its own
    nodes.raw,
    nodes.math,
    nodes.math_block,
    nodes.image,
    nodes.meta,
    nodes.system_message,
    nodes.decoration,
)
"""What is not read as text."""

_APART = re.compile("desc_(parameter|optional|type_parameter|returns|annotation)")


_LAM_ALEF = re.compile("[\u0622\u0623\u0625\u0627\u0644]{2,}")


def tidy(text: str) -> str:
    """Text as words are taken from it: normalised, without characters nobody sees.

    Lam and alef beside each other are one glyph, which readers take apart in either order: they count as one letter.
    """
    folded = unicodedata.normalize("NFKC", _UNSEEN.sub("", text))
    return _LAM_ALEF.sub(lambda found: "\u0644" * len(found[0]), folded)


def spoken_words(text: str) -> list[str]:
    """The words of a text in order; what is neither letter nor digit nor space is a word, too."""
    return _SPOKEN.findall(tidy(text))


def count(text: str) -> Counter[str]:
    """How often each word is in a text."""
    return Counter(_WORD.findall(tidy(text)))


def source_words(tree: nodes.document) -> Counter[str]:
    """The words a reader of a chapter sees, from its tree.

    Code, captions, table cells and footnotes count; raw text, mathematics and the descriptions of images do not.
    """
    return count("".join(_seen(tree)))


def _seen(node: nodes.Node) -> Iterator[str]:
    """The text below a node, blocks set apart."""
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.rubric) and heads_notes(node):
        return
    elif isinstance(node, nodes.math | nodes.math_block):
        yield " "  # it says something of its own between the words
    elif not isinstance(node, SKIPPED) or isinstance(node, nodes.target):
        apart = not isinstance(node, nodes.Inline) or _APART.match(type(node).__name__) is not None
        if apart:
            yield "\n"
        for child in node.children:
            yield from _seen(child)
        if apart:
            yield "\n"


def heads_notes(rubric: nodes.rubric) -> bool:
    """Whether a rubric is over nothing but footnotes: pages with a footnote area leave it out."""
    parent = rubric.parent
    after = parent.children[parent.index(rubric) + 1 :] if parent is not None else []
    notes = [node for node in after if not isinstance(node, (nodes.Invisible, nodes.target))]
    return bool(notes) and all(isinstance(note, nodes.footnote) for note in notes)


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter's part of an output: its text, and the same without the lines that may be between two pages.

    A page's topmost line may be its running head, its lowest the folio, or either may be text: so ``joined`` holds
    the text without the one, without the other, and without both.
    """

    text: str
    joined: tuple[str, ...] = ()


def lost_words(source: Counter[str], part: ChapterText) -> Counter[str]:
    """The words of the source that an output's part does not have, with how many of each."""
    missing = source - count(part.text)
    if not missing or len(missing) > _SECOND_CHANCES:
        return missing
    solid = ["".join(_WORD.findall(tidy(text))) for text in (part.text, *part.joined)]
    written = "\0".join(source.elements())
    for word, short in list(missing.items()):
        wanted = written.count(word)
        found = sum(max((text.count(reading) for text in solid), default=0) for reading in readings(word))
        missing[word] = min(short, max(0, wanted - found))
    return +missing


def readings(word: str) -> set[str]:
    """How a reader may give the letters of a word in the order in which they are on the paper.

    Where letters run to the left, PDFium may read the first one of a short line after the others, and the parts of a
    word that runs both ways in any order.
    """
    leftward = [bidirectional(letter) in {"R", "AL"} for letter in word]
    if not any(leftward):
        return {word}
    if all(leftward):
        return {word, word[1:] + word[0]}
    runs = ["".join(letter for letter, _ in run) for _, run in groupby(zip(word, leftward, strict=True), itemgetter(1))]
    return {word, word[1:] + word[0], *map("".join, permutations(runs if len(runs) <= _RUNS else ()))}


def words_check(
    name: str,
    chapters: Sequence[Chapter],
    source: Mapping[str, Counter[str]],
    parts: Mapping[str, ChapterText] | ChapterText,
    reported: Sequence[Problem],
) -> CheckResult:
    """The words of some chapters against an output: chapter by chapter, or, where its parts cannot be told, as one."""
    if not source:
        return CheckResult("words", skipped="the words of the source were not given")
    lost: dict[str, Counter[str]] = {}
    if isinstance(parts, ChapterText):
        lost = _lost_together(chapters, source, parts)
    else:
        for chapter in chapters:
            lost[chapter.name] = lost_words(source.get(chapter.name, Counter()), parts[chapter.name])
    told = Counter[str]()
    problems: list[Problem] = []
    for chapter in chapters:
        silent, known = _told(lost.get(chapter.name, Counter()), chapter.docname, reported)
        told += known
        lost[chapter.name] = silent
        if silent:
            problems.append(_problem(name, chapter, silent))
    figures = {
        "words": sum(source[chapter.name].total() for chapter in chapters if chapter.name in source),
        "lost": sum(counter.total() for counter in lost.values()),
        "reported": told.total(),
        "compared by": "file" if isinstance(parts, ChapterText) else "chapter",
        "lost words": {name: dict(sorted(counter.items())) for name, counter in lost.items() if counter},
    }
    return CheckResult("words", figures, tuple(problems))


def _lost_together(
    chapters: Sequence[Chapter], source: Mapping[str, Counter[str]], part: ChapterText
) -> dict[str, Counter[str]]:
    """Words lost from an output as a whole, each charged to the first chapters that have it."""
    whole = Counter[str]()
    for chapter in chapters:
        whole += source.get(chapter.name, Counter())
    rest = lost_words(whole, part)
    lost: dict[str, Counter[str]] = {}
    for chapter in chapters:
        lost[chapter.name] = rest & source.get(chapter.name, Counter())
        rest -= lost[chapter.name]
    return lost


def _told(lost: Counter[str], docname: str, reported: Sequence[Problem]) -> tuple[Counter[str], Counter[str]]:
    """Lost words taken apart: those lost silently, and those with a character the build said it has no glyph for."""
    said = " ".join(p.message for p in reported if p.code == "glyph-missing" and p.docname in ("", docname))
    known = Counter({word: n for word, n in lost.items() if any(_named(character, said) for character in word)})
    return lost - known, known


def _named(character: str, said: str) -> bool:
    return ord(character) > 0x7F and (character in said or re.search(f"U\\+0*{ord(character):X}\\b", said) is not None)


def _problem(name: str, chapter: Chapter, lost: Counter[str]) -> Problem:
    detail = some(
        (f"{word} ({n})" if n > 1 else word for word, n in sorted(lost.items(), key=lambda item: (-item[1], item[0]))),
        12,
    )
    count, are = (f"{lost.total()} words", "are") if lost.total() > 1 else ("1 word", "is")
    return problem("words-lost", chapter.docname, name=name, count=count, are=are, detail=detail)
