"""Cuts a source file into blocks that begin at the left margin, as far as moving a toctree needs it: reST and MyST."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from textwrap import dedent

__all__ = ["SourceBlock", "SourceBlockKind", "blocks", "heading_start", "inside", "is_blank"]


class SourceBlockKind(Enum):
    """What a block is: silent ones print nothing where they are."""

    TOCTREE = "toctree"
    AROUND = "around"
    """A directive that shows what is in it as it is: ``only``, ``ifconfig``, in MyST ``eval-rst``."""
    MARK = "mark"
    """A directive that prints nothing: an index entry, the language of the code that follows."""
    COMMENT = "comment"
    TARGET = "target"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """Lines ``start`` to ``end`` (0-based, ``end`` not in it, no blank line at the end)."""

    start: int
    end: int
    kind: SourceBlockKind


_DIRECTIVE = re.compile(r"\.\. +(?:\|[^|]+\| )?(?:[\w.+-]+:)*([\w.+-]+) ?::(?:\s|$)")
_MARKS = ("currentmodule", "default-role", "highlight", "index", "meta", "role", "tabularcolumns")
_KINDS = {
    "toctree": SourceBlockKind.TOCTREE,
    "only": SourceBlockKind.AROUND,
    "ifconfig": SourceBlockKind.AROUND,
} | dict.fromkeys(_MARKS, SourceBlockKind.MARK)
_REST_TARGET = re.compile(r"(\.\. +_[^_].*:|\.\. +__:|__ |\.\. +_`[^`]+`:|\.\. +\|)")
_REST_NOTE = re.compile(r"\.\. +\[")
_FENCE_END = re.compile(r" {0,3}([`~:])\1{2,}\s*$")
_FENCE = re.compile(r"(`{3,}|~{3,}|:{3,})\s*(.*)$")
_MYST_DIRECTIVE = re.compile(r"\{([\w-]+)\}")
_MYST_TARGET = re.compile(r"\([^)\s]+\)=\s*$|\[[^\]^][^\]]*\]:\s")
_ADORNMENT = re.compile(r"([!-/:-@[-`{-~])\1*\s*$")
_HEADING = re.compile(r"#{1,6}(\s|$)")


def is_blank(line: str) -> bool:
    """Whether a line has nothing to see on it."""
    return not line.strip()


def blocks(lines: Sequence[str], myst: bool) -> list[SourceBlock]:
    """The blocks of a source, in order. Lines carry their ends or not, as it comes."""
    return list(_myst(lines) if myst else _rest(lines))


def inside(lines: Sequence[str], block: SourceBlock, myst: bool) -> list[SourceBlock]:
    """The blocks in a directive that is ``AROUND`` them, their lines counted as ``lines`` are."""
    start, end = block.start + 1, block.end
    if myst and end - start and _FENCE_END.match(lines[end - 1]):
        end -= 1
    body = dedent("\n".join(line.rstrip("\r\n").expandtabs() for line in lines[start:end])).split("\n")
    within = blocks(body, myst and "{eval-rst}" not in lines[block.start])
    return [SourceBlock(start + each.start, start + each.end, each.kind) for each in within]


def _trimmed(lines: Sequence[str], start: int, end: int) -> int:
    while end > start + 1 and is_blank(lines[end - 1]):
        end -= 1
    return end


def _rest(lines: Sequence[str]) -> Iterator[SourceBlock]:
    starts = [number for number, line in enumerate(lines) if not is_blank(line) and not line[0].isspace()]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield SourceBlock(start, _trimmed(lines, start, end), _rest_kind(lines[start].expandtabs().rstrip()))


def _rest_kind(line: str) -> SourceBlockKind:
    if _REST_TARGET.match(line):
        return SourceBlockKind.TARGET
    directive = _DIRECTIVE.match(line)
    if directive:
        return _KINDS.get(directive[1].lower(), SourceBlockKind.OTHER)
    explicit = line == ".." or line.startswith(".. ")
    return SourceBlockKind.COMMENT if explicit and not _REST_NOTE.match(line) else SourceBlockKind.OTHER


def _myst(lines: Sequence[str]) -> Iterator[SourceBlock]:
    number = 0
    while number < len(lines):
        line = lines[number]
        end = number + 1
        if is_blank(line):
            number = end
            continue
        fence = _FENCE.match(line)
        kind = SourceBlockKind.OTHER
        if fence:
            end = _fence_end(lines, number, fence[1])
            directive = _MYST_DIRECTIVE.match(fence[2])
            kind = (
                (_KINDS | {"eval-rst": SourceBlockKind.AROUND}).get(directive[1], SourceBlockKind.OTHER)
                if directive
                else SourceBlockKind.OTHER
            )
        elif line.startswith("<!--"):
            end = next((at for at in range(number, len(lines)) if "-->" in lines[at]), len(lines) - 1) + 1
            kind = SourceBlockKind.COMMENT
        elif line.startswith("%"):
            kind = SourceBlockKind.COMMENT
        elif _MYST_TARGET.match(line):
            kind = SourceBlockKind.TARGET
        yield SourceBlock(number, end, kind)
        number = end


def _fence_end(lines: Sequence[str], start: int, fence: str) -> int:
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}\s*$")
    return next((at for at in range(start + 1, len(lines)) if closing.match(lines[at])), len(lines) - 1) + 1


def heading_start(lines: Sequence[str], hint: int, myst: bool) -> int | None:
    """The first line of the heading near the 0-based line ``hint``; None where there is none."""
    for number in (hint, hint - 1, hint + 1):
        if not 0 <= number < len(lines) or is_blank(lines[number]):
            continue
        if myst and _HEADING.match(lines[number]):
            return number
        adorned = number + 1 < len(lines) and bool(_ADORNMENT.match(lines[number + 1]))
        if adorned and not _ADORNMENT.match(lines[number]):
            overlined = number > 0 and bool(_ADORNMENT.match(lines[number - 1])) and not myst
            return number - 1 if overlined and (number < 2 or is_blank(lines[number - 2])) else number
    return None
