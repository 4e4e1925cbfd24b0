"""Moves toctrees in the text of a source: the lines of the directive, with the comments and labels right before it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from casebound.manuscript.mending.blocks import SourceBlock, SourceBlockKind, blocks, heading_start, inside, is_blank

__all__ = ["Immovable", "SourceFile", "Unit"]

_SILENT = {SourceBlockKind.TOCTREE, SourceBlockKind.MARK, SourceBlockKind.COMMENT, SourceBlockKind.TARGET}
_BELONGS = {SourceBlockKind.COMMENT, SourceBlockKind.TARGET}


class Immovable(Exception):
    """Why a toctree cannot be moved, as the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Unit:
    """The lines that move together, 0-based, ``end`` not in it."""

    start: int
    end: int


class SourceFile:
    """The text of one source file; line ends are kept as they are."""

    def __init__(self, text: str, *, myst: bool) -> None:
        self.lines = _lines(text)
        self.myst = myst
        self.blocks = blocks(self.lines, myst)

    def unit(self, line: int | None, moving: Collection[int]) -> Unit:
        """What moves with the toctree at the 1-based ``line``; ``moving`` are the lines of all that are to be moved.

        Raises Immovable.
        """
        at = (line or 0) - 1
        place = next((number for number, block in enumerate(self.blocks) if block.start <= at < block.end), None)
        if place is None:
            raise Immovable("its place in the source is not known.")
        block = self.blocks[place]
        if not (block.kind is SourceBlockKind.TOCTREE and block.start == at):
            self._hold_only(block, moving)
        start = block.start
        for before in reversed(self.blocks[:place]):
            near = start - before.end <= 1 or before.kind is SourceBlockKind.TARGET
            if before.kind not in _BELONGS or not near:
                break
            start = before.start
        return Unit(start, block.end)

    def _hold_only(self, block: SourceBlock, moving: Collection[int]) -> None:
        """Raise Immovable unless the block holds nothing but toctrees, all to be moved."""
        toctrees = self._toctrees_in(block)
        if not toctrees or any(line not in moving for line in toctrees):
            begins = self.lines[block.start]
            directive = begins.startswith(("```", "~~~", ":::") if self.myst else "..")
            around = "another directive" if directive else "a list, a table or other text"
            raise Immovable(f"it is inside {around}.")

    def _toctrees_in(self, block: SourceBlock) -> list[int]:
        """The 1-based lines of the toctrees in an ``only`` or the like that holds nothing else; otherwise none."""
        within = inside(self.lines, block, self.myst) if block.kind is SourceBlockKind.AROUND else []
        if any(each.kind not in _SILENT for each in within):
            return []
        return [each.start + 1 for each in within if each.kind is SourceBlockKind.TOCTREE]

    def _is_silent(self, block: SourceBlock) -> bool:
        return block.kind in _SILENT or bool(self._toctrees_in(block))

    def end_of_text(self, first: int, heading: int | None, *, last: bool) -> int:
        """Where toctrees go in a section: the line after the last that prints something, 0-based.

        ``first`` is a 0-based line in the section, ``heading`` the 1-based line of the heading that ends it, None
        for the end of the file; ``last`` puts them after the toctrees that are there already. Raises Immovable.
        """
        limit = len(self.lines)
        if heading is not None:
            start = heading_start(self.lines, heading - 1, self.myst)
            if start is None or start < first:
                raise Immovable("the end of its section is not found in the source.")
            limit = start
        within = [block for block in self.blocks if block.start < limit]
        while within and self._is_silent(within[-1]):
            if last and within[-1].kind in {SourceBlockKind.TOCTREE, SourceBlockKind.AROUND}:
                break
            within.pop()
        if not within or within[-1].end > limit:
            raise Immovable("the end of its section is not found in the source.")
        return within[-1].end

    def moved(self, moves: Sequence[tuple[Unit, int, object]]) -> str:
        """The text with each unit before the 0-based line of its new place, all separated by blank lines."""
        gone: set[int] = set()
        for unit, *_ in moves:
            gone |= set(range(unit.start, unit.end)) | self._blanks_of(unit)
        made: list[str] = []
        for number in range(len(self.lines) + 1):
            come = [unit for unit, place, _ in moves if place == number]
            if come:
                self._insert(made, come, number)
            if number < len(self.lines) and number not in gone:
                made.append(self.lines[number])
        return self._ended("".join(made))

    def _blanks_of(self, unit: Unit) -> set[int]:
        """The blank lines after a unit, which go with it; where none is before it, one of them stays."""
        after = unit.end
        while after < len(self.lines) and is_blank(self.lines[after]):
            after += 1
        separated = unit.start == 0 or is_blank(self.lines[unit.start - 1]) or after == len(self.lines)
        return set(range(unit.end if separated else unit.end + 1, after))

    def _insert(self, made: list[str], units: Sequence[Unit], place: int) -> None:
        end = self._line_end()
        if made and not made[-1].endswith(("\n", "\r")):
            made[-1] += end
        for unit in units:
            made += [end, *self.lines[unit.start : unit.end]]
            if not made[-1].endswith(("\n", "\r")):
                made[-1] += end
        if place < len(self.lines) and not is_blank(self.lines[place]):
            made.append(end)

    def _line_end(self) -> str:
        first = self.lines[0]
        return first[len(first.rstrip("\r\n")) :] or "\n"

    def _ended(self, text: str) -> str:
        """The text with as many line ends at its end as it had."""
        last = self.lines[-1]
        if last.endswith(("\n", "\r")):
            return text
        return text.rstrip("\r\n")


def _lines(text: str) -> list[str]:
    """The lines as docutils counts them: a vertical tab or a form feed ends none."""
    lines, start = [], 0
    for line in text.replace("\v", " ").replace("\f", " ").splitlines(keepends=True):
        lines.append(text[start : start + len(line)])
        start += len(line)
    return lines
