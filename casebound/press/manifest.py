"""The manifest: every output of the build folder, and what was met while making it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebound.problems import CATALOGUE, Problem
from casebound.settings import Places

__all__ = ["Output", "entries", "output", "problems", "render"]


@dataclass(frozen=True, slots=True)
class Output:
    """A finished output: where it lies, its pages (0 where the format has none), its size in bytes and digest."""

    kind: str
    path: Path
    pages: int
    bytes: int
    sha256: str
    title: str
    made_from: tuple[str, ...] = ()


def output(kind: str, path: Path, data: bytes, pages: int, title: str, made_from: Iterable[str]) -> Output:
    """An output with these bytes."""
    return Output(kind, path, pages, len(data), hashlib.sha256(data).hexdigest(), title, tuple(made_from))


def entries(places: Places) -> list[Mapping[str, Any]]:
    """The outputs that the last manifest names; none where it is missing or cannot be read."""
    try:
        data = json.loads(places.manifest.read_text(encoding="utf-8"))
        return [entry for entry in data["outputs"] if isinstance(entry["path"], str) and isinstance(entry["kind"], str)]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def problems(places: Places) -> list[Problem]:
    """What the builds of the outputs met, as the last manifest tells it."""
    try:
        data = json.loads(places.manifest.read_text(encoding="utf-8"))
        return [Problem(CATALOGUE[p["code"]], p["message"], p["docname"], p["line"]) for p in data["problems"]]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _entry(output: Output, build: Path) -> Mapping[str, Any]:
    return {
        "kind": output.kind,
        "path": output.path.relative_to(build).as_posix(),
        "title": output.title,
        "pages": output.pages,
        "bytes": output.bytes,
        "sha256": output.sha256,
        "made_from": list(output.made_from),
    }


def render(
    version: str, places: Places, outputs: Sequence[Output], met: Iterable[Problem], stale: Collection[Path] = ()
) -> str:
    """The manifest's text. Outputs of other kinds that an earlier build made stay named, unless they are ``stale``."""
    gone = {*(output.path for output in outputs), *stale}
    kept = [e for e in entries(places) if places.build / e["path"] not in gone and (places.build / e["path"]).is_file()]
    listed = [*(_entry(output, places.build) for output in outputs), *kept]
    folder = f"{places.source}{os.sep}"  # Sphinx names files by it, an output names no place of this machine
    told = [
        {"code": p.code, "level": p.level.value, "docname": p.docname, "line": p.line,
         "message": p.message.replace(folder, "")}
        for p in met
    ]  # fmt: skip
    data = {"casebound": version, "outputs": sorted(listed, key=lambda entry: str(entry["path"])), "problems": told}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
