"""Directions in a text that mixes scripts: embedding levels and their order on a line (Unicode Standard Annex 9)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar
from unicodedata import bidirectional, category, mirrored

__all__ = ["MIRRORED", "STRONG", "first_strong", "levels", "ordered"]

_DEEPEST = 125
_MOST_BRACKETS = 63  # open at a time (BD16): no pair ends after one more
_CANONICAL = {"\u2329": "\u3008", "\u232a": "\u3009"}  # brackets that close each other's equivalents (BD16)
STRONG = frozenset({"L", "R", "AL"})
_EMBEDDINGS = {"RLE": 1, "LRE": 0, "RLO": 1, "LRO": 0}
_OVERRIDES = frozenset({"RLO", "LRO"})
_ISOLATES = frozenset({"RLI", "LRI", "FSI"})
_REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON", "PDI", *_ISOLATES})

MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
"""Characters that are drawn as each other from right to left (L4)."""

_Thing = TypeVar("_Thing")


def first_strong(kinds: Sequence[str], start: int, end: int) -> int:
    """The level of a text by its first letter with a direction of its own; -1 if it has none (P2, P3)."""
    depth = 0
    for kind in kinds[start:end]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if not depth and start:
                return 0
            depth = max(depth - 1, 0)
        elif not depth and kind in STRONG:
            return 0 if kind == "L" else 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """The level of each character of a paragraph: odd ones run from right to left. ``base`` is the paragraph's."""
    kinds = [bidirectional(letter) or "L" for letter in text]
    original = list(kinds)
    found = _explicit(kinds, base)
    kept = [index for index, kind in enumerate(original) if kind not in _REMOVED]  # X9
    letters, changed = "".join(text[index] for index in kept), [kinds[index] for index in kept]
    explicit = [found[index] for index in kept]
    part = list(explicit)
    for run in _sequences([original[index] for index in kept], part):
        _resolve(letters, changed, explicit, part, run, base)
    result = dict(zip(kept, part, strict=True))
    level = base
    for index in range(len(text)):
        level = result.get(index, level)
        found[index] = level
    return found


def _explicit(kinds: list[str], base: int) -> list[int]:
    """Levels from the controls (X1 to X8); overridden kinds are changed in place."""
    found = [base] * len(kinds)
    open_ones = _Open(base)
    for index, kind in enumerate(kinds):
        found[index] = level = open_ones.level
        if kind in _EMBEDDINGS or kind in _ISOLATES:
            kinds[index] = (kind in _ISOLATES and open_ones.override) or kind
            right = first_strong(kinds, index + 1, len(kinds)) if kind == "FSI" else int(kind[0] == "R")
            open_ones.begin(kind, bool(right))
            found[index] = level if kind in _ISOLATES else open_ones.level
        elif kind == "PDI":
            open_ones.end_isolate()
            found[index], kinds[index] = open_ones.level, open_ones.override or kind
        elif kind == "PDF":
            open_ones.end_embedding()
        elif kind == "B":
            found[index] = base
        elif kind != "BN":
            kinds[index] = open_ones.override or kind
    return found


class _Open:
    """The embeddings and isolates that are open at a place (BD9, X1): level, override, whether it is an isolate."""

    def __init__(self, base: int) -> None:
        self._stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self._lost_isolates = self._lost_embeddings = 0

    @property
    def level(self) -> int:
        return self._stack[-1][0]

    @property
    def override(self) -> str:
        return self._stack[-1][1]

    def begin(self, kind: str, right: bool) -> None:
        """Open one; what is nested too deeply is only counted (X2 to X5c)."""
        deeper = (self.level + 1) | 1 if right else (self.level + 2) & ~1
        if deeper <= _DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            override = ("R" if right else "L") if kind in _OVERRIDES else ""
            self._stack.append((deeper, override, kind in _ISOLATES))
        elif kind in _ISOLATES:
            self._lost_isolates += 1
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def end_isolate(self) -> None:
        """Close the innermost isolate and what is open in it (X6a)."""
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif any(isolate for _, _, isolate in self._stack):
            self._lost_embeddings = 0
            while not self._stack.pop()[2]:
                pass

    def end_embedding(self) -> None:
        """Close the innermost embedding, if no isolate is open in it (X7)."""
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif not self._stack[-1][2] and len(self._stack) > 1:
            self._stack.pop()


def _sequences(kinds: Sequence[str], found: Sequence[int]) -> Iterator[list[int]]:
    """Isolating run sequences (X10): level runs joined across the isolates in them, as positions."""
    runs: list[list[int]] = []
    for index in range(len(kinds)):
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    closers = _matches(kinds)
    waiting: dict[int, list[int]] = {}
    sequences: list[list[int]] = []
    for run in runs:
        sequence = waiting.pop(run[0], None)
        if sequence is None:
            sequence = []
            sequences.append(sequence)
        sequence += run
        if run[-1] in closers:
            waiting[closers[run[-1]]] = sequence
    yield from sequences


