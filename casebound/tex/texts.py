"""Words within a formula: the mathematics among them is set as such, beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from casebound.tex.groups import Command, respelt

__all__ = ["with_texts"]

_TEXTS = ("text", "textrm", "textnormal", "textbf", "textit", "textsf", "texttt", "mbox", "hbox")
_MATHEMATICS = re.compile(r"(?<!\\)\$([^$]*)\$|\\\(((?:(?!\\\)).)*)\\\)|(\\[$%&#_{}, ;:])", re.DOTALL)


def with_texts(commands: Mapping[str, Command]) -> dict[str, Command]:
    """These commands, and the commands of text, in which all of them may be."""
    known = dict(commands)
    known |= {name: Command(_MixedText(name, known), nested=False) for name in _TEXTS}
    known["fbox"] = Command(_Boxed("text", known), nested=False)
    known["framebox"] = Command(_Boxed("text", known), options=2, nested=False)
    known["ensuremath"] = Command(lambda tex: f"{{{tex}}}")
    return known


@dataclass(frozen=True, slots=True)
class _MixedText:
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
        return f"\\{self.name}{{{_written(text)}}}" if text else ""


_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323",
}  # fmt: skip
_SIGNS = {
    "ldots": "…", "dots": "…", "textellipsis": "…", "S": "§", "P": "¶", "copyright": "©", "textcopyright": "©",
    "textregistered": "®", "texttrademark": "™", "textdegree": "°", "textmu": "µ", "texteuro": "€", "euro": "€",
    "textendash": "–", "textemdash": "—", "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“",
    "textquotedblright": "”", "textdollar": "$", "textunderscore": "_", "textbar": "|", "textless": "<",
    "textgreater": ">", "textasciitilde": "~", "textasciicircum": "^", "textbullet": "•", "textperiodcentered": "·",
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "aa": "å", "AA": "Å", "l": "ł", "L": "Ł",
    "i": "ı", "dag": "†", "ddag": "‡", "pounds": "£",
}  # fmt: skip
_ACCENTED = re.compile(r"\\(?:(['`^\"~=.])\s*|([uvHckrd])(?:\s+|(?=\{)))(?:\{\s*(\\?\w)\s*\}|(\\?\w))")
_SIGN = re.compile(r"\\([A-Za-z]+)(?:\{\}|\s+|(?![A-Za-z]))")
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "'": "’", "~": "\N{NO-BREAK SPACE}"}
_LIGATURE = re.compile("|".join(_LIGATURES))


def _written(text: str) -> str:
    """Words as TeX's text faces show them: accents on their letters, signs by name, dashes and quotation marks."""

    def accented(found: re.Match[str]) -> str:
        letter = (found[3] or found[4]).replace("\\i", "i").replace("\\j", "j")
        return unicodedata.normalize("NFC", letter + _ACCENTS[found[1] or found[2]])

    text = _ACCENTED.sub(accented, text)
    text = _LIGATURE.sub(lambda found: _LIGATURES[found.group()], text)
    return _SIGN.sub(lambda found: _SIGNS.get(found[1], found.group()), text)


def _divided(text: str) -> Iterator[tuple[str, str]]:
    """Words, and the mathematics after them."""
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


class _Boxed(_MixedText):
    """A frame round a text; a width and a side are those of a page, which are left out."""

    def __call__(self, *values: str) -> str:
        return rf"\boxed{{{super().__call__(*values)}}}"
