"""Files written whole: beside their place first, then renamed into it, so that a failed build changes nothing."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from casebound.model.diagnostics import stop
from casebound.model.settings import ProjectFolders
from casebound.system import folders

__all__ = ["claim", "ensure_folder", "replace", "text", "write", "write_together"]


def ensure_folder(path: Path) -> Path:
    """The folder, made where it is missing. Raises BuildStop where that is impossible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(f"{path.name} is read-only")
    except OSError as error:
        raise stop("build-unwritable", path=path, detail=f"{error.strerror or error}.") from error
    return path


def claim(places: ProjectFolders) -> None:
    """Make the build folder and the folders of the cache. Raises BuildStop where that is impossible."""
    ensure_folder(places.build)
    try:
        folders.claim(places.work)
    except OSError as error:
        raise stop("build-unwritable", path=places.work, detail=f"{error.strerror or error}.") from error


def text(folder: Path, name: str, setting: str) -> str:
    """The text of a file in a folder that a setting names. Raises BuildStop (setting-invalid)."""
    path = (folder / name).resolve()
    try:
        if not path.is_relative_to(folder.resolve()):
            raise OSError("it lies outside the folder of conf.py")
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        detail = f"{getattr(error, 'strerror', None) or error}."
        raise stop("setting-invalid", name=setting, value=name, detail=detail) from error


def write(path: Path, data: bytes) -> None:
    """Write a file whole, or leave what was there. Raises BuildStop."""
    write_together({path: data})


def write_together(contents: Mapping[Path, bytes]) -> None:
    """Write files that belong together, all or none of them. Raises BuildStop."""
    for path in contents:
        ensure_folder(path.parent)
    try:
        replace(contents)
    except OSError as error:
        raise stop("build-unwritable", path=error.filename, detail=f"{error.strerror or error}.") from error


def replace(contents: Mapping[Path, bytes], *, keep_rights: bool = False) -> None:
    """Write files beside their places, then rename all into them; their folders exist.

    ``keep_rights`` says that they exist and that their access rights stay. Raises OSError, whose ``filename`` is the
    place of the file that cannot be written; nothing is left beside it.
    """
    beside: dict[Path, Path] = {}
    path = Path()
    try:
        for path, data in contents.items():
            beside[path] = path.with_name(f".{path.name}.{os.getpid()}")
            beside[path].write_bytes(data)
            if keep_rights:
                shutil.copymode(path, beside[path])
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
        for path in contents:
            os.replace(beside[path], path)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        for left in beside.values():
            with suppress(OSError):  # one whose name is too long was never there
                left.unlink(missing_ok=True)
