"""Formulas and equations of chemistry as mhchem writes them (its manual, 3 to 5): ``2H2 + O2 -> 2H2O``."""

from __future__ import annotations

import re
from collections.abc import Callable

from casebound.tex.groups import Command, argument

__all__ = ["CHEMISTRY"]

_ARROWS = {
    "->": r"\longrightarrow", "→": r"\longrightarrow", "<-": r"\longleftarrow", "←": r"\longleftarrow",
    "<->": r"\longleftrightarrow", "↔": r"\longleftrightarrow", "<-->": r"\rightleftarrows", "⇄": r"\rightleftarrows",
    "<=>": r"\rightleftharpoons", "⇌": r"\rightleftharpoons",
}  # fmt: skip
_STRETCHED = {
    r"\longrightarrow": r"\xrightarrow", r"\longleftarrow": r"\xleftarrow", r"\longleftrightarrow": r"\xleftrightarrow",
    r"\rightleftarrows": r"\xtofrom", r"\rightleftharpoons": r"\xrightleftharpoons",
}  # fmt: skip
_BONDS = {"-": "–", "=": "=", "#": "≡", "1": "–", "2": "=", "3": "≡", "...": "⋯", "....": "⋯⋯", "->": "→", "<-": "←"}
_SCRIPT = re.compile(r"\$([^$]*)\$|(\([^()]*\)|[A-Z][A-Za-z]*|[a-z]{2,})|(\\[A-Za-z]+\s*|[a-z0-9+,/−-]|\s+)|[.•*]")
Step = Callable[["_ChemistryReading", re.Match[str]], None]
_LABEL = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]")


class _Unread(Exception):
    """Something mhchem may know and we do not."""


