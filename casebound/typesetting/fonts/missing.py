"""Characters that no face has, told script by script, with what brings a face for each."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from typing import NamedTuple

from fontTools import unicodedata

__all__ = ["MissingScript", "scripts"]

_EXTRAS = {
    "cjk": ({"Hani", "Hira", "Kana", "Bopo", "Hang"}, "justmytype_intl_cjk"),
    "languages": (
        {"Arab", "Hebr", "Deva", "Beng", "Taml", "Telu", "Thai", "Laoo", "Khmr", "Mymr"}, "justmytype_intl_rtl",
    ),
}  # fmt: skip
"""What is installed as an extra of ours: the scripts it has, and a module that it brings."""

_EMOJI = ("Emoticons", "Pictographs", "Transport and Map", "Dingbats", "Miscellaneous Symbols", "Geometric Shapes Ext")
_EAST_ASIAN = ("CJK", "Halfwidth and Fullwidth", "Hiragana", "Katakana", "Kanbun", "Ideographic", "Vertical Forms")
_LEND = "Install a font that has them, name it under lenders in a style sheet, or write them another way."


class MissingScript(NamedTuple):
    """Characters of one script: what they are called together, the characters in order, and what to do."""

    name: str
    letters: str
    help: str


def scripts(points: Iterable[int]) -> list[MissingScript]:
    """Code points that no face has, by their scripts, in the order of their names."""
    found: dict[tuple[str, str], str] = {}
    for point in sorted(points):
        kind = _kind(chr(point))
        found[kind] = found.get(kind, "") + chr(point)
    return [MissingScript(name, letters, _help(code)) for (name, code), letters in sorted(found.items())]


def _kind(letter: str) -> tuple[str, str]:
    """What a character belongs to: a name in the plural, and the code of its script if it has one."""
    code, block = unicodedata.script(letter), unicodedata.block(letter)
    if code not in {"Zyyy", "Zinh", "Zzzz"}:
        return f"{unicodedata.script_name(code)} characters", code
    if block.startswith(_EAST_ASIAN):
        return "Han characters", "Hani"
    if any(part in block for part in _EMOJI) or (unicodedata.category(letter) == "So" and ord(letter) > 0x1F000):
        return "emoji", ""
    if "Private Use" in block:
        return "characters for private use", ""
    if unicodedata.category(letter).startswith("M"):
        return "combining marks", ""
    return "symbols", ""


def _help(code: str) -> str:
    for extra, (codes, module) in _EXTRAS.items():
        if code in codes and find_spec(module) is None:
            return f"Install casebound[{extra}], which has fonts for them."
    return _LEND
