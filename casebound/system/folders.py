"""The cache between builds: the folders of ``work/``, each with a tag that says that casebound made it.

The tag is a ``CACHEDIR.TAG`` (bford.info/cachedir): backup programs know it and skip the folder.
"""

from __future__ import annotations

import shutil
from pathlib import Path

__all__ = ["FOLDERS", "TAG", "claim", "empty", "is_ours"]

FOLDERS = ("doctrees", "faces", "fragments", "images", "remote", "sphinx")
"""The folders of ``work/`` that a build writes to."""

TAG = "CACHEDIR.TAG"

_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55"
_MAKER = "This folder was made by casebound and may be deleted: the next build makes it again."


def claim(work: Path) -> None:
    """Make the folders and tag new and empty ones; one that somebody else has filled gets no tag. Raises OSError."""
    for name in FOLDERS:
        folder = work / name
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            (folder / TAG).write_text(f"{_SIGNATURE}\n# {_MAKER}\n", encoding="utf-8")


def is_ours(folder: Path) -> bool:
    """Whether a folder is one that ``claim`` has tagged; a link to one is not."""
    if folder.is_symlink() or (folder / TAG).is_symlink():
        return False
    try:
        return (folder / TAG).read_text(encoding="utf-8").startswith(f"{_SIGNATURE}\n# {_MAKER}")
    except (OSError, ValueError):
        return False


def empty(work: Path) -> list[Path]:
    """Delete the folders that are ours, and ``work`` itself if nothing is left; gives those deleted. Raises OSError."""
    if work.is_symlink() or not work.is_dir():
        return []
    folders = [work / name for name in FOLDERS if is_ours(work / name)]
    for folder in folders:
        shutil.rmtree(folder)
    if folders and not any(work.iterdir()):
        work.rmdir()
        return [work]
    return folders
