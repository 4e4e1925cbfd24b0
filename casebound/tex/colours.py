r"""Colours of formulas: the commands of color, xcolor and MathJax, in one command and in hexadecimal notation."""

from __future__ import annotations

from collections.abc import Callable

from casebound.tex.groups import Command
from casebound.tex.unreadable import UnreadableFormula

__all__ = ["COLOURS", "UnknownColour"]


class UnknownColour(UnreadableFormula):
    """A formula names a colour in a model that is not known, or with values that are none."""


def _named(model: str, values: str) -> str:
    """A colour of a model of xcolor (its manual, 2.1.2) as a name or as ``#rrggbb``. Raises UnknownColour."""
    if not model.strip():
        return values.strip()
    try:
        shares = _MODELS[model.strip()](values)
    except (KeyError, ValueError, IndexError):
        raise UnknownColour(f"the colour [{model}]{{{values}}} is not known") from None
    if any(not 0 <= share <= 1 for share in shares):
        raise UnknownColour(f"the colour [{model}]{{{values}}} is not known")
    return "#" + "".join(f"{round(share * 255):02x}" for share in shares)


def _numbers(values: str, count: int) -> list[float]:
    found = [float(value) for value in values.split(",")]
    if len(found) != count:
        raise ValueError
    return found


def _from_cmyk(values: str) -> list[float]:
    *inks, black = _numbers(values, 4)
    return [(1 - ink) * (1 - black) for ink in inks]


def _from_hexadecimal(values: str) -> list[float]:
    digits = values.strip()
    if len(digits) != 6:
        raise ValueError
    return [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]


_MODELS: dict[str, Callable[[str], list[float]]] = {
    "rgb": lambda values: _numbers(values, 3),
    "RGB": lambda values: [value / 255 for value in _numbers(values, 3)],
    "HTML": _from_hexadecimal,
    "gray": lambda values: _numbers(values, 1) * 3,
    "cmyk": _from_cmyk,
    "cmy": lambda values: [1 - value for value in _numbers(values, 3)],
}


def _coloured(model: str, values: str, held: str) -> str:
    return rf"\textcolor{{{_named(model, values)}}}{{{held}}}"


COLOURS = {
    # \color says how all that follows it in its group looks
    "color": Command(lambda model, values: rf"\color{{{_named(model, values)}}}", arguments=1, options=1, nested=False),
    "textcolor": Command(_coloured, arguments=2, options=1, nested=False),
    "mathcolor": Command(_coloured, arguments=2, options=1, nested=False),
}
