"""Runs the programs that draw diagrams, within a limit of time, and keeps what the slow ones have drawn."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from casebound.system.cache import CacheFolder

__all__ = ["CachedDrawing", "ProgramMissing", "Refused", "installed", "run"]

_SECONDS = 60.0
_SHOWN = 300  # characters of what a program says


class ProgramMissing(Exception):
    """The program is not installed."""


class Refused(Exception):
    """The program ran and drew nothing; the message says why, as the end of a sentence."""


def installed(command: Sequence[str]) -> str:
    """The path of the program that a command begins with. Raises ProgramMissing."""
    found = shutil.which(command[0]) if command else None
    if found is None:
        raise ProgramMissing
    return found


def run(
    command: Sequence[str], *, folder: Path, source: str = "", environment: Mapping[str, str] | None = None
) -> bytes:
    """What a command writes for a source, run in a folder. Raises ProgramMissing and Refused."""
    words = [installed(command), *command[1:]]
    try:
        done = subprocess.run(
            words,
            input=source.encode(),
            capture_output=True,
            cwd=folder,
            env={**(environment or {}), **os.environ},
            timeout=_SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused(f"it takes longer than {_SECONDS:g} seconds.") from error
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", b"") or getattr(error, "stdout", b"") or str(error).encode()
        raise Refused(_sentence(said.decode("utf-8", "replace"))) from error
    return done.stdout


def _sentence(said: str) -> str:
    """The first lines of what a program says, in one sentence."""
    text = " ".join(said.split())
    return f"{text[:_SHOWN].rstrip('. ')}."


class CachedDrawing:
    """A drawing that is kept in a folder under what it was made from; one that was damaged there is drawn again."""

    def __init__(self, folder: Path, *made_from: object) -> None:
        key = hashlib.sha256(json.dumps(made_from, sort_keys=True, default=str).encode()).hexdigest()
        self._cache, self._name = CacheFolder(folder), f"{key}.drawn"

    def read(self) -> bytes | None:
        """The drawing; None where there is none."""
        return self._cache.read(self._name)

    def write(self, drawing: bytes) -> None:
        """Keep the drawing."""
        self._cache.write(self._name, drawing)
