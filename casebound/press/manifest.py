"""The manifest: every output of the build folder, and what was met while making it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebound.model.diagnostics import CATALOGUE, Problem
from casebound.model.settings import ProjectFolders

__all__ = [
    "Output",
    "edition",
    "entries",
    "is_otherwise",
    "is_ours",
    "is_verdict",
    "made_otherwise",
    "made_with",
    "output",
    "problems",
    "render",
]


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


def entries(places: ProjectFolders) -> list[Mapping[str, Any]]:
    """The outputs that the last manifest names; none where it is missing or cannot be read."""
    outputs = _read(places.manifest).get("outputs")
    return [entry for entry in outputs if _names_an_output(entry)] if isinstance(outputs, list) else []


def problems(places: ProjectFolders) -> list[Problem]:
    """What the builds of the outputs met, as the last manifest tells it."""
    try:
        told = _read(places.manifest)["problems"]
        return [Problem(CATALOGUE[p["code"]], p["message"], p["docname"], p["line"]) for p in told]
    except (KeyError, TypeError):
        return []


def edition(places: ProjectFolders) -> str:
    """The name of the edition that the last manifest tells of; empty for the book in its own style."""
    return str(_read(places.manifest).get("edition", ""))


def made_with(places: ProjectFolders) -> Mapping[str, Any]:
    """What the last build said over ``conf.py``."""
    said = _read(places.manifest).get("made_with")
    return said if isinstance(said, dict) else {}


def is_otherwise(entry: Mapping[str, Any], over: Mapping[str, Any]) -> bool:
    """Whether an output was made with something else said over ``conf.py`` than this."""
    return bool(entry.get("made_with", {}) != over)


def made_otherwise(places: ProjectFolders, over: Mapping[str, Any]) -> list[str]:
    """The outputs that were made with something else said over ``conf.py``: they are another book's."""
    return [entry["path"] for entry in entries(places) if is_otherwise(entry, over)]


def is_ours(path: Path) -> bool:
    """Whether a file is a manifest of casebound."""
    data = _read(path)
    return isinstance(data.get("casebound"), str) and isinstance(data.get("outputs"), list)


def is_verdict(path: Path) -> bool:
    """Whether a file is what a proof of casebound has found."""
    data = _read(path)
    kinds = {"ok": bool, "outputs": dict, "problems": list}
    return data.keys() == kinds.keys() and all(isinstance(data[key], kind) for key, kind in kinds.items())


def _read(path: Path) -> Mapping[str, Any]:
    """The mapping in a JSON file; empty where there is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _names_an_output(entry: object) -> bool:
    """Whether an entry has what the names of files and kinds are made of."""
    if not isinstance(entry, dict):
        return False
    path, kind = entry.get("path"), entry.get("kind")
    return isinstance(path, str) and isinstance(kind, str) and path != "" and "\0" not in path


def _entry(output: Output, build: Path) -> dict[str, Any]:
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
    version: str, places: ProjectFolders, outputs: Sequence[Output], met: Iterable[Problem],
    stale: Collection[Path] = (), edition: str = "", over: Mapping[str, Any] | None = None,
) -> str:  # fmt: skip
    """The manifest's text. Outputs of other kinds that an earlier build made stay named, unless they are ``stale``."""
    gone = {*(output.path for output in outputs), *stale}
    kept = [e for e in entries(places) if places.build / e["path"] not in gone and (places.build / e["path"]).is_file()]
    said = {"made_with": over} if over else {}
    listed = [*(_entry(output, places.build) | said for output in outputs), *kept]
    told = [
        {"code": p.code, "level": p.level.value, "docname": p.docname, "line": p.line, "message": p.message}
        for p in met
    ]
    data: dict[str, object] = {
        "casebound": version,
        **({"edition": edition} if edition else {}),
        **said,
        "outputs": sorted(listed, key=lambda entry: str(entry["path"])),
        "problems": told,
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
