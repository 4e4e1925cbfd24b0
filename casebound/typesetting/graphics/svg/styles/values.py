"""Numbers, lengths and lists of attributes and properties (SVG 2 4.2, CSS Values 4)."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable

__all__ = ["Lengths", "degrees", "floats", "share"]

_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_LENGTH = re.compile(rf"\s*({_NUMBER.pattern})\s*([a-zA-Z]*|%)\s*")
_PIXELS = {
    "": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6,
}  # fmt: skip
_TURNS = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_LARGEST = 1e9
_LONGEST = 200  # characters of a calculation
_TERM = re.compile(r"(?<![\w.])(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?(?:[a-zA-Z]+|%)?")


def floats(text: str | None) -> list[float]:
    """All numbers of a list."""
    return [_held(float(found)) for found in _NUMBER.findall(text or "")]


def share(text: str, otherwise: float = 1.0) -> float:
    """A number or percentage as a share of 1, within 0 and 1."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        return otherwise
    return min(max(float(found[1]) / (100 if found[2] == "%" else 1), 0.0), 1.0)


def degrees(text: str) -> float | None:
    """An angle in degrees."""
    found = _LENGTH.fullmatch(text)
    turn = _TURNS.get(found[2].lower()) if found else None
    return None if found is None or turn is None else float(found[1]) * turn


def _held(value: float) -> float:
    return min(max(value, -_LARGEST), _LARGEST) if math.isfinite(value) else 0.0


def _reckoned(tree: ast.expr) -> float:
    """What a calculation comes to. Raises ValueError where it is none."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, float | int):
        return float(tree.value)
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub):
        return -_reckoned(tree.operand)
    if isinstance(tree, ast.BinOp) and type(tree.op) in _SUMS:
        return _SUMS[type(tree.op)](_reckoned(tree.left), _reckoned(tree.right))
    raise ValueError("no calculation")


_SUMS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
}  # fmt: skip


class Lengths:
    """Lengths in user units, in a viewport of a width and height, beside type of a size, all in user units."""

    def __init__(self, width: float, height: float, size: float = 16.0, root: float = 16.0) -> None:
        self.width, self.height, self._size, self._root = width, height, size, root

    def sized(self, size: float) -> Lengths:
        """The lengths beside type of another size."""
        return Lengths(self.width, self.height, size, self._root)

    def of(self, text: str | None, otherwise: float = 0.0, across: str = "x") -> float:
        """A length; a percentage is one of the width (``x``), the height (``y``) or the diagonal (``xy``)."""
        found = _LENGTH.fullmatch(text or "")
        if found is None:
            known = self._calculated(text or "", across)
            return otherwise if known is None else known
        value, unit = _held(float(found[1])), found[2].lower()
        if unit == "%":
            return value / 100 * self.full(across)
        if unit in _PIXELS:
            return value * _PIXELS[unit]
        relative = {
            "em": self._size, "rem": self._root, "ex": self._size / 2, "ch": self._size / 2, "lh": self._size * 1.2,
            "vw": self.width / 100, "vh": self.height / 100, "vmin": min(self.width, self.height) / 100,
            "vmax": max(self.width, self.height) / 100,
        }  # fmt: skip
        return value * relative[unit] if unit in relative else otherwise

    def _calculated(self, text: str, across: str) -> float | None:
        """A sum or product of lengths (CSS Values 4, 10.1); None where it is none."""
        if not text.strip().lower().startswith("calc(") or len(text) > _LONGEST:
            return None
        plain = _TERM.sub(lambda term: f"({self.of(term[0], across=across)!r})", text.lower().replace("calc", ""))
        try:
            value = _reckoned(ast.parse(plain.strip(), mode="eval").body)
        except (SyntaxError, ValueError, ArithmeticError, RecursionError, MemoryError):
            return None
        return _held(value)

    def full(self, across: str) -> float:
        """What a percentage is one of (SVG 2, 8.9)."""
        sides = {"x": self.width, "y": self.height}
        return sides.get(across, math.hypot(self.width, self.height) / math.sqrt(2))

    def list(self, text: str | None, across: str = "x") -> list[float]:
        """Lengths between spaces and commas."""
        return [self.of(part, across=across) for part in re.split(r"[\s,]+", (text or "").strip()) if part]