class _ChemistryReading:
    """What has been read of a formula; ``begun`` says that a number now would be an index and no amount."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.begun = False
        self.made: list[str] = []

    def read(self) -> str:
        while self.at < len(self.source):
            for pattern, begun, step in _STEPS:
                if begun in {None, self.begun} and (found := pattern.match(self.source, self.at)):
                    self.at = found.end()
                    step(self, found)
                    break
            else:
                raise _Unread
        return "".join(self.made)

    def say(self, tex: str, *, begun: bool) -> None:
        self.made.append(tex)
        self.begun = begun

    def script(self) -> str:
        """The index or power that is here: a group, or a run of digits, letters and signs."""
        run = re.compile(r"\$[^$]*\$|\d+[+−-]?|[+−-]+|[A-Za-z]+|[.•*]").match(self.source, self.at)
        group = argument(self.source, self.at) if self.source.startswith("{", self.at) else None
        if group is None and run is None:
            raise _Unread
        text, self.at = group or (run.group(), run.end())  # type: ignore[union-attr]
        return _script(text)


def _script(text: str) -> str:
    made, at = [], 0
    while at < len(text):
        found = _SCRIPT.match(text, at)
        if not found:
            raise _Unread
        at = found.end()
        raw, words, plain = found[1], found[2], found[3]
        made.append(raw or plain or (rf"\text{{{words}}}" if words else r"\cdot "))
    return "".join(made)


def _space(reading: _ChemistryReading, _: re.Match[str]) -> None:
    if reading.made and not reading.made[-1].endswith((" ", r"\,")):
        reading.say(r"\ ", begun=False)
    reading.begun = False


def _arrow(reading: _ChemistryReading, found: re.Match[str]) -> None:
    arrow = _ARROWS[found.group().strip()]
    labels: list[str] = []
    while len(labels) < 2 and (label := _LABEL.match(reading.source, reading.at)):
        labels.append(_ChemistryReading(label[1].strip()).read())
        reading.at = label.end()
    above, below = (*labels, "", "")[:2]
    if above or below:
        arrow = _STRETCHED[arrow] + (f"[{below}]" if below else "") + f"{{{above}}}"
    while reading.made and reading.made[-1] == r"\ ":
        reading.made.pop()
    reading.say(rf"\;{arrow}\; " if labels else f"{arrow} ", begun=False)


def _amount(reading: _ChemistryReading, found: re.Match[str]) -> None:
    top, _, bottom = found.group().strip().strip("()").partition("/")
    reading.say((rf"\tfrac{{{top}}}{{{bottom}}}" if bottom else top) + r"\,", begun=False)


def _index(reading: _ChemistryReading, found: re.Match[str]) -> None:
    reading.say(f"_{{{found.group()}}}", begun=True)


def _below(reading: _ChemistryReading, _: re.Match[str]) -> None:
    reading.say(("" if reading.begun else "{}") + f"_{{{reading.script()}}}", begun=reading.begun)


def _above(reading: _ChemistryReading, _: re.Match[str]) -> None:
    reading.say(f"{{}}^{{{reading.script()}}}" + _both(reading), begun=reading.begun)


def _both(reading: _ChemistryReading) -> str:
    """The index right after the power of an isotope is below it."""
    if reading.begun or not reading.source.startswith("_", reading.at):
        return ""
    reading.at += 1
    return f"_{{{reading.script()}}}"


def _charge(reading: _ChemistryReading, found: re.Match[str]) -> None:
    reading.say(f"{{}}^{{{found.group()}}}", begun=True)


def _text(reading: _ChemistryReading, found: re.Match[str]) -> None:
    reading.say(rf"\text{{{found.group()}}}", begun=True)


def _state(reading: _ChemistryReading, found: re.Match[str]) -> None:
    reading.say(rf"\,\text{{{found.group().strip()}}}", begun=True)


def _bond(reading: _ChemistryReading, found: re.Match[str]) -> None:
    if found[1] not in _BONDS:
        raise _Unread
    reading.say(rf"\text{{{_BONDS[found[1]]}}}", begun=False)


def _raw(reading: _ChemistryReading, found: re.Match[str]) -> None:
    reading.say(f"{found[1]} ", begun=True)


def _group(reading: _ChemistryReading, found: re.Match[str]) -> None:
    read = argument(reading.source, found.start())
    if read is None:
        raise _Unread
    inner = read[0].strip()
    reading.at = read[1]
    if inner:
        reading.say(inner[1:-1] if re.fullmatch(r"\$[^$]*\$", inner) else rf"\text{{{read[0]}}}", begun=True)


def _sign(tex: str, *, begun: bool = False) -> Step:
    return lambda reading, _: reading.say(tex, begun=begun)


def _mark(reading: _ChemistryReading, found: re.Match[str]) -> None:
    """A bracket or a stop: an index may follow one that closes."""
    reading.say(found.group(), begun=found.group() in ")]\\}")


_GREEK = (
    "alpha|beta|gamma|delta|epsilon|zeta|eta|theta|iota|kappa|lambda|mu|nu|xi|pi|rho|sigma|tau|phi|chi|psi|omega|"
    "Gamma|Delta|Theta|Lambda|Xi|Pi|Sigma|Phi|Psi|Omega"
)
_STEPS: list[tuple[re.Pattern[str], bool | None, Step]] = [
    (re.compile(pattern), begun, step)
    for pattern, begun, step in (
        (r"\s+v(?=\s|$)", None, _sign(r"\downarrow ", begun=True)),
        (r"\s+\^(?=\s|$)", None, _sign(r"\uparrow ", begun=True)),
        (r"\s*(?:<-->|<=>(?!>)|<->|->|<-|[→←↔⇄⇌])\s*", None, _arrow),
        (r"\s+\+\s+", None, _sign(" + ")),
        (r"[+−-]+(?=\s|$|[)\]}_,;:|])", True, _charge),
        (r"\s*\+\s*", None, _sign(" + ")),
        (r"\s+[−-]\s+", None, _sign(" - ")),
        (r"\s*(?:[*·⋅]|\\cdot(?![A-Za-z]))\s*|\s+\.\s+", None, _sign(r" \cdot ")),
        (r"\.(?=\d)", True, _sign(r" \cdot ")),
        (r"([=#-])(?=[A-Za-z(\[\\{])", True, _bond),
        (r"\\bond\s*\{([^{}]*)\}", None, _bond),
        (r"\s*=\s*", None, _sign(" = ")),
        (r"(?:\d+(?:[.,]\d+)?(?:/\d+)?|\(\d+/\d+\))\s*", False, _amount),
        (r"\d+", True, _index),
        (r"_\s*", None, _below),
        (r"\^\s*", None, _above),
        (r"\s*\((?:aq|s|l|g|cr|am|sln|soln|vit|ads)\)", True, _state),
        (r"([nmxyz])\s*(?=[A-Z(\[])", False, _amount),
        (r"[A-Z][A-Za-z]*|[a-z]+", None, _text),
        (r"\$([^$]*)\$", None, _raw),
        (rf"(\\(?:{_GREEK})(?![A-Za-z])|\\text\s*\{{[^{{}}]*\}})\s*", None, _raw),
        (r"\{", None, _group),
        (r"\\[{}]|[()\[\],;:|'/~]", None, _mark),
        (r"\s+", None, _space),
    )
]


def _formula(source: str) -> str | None:
    try:
        return f"{{{_ChemistryReading(source.strip()).read().strip()}}}"
    except _Unread:
        return None


CHEMISTRY = {"ce": Command(_formula, nested=False)}
