"""Times of ``inv book`` on a corpus: a clean build, one with nothing to do, one after an edit of one chapter.

``python bench/book.py NAME --rounds 3`` prints medians of wall and CPU seconds, and the peak memory of one process.
The corpus is copied first: an edit never touches the unpacked source.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from corpora.fetch import CORPORA, fetch

__all__ = ["Run", "main"]


@dataclass(frozen=True, slots=True)
class Run:
    """One build: wall and CPU seconds, the peak memory of its largest process in MB, its exit code."""

    wall: float
    cpu: float
    memory: float
    code: int


def run(source: Path, conf: Path, build: Path, jobs: str) -> Run:
    """One ``inv book`` in a process of its own."""
    command = [
        sys.executable,
        "-m",
        "invoke",
        "book",
        "--source",
        str(source),
        "--conf",
        str(conf),
        "--build",
        str(build),
    ]
    command += ["--jobs", jobs] if jobs else []
    started = time.perf_counter()
    with (build.parent / "book.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, cwd=Path(__file__).parents[1])
        _, status, usage = os.wait4(process.pid, 0)  # its children's share is in it, for they have been waited for
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    scale = 2**20 if sys.platform == "darwin" else 2**10
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale, process.returncode)


def edit(chapter: Path, number: int) -> None:
    """A new sentence at the end of a chapter."""
    with chapter.open("a", encoding="utf-8") as file:
        file.write(f"\n\nEdition {number} of this chapter ends here.\n")


def bench(name: str, rounds: int, jobs: str, chapter: str, folder: Path) -> dict[str, list[Run]]:
    """All builds of a corpus, by what was built."""
    fetched = fetch(name)
    root = fetched.source.resolve()
    depth = len(Path(CORPORA[name].folder).parts)
    copied = folder / "corpus"
    shutil.copytree(root.parents[depth - 1], copied, symlinks=True)
    source = copied / CORPORA[name].folder
    build = folder / "build"
    target = source / chapter if chapter else _median_chapter(source / _part(name))
    runs: dict[str, list[Run]] = {"clean": [], "nothing to do": [], "one chapter edited": []}
    for number in range(rounds):
        shutil.rmtree(build, ignore_errors=True)
        runs["clean"].append(run(source, fetched.conf.resolve(), build, jobs))
        runs["nothing to do"].append(run(source, fetched.conf.resolve(), build, jobs))
        edit(target, number)
        runs["one chapter edited"].append(run(source, fetched.conf.resolve(), build, jobs))
    _print_outputs(build / "manifest.json")
    print(f"edited: {target.relative_to(source)}")
    return runs


def _part(name: str) -> str:
    """The folder of a corpus in which its chapters lie."""
    return "reference" if name == "nova-reference" else "."


def _median_chapter(folder: Path) -> Path:
    """The chapter of middling size."""
    chapters = sorted((*folder.rglob("*.rst"), *folder.rglob("*.txt")), key=lambda path: (path.stat().st_size, path))
    return chapters[len(chapters) // 2]


def _print_outputs(manifest: Path) -> None:
    if not manifest.is_file():
        print("There is no manifest: the build did not end.")
        return
    for output in json.loads(manifest.read_text(encoding="utf-8")).get("outputs", []):
        print(f"{output.get('path')}: {output.get('pages') or '-'} pages, {output.get('bytes', 0) / 1000:,.0f} kB")


def table(runs: dict[str, list[Run]]) -> str:
    """Medians as a table."""
    lines = [f"{'':<20} {'wall s':>8} {'CPU s':>8} {'peak MB':>8}  exit codes"]
    for name, builds in runs.items():
        wall, cpu, memory = (
            statistics.median(values)
            for values in zip(*((build.wall, build.cpu, build.memory) for build in builds), strict=True)
        )
        codes = ", ".join(str(build.code) for build in builds)
        lines.append(f"{name:<20} {wall:8.2f} {cpu:8.2f} {memory:8.0f}  {codes}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("name", choices=sorted(CORPORA))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--jobs", default="", help="workers, as inv book --jobs")
    parser.add_argument("--chapter", default="", help="the file to edit, inside the source; default: a middling one")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        runs = bench(given.name, given.rounds, given.jobs, given.chapter, Path(folder))
    print(table(runs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
