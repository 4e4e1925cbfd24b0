"""Substitutes: what is drawn for a character that no face has: a character that looks alike, else a box with its code.

The box is a glyph of its own, made from the digits of the face that was asked for. So it is written, measured, broken
over lines and read back as any other character: who searches or copies the text gets the character itself.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

__all__ = ["code_rows", "drawn_as", "is_monospaced", "is_wide", "substitute_advance"]

_ALIKE = {
    "✅": "✔", "❌": "✘", "❎": "☒", "🗸": "✓", "🗹": "☑", "🗷": "☒", "🗶": "✘", "🗴": "✗", "🗵": "☒", "🗙": "✕",
    "❓": "?", "❔": "?", "❕": "!", "❗": "!", "➕": "+", "➖": "−", "➗": "÷", "⭐": "★", "⭕": "○",
    "⬛": "■", "⬜": "□", "⛔": "⊖", "🚫": "⊘", "🔺": "▲", "🔻": "▼", "⮕": "➡", "🡐": "←", "🡑": "↑", "🡒": "→", "🡓": "↓",
    "👈": "☜", "👆": "☝", "👉": "☞", "👇": "☟", "🙂": "☺", "🙁": "☹",
    "▶": "►", "◀": "◄", "⏵": "►", "⏴": "◄", "⏹": "■", "⏺": "●", "🟰": "=", "🖉": "✎",
}  # fmt: skip
_WIDTHS = ("<wide>", "<narrow>")


def drawn_as(point: int, has: Callable[[int], bool]) -> int | None:
    """The code point whose glyph a face draws a character with: its own or that of one alike; None if it has none."""
    if has(point):
        return point
    alike = _alike(point)
    return alike if alike is not None and has(alike) else None


def _alike(point: int) -> int | None:
    letter = chr(point)
    if letter in _ALIKE:
        return ord(_ALIKE[letter])
    kind, _, code = unicodedata.decomposition(letter).partition(" ")
    return int(code, 16) if kind in _WIDTHS else None


def is_monospaced(face: str) -> bool:
    """Whether all letters of a face are of one width, by its name."""
    return "Mono" in face


def is_wide(letter: str) -> bool:
    """Whether a character takes two cells where all are of one width (Unicode Standard Annex 11)."""
    return unicodedata.east_asian_width(letter) in {"W", "F"}


def substitute_advance(point: int, cell: float) -> float:
    """The advance width of a box in thousandths of an em; ``cell`` is that of all letters of the face, or 0."""
    return cell * (2 if is_wide(chr(point)) else 1) if cell else 1000.0


def code_rows(point: int) -> tuple[str, str]:
    """The code of a character as its box shows it, in two rows: ``79`` above ``C1``."""
    code = f"{point:04X}" if point < 0x10000 else f"{point:06X}"
    return code[: len(code) // 2], code[len(code) // 2 :]
