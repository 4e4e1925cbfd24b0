"""The outline in a viewer's sidebar (ISO 32000-2 12.3.3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from casebound.bindery.file import ObjectFile
from casebound.bindery.syntax import destination_name, literal, text
from casebound.model.outline import OutlineEntry, walk

__all__ = ["Outline"]


class Outline:
    """Writes an outline; ``dangling`` are targets of entries with no place in this file, nor a child that has one."""

    def __init__(self, file: ObjectFile, known: Collection[str], open_depth: int, closed: Collection[str] = ()) -> None:
        self._file = file
        self._known = known
        self._open_depth = open_depth
        self._closed = closed
        self.dangling: list[str] = []

    def write(self, entries: Sequence[OutlineEntry]) -> int:
        """Write the entries and return the number of the outline."""
        root = self._file.reserve()
        first, last, count = self._level(entries, root, 0)
        self._file.put(root, b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>" % (first, last, count))
        return root

    def _level(self, entries: Sequence[OutlineEntry], parent: int, depth: int) -> tuple[int, int, int]:
        """Write siblings: the first and last number, and how many lines they fill with what is open below them."""
        numbers = [self._file.reserve() for _ in entries]
        lines = len(entries)
        for place, entry in enumerate(entries):
            body = b"<</Title%b/Parent %d 0 R%b" % (text(entry.title), parent, self._destination(entry))
            if place:
                body += b"/Prev %d 0 R" % numbers[place - 1]
            if place + 1 < len(entries):
                body += b"/Next %d 0 R" % numbers[place + 1]
            if entry.children:
                first, last, count = self._level(entry.children, numbers[place], depth + 1)
                is_open = depth < self._open_depth and entry.target not in self._closed
                lines += count if is_open else 0
                body += b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, count if is_open else -count)
            self._file.put(numbers[place], body + b">>")
        return numbers[0], numbers[-1], lines

    def _destination(self, entry: OutlineEntry) -> bytes:
        """Where an entry leads: its own target, or that of the first entry below it that is in this file."""
        for _, candidate in walk((entry,)):
            if candidate.target in self._known:
                return b"/Dest" + literal(destination_name(candidate.target))
        self.dangling.append(entry.target)
        return b""
