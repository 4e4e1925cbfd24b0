"""What Sphinx and docutils say while they read and resolve, kept as problems and never printed twice."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.locale import __
from sphinx.util.logging import NAMESPACE, OnceFilter, get_node_location, is_suppressed_warning

from casebound.manuscript.reading import together
from casebound.manuscript.reading.folders import beside, without_folders
from casebound.model.diagnostics import Problem, problem

__all__ = ["Listener", "SaidBetter", "connect", "is_generated", "is_suppressed", "listener", "place_of", "said"]

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LOCATION = re.compile(r"^(?P<path>.*?)(?::(?P<line>\d+)?)?$", re.DOTALL)
_QUOTED = re.compile(r"""['"](.+)['"]""")
_TRACEBACK = "Traceback (most recent call last):"
_ATTRIBUTE = "casebound_said"

ALIASES = {
    "document-unreached": "toc.not_included",
    "document-twice": "toc.duplicate_entry",
    "document-circular": "toc.circular",
    "toctree-dangling": "toc.not_readable",
    "image-missing": "image.not_readable",
}
"""Faults that Sphinx has a warning for: switching that off in ``suppress_warnings`` switches the fault off."""

_SAID_BETTER_BY_US = {
    ("toc", "not_included"),
    ("toc", "duplicate_entry"),
    ("toc", "circular"),
    ("toc", "multiple_toc_parents"),
    ("image", "not_readable"),
    ("myst", "strikethrough"),  # that HTML alone could show it
}
_BEFORE_8_2 = {
    "document isn't included in any toctree": "not_included",
    "duplicated entry found in toctree: %s": "duplicate_entry",
}
_TURNED_INTO_OURS = {("toc", "not_readable"), ("toc", "excluded")}


def _kind(record: logging.LogRecord) -> tuple[str, str]:
    """Type and subtype of a warning; Sphinx before 8.2 gives some none, which are known by their sentence."""
    kind = (getattr(record, "type", None) or "", getattr(record, "subtype", None) or "")
    if not kind[0]:
        known = {str(__(sentence)): subtype for sentence, subtype in _BEFORE_8_2.items()}
        return ("toc", known[str(record.msg)]) if str(record.msg) in known else kind
    return kind


class SaidBetter(logging.Filter):
    """Lets no warning pass that is in the catalogue of faults with a better sentence."""

    def filter(self, record: logging.LogRecord) -> bool:
        return _kind(record) not in _SAID_BETTER_BY_US | _TURNED_INTO_OURS


def is_suppressed(code: str, suppressed: Sequence[str]) -> bool:
    """Whether ``suppress_warnings`` switches this fault off, by its own name or by that of Sphinx's warning."""
    kind, _, subtype = ALIASES.get(code, "").partition(".")
    return is_suppressed_warning("casebound", code, suppressed) or (
        bool(kind) and is_suppressed_warning(kind, subtype, suppressed)
    )


def is_generated(path: str) -> bool:
    """Whether a source is no file but text that an extension has made."""
    return path.startswith("<") and path.endswith(">")


def place_of(env: BuildEnvironment, path: str | None, docname: str = "") -> str:
    """The docname of a source file, or for an included file its path from the source folder.

    Without a path, or with the name that an extension gives to text of its own making, it is ``docname``. A file that
    lies in no folder with the source is known by its name, and one of code, too, whose docstring is meant.
    """
    if not path or is_generated(path):
        return docname
    file, separator, rest = path.partition(":docstring of ")
    file = os.path.abspath(file) if os.path.isfile(file) else file
    found = env.path2doc(file)
    if found and found in env.found_docs and not separator:
        return found
    return beside(Path(file), Path(env.srcdir), code=bool(separator)) + separator + rest


def _location(env: BuildEnvironment, location: Any) -> tuple[str, int | None]:
    """Docname (or file) and line of a log record's location, in each of the forms that Sphinx uses."""
    if isinstance(location, tuple):
        docname, line = location
        return str(docname or ""), int(line) if line else None
    if isinstance(location, nodes.Node):
        location = get_node_location(location)
    if not location:
        return "", None
    if str(location) in env.found_docs:
        return str(location), None
    match = _LOCATION.match(str(location))
    assert match is not None
    path, line = match["path"], match["line"]
    return place_of(env, path), int(line) if line and not is_generated(path) else None


