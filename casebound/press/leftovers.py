"""What earlier builds have left, and which of it is casebound's to delete.

A file is deleted only if a manifest of ours names it, it lies where an output of its kind lies, and it still has the
digest that the manifest states. Nothing is deleted through a link.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from casebound.model.diagnostics import Problem, problem, stop
from casebound.model.settings import ProjectFolders
from casebound.press import manifest
from casebound.system import folders

__all__ = ["Cleaned", "clean", "delete", "give_up", "stale"]

_FOLDERS = {"pdf": ("pdf", ".pdf"), "epub": ("epub", ".epub"), "handout": ("handouts", ".pdf")}
"""Where outputs of a kind lie, and how their names end."""

_MOST = 8  # names in one sentence


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What was deleted (the work folder as one, if all of it is gone), and what stays, each with the reason."""

    deleted: tuple[Path, ...]
    kept: tuple[Problem, ...]


def clean(places: ProjectFolders) -> Cleaned:
    """Delete what casebound has made in a build folder and in those of its editions. Raises BuildStop."""
    deleted: list[Path] = []
    kept: list[Problem] = []
    for build in (*_editions(places), places.build):
        edition = ProjectFolders(places.source, places.conf, build)
        try:
            gone, told = _clean(edition)
            if build != places.build and not any(build.iterdir()):
                build.rmdir()
        except OSError as error:
            raise stop("build-unwritable", path=build, detail=f"{error.strerror or error}.") from error
        deleted += gone
        kept += told
    return Cleaned(tuple(deleted), tuple(kept))


def delete(places: ProjectFolders, entry: Mapping[str, Any]) -> str:
    """Delete an output that the manifest names; gives why it must stay, empty where it is gone. Raises OSError."""
    if reason := _reason_to_keep(places, entry):
        return reason
    path = places.build / entry["path"]
    path.unlink(missing_ok=True)
    with suppress(OSError):  # others lie in the folder
        path.parent.rmdir()
    return ""


def stale(places: ProjectFolders, kinds: Collection[str], made: Collection[Path]) -> list[Mapping[str, Any]]:
    """What the last manifest names of the kinds (pdf, epub, handouts), and this build did not make again."""
    wanted = {"handout" if kind == "handouts" else kind for kind in kinds}
    entries = manifest.entries(places)
    return [entry for entry in entries if entry["kind"] in wanted and places.build / entry["path"] not in made]


def give_up(places: ProjectFolders, entries: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """Delete stale outputs and say so; one that is not ours any more stays."""
    for entry in entries:
        if not os.path.lexists(places.build / entry["path"]):
            continue
        try:
            reason = delete(places, entry)
        except OSError as error:
            reason = f"{error.strerror or error}."
        yield problem("output-kept" if reason else "output-deleted", name=entry["path"], detail=reason)


def _reason_to_keep(places: ProjectFolders, entry: Mapping[str, Any]) -> str:
    folder, ending = _FOLDERS.get(entry["kind"], ("", ""))
    written = PurePosixPath(entry["path"])
    if not folder or written.parts != (folder, written.name) or written.suffix != ending or "\\" in written.name:
        return "casebound does not write this output there."
    path = places.build / written
    if path.is_symlink() or path.parent.is_symlink():
        return "it is reached through a link."
    if not path.exists():
        return ""
    if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != entry.get("sha256"):
        return "it has changed since it was built."
    return ""


def _editions(places: ProjectFolders) -> Iterator[Path]:
    """The folders of editions in other styles: those whose manifest says that they are one, by their name."""
    with suppress(OSError):  # no folder, or one that may not be read: then nothing in it is ours
        for folder in sorted(places.build.iterdir()):
            inside = ProjectFolders(places.source, places.conf, folder)
            if folder.is_dir() and not folder.is_symlink() and manifest.edition(inside) == folder.name:
                yield folder


def _clean(places: ProjectFolders) -> tuple[list[Path], list[Problem]]:
    """Clean one folder; its manifest goes last, so that what was interrupted can be taken up again."""
    gone: list[Path] = []
    reasons: dict[str, str] = {}
    for entry in manifest.entries(places):
        path = places.build / entry["path"]
        if os.path.lexists(path):
            reasons[entry["path"]] = delete(places, entry)
            gone += [] if reasons[entry["path"]] else [path]
    gone += folders.empty(places.work)
    for path, is_ours in ((places.proof, manifest.is_verdict), (places.manifest, manifest.is_ours)):
        if not path.is_symlink() and is_ours(path):
            path.unlink()
            gone.append(path)
    told = [problem("output-kept", name=name, detail=reason) for name, reason in reasons.items() if reason]
    return gone, told + list(_foreign(places, reasons))


def _foreign(places: ProjectFolders, known: Collection[str]) -> Iterator[Problem]:
    """What lies where casebound's things lie and is not its own."""
    for folder in (*(places.build / name for name, _ in _FOLDERS.values()), places.work):
        inside = sorted(path.name for path in folder.iterdir()) if folder.is_dir() and not folder.is_symlink() else []
        names = [f"{folder.name}/{name}" for name in inside if f"{folder.name}/{name}" not in known]
        if names:
            rest = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
            yield problem(
                "output-kept", name=", ".join(names[:_MOST]) + rest, detail="no record shows that casebound made it."
            )
    for path in (places.proof, places.manifest):
        if os.path.lexists(path):
            yield problem("output-kept", name=path.name, detail="casebound did not write it, or it is damaged.")
