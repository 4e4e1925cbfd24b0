"""What casebound has found out about documents, kept beside Sphinx's trees from one reading to the next."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx

from casebound.manuscript.reading.doctrees import cache
from casebound.manuscript.structure.source_tree import Document, SourceLink, SourceSection, SourceText, Toctree
from casebound.model.diagnostics import Fault, Problem
from casebound.system.cache import CacheFolder

__all__ = ["Memory", "memory"]

_KEPT = (Document, SourceSection, Toctree, SourceText, SourceLink, Problem, Fault)
_FORM = (5, *(tuple(entry.name for entry in fields(kind)) for kind in _KEPT))
"""What is kept has this form: its number counts up when it changes its meaning."""

T = TypeVar("T")

_NAME = "casebound.pickle"


class Memory:
    """Values by kind and document. Each has a key that says what it was made from: another key makes it again."""

    def __init__(self, cache: CacheFolder) -> None:
        self._cache = cache
        self.changed = False
        self._kept: dict[str, dict[str, tuple[object, Any]]] = {}
        data = cache.read(_NAME)
        # What another version has kept need not be known to this one.
        with suppress(Exception):
            form, kept = pickle.loads(data) if data else (None, {})
            self._kept = kept if form == _FORM else {}

    def value(self, kind: str, docname: str, key: object, make: Callable[[], T]) -> T:
        """The value as it is kept, else as it is made now."""
        kept = self._kept.setdefault(kind, {})
        if docname not in kept or kept[docname][0] != key:
            kept[docname] = (key, make())
            self.changed = True
        value: T = kept[docname][1]
        return value

    def save(self, docnames: set[str]) -> None:
        """Write what is known of these documents, if it has changed; a disk that is full costs time only."""
        if not self.changed:
            return
        for kept in self._kept.values():
            for docname in kept.keys() - docnames:
                del kept[docname]
        with suppress(OSError):
            self._cache.write(_NAME, pickle.dumps((_FORM, self._kept), pickle.HIGHEST_PROTOCOL))
        self.changed = False


_memories: WeakKeyDictionary[Sphinx, Memory] = WeakKeyDictionary()


def memory(app: Sphinx) -> Memory:
    """The one memory of an application."""
    if app not in _memories:
        _memories[app] = Memory(cache(app))
    return _memories[app]
