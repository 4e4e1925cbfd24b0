"""When the source was changed last: what an EPUB without SOURCE_DATE_EPOCH says of its time (EPUB 3.3 5.5.6)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sphinx.application import Sphinx

__all__ = ["changed"]

_PATIENCE = 10.0  # seconds that git may take
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)


def changed(app: Sphinx) -> datetime:
    """The time of the last commit of the source folder, or of a file that has been changed since, in UTC.

    Where the source is under no version control it is the time of the newest file that the book is made from.
    """
    source = Path(app.srcdir)
    committed = _git(source, "log", "-1", "--format=%ct", "--", ".").strip()
    if committed.isdigit():
        names = _git(source, "ls-files", "--modified", "--others", "--exclude-standard", "-z", "--", ".")
        own = {path.resolve() for path in _files(app)}
        edited = (source / name for name in names.split("\0") if name)
        times = [int(committed), *_times(path for path in edited if path.resolve() in own)]
    else:
        times = list(_times(_files(app)))
    return max([_FIRST, *(datetime.fromtimestamp(seconds, UTC) for seconds in times)])


def _files(app: Sphinx) -> Iterator[Path]:
    """The files that the book is made from: documents, what they name, ``conf.py``."""
    env, source = app.env, Path(app.srcdir)
    yield Path(app.confdir) / "conf.py"
    for docname in env.all_docs:
        yield Path(env.doc2path(docname))
        yield from (source / name for name in env.dependencies.get(docname, ()))


def _times(paths: Iterable[Path]) -> Iterator[int]:
    for path in paths:
        try:
            yield int(path.stat().st_mtime)
        except OSError:
            continue  # deleted, or made by an extension and gone


def _git(folder: Path, *words: str) -> str:
    """What git says; nothing where there is no git, or the folder is not under it."""
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-C", str(folder), *words]
    try:
        said = subprocess.run(
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return said.stdout if said.returncode == 0 else ""
