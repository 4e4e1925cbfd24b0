"""When the source was changed last: what an EPUB without SOURCE_DATE_EPOCH says of its time (EPUB 3.3 5.5.6)."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.i18n import CatalogRepository, docname_to_domain

__all__ = ["changed"]

_PATIENCE = 10.0  # seconds that git may take
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_BATCH = 200  # paths in a command
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_NAMESPACE", "GIT_PREFIX")
"""What a hook of git, whose repository may be another one, is run with."""


def changed(app: Sphinx) -> datetime:
    """The time of the last commit of the source folder and of the files beside it that the book is made from, or of a
    file that has been changed since, in UTC. Of a shallow clone it may be that of the oldest commit there.

    Where the source is under no version control it is the time of the newest file that the book is made from.
    """
    source = Path(app.srcdir).resolve()
    own = {path.resolve() for path in _files(app)}
    asked = [["."], *_batches(_beside(source, own))]
    committed = [_git(source, "log", "-1", "--format=%ct", "--", *paths).strip() for paths in asked]
    if committed[0].isdigit():
        times = [int(seconds) for seconds in committed if seconds.isdigit()]
        times += _times(path for paths in asked for path in _edited(source, paths) if path in own)
    else:
        times = list(_times(own))
    return max([_FIRST, *(datetime.fromtimestamp(seconds, UTC) for seconds in times)])


def _beside(source: Path, own: Iterable[Path]) -> list[str]:
    """Those files outside of the source that lie in its repository."""
    root = _git(source, "rev-parse", "--show-toplevel").removesuffix("\n")
    outside = (path for path in own if root and path.is_relative_to(root) and not path.is_relative_to(source))
    return sorted(map(str, outside))


def _batches(paths: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(paths), _BATCH):
        yield paths[start : start + _BATCH]


def _edited(source: Path, paths: Iterable[str]) -> Iterator[Path]:
    """What of these has been changed since the last commit."""
    names = _git(source, "ls-files", "--modified", "--others", "--exclude-standard", "-z", "--", *paths)
    for name in names.split("\0"):
        if name:
            yield (source / name).resolve()


def _files(app: Sphinx) -> Iterator[Path]:
    """The files that the book is made from: documents, what they name, translations, ``conf.py``. What a build makes of
    these is not among them: pictures of plots, catalogs made ready.
    """
    env, source, work = app.env, Path(app.srcdir), Path(app.doctreedir).parent
    yield Path(app.confdir) / "conf.py"
    for docname in env.all_docs:
        yield Path(env.doc2path(docname))
        for name in env.dependencies.get(docname, ()):
            path = Path(os.path.normpath(source / name))
            if not path.is_relative_to(work) and path.suffix != ".mo":
                yield path
    yield from _catalogs(app)


def _catalogs(app: Sphinx) -> Iterator[Path]:
    """The translations of the documents. Sphinx counts them among what documents are made from, but only on an edit."""
    config = app.config
    domains = {docname_to_domain(docname, config.gettext_compact) for docname in app.env.all_docs}
    for one in CatalogRepository(app.srcdir, config.locale_dirs, config.language, config.source_encoding).catalogs:
        if one.domain in domains:
            yield Path(one.po_path)


def _times(paths: Iterable[Path]) -> Iterator[int]:
    for path in paths:
        try:
            yield int(path.stat().st_mtime)
        except OSError:
            continue  # deleted, or made by an extension and gone


def _git(folder: Path, *words: str) -> str:
    """What git says; nothing where there is no git, or the folder is not under it.

    Whose files they are is not asked, as in a container: the source's own ``conf.py`` has been run already.
    """
    settings = ("core.fsmonitor=false", "core.quotePath=false", "log.showSignature=false", "safe.directory=*")
    options = [word for setting in settings for word in ("-c", setting)]
    try:
        said = subprocess.run(
            ["git", *options, "--literal-pathspecs", "-C", str(folder), *words],
            capture_output=True, text=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
            | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return ""
    return said.stdout if said.returncode == 0 else ""
