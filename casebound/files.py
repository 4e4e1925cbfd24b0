"""Files written whole: beside their place first, then renamed into it, so that a failed build changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

from casebound.problems import stop

__all__ = ["ensure_folder", "write"]


def ensure_folder(path: Path) -> Path:
    """The folder, made where it is missing. Raises BuildStop where that is impossible."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(f"{path.name} is read-only")
    except OSError as error:
        raise stop("build-unwritable", path=path, detail=error.strerror or str(error)) from error
    return path


def write(path: Path, data: bytes) -> None:
    """Write a file whole, or leave what was there. Raises BuildStop."""
    ensure_folder(path.parent)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise stop("build-unwritable", path=path, detail=error.strerror or str(error)) from error