class Listener(logging.Handler):
    """Keeps warnings as problems: those of reading with their document in the environment, the others in ``heard``."""

    def __init__(self, app: Sphinx) -> None:
        super().__init__(logging.WARNING)
        self.app = app
        self.heard: list[Problem] = []
        self.reading = True
        self.checked = False
        self.addFilter(OnceFilter())

    def emit(self, record: logging.LogRecord) -> None:
        # Sphinx holds warnings back while it reads and logs them a second time afterwards.
        if getattr(record, "casebound_heard", False):
            return
        record.casebound_heard = True
        kind, subtype = _kind(record)
        if kind == "casebound" or (kind, subtype) in _SAID_BETTER_BY_US or self._suppressed(kind, subtype):
            return
        env: BuildEnvironment | None = getattr(self.app, "env", None)
        if env is None:
            self.heard.append(problem("source-warning", detail=without_folders(self.app, _text(record))))
            return
        hidden = getattr(getattr(self.app, "builder", None), "offline", None)
        if hidden is not None and hidden.explains(record):
            return
        docname, line = _location(env, getattr(record, "location", None))
        found = _problem(record, kind, subtype, docname or _current(env), line, env)
        owner = _current(env) or docname
        if self.reading and owner:
            said(env).setdefault(owner, []).append(found)
            together.note(env, owner, _text(record))
        else:
            self.heard.append(found)

    def _suppressed(self, kind: str, subtype: str) -> bool:
        config = getattr(self.app, "config", None)
        return config is not None and is_suppressed_warning(kind, subtype, config.suppress_warnings)

    def take(self) -> list[Problem]:
        """What was heard outside of reading since the last time."""
        heard, self.heard = self.heard, []
        return heard

    def attach(self) -> None:
        """Begin to listen."""
        logging.getLogger(NAMESPACE).addHandler(self)

    def detach(self) -> None:
        """Cease to listen."""
        logging.getLogger(NAMESPACE).removeHandler(self)

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while the block runs."""
        was_listening = self in logging.getLogger(NAMESPACE).handlers
        self.attach()
        try:
            yield
        finally:
            if not was_listening:
                self.detach()


def _current(env: BuildEnvironment) -> str:
    """The document being read or resolved."""
    if hasattr(env, "current_document"):
        return env.current_document.docname
    # Sphinx before 8.2
    return str(env.temp_data.get("docname", ""))


def _text(record: logging.LogRecord) -> str:
    message = str(record.msg)
    text = message % record.args if record.args else message
    kind, subtype = getattr(record, "type", None), getattr(record, "subtype", None)
    if kind:
        text = text.removesuffix(f" [{kind}.{subtype}]").removesuffix(f" [{kind}]")
    before, traceback, after = _ANSI.sub("", text).partition(_TRACEBACK)
    # Of a traceback the last line says what is wrong.
    last = after.strip().splitlines()[-1:] if traceback else []
    return " ".join([*before.split(), *(word for line in last for word in line.split())])


def _problem(
    record: logging.LogRecord, kind: str, subtype: str, docname: str, line: int | None, env: BuildEnvironment
) -> Problem:
    text = without_folders(env, _text(record), docname)
    if (kind, subtype) in _TURNED_INTO_OURS:
        quoted = _QUOTED.search(text)
        name = quoted[1] if quoted else text
        return problem("document-circular" if name == docname else "toctree-dangling", docname, line, name=name)
    return problem("source-warning", docname, line, detail=text)


def said(env: BuildEnvironment) -> dict[str, list[Problem]]:
    """What was said of each document when it was last read; pickled with the environment."""
    kept: dict[str, list[Problem]] | None = getattr(env, _ATTRIBUTE, None)
    if kept is None:
        kept = {}
        setattr(env, _ATTRIBUTE, kept)
    return kept


def _forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    said(env).pop(docname, None)


def _give_to_owners(app: Sphinx, env: BuildEnvironment) -> None:
    listener(app).reading = False
    # Read in parallel, what is said of an included file does not tell which document included it.
    kept = said(env)
    source = Path(env.srcdir)
    for place in [place for place in kept if place not in env.found_docs]:
        file = source / place
        owners = (name for name, files in sorted(env.dependencies.items()) if file in {source / path for path in files})
        kept.setdefault(next(owners, env.config.root_doc), []).extend(kept.pop(place))


def _note_check(app: Sphinx, env: BuildEnvironment) -> None:
    listener(app).checked = True


_listeners: WeakKeyDictionary[Sphinx, Listener] = WeakKeyDictionary()


def listener(app: Sphinx) -> Listener:
    """The one listener of an application."""
    if app not in _listeners:
        _listeners[app] = Listener(app)
    return _listeners[app]


def connect(connect_to: Callable[..., int]) -> None:
    """Connect what keeps the memory of warnings in step with the documents."""
    connect_to("env-purge-doc", _forget)
    connect_to("env-updated", _give_to_owners)
    connect_to("env-check-consistency", _note_check)
