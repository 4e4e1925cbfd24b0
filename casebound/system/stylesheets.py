"""Where the house style lies: ``styles/`` at the root of a checkout, ``casebound/styles`` in an installed wheel."""

from __future__ import annotations

from pathlib import Path

__all__ = ["folder"]


def folder() -> Path:
    """The folder of the style sheets and the EPUB's CSS."""
    package = Path(__file__).parents[1]
    carried = package / "styles"
    return carried if carried.is_dir() else package.parent / "styles"
