"""The store of fragments: each kept under the digest of everything it was typeset from."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from casebound.fragment import Fragment
from casebound.press.files import ensure_folder, write

__all__ = ["FragmentStore", "style_digest"]

_PACKAGE = Path(__file__).parents[1]
_NO_SAY = frozenset({"manuscript", "bindery", "epub", "proof", "press"})  # how a chapter is typeset is none of theirs
_LIBRARIES = (
    *("rst2pdf", "reportlab", "docutils", "sphinx", "pygments", "svglib", "pillow", "pyphen", "lxml", "uharfbuzz"),
    *("budoux", "fonttools", "latex2mathml", "pypdfium2", "ziamath"),
)


@cache
def engine_digest() -> str:
    """Digest of what typesets besides the style: our own code and the versions of the libraries it stands on."""
    digest = hashlib.sha256()
    for path in sorted([*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.toml")]):
        inside = path.relative_to(_PACKAGE)
        if inside.parts[0] not in _NO_SAY:
            digest.update(inside.as_posix().encode())
            digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    return digest.hexdigest()


def style_digest(sheets: Iterable[Path], faces: Iterable[Path]) -> str:
    """Digest of a house style: the bytes of its sheets and of its faces."""
    digest = hashlib.sha256()
    for path in [*sheets, *sorted(faces)]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class FragmentStore:
    """Fragments on disk by key. An entry is written whole and never changed; one that a disk has damaged is forgotten.

    An entry is the pages, and the sidecar under a line with the digest of both.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: set[str] = set()

    def key(self, *parts: str) -> str:
        """The key of a fragment made from these parts."""
        return hashlib.sha256("\0".join((engine_digest(), *parts)).encode()).hexdigest()[:40]

    def get(self, key: str) -> Fragment | None:
        """The fragment under a key; None where there is none, or not a whole one."""
        self._asked.add(key)
        sidecar, pdf = self._paths(key)
        try:
            seal, _, text = sidecar.read_text(encoding="utf-8").partition("\n")
            pages = pdf.read_bytes()
            return Fragment.load(text, pages) if seal == _seal(text, pages) else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, fragment: Fragment) -> None:
        """Keep a fragment; its sidecar is written last, so that what has a sidecar is whole."""
        self._asked.add(key)
        ensure_folder(self._folder)
        sidecar, pdf = self._paths(key)
        write(pdf, fragment.pdf)
        text = fragment.sidecar()
        write(sidecar, f"{_seal(text, fragment.pdf)}\n{text}".encode())

    def sweep(self) -> None:
        """Forget every fragment that this build did not ask for."""
        if self._folder.is_dir():
            for path in self._folder.iterdir():
                if path.suffix in {".json", ".pdf"} and path.stem not in self._asked:
                    path.unlink(missing_ok=True)

    def _paths(self, key: str) -> tuple[Path, Path]:
        return self._folder / f"{key}.json", self._folder / f"{key}.pdf"


def _seal(sidecar: str, pages: bytes) -> str:
    return hashlib.sha256(sidecar.encode() + pages).hexdigest()
