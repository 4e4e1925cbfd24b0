"""Documents that several processes read side by side are read again, in order, where one has a say in another.

Sphinx merges what the processes have found in the order in which they end, and says nothing of a name that two of them
give; nor can be told which document included the file that a warning is about. One process that reads all documents in
order is what a book goes by.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebound.manuscript.reading import together
from casebound.manuscript.reading.listening import said

__all__ = ["connect"]


@dataclass
class _Found:
    """What the processes have read, and which documents gave a name, by table and name."""

    docnames: set[str] = field(default_factory=set)
    given: dict[Hashable, set[str]] = field(default_factory=dict)


_found: WeakKeyDictionary[Sphinx, _Found] = WeakKeyDictionary()


def _note(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Remember which names a process has found in the documents that it read."""
    found = _found.setdefault(app, _Found())
    found.docnames.update(docnames)
    for table, names in together.names_given(other).items():
        for name, (owner, *_) in names.items():
            if owner in docnames:
                found.given.setdefault((table, name), set()).add(owner)


def _read_again(app: Sphinx, env: BuildEnvironment) -> None:
    found = _found.pop(app, None)
    if found is None or not together.is_ours(app):
        return
    for owners in found.given.values():
        together.tie(env, owners)
    again = together.sharing(env, found.docnames) | _including(env)
    together.read(app, env, again & env.found_docs)


def _including(env: BuildEnvironment) -> set[str]:
    """The documents that include a file of which something was said, which is forgotten."""
    source, found = Path(env.srcdir), set[str]()
    for place in [place for place in said(env) if place not in env.found_docs]:
        file = source / place
        owners = {name for name, files in env.dependencies.items() if file in {source / path for path in files}}
        if owners:
            said(env).pop(place)
        found |= owners
    return found


def connect(app: Sphinx) -> None:
    """Have documents read again that processes have read side by side and that share a name or a file."""
    app.connect("env-merge-info", _note)
    # before what was read is held against the last reading
    app.connect("env-updated", _read_again, priority=0)