def _matches(kinds: Sequence[str]) -> dict[int, int]:
    """Positions of isolates' beginnings and their ends (BD9)."""
    stack: list[int] = []
    found = {}
    for index, kind in enumerate(kinds):
        if kind in _ISOLATES:
            stack.append(index)
        elif kind == "PDI" and stack:
            found[stack.pop()] = index
    return found


def _resolve(
    text: str, kinds: Sequence[str], explicit: Sequence[int], found: list[int], run: Sequence[int], base: int
) -> None:
    """Weak and neutral kinds of one sequence, then its levels (W1 to I2)."""
    level = explicit[run[0]]
    before = explicit[run[0] - 1] if run[0] else base
    after = explicit[run[-1] + 1] if run[-1] + 1 < len(text) and kinds[run[-1]] not in _ISOLATES else base
    first, last = (_direction(max(level, other)) for other in (before, after))
    line = [kinds[index] for index in run]
    marks = {place for place, kind in enumerate(line) if kind == "NSM"}
    _weak(line, first)
    _brackets([text[index] for index in run], marks, line, first, _direction(level))
    _neutral(line, first, last, _direction(level))
    for index, kind in zip(run, line, strict=True):
        if level % 2:
            found[index] = level + (kind in {"L", "EN", "AN"})
        else:
            found[index] = level + {"R": 1, "EN": 2, "AN": 2}.get(kind, 0)


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _weak(line: list[str], first: str) -> None:
    previous, strong = first, first
    for place, kind in enumerate(line):  # W1, W2
        if kind == "NSM":
            line[place] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        elif kind == "EN" and strong == "AL":
            line[place] = "AN"
        if kind in STRONG:
            strong = kind
        previous = line[place]
    line[:] = ["R" if kind == "AL" else kind for kind in line]  # W3
    for place in range(1, len(line) - 1):  # W4
        around = {line[place - 1], line[place + 1]}
        if around == {"EN"} and line[place] in {"ES", "CS"}:
            line[place] = "EN"
        elif around == {"AN"} and line[place] == "CS":
            line[place] = "AN"
    for place in (*range(len(line)), *reversed(range(len(line)))):  # W5
        if line[place] == "ET" and "EN" in line[max(place - 1, 0) : place + 2]:
            line[place] = "EN"
    strong = first
    for place, kind in enumerate(line):  # W6, W7
        if kind in {"ES", "ET", "CS"}:
            line[place] = "ON"
        elif kind == "EN" and strong == "L":
            line[place] = "L"
        if kind in {"L", "R"}:
            strong = kind


def _brackets(letters: Sequence[str], marks: Collection[int], line: list[str], first: str, own: str) -> None:
    """Pairs of brackets, and the ``marks`` on them, take the direction of what they hold (N0)."""
    for start, end in _pairs(letters, line):
        held = {_strength(kind) for kind in line[start + 1 : end]} - {""}
        if not held:
            continue
        before = next((_strength(kind) for kind in reversed(line[:start]) if _strength(kind)), first)
        direction = own if own in held else before
        for place in (start, end):
            line[place] = direction
            while (place := place + 1) in marks:
                line[place] = direction


def _strength(kind: str) -> str:
    return "L" if kind == "L" else "R" if kind in {"R", "EN", "AN"} else ""


def _pairs(letters: Sequence[str], line: Sequence[str]) -> list[tuple[int, int]]:
    """Where pairs of brackets begin and end (BD16); canonical equivalents close each other."""
    stack: list[tuple[str, int]] = []
    pairs = []
    for place, letter in enumerate(letters):
        if line[place] != "ON" or not mirrored(letter):
            continue
        letter = _CANONICAL.get(letter, letter)
        if category(letter) == "Ps":
            if len(stack) == _MOST_BRACKETS:
                break
            close = chr(ord(letter) + 1)
            stack.append((close if category(close) == "Pe" else chr(ord(letter) + 2), place))
        elif category(letter) == "Pe" and any(close == letter for close, _ in stack):
            while True:
                close, start = stack.pop()
                if close == letter:
                    pairs.append((start, place))
                    break
    return sorted(pairs)


def _neutral(line: list[str], first: str, last: str, own: str) -> None:
    """Runs of neutrals between two of one direction take it, others that of their level (N1, N2)."""
    place = 0
    while place < len(line):
        if line[place] not in _NEUTRAL:
            place += 1
            continue
        end = place
        while end < len(line) and line[end] in _NEUTRAL:
            end += 1
        left = _strength(line[place - 1]) if place else first
        right = _strength(line[end]) if end < len(line) else last
        line[place:end] = [left if left == right else own] * (end - place)
        place = end


def ordered(things: Sequence[_Thing], of: Sequence[int]) -> list[_Thing]:
    """The content of one line, given with its levels, in visual order from left to right (L2)."""
    line = list(zip(things, of, strict=True))
    odd = [level for level in of if level % 2]
    for level in range(max(of, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(line):
            end = start
            while end < len(line) and line[end][1] >= level:
                end += 1
            line[start:end] = line[start:end][::-1]
            start = end + 1
    return [thing for thing, _ in line]
