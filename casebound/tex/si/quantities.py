"""The commands of siunitx: numbers, units, both together, ranges, angles."""

from __future__ import annotations

from collections.abc import Callable

from casebound.tex.groups import Command
from casebound.tex.si.numbers import angle, number
from casebound.tex.si.units import close, units

__all__ = ["QUANTITIES"]


def _quantity(options: str, value: str, unit: str) -> str | None:
    shown, named = number(value), units(unit, options)
    if shown is None or named is None:
        return None
    return shown + ("" if close(unit) or not named else r"\,") + named


def _range(options: str, first: str, last: str, unit: str) -> str | None:
    return _to(_quantity(options, first, unit), _quantity(options, last, unit))


def _to(first: str | None, last: str | None) -> str | None:
    return None if first is None or last is None else rf"{first}\text{{ to }}{last}"


def _command(meaning: Callable[..., str | None], arguments: int = 1) -> Command:
    return Command(meaning, arguments, options=1, nested=False)


_NUMBER = _command(lambda _, value: number(value))
_UNIT = _command(lambda options, unit: units(unit, options))
_QUANTITY = _command(_quantity, 2)
_RANGE = _command(_range, 3)

QUANTITIES = {
    "num": _NUMBER,
    "ang": _command(lambda _, value: angle(value)),
    "si": _UNIT,
    "unit": _UNIT,
    "SI": _QUANTITY,
    "qty": _QUANTITY,
    "numrange": _command(lambda _, first, last: _to(number(first), number(last)), 2),
    "SIrange": _RANGE,
    "qtyrange": _RANGE,
}
