"""What toctrees lead to, over any number of documents between."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx.environment import BuildEnvironment

__all__ = ["in_order", "reach"]


def in_order(env: BuildEnvironment, names: Iterable[str]) -> list[str]:
    """These documents and all that their toctrees lead to, in reading order, each before what it leads to."""
    known: dict[str, None] = {}
    waiting = list(names)[::-1]
    while waiting:
        name = waiting.pop()
        if name not in known:
            known[name] = None
            waiting += reversed(env.toctree_includes.get(name, []))
    return list(known)


def reach(env: BuildEnvironment, names: Iterable[str]) -> set[str]:
    """These documents and all that their toctrees lead to."""
    return set(in_order(env, names))
