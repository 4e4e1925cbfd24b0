"""Runs of words that the book shares with another documentation: what was copied, or said too closely, shows here.

``python -m bench.ngrams /path/to/nova-34.0.0`` reads the prose of ``source/`` and of every text and docstring below the
folder, and prints each run of eight words or more that stands in both. Code, literals, addresses, names of options
and of roles' targets are taken out of both first, and do not count as words; the words round them close up. A run
without a single small word ("the", "of") is a list of names and not reported.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Run", "Word", "main", "prose", "shared"]

SUFFIXES = (".rst", ".inc", ".txt", ".yaml", ".py")

_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
_LITERAL = re.compile(r"``.+?``(?!`)", re.DOTALL)
_NAMED = re.compile(r":[\w:+.-]+:`(?:[^`<]*?)`")  # a role with a target only: a name, not prose
_TITLED = re.compile(r"(?::[\w:+.-]+:)?`([^`<]+?)\s*<[^`>]*>`_{0,2}")
_ADDRESS = re.compile(r"\b\w+://\S+")
_OPTION = re.compile(r"\[\w+\]/?\w*")
_IDENTIFIER = re.compile(r"\S*\w[_.:/=()]+\w\S*")  # os_brick, nova.conf, hw:cpu_policy, 2.101
_CODE = re.compile(r"\s*\.\. (code|code-block|sourcecode|parsed-literal|math|index|toctree|literalinclude)::")
_DIRECTIVE = re.compile(r"\s*\.\. (?:_[^:]+:|[\w-]+::.*|\[[^\]]+\])\s*")
_FIELD = re.compile(r"\s*:(?!alt:|caption:)[\w -]+:(?:\s+.*)?$")
_ITEM = re.compile(r"\s*(?:\* - |- |\* |#\. |\d+\. |:(?:alt|caption): )")
_SMALL = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "can", "for", "from", "has", "if", "in", "is", "it", "not", "of"}
    | {"on", "or", "that", "the", "this", "to", "when", "with"}
)


@dataclass(frozen=True, slots=True)
class Word:
    """One word of prose in lower case, with the 1-based line it begins on."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive words that stand in both texts: where in the book, where in the other, and what they are."""

    path: Path
    line: int
    other: Path
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {len(self.words)} words as in {self.other}: {' '.join(self.words)}"


def prose(text: str) -> Iterator[list[Word]]:
    """The prose of reStructuredText, one list of words for a paragraph, list item or table cell."""
    for first, block in _blocks(text):
        words: list[Word] = []
        for start, cleaned in _cleaned(block):
            line = first + start
            words += [Word(each.group().lower(), line) for each in _WORD.finditer(cleaned)]
        if words:
            yield words


def _blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of each block with the 1-based number of its first; code and other listings are left out."""
    block: list[str] = []
    first = 1
    margin: int | None = None  # of the directive whose content is not prose
    for number, line in enumerate(text.splitlines(), 1):
        indent = len(line) - len(line.lstrip())
        if margin is not None and (not line.strip() or indent > margin):
            continue
        margin = indent if _CODE.match(line) else None
        ends = not line.strip() or margin is not None or _FIELD.match(line) or _DIRECTIVE.fullmatch(line)
        if block and (ends or _ITEM.match(line)):
            yield first, block
            block = []
        if not ends:
            first = first if block else number
            block.append(line)
    if block:
        yield first, block


def _cleaned(block: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines of a block, 0-based, without what is no prose; a literal may run over several lines."""
    joined = "\n".join(block)
    for pattern in (_LITERAL, _TITLED, _NAMED, _ADDRESS, _OPTION, _IDENTIFIER):
        joined = pattern.sub(_kept, joined)
    yield from enumerate(joined.split("\n"))


def _kept(found: re.Match[str]) -> str:
    """What stays of a piece that is taken out: a title before its target, and the line ends, so that lines count on."""
    if found.re is _TITLED:
        return found.group(1) + "\n" * (found.group().count("\n") - found.group(1).count("\n"))
    return " " + "\n" * found.group().count("\n")


def shared(book: Iterable[Path], other: Iterable[Path], least: int = 8) -> list[Run]:
    """Runs of at least `least` words that stand in both, in the order of the book; each as long as it can be."""
    known: dict[tuple[str, ...], Path] = {}
    for path in other:
        for words in prose(path.read_text(encoding="utf-8", errors="replace")):
            for gram in _grams([word.text for word in words], least):
                known.setdefault(gram, path)
    return [run for path in book for run in _runs(path, known, least)]


def _grams(words: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[start : start + size]) for start in range(len(words) - size + 1))


def _runs(path: Path, known: dict[tuple[str, ...], Path], least: int) -> Iterator[Run]:
    for words in prose(path.read_text(encoding="utf-8")):
        texts = [word.text for word in words]
        found = [known.get(gram) for gram in _grams(texts, least)]
        start = 0
        while start < len(found):
            other = found[start]
            if other is None:
                start += 1
                continue
            end = start
            while end < len(found) and found[end] is not None:
                end += 1
            run = tuple(texts[start : end - 1 + least])
            if not _SMALL.isdisjoint(run):
                yield Run(path, words[start].line, other, run)
            start = end


def texts(folder: Path) -> list[Path]:
    """Every text below a folder, tests left out, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.suffix in SUFFIXES and path.is_file())
    return sorted(path for path in found if "tests" not in path.relative_to(folder).parts)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the runs; 1 if there are any, 2 if a folder holds no text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path, help="folder of the documentation to compare with")
    parser.add_argument("--book", type=Path, default=Path("source"), help="folder of the book (default: source)")
    parser.add_argument("--words", type=int, default=8, help="length from which on a run is reported (default: 8)")
    given = parser.parse_args(arguments)
    book, other = sorted(given.book.rglob("*.rst")), texts(given.other)
    for folder, found in ((given.book, book), (given.other, other)):
        if not found:
            print(f"There is no text below {folder}.", file=sys.stderr)
            return 2
    runs = shared(book, other, given.words)
    for run in runs:
        print(run)
    print(f"{len(runs)} shared runs of {given.words} words or more, {len(book)} files against {len(other)}.")
    return 1 if runs else 0


if __name__ == "__main__":
    sys.exit(main())
