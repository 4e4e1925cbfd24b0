"""What toctrees lead to, over any number of documents between."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.environment import BuildEnvironment

__all__ = ["reach"]


def reach(env: BuildEnvironment, names: Iterable[str]) -> set[str]:
    """These documents and all that their toctrees lead to."""
    known: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += env.toctree_includes.get(name, [])
    return known
