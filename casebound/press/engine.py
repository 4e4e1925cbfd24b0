"""What sets type besides the style: our own code and the libraries that it uses, as one digest."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
from functools import cache
from pathlib import Path

__all__ = ["engine_digest", "engine_files"]

_PACKAGE = Path(__file__).parents[1]
_IMPORT = re.compile(r"^\s*(?:from casebound([\w.]*) import (\([^)]*\)|.*)|import casebound([\w.]*))", re.MULTILINE)
_LIBRARIES = (
    *("budoux", "cssselect2", "docutils", "fonttools", "latex2mathml", "lxml", "pillow", "pygments", "pypdfium2"),
    *("pyphen", "reportlab", "rst2pdf", "sphinx", "tinycss2", "uharfbuzz", "ziamath"),
)


def engine_files(package: Path = _PACKAGE) -> list[Path]:
    """The files of the package that set type: ``typesetting``, all that it imports, and the tables beside these."""
    found = set[Path]()
    waiting = list((package / "typesetting").rglob("*.py"))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _imported(package, path.read_text(encoding="utf-8"))
    return sorted(found | {table for path in found for table in path.parent.rglob("*.toml")})


def _imported(package: Path, source: str) -> list[Path]:
    """The files of the package that a module imports; a name may be a module or something that one holds."""
    places = [
        package.joinpath(*(module or whole).split("."), *name)
        for module, names, whole in _IMPORT.findall(source)
        for name in ([], *([each] for each in re.findall(r"\w+", names)))
    ]
    files = (file for place in places for file in (place.with_suffix(".py"), place / "__init__.py"))
    return [file for file in files if file.is_file()]


@cache
def engine_digest(package: Path = _PACKAGE) -> str:
    """The digest of the files that set type, and of the versions of the libraries."""
    digest = hashlib.sha256()
    for path in engine_files(package):
        digest.update(path.relative_to(package).as_posix().encode())
        digest.update(path.read_bytes())
    for name in _LIBRARIES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    return digest.hexdigest()
