"""Words within a formula: the mathematics among them is set as such, beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casebound.tex.groups import Command, respelt

__all__ = ["with_texts"]

_TEXTS = ("text", "textrm", "textnormal", "textbf", "textit", "textsf", "texttt", "mbox", "hbox")
_MATHEMATICS = re.compile(r"(?<!\\)\$([^$]*)\$|\\\(((?:(?!\\\)).)*)\\\)|(\\[$%&#_{}, ;:])", re.DOTALL)


def with_texts(commands: Mapping[str, Command]) -> dict[str, Command]:
    """These commands, and the commands of text, in which all of them may stand."""
    known = dict(commands)
    known |= {name: Command(_Words(name, known), nested=False) for name in _TEXTS}
    known["fbox"] = Command(_Boxed("text", known), nested=False)
    known["framebox"] = Command(_Boxed("text", known), options=2, nested=False)
    known["ensuremath"] = Command(lambda tex: f"{{{tex}}}")
    return known


@dataclass(frozen=True, slots=True)
class _Words:
    """A text as its words and its mathematics: that in dollars, escaped signs, and what ``known`` commands mean."""

    name: str
    known: Mapping[str, Command]

    def __call__(self, *values: str) -> str:
        among = {name: replace(command, meaning=_Marked(command)) for name, command in self.known.items()}
        made = ""
        for words, mathematics in _divided(values[-1]):
            for inner, meant in _divided(respelt(words, among)):
                made += self._words(inner) + meant
            made += respelt(mathematics, self.known)
        return made or rf"\{self.name}{{}}"

    def _words(self, text: str) -> str:
        return f"\\{self.name}{{{text}}}".replace("~", "\N{NO-BREAK SPACE}") if text else ""


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Words, and the mathematics behind them."""
    at = 0
    for found in _MATHEMATICS.finditer(text):
        yield text[at : found.start()], found[1] or found[2] or found[3] or ""
        at = found.end()
    yield text[at:], ""


@dataclass(frozen=True, slots=True)
class _Marked:
    """What a command means, marked as mathematics among words."""

    command: Command

    def __call__(self, *values: str) -> str | None:
        made = self.command.meaning(*values)
        return None if made is None else f"${made}$"


class _Boxed(_Words):
    """A frame round a text; a width and a side are those of a page, which are left out."""

    def __call__(self, *values: str) -> str:
        return rf"\boxed{{{super().__call__(*values)}}}"
