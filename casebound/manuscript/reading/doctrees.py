"""Sphinx's doctrees and environment: a folder of our own, and nothing in it is believed that its last reading left
unfinished or that has changed since.

Sphinx writes a doctree over the last one while it reads, and the environment when all are read; it believes both when
it finds them. So the end of each reading seals them: the digest of every file is written down, and a document whose
doctree has another one is read again. Nothing is unpickled before its digest is known to fit.
"""

from __future__ import annotations

import inspect
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any
from weakref import WeakKeyDictionary

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from casebound.system import folders
from casebound.system.cache import CacheFolder, digest, remove

__all__ = ["MADE", "cache", "connect"]

MADE = ("plot_directive", "jupyter_execute")
"""Folders beside those of Sphinx into which extensions write pictures: matplotlib and PyVista, notebooks."""

_SEAL = "casebound.seal"
_BUILDER = "casebound"

Seal = Mapping[str, Mapping[str, str]]
"""For each document the digests of what belongs to it, by path below the work folder; the environment under ``""``."""

_caches: WeakKeyDictionary[Sphinx, CacheFolder] = WeakKeyDictionary()


def cache(app: Sphinx) -> CacheFolder:
    """The one cache of an application, beside its doctrees."""
    if app not in _caches:
        _caches[app] = CacheFolder(Path(app.doctreedir))
    return _caches[app]


def _is_ours(app: Sphinx) -> bool:
    builder = getattr(app, "builder", None)
    return builder.name == _BUILDER if builder else _wanted() == _BUILDER


def _wanted() -> str:
    """The builder that an application is being made for: Sphinx reads the environment before it makes the builder."""
    frame: FrameType | None = inspect.currentframe()
    while frame is not None and frame.f_code is not Sphinx.__init__.__code__:
        frame = frame.f_back
    return str(frame.f_locals.get("buildername")) if frame else ""


def _move_in(app: Sphinx, config: Config) -> None:
    """Take a folder of our own for the doctrees, before Sphinx looks for its environment, and look at what is in it.

    Other builders believe what they find in theirs, and ours reads otherwise: it fetches nothing, for one.
    """
    if not _is_ours(app):
        return
    if not getattr(app, "reading_only", False):
        work = Path(app.outdir) / "work"
        folders.claim(work)
        app.doctreedir = work / "doctrees"
    _look_through(app)


def _look_through(app: Sphinx) -> None:
    """Forget what is not as the last reading has left it; without its seal that is everything."""
    work, sealed = Path(app.doctreedir).parent, _sealed(app)
    for name, wanted in [entry for names in sealed.values() for entry in names.items()]:
        if os.path.lexists(work / name) and digest(work / name) != wanted:
            remove(work / name)
            cache(app).misfits.append(Path(name).name)
    if not sealed and os.path.lexists(Path(app.doctreedir) / ENV_PICKLE_FILENAME):
        cache(app).reject(ENV_PICKLE_FILENAME)
        for folder in MADE:
            remove(work / folder)


def _sealed(app: Sphinx) -> Seal:
    data = cache(app).read(_SEAL)
    seal: Seal = json.loads(data) if data else {}
    return seal


def _pictures(app: Sphinx, env: BuildEnvironment) -> dict[str, list[Path]]:
    work, found = Path(app.doctreedir).parent, dict[str, list[Path]]()
    for uri, (docnames, _) in sorted(env.images.items()):
        path = Path(os.path.normpath(Path(env.srcdir) / uri))
        for docname in docnames if path.is_relative_to(work) else ():
            found.setdefault(docname, []).append(path)
    return found


def _unfit(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The documents to read again since something that belongs to them has been forgotten."""
    work, sealed = Path(app.doctreedir).parent, _sealed(app) if _is_ours(app) else {}
    return [
        docname
        for docname, names in sealed.items()
        if docname in env.found_docs and not all(os.path.lexists(work / name) for name in names)
    ]


def _make_way(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Sphinx opens files to write them: what it cannot open, a folder or what is read-only, goes first."""
    if not _is_ours(app):
        return
    folder = Path(app.doctreedir)
    for path in (folder / ENV_PICKLE_FILENAME, *(folder / f"{docname}.doctree" for docname in docnames)):
        for above in path.relative_to(folder).parents:
            if not (folder / above).is_dir():
                remove(folder / above)
        if path.is_symlink() or path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
            remove(path)


def _seal(app: Sphinx, env: BuildEnvironment) -> None:
    """Write down what the reading that ends here has left. A disk that is full costs time only: all is read again."""
    if not _is_ours(app):
        return
    folder = Path(app.doctreedir)

    def digests(paths: Iterable[Path]) -> dict[str, str]:
        return {os.path.relpath(path, folder.parent): digest(path) for path in paths}

    written = digests([folder / ENV_PICKLE_FILENAME])
    if _sealed(app).get("") == written:  # nothing was read
        return
    pictures = _pictures(app, env)
    seal = {name: digests([folder / f"{name}.doctree", *pictures.get(name, ())]) for name in env.all_docs}
    seal[""] = written
    data = json.dumps(seal, sort_keys=True).encode()
    try:
        cache(app).write(_SEAL, data)
    except OSError:
        remove(folder / _SEAL)


def connect(app: Sphinx) -> None:
    """Have our builder keep its doctrees to itself and look after them."""
    connect_to: Any = app.connect
    connect_to("config-inited", _move_in, priority=1)
    connect_to("env-get-outdated", _unfit)
    connect_to("env-before-read-docs", _make_way)
    # The first that is heard once Sphinx has written the environment
    connect_to("env-check-consistency", _seal, priority=1)
