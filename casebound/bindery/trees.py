"""Name trees and number trees: sorted entries in leaves, under branches with their limits (ISO 32000-2 7.9.6 and 7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casebound.bindery.file import ObjectFile
from casebound.bindery.syntax import literal

__all__ = ["name_tree", "number_tree"]

_KIDS = 200

_Node = tuple[int, bytes, bytes]  # object number, first and last key
_Entry = tuple[bytes, bytes]  # key and value, as they are written


def name_tree(file: ObjectFile, entries: Iterable[tuple[bytes, bytes]]) -> int:
    """Write a tree of names and their values, sorted by the bytes of the names; gives the number of its root."""
    return _root(file, b"Names", [(literal(name), value) for name, value in sorted(entries)])


def number_tree(file: ObjectFile, entries: Iterable[tuple[int, bytes]]) -> int:
    """Write a tree of numbers and their values, sorted by the numbers; gives the number of its root."""
    return _root(file, b"Nums", [(b"%d" % key, value) for key, value in sorted(entries)])


def _root(file: ObjectFile, kind: bytes, entries: Sequence[_Entry]) -> int:
    level = [_leaf(file, kind, entries[begin : begin + _KIDS]) for begin in range(0, len(entries), _KIDS)]
    while len(level) > _KIDS:
        level = [_branch(file, level[begin : begin + _KIDS]) for begin in range(0, len(level), _KIDS)]
    return file.add(b"<</Kids[%b]>>" % _kids(level) if level else b"<</%b[]>>" % kind)


def _leaf(file: ObjectFile, kind: bytes, entries: Sequence[_Entry]) -> _Node:
    first, last = entries[0][0], entries[-1][0]
    listed = b" ".join(key + b" " + value for key, value in entries)
    return file.add(b"<</Limits[%b %b]/%b[%b]>>" % (first, last, kind, listed)), first, last


def _branch(file: ObjectFile, nodes: Sequence[_Node]) -> _Node:
    first, last = nodes[0][1], nodes[-1][2]
    return file.add(b"<</Limits[%b %b]/Kids[%b]>>" % (first, last, _kids(nodes))), first, last


def _kids(nodes: Sequence[_Node]) -> bytes:
    return b" ".join(b"%d 0 R" % node[0] for node in nodes)
