"""Names that differ in more than the case of letters, as file systems need it; suggestions for mistyped names."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest", "unique"]


def unique(wanted: str, taken: set[str]) -> str:
    """``wanted`` or, where it is taken in any case of letters, with a number at its end; the result is then taken."""
    name, count = wanted, 1
    while name.casefold() in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name.casefold())
    return name


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like this one; empty where none is."""
    close = get_close_matches(name, sorted(known), 1, 0.6)
    return close[0] if close else ""
