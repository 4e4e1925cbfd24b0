"""Python's collector of garbage, kept at rest while a tree is made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["at_rest"]


@contextmanager
def at_rest() -> Iterator[None]:
    """Nothing is looked through for garbage in here.

    The collector wakes when much has been made. Of a tree that is being read nothing is garbage, and all that the book
    already holds in memory would be looked through in vain, several times for each large chapter.
    """
    awake = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if awake:
            gc.enable()
