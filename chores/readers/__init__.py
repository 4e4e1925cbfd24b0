"""Opens every chapter of an EPUB in epub.js and foliate-js, and says what is cut, blank or does not open."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

__all__ = ["BROWSERS", "ENGINES", "TELEPHONE", "Chapter", "bring", "faults", "install", "read"]

ENGINES = ("epubjs", "foliate")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
TELEPHONE = (375, 667)  # CSS pixels
PACKAGES = ("epubjs@0.3.93", "foliate-js@1.0.1", "puppeteer-core@25.16.0")
_HERE = Path(__file__).parent
_LIMIT = 3_600  # seconds for one book


@dataclass(frozen=True, slots=True)
class Chapter:
    """A page of the spine as a reading system shows it.

    ``blank`` are the 1-based numbers of empty pages; ``wide`` says by how many CSS pixels which element is wider than
    its page; ``error`` says why the chapter does not open.
    """

    href: str
    pages: int
    blank: tuple[int, ...] = ()
    wide: tuple[str, ...] = ()
    error: str = ""


def install(folder: Path) -> Path:
    """Install the reading systems by npm, once; gives the folder of modules. Raises LookupError, CalledProcessError."""
    return bring(folder, PACKAGES)


def bring(folder: Path, packages: Sequence[str]) -> Path:
    """Install packages of npm into a folder, once; gives its folder of modules. Raises as ``install`` does."""
    modules = folder / "node_modules"
    mark = folder / "installed"
    if not mark.is_file() or mark.read_text(encoding="utf-8") != " ".join(packages):
        folder.mkdir(parents=True, exist_ok=True)
        command = [program("npm"), "install", "--prefix", str(folder), "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*command, *packages], check=True, capture_output=True, text=True)
        mark.write_text(" ".join(packages), encoding="utf-8")
    return modules.resolve()


def program(*names: str) -> str:
    """The path of the first of some programs that is there. Raises LookupError."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise LookupError(f"{names[0]} is not installed.")


def read(epub: Path, engine: str, modules: Path, size: tuple[int, int] = TELEPHONE) -> list[Chapter]:
    """Every chapter of an EPUB on pages of a width and a height in CSS pixels. Raises LookupError, RuntimeError."""
    node, browser = program("node"), program(*BROWSERS)
    with tempfile.TemporaryDirectory() as unpacked:
        with zipfile.ZipFile(epub) as archive:
            archive.extractall(unpacked)
        package = etree.parse(Path(unpacked, "META-INF", "container.xml")).find(".//{*}rootfile")
        if package is None:
            raise RuntimeError(f"{epub.name} names no package document.")
        command = [
            node,
            str(_HERE / "read.mjs"),
            str(modules),
            unpacked,
            str(package.get("full-path")),
            browser,
            engine,
        ]
        done = subprocess.run([*command, *map(str, size)], capture_output=True, text=True, timeout=_LIMIT, check=False)
    if done.returncode:
        raise RuntimeError(f"{engine} does not open {epub.name}: {done.stderr.strip()}")
    said: dict[str, Any] = json.loads(done.stdout)
    return [_chapter(one) for one in said["chapters"]]


def _chapter(said: dict[str, Any]) -> Chapter:
    wide = (f"{one['element']} by {one['over']} px: {one['text'] or '-'}" for one in said["wide"])
    return Chapter(said["href"], said["pages"], tuple(said["blank"]), tuple(wide), said.get("error", ""))


def faults(chapters: list[Chapter]) -> Iterator[str]:
    """What is wrong with chapters, a line each."""
    for chapter in chapters:
        if chapter.error:
            yield f"{chapter.href}: {chapter.error}"
        if chapter.blank:
            yield f"{chapter.href}: blank pages {', '.join(map(str, chapter.blank))} of {chapter.pages}"
        yield from (f"{chapter.href}: {one}" for one in chapter.wide)
