"""How authors say that something is for web pages on a dark ground only, or on a light one, as themes read it."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["is_dark", "is_for_dark_screens", "without_theme"]

_DARK = frozenset({"only-dark", "dark-only", "gh-dark-mode-only", "dark-mode-only", "only-dark-mode", "show-on-dark"})
_LIGHT = frozenset(
    {"only-light", "light-only", "gh-light-mode-only", "light-mode-only", "only-light-mode", "show-on-light"}
)
_FRAGMENT = re.compile(r"#([a-z-]+)$")
_MEDIA = re.compile(r"prefers-color-scheme\s*:\s*dark", re.IGNORECASE)


def is_dark(classes: Iterable[str], address: str = "") -> bool:
    """Whether classes (Furo, PyData, Shibuya) or the end of an address (GitHub, Material) say: on a dark ground."""
    found = _FRAGMENT.search(address)
    said = {*classes, *(found.groups() if found else ())}
    return bool(said & _DARK) and not said & _LIGHT


def without_theme(address: str) -> str:
    """The address of a picture without the ground that its end names."""
    found = _FRAGMENT.search(address)
    return address[: found.start()] if found and found[1] in _DARK | _LIGHT else address


def is_for_dark_screens(media: str) -> bool:
    """Whether a media query asks for a dark ground (Media Queries Level 5, 11.5)."""
    return bool(_MEDIA.search(media))
