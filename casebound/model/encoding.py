"""The font encoding of all fragments: which font subset and which byte a code point is written with.

It is a pure function of the code point, so that fragments typeset apart agree on every string and the
binder embeds each font once. A subset holds the 256 code points that share their upper bits; the byte is
the low byte. Two bytes are never handed out by that rule outside the first block: 32, which receives word
spacing (ISO 32000-2 9.3.3), and 0, which is the missing glyph. Code points that would fall on them move to
spill subsets above every real block.

A glyph that is no single character (a joined Arabic letter, a ligature) is written as a code point of
its own above all of Unicode, by its number in the face and a number for what it reads as in its word; the reading
itself is in the fragment's sidecar.
"""

from __future__ import annotations

__all__ = ["GLYPHS", "MISSING", "decode", "encode", "glyph_number"]

MISSING = (0, 0)
"""Subset and code of the missing glyph."""

GLYPHS = 0x110000
"""The code point of glyph 0 in its first reading; each reading has 65,536 code points, up to 0x1FFFFF."""

_SPILL = 0x2000  # above the last block, 0x1FFFFF >> 8
_SLOT = 64  # spilled blocks per spill subset, two codes each
_FIRST = 64  # the first code used in a spill subset, clear of 0 and 32


def encode(point: int) -> tuple[int, int]:
    """Subset and code (1 to 255) of a code point."""
    block, code = point >> 8, point & 0xFF
    if point == 0:
        return MISSING
    if block == 0 or code not in (0x00, 0x20):
        return block, code
    subset, slot = divmod(block, _SLOT)
    return _SPILL + subset, _FIRST + 2 * slot + (code == 0x20)


def glyph_number(point: int) -> int:
    """The number of a glyph in its face, from a code point above all of Unicode."""
    return point - GLYPHS & 0xFFFF


def decode(subset: int, code: int) -> int:
    """The code point that ``encode`` wrote as this subset and code."""
    if subset < _SPILL:
        return subset << 8 | code
    slot, space = divmod(code - _FIRST, 2)
    return ((subset - _SPILL) * _SLOT + slot) << 8 | (0x20 if space else 0x00)
