"""Documents that give the same name are read together and in order, so that a book does not depend on its history.

Sphinx lets the document that is read last have a label, a term or an object, and says so of the one it reads then. Read
again alone, another one would have it than in a clean build, and another warning would be said. What such a warning
names is remembered: those documents are read in one go. Tables of the environment are kept in the order of documents.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

__all__ = ["connect", "is_ours", "names_given", "note", "read", "sharing", "tie"]

_ATTRIBUTE = "casebound_together"
_WORDS = re.compile(r"[^\s'\"`,;()<>]+")

_read: WeakKeyDictionary[Sphinx, set[str]] = WeakKeyDictionary()
"""The documents that this reading reads."""

Tables = dict[tuple[str, str], dict[Any, Any]]

_before: WeakKeyDictionary[Sphinx, Tables] = WeakKeyDictionary()
"""Which document had which name before this reading."""


def _named(env: BuildEnvironment) -> dict[str, set[str]]:
    """For each document those that a warning of its reading names; pickled with the environment."""
    kept: dict[str, set[str]] | None = getattr(env, _ATTRIBUTE, None)
    if kept is None:
        kept = {}
        setattr(env, _ATTRIBUTE, kept)
    return kept


def note(env: BuildEnvironment, docname: str, text: str) -> None:
    """Remember the other documents that a warning names, by path or by docname, in whatever language it is."""
    for word in _WORDS.findall(text):
        name = re.sub(r"[.:]\d*$", "", word)
        found = name if name in env.found_docs else env.path2doc(name) if Path(name).is_absolute() else None
        if found in env.found_docs and found != docname:
            _named(env).setdefault(docname, set()).add(str(found))


def tie(env: BuildEnvironment, docnames: Iterable[str]) -> None:
    """Remember that documents give one name."""
    first, *others = sorted(docnames)
    if others:
        _named(env).setdefault(first, set()).update(others)


def sharing(env: BuildEnvironment, docnames: Iterable[str]) -> set[str]:
    """The documents that give a name which one of these gives, too, or one that shares another name with it."""
    links: dict[str, set[str]] = {}
    for docname, others in _named(env).items():
        for other in others:
            links.setdefault(docname, set()).add(other)
            links.setdefault(other, set()).add(docname)
    found, left = set[str](), [docname for docname in docnames if docname in links]
    while left:
        docname = left.pop()
        if docname not in found:
            found.add(docname)
            left += links[docname]
    return found


def _outdated(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    if not is_ours(app):
        return []
    _before[app] = {name: dict(table) for name, table in names_given(env).items()}
    return sorted(sharing(env, added | changed | removed) & env.found_docs)


def _clear_all(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget all documents before the first is read again, as Sphinx does where it reads in parallel."""
    if is_ours(app):
        _read[app] = set(docnames)
        _clear(app, env, docnames)


def _clear(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> None:
    for docname in docnames:
        app.events.emit("env-purge-doc", env, docname)
        env.clear_doc(docname)


def is_ours(app: Sphinx) -> bool:
    return bool(app.builder.name == "casebound")


def read(app: Sphinx, env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Read documents again in one go and in order, as a process that reads all does."""
    _clear(app, env, sorted(docnames))
    for docname in sorted(docnames):
        app.builder.read_doc(docname)


def _read_together(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Read what turns out to share a name with a document that was read without it."""
    first, before = _read.pop(app, set[str]()), _before.pop(app, {})
    batch = first
    while first and (wider := _wider(env, batch, before)) > batch:
        batch = wider
        read(app, env, batch)
    for table in _tables(env) if first else ():
        _sort(table, env.found_docs)
    return sorted(batch - first)


def _wider(env: BuildEnvironment, batch: set[str], before: Tables) -> set[str]:
    """A batch that was read, with what must be read beside it: names have been taken from a document outside of it, or
    are no longer given by it and may be by another, which Sphinx does not tell.
    """
    lost, found = set[str](), set[str]()
    given = names_given(env)
    for key, was in before.items():
        now = given.get(key, {})
        for name, (owner, *_) in was.items():
            if name not in now:
                lost.add(str(name[-1] if isinstance(name, tuple) else name).casefold())
            elif now[name][0] != owner:
                found.add(owner)
    for docname in env.found_docs - batch if lost else ():
        text = " ".join(Path(env.doc2path(docname)).read_text(encoding="utf-8", errors="replace").casefold().split())
        if any(name in text for name in lost):
            found.add(docname)
    return batch | ((found | sharing(env, batch | found)) & env.found_docs)


def names_given(env: BuildEnvironment) -> Tables:
    """The tables of domains that give, for each name, a document first: by domain and their own name."""
    return {
        (domain, name): table
        for domain, data in env.domaindata.items()
        for name, table in data.items()
        if isinstance(table, dict) and _gives_documents(table)
    }


def _gives_documents(table: dict[Any, Any]) -> bool:
    return all(isinstance(value, tuple) and value and isinstance(value[0], str) for value in table.values())


def _tables(env: BuildEnvironment) -> Iterator[dict[Any, Any]]:
    """The tables of the environment and of its domains."""
    for holder in (vars(env), *env.domaindata.values()):
        yield from [table for table in holder.values() if isinstance(table, dict)]


def _sort(table: dict[Any, Any], docnames: set[str]) -> None:
    """Bring a table that is kept by document, or that gives a document first for each name, into their order."""
    if all(key in docnames for key in table):
        items = sorted(table.items())
    elif _gives_documents(table):
        items = sorted(table.items(), key=lambda item: str(item[1][0]))
    else:
        return
    table.clear()
    table.update(items)


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _named(env).pop(docname, None)


def connect(app: Sphinx) -> None:
    """Have documents that share names read together."""
    app.connect("env-purge-doc", _forget)
    app.connect("env-get-outdated", _outdated)
    app.connect("env-before-read-docs", _clear_all, priority=900)
    # before the numbers of chapters are counted, and what was said is given to its documents
    app.connect("env-updated", _read_together, priority=1)
