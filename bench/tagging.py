"""What tags cost: ``python -m bench.tagging SOURCE`` builds a book with and without them, by turns, and compares.

CPU seconds are those of a whole build, with all outputs and the proof, the least of all rounds; sizes are those of the
files; pages are drawn with and without tags and must be the same dot by dot.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

__all__ = ["main"]

_HERE = Path(__file__).resolve().parents[1]
_SCALE = 0.7  # 50 dots per inch


def _built(source: Path, conf: Path, build: Path, tagged: bool) -> float:
    """Build a book from clean; gives the CPU seconds of all processes."""
    command = [sys.executable, "-m", "invoke", "book", "--source", str(source), "--conf", str(conf)]
    command += ["--build", str(build), "--define", f"casebound_tagged={int(tagged)}"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1767225600"}
    subprocess.run(command, cwd=_HERE, env=environment, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _different(one: Path, other: Path) -> tuple[int, int]:
    """How many pages of two files look otherwise, and how many there are."""
    documents = [pypdfium2.PdfDocument(path) for path in (one, other)]
    try:
        count = max(map(len, documents))
        pairs = zip(*documents, strict=True)
        same = sum(
            left.render(scale=_SCALE).to_pil().tobytes() == right.render(scale=_SCALE).to_pil().tobytes()
            for left, right in pairs
        )
        return count - same, count
    finally:
        for document in documents:
            document.close()


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--conf", type=Path, help="the folder of its conf.py, if that is another")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    source = given.source.resolve()
    conf = (given.conf or source).resolve()
    least = {False: float("inf"), True: float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.rounds):
            for tagged in least:
                build = Path(folder) / f"{tagged}-{number}"
                least[tagged] = min(least[tagged], _built(source, conf, build, tagged))
        print(f"CPU: {least[False]:.1f} s plain, {least[True]:.1f} s tagged ({least[True] / least[False]:.3f})")
        for kind in ("pdf", "handouts"):
            for tagged in sorted((Path(folder) / "True-0" / kind).glob("*.pdf")):
                plain = Path(folder) / "False-0" / kind / tagged.name
                sizes = plain.stat().st_size, tagged.stat().st_size
                wrong, pages = _different(plain, tagged)
                growth = sizes[1] / sizes[0]
                print(
                    f"{tagged.name}: {sizes[0]:,} to {sizes[1]:,} bytes ({growth:.3f}), {wrong} of {pages} pages differ"
                )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
