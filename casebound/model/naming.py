"""Names told apart in any case of their letters, as file systems and reading systems want it, and names mistyped."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

__all__ = ["nearest", "unique"]


def unique(wanted: str, taken: set[str]) -> str:
    """``wanted`` or, where it is taken in any case of its letters, with a number behind it; the result is taken."""
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
