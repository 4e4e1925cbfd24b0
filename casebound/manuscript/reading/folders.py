"""The folders of this machine, which no output names: messages and lists name files as they lie in the source.

Nothing here looks into what an author has written: a path in the text, in code or in a file that a document includes
is a word like any other, even where the source lies in ``/srv`` and the text is about ``/srv``.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

__all__ = ["beside", "clean_frames", "connect", "without_folders"]

_PATH = re.compile(r"""(?<![\w.~:/\\-])[^\s'"<>|:;,()\[\]{}]*[/\\][^\s'"<>|:;,()\[\]{}]*[^\s'"<>|:;,()\[\]{}.]""")
_FRAME = re.compile(r"""(?m)^[ \t]*File "(?P<path>/[^"\n]+|[A-Za-z]:[^"\n]+)", line \d+""")


def beside(file: Path, source: Path, *, code: bool = False) -> str:
    """The path from the source folder, with ``..`` where they lie in one folder that is not the root of all.

    Otherwise, and for ``code`` outside of it, the name alone.
    """
    near = file.is_relative_to(source) or (not code and file.parts[:2] == source.parts[:2])
    return Path(os.path.relpath(file, source)).as_posix() if file.is_absolute() and near else file.name


def _folders(at: Sphinx | BuildEnvironment) -> list[str]:
    """The source folder, that of the build, those of Python and of the reader: the deepest first."""
    work = Path(at.doctreedir).parent
    found = {str(at.srcdir), str(work), str(Path.home()), sys.prefix, sys.base_prefix, *sys.path}
    return sorted((one for one in found if os.path.isabs(one) and Path(one).parent != Path(one)), key=len, reverse=True)


def without_folders(at: Sphinx | BuildEnvironment, text: str, docname: str = "") -> str:
    """A message with the files it names as they lie in the source, beside a library, or at home.

    docutils names files from the current folder. What the document says in the same letters is the author's word and
    stays.
    """
    source, folders = Path(at.srcdir), _folders(at)

    def shown(found: re.Match[str]) -> str:
        path = found[0]
        file = Path(os.path.abspath(path))
        folder = next((one for one in folders if file.is_relative_to(one) and file != Path(one)), None)
        if folder is None or (not os.path.isabs(path) and Path(folder) != source) or path in written():
            return path
        return file.relative_to(folder).as_posix()

    @cache
    def written() -> str:
        return "".join(_written(at, docname))

    return _PATH.sub(shown, text)


def _written(at: Sphinx | BuildEnvironment, docname: str) -> Iterator[str]:
    """The source of a document, and of the files it is made from."""
    if not isinstance(at, BuildEnvironment) or docname not in at.found_docs:
        return
    for path in (Path(at.doc2path(docname)), *(Path(at.srcdir, file) for file in at.dependencies.get(docname, ()))):
        with suppress(OSError):  # gone since: the message may be about that
            yield path.read_text(encoding="utf-8", errors="replace")


def clean_frames(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Name files without their folders in the tracebacks that an extension has put into a document as text.

    A line ``File "...", line 3`` that is in no file of the document is no author's.
    """
    for block in list(doctree.findall(nodes.FixedTextElement)):
        text = block.astext()
        if not _FRAME.search(text):
            continue
        written = "".join(_written(env, docname)).replace('\\"', '"')  # as notebooks keep their outputs
        shown = _FRAME.sub(partial(_frame, env, written), text)
        if shown != text:
            block.children = []
            block += nodes.Text(shown)
            block.rawsource = shown  # Sphinx highlights a block only if it says what its source says


def _frame(env: BuildEnvironment, written: str, found: re.Match[str]) -> str:
    if found[0].strip() in written:
        return found[0]
    path = Path(found["path"])
    return found[0].replace(found["path"], beside(path, Path(env.srcdir), code=True))


def _name_todos(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The list of ``sphinx.ext.todo`` prints where each entry comes from: that is its place in the source."""
    kept = app.env.domaindata.get("todo", {}).get("todos", {})
    for todo in (todo for todos in kept.values() for todo in todos):
        if todo.source and os.path.isabs(todo.source):
            todo.source = beside(Path(todo.source), Path(app.srcdir))


def connect(app: Sphinx) -> None:
    """Have the lists of extensions name files by their places in the source."""
    app.connect("doctree-resolved", _name_todos, priority=1)
