"""Reduces how often garbage is collected: a book is a graph of many objects, and nearly all are kept."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["at_rest", "collect_rarely", "collecting_rarely"]

_RARELY = (50_000, 20, 20)
"""With Python's own numbers it takes half the time of a document of 20,000 definitions."""


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


def collect_rarely() -> None:
    """Let this process collect rarely from now on; one that collects more rarely yet, or never, is left alone."""
    before = gc.get_threshold()
    if before[0] and before < _RARELY:
        gc.set_threshold(*_RARELY)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Collect rarely for a while: the process may be Sphinx's."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
