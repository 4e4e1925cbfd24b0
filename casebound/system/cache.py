"""Files kept between builds, each with a digest of its name and content: a damaged one is ignored."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from casebound.model.diagnostics import Problem, problem
from casebound.system.files import replace

__all__ = ["CacheFolder", "damaged", "digest", "remove", "store"]

_MOST = 3  # names in a message


class CacheFolder:
    """The kept files of one folder. ``misfits`` are the names of damaged ones.

    A file may be deleted at any time; one that was cut, changed, exchanged for another or replaced by a folder is
    deleted, and its user makes it again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.misfits: list[str] = []

    def read(self, name: str) -> bytes | None:
        """The file kept under a name; None where there is none, or a damaged one."""
        path = self.folder / name
        if not os.path.lexists(path):
            return None
        try:
            seal, _, data = path.read_bytes().partition(b"\n")
        except OSError:  # a folder, a link to nowhere, a file that may not be read
            seal, data = b"", b""
        if seal == _seal(name, data):
            return data
        self.reject(name)
        return None

    def reject(self, name: str) -> None:
        """Delete what is kept under a name. Raises OSError where it cannot be deleted."""
        self.misfits.append(name)
        remove(self.folder / name)

    def write(self, name: str, data: bytes) -> None:
        """Keep a file under a name, whole or not at all. Raises OSError."""
        store(self.folder / name, _seal(name, data) + b"\n" + data)


def _seal(name: str, data: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\0" + data).hexdigest().encode()


def store(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, replacing what is there. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        remove(path)
    replace({path: data})


def digest(path: Path) -> str:
    """The sha256 of a file's bytes; empty where there is no file that can be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def remove(path: Path) -> None:
    """Delete a file, a link or a folder, if it is there. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def damaged(misfits: Iterable[str]) -> list[Problem]:
    """One problem that names the misfits, if there are any."""
    names = sorted(set(misfits))
    rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return [problem("cache-damaged", name=", ".join(names[:_MOST]) + rest)] if names else []
