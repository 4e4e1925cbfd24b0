"""What the values of a style sheet may be: each kind reads one, and says what it takes instead of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from string import hexdigits
from typing import Any

import yaml
from reportlab.lib.colors import Color, HexColor, getAllNamedColors

from casebound.model.css.colours import hexadecimal
from casebound.model.css.lengths import POINTS
from casebound.model.naming import nearest
from casebound.model.style import RGB

__all__ = [
    "ALIASED", "ALIGNMENT", "COLOUR", "FACE", "FACES", "FAMILY", "GROUND", "INDENT", "INK", "LEAST_AND_MOST", "MARGIN",
    "NAMES", "PARENT", "SCALE", "SHOW_URLS", "SIDE", "SIZE", "SPACE", "SWITCH", "Ems", "ValueKind", "rgb", "shown",
]  # fmt: skip

_LENGTH = re.compile(r"(-?(?:\d+\.?\d*|\.\d+))\s*([a-z]*|%)", re.IGNORECASE)
_EMS = {"em": 1.0, "ex": 0.5, "%": 0.01}
_SHOW_URLS = ("no", "footnote", "inline")
_ALIGNMENTS = {
    name: f"TA_{side}"
    for side, names in {
        "LEFT": ("left",),
        "CENTER": ("center", "centre"),
        "RIGHT": ("right",),
        "JUSTIFY": ("justify",),
    }.items()
    for each in names
    for name in (each, f"ta_{each}")
}


def rgb(colour: object) -> RGB:
    """A colour as three numbers from 0 to 1, rounded to thousandths: ``#rrggbb``, ``#rgb`` or a name of CSS.

    Raises ValueError for anything else.
    """
    said = str(colour).strip().lower()
    named = _named_colours().get(said)
    if named is not None:
        red, green, blue = (round(channel, 3) for channel in named.rgb())
        return red, green, blue
    digits = said.removeprefix("#")
    digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
    if len(digits) != 6 or not said.startswith("#") or not all(digit in hexdigits for digit in digits):
        raise ValueError(f"{colour!r} is not a colour: write #rrggbb or a name of CSS")
    red, green, blue = (round(int(digits[i : i + 2], 16) / 255, 3) for i in (0, 2, 4))
    return red, green, blue


@cache
def _named_colours() -> Mapping[str, Color]:
    names = {name.lower(): colour for name, colour in getAllNamedColors().items()}
    return {**names, "rebeccapurple": HexColor("#663399")}  # CSS Color Module Level 4, 6.1


@dataclass(frozen=True, slots=True)
class Ems:
    """A length in sizes of type: of a style's own, for the size itself of its parent's."""

    number: float


@dataclass(frozen=True, slots=True)
class ValueKind:
    """A kind of value. ``read`` gives it in the one form that is used, and raises ValueError for what is none.

    ``takes`` says what it may be; of its ``words``, the one that is like a wrong one is suggested.
    """

    takes: str
    read: Callable[[Any], Any]
    words: Callable[[], Collection[str]] = tuple

    def refused(self, value: object) -> str:
        """What to say of a value that is none, after the name of its entry."""
        close = nearest(value.lower(), self.words()) if isinstance(value, str) else ""
        return f"is {shown(value)}, which is not {self.takes}" + (f" (did you mean {close}?)" if close else "")


def shown(value: object) -> str:
    """A value as a style sheet has it, cut where it is long."""
    if value is None:
        return "empty"
    if isinstance(value, str):
        return repr(value[:60])
    text: str = yaml.safe_dump(value, default_flow_style=True, width=1000).partition("\n")[0]
    return text if len(text) <= 60 else f"{text[:57]}..."


def _number(said: object) -> float:
    if isinstance(said, bool) or not isinstance(said, (int, float)) or not isfinite(said):
        raise ValueError
    return said


def _length(said: object) -> float | Ems:
    """Points, or a length in sizes of type."""
    if not isinstance(said, str):
        return _number(said)
    found = _LENGTH.fullmatch(said.strip())
    unit = found[2].lower() if found else "?"
    if found is None or unit not in {"", *POINTS, *_EMS}:
        raise ValueError
    number = float(found[1])
    return Ems(number * _EMS[unit]) if unit in _EMS else round(number * POINTS.get(unit, 1.0), 4)


def _at_least(least: float, read: Callable[[object], Any], *, relative: bool = True) -> Callable[[object], Any]:
    """A length or number that is not below this; above it, where it is 0 by a hair."""

    def checked(said: object) -> Any:
        value = read(said)
        number = value.number if isinstance(value, Ems) else value
        if number < least or (isinstance(value, Ems) and not relative):
            raise ValueError
        return value

    return checked


def _colour(said: object) -> str:
    if not isinstance(said, str):
        raise ValueError
    return hexadecimal(rgb(said))


def _ink(said: object) -> str:
    *marks, colour = str(said).split() or [""]
    if not set(marks) <= {"b", "i"}:
        raise ValueError
    return " ".join([*marks, _colour(colour)])


def _switch(said: object) -> bool:
    if said not in (True, False) or isinstance(said, float):
        raise ValueError
    return bool(said)


def _alignment(said: object) -> str:
    try:
        return _ALIGNMENTS[str(said).lower()]
    except KeyError:
        raise ValueError from None


def _show_urls(said: object) -> str:
    how = {False: "no", True: "inline"}[said] if isinstance(said, bool) else said
    if how not in _SHOW_URLS:
        raise ValueError
    return str(how)


def _least_and_most(said: object) -> tuple[int, int]:
    if not isinstance(said, list) or len(said) != 2 or any(type(each) is not int or each < 0 for each in said):
        raise ValueError
    return said[0], said[1]


def _name(said: object) -> str:
    if not isinstance(said, str) or not said.strip():
        raise ValueError
    return said


def _names(said: object) -> list[str]:
    if not isinstance(said, list):
        raise ValueError
    return [_name(each) for each in said]


def _family(said: object) -> list[str]:
    """A family by the names of its faces; a name with a dot is two names to rst2pdf."""
    files = _names(said)
    stems = [re.split(r"[/\\]", file)[-1].removesuffix(".ttf") for file in files]
    if len(files) != 4 or any(not file.endswith(f"{stem}.ttf") for file, stem in zip(files, stems, strict=True)):
        raise ValueError
    if any(not stem or "." in stem for stem in stems):
        raise ValueError
    return stems


_UNITS = "a number of points, or one with pt, mm, cm, in, pc"
_ABOVE = 1e-6

SIZE = ValueKind(f"a size above 0: {_UNITS}, em or %", _at_least(_ABOVE, _length))
INDENT = ValueKind(f"a length: {_UNITS}, em or %", _length)
SPACE = ValueKind(f"a length of 0 or more: {_UNITS}, em or %", _at_least(0, _length))
SIDE = ValueKind(f"a length above 0: {_UNITS}", _at_least(_ABOVE, _length, relative=False))
MARGIN = ValueKind(f"a length of 0 or more: {_UNITS}", _at_least(0, _length, relative=False))
SCALE = ValueKind("a number above 0", _at_least(_ABOVE, _number))
COLOUR = ValueKind('a colour: "#rrggbb" in quotation marks, or a name of CSS', _colour, lambda: _named_colours())
GROUND = ValueKind(f"{COLOUR.takes}; null for none", lambda said: None if said is None else _colour(said), COLOUR.words)
INK = ValueKind('a colour, "#rrggbb" or a name of CSS, with b (bold) and i (italic) before it', _ink, COLOUR.words)
ALIGNMENT = ValueKind("left, right, center or justify", _alignment, lambda: ("left", "right", "center", "justify"))
SWITCH = ValueKind("true or false", _switch)
SHOW_URLS = ValueKind("one of no, footnote and inline", _show_urls, lambda: _SHOW_URLS)
LEAST_AND_MOST = ValueKind("the least and the most number of headings, as [3, 12]", _least_and_most)
PARENT = ValueKind("the name of a style", lambda said: None if said is None else _name(said))
ALIASED = ValueKind("the name of a face", _name)
FACE = ValueKind("the name of a face or of an alias", _name)
FACES = ValueKind("a list of faces", _names)
NAMES = ValueKind("a list of families of faces", _names)
FAMILY = ValueKind(
    "a family: a list of four TrueType files (regular, bold, italic, bold italic) whose names have no dot but that "
    "of .ttf",
    _family,
)
