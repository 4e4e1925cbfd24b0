"""A book written into a folder of its own and read, in one call."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebound.manuscript import Manuscript, read
from casebound.model.settings import ProjectFolders

Write = Callable[..., ProjectFolders]
Read = Callable[..., Manuscript]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a source tree: ``conf`` is the text of conf.py, ``files`` maps paths to texts (or bytes)."""

    def writing(files: dict[str, str | bytes], conf: str = "") -> ProjectFolders:
        source = tmp_path / "source"
        for name, content in {"conf.py": conf, **files}.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return ProjectFolders(source, source, tmp_path / "build")

    return writing


@pytest.fixture
def book(write: Write) -> Read:
    """Write a source tree and read it."""

    def reading(files: dict[str, str | bytes], conf: str = "", **options: Any) -> Manuscript:
        return read(write(files, conf), **options)

    return reading
