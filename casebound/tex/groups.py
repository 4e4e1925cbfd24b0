"""Commands of TeX with their arguments: read where they are, and said in other commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

__all__ = ["Command", "argument", "respelt"]

_COMMAND = re.compile(r"\\(?:([A-Za-z]+\*?)|.)", re.DOTALL)
_SPACE = re.compile(r"\s*")
_TOKEN = re.compile(r"\\(?:[A-Za-z]+|.)|[^\s{}]", re.DOTALL)
_MARK = re.compile(r"\\.|[{}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is said in other ones.

    ``meaning`` takes its ``options`` bracketed options, empty where they are not given, then its ``arguments``; what
    it gives back is in the formula instead, None leaves the command as it is. ``nested`` says that the arguments
    are TeX, in which such commands may be again.
    """

    meaning: Callable[..., str | None]
    arguments: int = 1
    options: int = 0
    nested: bool = True


def respelt(tex: str, commands: Mapping[str, Command]) -> str:
    """The formula with these commands said in others; one whose arguments are not whole stays as it is."""
    made: list[str] = []
    ends = _ends(tex)
    at = 0
    while found := _COMMAND.search(tex, at):
        meaning, end = None, found.end()
        if command := commands.get(found[1] or ""):
            meaning, end = _said(tex, end, command, commands, ends)
        if meaning is None:
            meaning, end = found.group(), found.end()
        made += [tex[at : found.start()], meaning]
        at = end
    return "".join([*made, tex[at:]])


def _said(
    tex: str, at: int, command: Command, commands: Mapping[str, Command], ends: Mapping[int, int]
) -> tuple[str | None, int]:
    values: list[str] = []
    for _ in range(command.options):
        value, at = _option(tex, at)
        values.append(value)
    for _ in range(command.arguments):
        read = argument(tex, at, ends)
        if read is None:
            return None, at
        values.append(respelt(read[0], commands) if command.nested else read[0])
        at = read[1]
    return command.meaning(*values), at


def argument(tex: str, at: int, ends: Mapping[int, int] | None = None) -> tuple[str, int] | None:
    """The group, command or letter that is at a place, and where it ends; None where none is whole.

    ``ends`` are the places where its groups end, by those where they begin, for who asks often.
    """
    space = _SPACE.match(tex, at)
    start = space.end() if space else at
    if not tex.startswith("{", start):
        token = _TOKEN.match(tex, start)
        return (token.group(), token.end()) if token else None
    end = (_ends(tex) if ends is None else ends).get(start)
    return None if end is None else (tex[start + 1 : end], end + 1)


def _ends(tex: str) -> dict[int, int]:
    """Where each group ends, by where it begins."""
    found: dict[int, int] = {}
    begun: list[int] = []
    for mark in _MARK.finditer(tex):
        if mark.group() == "{":
            begun.append(mark.start())
        elif mark.group() == "}" and begun:
            found[begun.pop()] = mark.start()
    return found


_OPTION = re.compile(r"\s*\[([^\[\]]*)\]")


def _option(tex: str, at: int) -> tuple[str, int]:
    found = _OPTION.match(tex, at)
    return (found[1], found.end()) if found else ("", at)
