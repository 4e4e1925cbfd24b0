"""Invoke in another process, and a project's tasks whose press prints what it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

Inv = Callable[..., int]
REPOSITORY = Path(__file__).parents[2]


def invoke(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """``inv`` in another process and another folder."""
    return subprocess.run(
        [sys.executable, "-m", "invoke", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


TASKS = """\
import sys
from types import ModuleType, SimpleNamespace

import casebound.press
from casebound.tasks import ns

press = casebound.press.press = sys.modules["casebound.press.press"] = ModuleType("casebound.press.press")
press.outline = lambda places, report, over: f"{places.source} {places.build}"


def make(places, report, styles, **flags):
    print(styles, places.build, "", sep="|")
    return SimpleNamespace(exit_code=0, problems=(), outputs=())


press.make = make
"""
