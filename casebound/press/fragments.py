"""The store of fragments: each kept under the digest of everything it was typeset from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from casebound.model.diagnostics import stop
from casebound.model.fragment import Fragment
from casebound.press.engine import engine_digest
from casebound.system.cache import CacheFolder, remove

__all__ = ["FragmentStore", "style_digest"]


def style_digest(sheets: Iterable[Path], faces: Iterable[Path]) -> str:
    """Digest of a house style: the bytes of its sheets and of its faces."""
    digest = hashlib.sha256()
    for path in [*sheets, *sorted(faces)]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class FragmentStore:
    """Fragments on disk by key. An entry is the pages and the sidecar; it is written whole and never changed.

    ``misfits`` names what was found damaged, and so forgotten.
    """

    def __init__(self, folder: Path) -> None:
        self._cache = CacheFolder(folder)
        self.misfits = self._cache.misfits
        self._asked: set[str] = set()

    def key(self, *parts: str) -> str:
        """The key of a fragment made from these parts."""
        return hashlib.sha256("\0".join((engine_digest(), *parts)).encode()).hexdigest()[:40]

    def get(self, key: str) -> Fragment | None:
        """The fragment under a key; None where there is none, or not a whole one."""
        self._asked.add(key)
        sidecar, pages = self._cache.read(f"{key}.json"), self._cache.read(f"{key}.pdf")
        return Fragment.load(sidecar.decode(), pages) if sidecar is not None and pages is not None else None

    def put(self, key: str, fragment: Fragment) -> None:
        """Keep a fragment. Raises BuildStop where there is no room for it."""
        self._asked.add(key)
        try:
            self._cache.write(f"{key}.pdf", fragment.pdf)
            self._cache.write(f"{key}.json", fragment.sidecar().encode())
        except OSError as error:
            path = self._cache.folder / f"{key}.pdf"
            raise stop("build-unwritable", path=path, detail=f"{error.strerror or error}.") from error

    def sweep(self) -> None:
        """Forget every fragment that this build did not ask for."""
        folder = self._cache.folder
        for path in folder.iterdir() if folder.is_dir() else ():
            if path.suffix in {".json", ".pdf"} and path.stem not in self._asked:
                remove(path)
