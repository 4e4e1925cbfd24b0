"""Finished files opened in every reader at hand: what these complain of, and which links out of a file lead nowhere."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf

from tests.bindery.readers import destinations

__all__ = ["complaints", "remote_links", "shown_outline"]

Program = Callable[[str], str]

_READINGS = (
    ("pdfinfo", "-dests", "{}"),
    ("pdftotext", "{}", "-"),
    ("qpdf", "--check", "{}"),
    ("mutool", "info", "{}"),
    ("mutool", "show", "{}", "outline"),
    ("mutool", "draw", "-N", "-q", "-r", "18", "{}"),  # -N: no colour profiles, which not every mutool knows
)
"""All pages are laid out by poppler and drawn by mupdf; qpdf reads every object."""


def complaints(path: Path, program: Program) -> list[str]:
    """Every warning that poppler, qpdf and mupdf print of a file."""
    found: list[str] = []
    for tool, *words in _READINGS:
        command = [program(tool), *(word.format(path) for word in words)]
        done = subprocess.run(command, capture_output=True, timeout=600, check=False)
        said = done.stderr.decode(errors="replace").splitlines()
        if tool == "qpdf":
            said += [line for line in done.stdout.decode().splitlines() if "WARNING" in line or "ERROR" in line]
        found += [f"{tool} {words[0]}: {line}" for line in said]
        if done.returncode:
            found.append(f"{tool} {words[0]}: exit code {done.returncode}")
    return found


def shown_outline(path: Path, program: Program) -> str:
    """The outline as mupdf shows it, in the form of ``tests.press.books.outline``."""
    done = subprocess.run(
        [program("mutool"), "show", str(path), "outline"], capture_output=True, timeout=60, check=True
    )
    lines = []
    for line in done.stdout.decode().splitlines():
        indent, _, rest = line[1:].partition('"')
        title = re.sub(r"\\(.)", r"\1", rest.rpartition(chr(34) + chr(9))[0])  # as a string of C
        lines.append(f"{'  ' * (len(indent) - 1)}{title}\n")
    return "".join(lines)


def remote_links(path: Path) -> tuple[int, list[str]]:
    """How many links of a file open another one, and those of them whose file or named destination is not there."""
    count, lost = 0, []
    known: dict[Path, set[bytes]] = {}
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            for link in page.obj.get("/Annots", []):
                if link.get("/A", {}).get("/S") != "/GoToR":
                    continue
                count += 1
                other = path.parent / str(link.A.F.UF)
                if other not in known:
                    known[other] = _names(other)
                if bytes(link.A.D) not in known[other]:
                    lost.append(f"{path.name}: {link.A.F.UF} {bytes(link.A.D).decode()}")
    return count, lost


def _names(path: Path) -> set[bytes]:
    if not path.is_file():
        return set()
    with pikepdf.open(path) as pdf:
        return set(destinations(pdf))
