"""Names told apart in any case of their letters, as file systems and reading systems want it."""

from __future__ import annotations

__all__ = ["unique"]


def unique(wanted: str, taken: set[str]) -> str:
    """``wanted`` or, where it is taken in any case of its letters, with a number behind it; the result is taken."""
    name, count = wanted, 1
    while name.casefold() in taken:
        count += 1
        name = f"{wanted}-{count}"
    taken.add(name.casefold())
    return name
