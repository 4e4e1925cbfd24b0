"""CPU seconds of typesetting: ``python -m bench.typesetting SOURCE`` sets all chapters of a book and keeps nothing.

The source is read once, by this checkout; then each round sets all chapters from their pickled trees, one after the
other, in a process of its own. The least of all rounds is what the code takes: whatever else the machine does only
adds to it. With ``--against FOLDER``, another checkout of casebound, both take turns, and their ratio is printed.
"""

from __future__ import annotations

import argparse
import gc
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

__all__ = ["main"]

_HERE = Path(__file__).resolve().parents[1]
_DEEPEST = 12_000  # Python frames: sources nest deeply, and so do their pickled trees


def _read(source: Path, conf: Path, kept: Path) -> None:
    """Read a source and keep what is typeset of it: the name, pickled tree and section title of each chapter."""
    from casebound import manuscript
    from casebound.model.settings import ProjectFolders

    read = manuscript.read(ProjectFolders(source, conf, kept.parent / "build"))
    titles = read.book.section_titles()
    chapters = [(each.name, read.dump(each), titles.get(each.name, "")) for each in read.book.chapters()]
    kept.write_bytes(pickle.dumps((read.book.language, chapters)))


def _set(kept: Path) -> None:
    """Print the CPU seconds that it takes to typeset what was kept, and how many pages it makes."""
    from casebound.typesetting import Typesetter

    language, chapters = pickle.loads(kept.read_bytes())
    trees = [(name, pickle.loads(tree), section) for name, tree, section in chapters]
    typesetter = Typesetter((), language)
    gc.disable()
    started = time.process_time()
    pages = sum(typesetter.chapter(name, tree, section).pages for name, tree, section in trees)
    print(time.process_time() - started, pages)


def _run(code: Path, *arguments: str) -> str:
    """What a step prints that is run with the code of a checkout; Sphinx's own words go to stderr."""
    command = [sys.executable, str(Path(__file__).resolve()), *arguments]
    environment = {**os.environ, "PYTHONPATH": str(code), "PYTHONHASHSEED": "0"}
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout


def measure(source: Path, conf: Path, codes: Sequence[Path], rounds: int) -> list[tuple[float, int]]:
    """For each checkout the least CPU seconds of all rounds, and the pages of the book."""
    least: list[tuple[float, int]] = [(float("inf"), 0)] * len(codes)
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "chapters.pickle"
        _run(_HERE, "--read", str(source), str(conf), str(kept))
        for _ in range(rounds):
            for number, code in enumerate(codes):
                seconds, pages = _run(code, "--set", str(kept)).split()[-2:]
                least[number] = min(least[number], (float(seconds), int(pages)))
    return least


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--conf", type=Path, help="the folder of its conf.py, if that is another")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--against", type=Path, help="another checkout of casebound")
    given = parser.parse_args(arguments)
    source, codes = given.source.resolve(), [_HERE, *([given.against.resolve()] if given.against else [])]
    found = measure(source, (given.conf or source).resolve(), codes, given.rounds)
    for code, (seconds, pages) in zip(codes, found, strict=True):
        print(f"{seconds:8.2f} CPU s, {pages} pages: {code}")
    if given.against:
        print(f"{found[0][0] / found[1][0]:8.2f} of that time")
    return 0


if __name__ == "__main__":
    sys.setrecursionlimit(_DEEPEST)
    match sys.argv[1:]:
        case ["--read", source, conf, kept]:
            _read(Path(source), Path(conf), Path(kept))
        case ["--set", kept]:
            _set(Path(kept))
        case _:
            sys.exit(main())
