"""Runs Sphinx in this process, once, and turns every way in which that can fail into one clear sentence."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import traceback
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import sphinx.locale
from sphinx.application import Sphinx, builtin_extensions
from sphinx.errors import ConfigError, ExtensionError, SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils

from casebound.manuscript.manuscript import Manuscript
from casebound.manuscript.mending.mending import Mended, mended
from casebound.manuscript.reading.extensions.plots import room_for_matplotlib
from casebound.manuscript.reading.listening import listener
from casebound.model.diagnostics import BuildStop, stop
from casebound.model.settings import Overrides, ProjectFolders
from casebound.system import folders

__all__ = ["Reading", "mend", "read"]

_RECURSION = 10_000
_HANDLER = re.compile(r"Handler <(?:function|bound method) ([\w.<>]+) .*> for event '([\w-]+)'")


class Reading(Sphinx):
    """A Sphinx application that loads casebound beside the extensions of ``conf.py`` and listens from early on."""

    reading_only = True

    def setup_extension(self, extname: str) -> None:
        """Load an extension; one that fails is named in the BuildStop that the outermost loading ends with."""
        listener(self).attach()
        outermost = not getattr(self, "_loading", False)
        self._loading = True
        try:
            super().setup_extension(extname)
        except BuildStop:
            raise
        except (Exception, SystemExit) as error:
            if not hasattr(error, "casebound_extension"):
                setattr(error, "casebound_extension", extname)  # noqa: B010
            if outermost:
                raise _extension_missing(error) from error
            raise
        finally:
            if outermost:
                self._loading = False

    def preload_builder(self, name: str) -> None:
        """Load casebound, unless ``conf.py`` has named it already."""
        self.setup_extension("casebound")
        super().preload_builder(name)


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__


def _extension_missing(error: BaseException) -> BuildStop:
    name = getattr(error, "casebound_extension", "")
    cause = error.__cause__ or error
    original = getattr(error, "orig_exc", None) or cause
    detail = _one_line(original)
    if not isinstance(original, ImportError | SphinxError):
        detail = f"{type(original).__name__}: {detail}"
    return stop("extension-missing", name=name, detail=_sentence(detail))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _conf_error(conf: Path, overrides: Mapping[str, object], error: ConfigError) -> BuildStop:
    cause = error.__cause__
    if cause is None:
        quoted = re.search(r"'([\w.]+)'", str(error))
        if quoted and quoted[1] in overrides:
            detail = _sentence(_one_line(error))
            return stop("define-unfit", name=quoted[1], value=overrides[quoted[1]], detail=detail)
        return stop("conf-error", path=conf, detail=_sentence(_one_line(error)))
    if isinstance(cause, SystemExit):
        return stop("conf-error", path=conf, detail="it exits the program.")
    line = _line_of(conf, cause) or (cause.lineno if isinstance(cause, SyntaxError) else None)
    detail = cause.msg if isinstance(cause, SyntaxError) else _one_line(cause)
    return _broken_conf(conf, cause, detail, line)


def _line_of(conf: Path, error: BaseException) -> int | None:
    """The line of conf.py in which an error came up, where it did there."""
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename) == conf]
    return lines[-1] if lines else None


def _broken_conf(conf: Path, error: BaseException, detail: str, line: int | None) -> BuildStop:
    where = f" (line {line})" if line else ""
    return stop("conf-error", path=conf, detail=f"{type(error).__name__}: {detail}{where}.")


def _checked(places: ProjectFolders, *, anywhere: bool) -> ProjectFolders:
    """The places, if one can read there. ``anywhere``: in a folder that cannot be written nothing is kept."""
    try:
        _check_places(places)
    except BuildStop as stopped:
        if not anywhere or stopped.problem.code != "build-unwritable" or places.source == places.build:
            raise
        places = replace(places, build=Path(tempfile.mkdtemp(prefix="casebound-")))
        _check_places(places)
    return places


def _check_places(places: ProjectFolders) -> None:
    if not places.source.is_dir():
        raise stop("source-missing", path=places.source)
    if not (places.conf / "conf.py").is_file():
        raise stop("conf-missing", path=places.conf)
    if places.source.resolve() == places.build.resolve():
        raise stop("build-unwritable", path=places.build, detail="it is the source folder.")
    for folder in (places.build, places.work):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=folder):
                pass
            folders.claim(places.work)
        except OSError as error:
            named = Path(error.filename or folder)
            in_the_way = [path for path in (named, *named.parents) if os.path.lexists(path) and not path.is_dir()]
            detail = _sentence(error.strerror or _one_line(error))
            if in_the_way:
                detail = f"{in_the_way[0]} is where a folder is to be made. Delete or rename it."
            raise stop("build-unwritable", path=folder, detail=detail) from error


def _raised(error: ExtensionError) -> str:
    """What failed in an extension: a function that Sphinx called at an event by its name, not its place in memory."""
    original = error.orig_exc or error.__cause__
    if original is None:
        return _one_line(error)
    said = f"{type(original).__name__}: {original}"
    called = _HANDLER.match(error.message)
    if called is None:
        return f"{error.message} ({said})"
    home = f" of {error.modname}" if error.modname not in {None, "builtins"} else ""
    return f"{called[1]}{home} failed at the event {called[2]} ({said})"


@contextmanager
def _clear_sentences(conf: Path, overrides: Mapping[str, object]) -> Iterator[None]:
    """Turn what Sphinx raises into a BuildStop."""
    try:
        yield
    except BuildStop:
        raise
    except ConfigError as error:
        raise _conf_error(conf, overrides, error) from error
    except ExtensionError as error:
        raise stop("sphinx-stopped", detail=_sentence(" ".join(_raised(error).split()))) from error
    except SphinxError as error:
        raise stop("sphinx-stopped", detail=_sentence(_one_line(error))) from error
    except OSError as error:
        raise stop("sphinx-stopped", detail=_sentence(_one_line(error))) from error
    except (Exception, SystemExit) as error:
        if line := _line_of(conf, error):  # its setup, or what it gave Sphinx to call
            raise _broken_conf(conf, error, _one_line(error), line) from error
        detail = f"{type(error).__name__}: {_one_line(error)}"
        raise stop("sphinx-stopped", detail=_sentence(detail)) from error


def _open(
    places: ProjectFolders, overrides: Mapping[str, object], quiet: bool, jobs: int, fresh: bool, tags: Sequence[str]
) -> Reading:
    status: Any = None if quiet else sys.stdout
    return Reading(
        srcdir=places.source,
        confdir=places.conf,
        outdir=places.work / "sphinx",
        doctreedir=places.work / "doctrees",
        buildername="casebound",
        confoverrides=dict(overrides),
        status=status,
        warning=None,
        freshenv=fresh,
        tags=list(tags),
        parallel=max(1, jobs),
    )


def _read_sources(app: Reading) -> None:
    root = app.config.root_doc
    app.project.discover(app.config.exclude_patterns, app.config.include_patterns)
    if root not in app.project.docnames:
        raise stop("root-missing", name=root, path=app.srcdir)
    app.builder.build_update()
    if not listener(app).checked:
        app.env.check_consistency()


@contextmanager
def _reading(
    places: ProjectFolders, overrides: Mapping[str, object], quiet: bool, jobs: int, fresh: bool, tags: Sequence[str],
    anywhere: bool = False,
) -> Iterator[Manuscript]:  # fmt: skip
    """The Manuscript, while Sphinx can still read; ``anywhere`` as in ``_checked``. Raises BuildStop."""
    named = ProjectFolders(*(Path(os.path.abspath(path)) for path in (places.source, places.conf, places.build)))
    places = _checked(named, anywhere=anywhere)
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION))
    with (
        _clear_sentences(places.conf / "conf.py", overrides),
        room_for_matplotlib(places.work / "sphinx" / "matplotlib"),
        patch_docutils(places.conf),
        docutils_namespace(),
    ):
        # Sphinx keeps the language of the first book it reads in a process, in its modules too if they come later
        sphinx.locale.translators.clear()
        for module in builtin_extensions:
            import_module(module)
        app = _open(places, overrides, quiet, jobs, fresh, tags)
        manuscript = None
        try:
            _read_sources(app)
            manuscript = Manuscript(app, images=places.work / "images")
            if places.build != named.build:  # chapters are resolved from there as long as the manuscript lives
                weakref.finalize(manuscript, shutil.rmtree, places.build, ignore_errors=True)
            yield manuscript
        finally:
            listener(app).detach()
            if manuscript is None and places.build != named.build:
                shutil.rmtree(places.build, ignore_errors=True)


def read(
    places: ProjectFolders,
    *,
    overrides: Mapping[str, object] | None = None,
    quiet: bool = True,
    jobs: int = 1,
    fresh: bool = False,
    tags: Sequence[str] = (),
    checking: bool = False,
) -> Manuscript:
    """Read the source tree and give the book as a Manuscript.

    Only what changed since the last reading is read again; ``fresh`` reads everything. ``overrides`` are values
    of ``conf.py``, ``tags`` Sphinx's tags beside pdf, print and book, ``jobs`` the number of processes that
    read. Nothing is printed when ``quiet``; what Sphinx warns of is among ``Manuscript.problems``. ``checking``
    reads for the faults alone: a misplaced toctree does not stop it, whatever ``casebound_toctree`` says, nor does a
    build folder that cannot be written.

    Raises BuildStop, with the sentence to print, where the source cannot be read.
    """
    with _reading(places, overrides or {}, quiet, jobs, fresh, tags, anywhere=checking) as manuscript:
        if not checking:
            manuscript.hold_strictly()
            manuscript.collect_captions()
        return manuscript


def mend(places: ProjectFolders, over: Overrides | None = None) -> Mended:
    """Move misplaced toctrees: the changed files, not yet written, and what cannot be moved.

    Raises BuildStop where the source cannot be read.
    """
    over = over or Overrides()
    with _reading(places, over.values, True, 1, False, over.tags, anywhere=True) as manuscript:
        return mended(manuscript)
