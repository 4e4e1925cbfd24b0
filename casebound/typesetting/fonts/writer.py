"""What draws characters: the protocol that faces of the house and lent ones share."""

from __future__ import annotations

from typing import Protocol

import uharfbuzz as hb

__all__ = ["FaceWriter"]


class FaceWriter(Protocol):
    """A face that draws characters: one of the house, or one that lends."""

    @property
    def fontName(self) -> str:  # noqa: N802
        """Its name, as stub fonts bear it."""

    @property
    def shaper(self) -> hb.Font:
        """The face as HarfBuzz has it."""

    @property
    def file(self) -> tuple[str, int]:
        """The face's file and its number there."""

    def has(self, point: int) -> bool:
        """Whether it has a glyph for a code point."""

    def own_width(self, point: int) -> float:
        """The advance width of a code point, or of what is drawn for it, in thousandths of an em."""
