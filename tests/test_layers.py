"""The stages keep apart: none imports another, each library has its stage, plain data imports plain data."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "casebound"

STAGES = {"manuscript", "typesetting", "bindery", "epub", "proof"}
BOTTOM = {
    *("book", "outline", "folios", "fragment", "encoding", "style", "settings", "problems", "stylesheets"),
    *("bidi", "joining", "wording", "lengths", "themes", "naming", "svg", "tex", "collector", "cachedir", "keeping"),
    *("colours", "strokes", "substitutes", "orphans"),
}
# What plain data needs beside the standard library.
NEEDED = {"svg": {"lxml", "tinycss2", "cssselect2"}}
# Every other module of the package stands above the stages: the press, and the doors.

# Who may import a library; one that is not named here is free to all but plain data.
OWNERS = {
    "sphinx": {"manuscript", "extension"},
    "sphinx.addnodes": {"manuscript", "typesetting", "epub"},
    "sphinx.locale": {"manuscript", "typesetting", "epub"},
    "docutils": {"manuscript", "typesetting", "epub", "proof", "press"},
    "rst2pdf": {"typesetting"},
    "reportlab": {"typesetting"},
    "pyphen": {"typesetting"},
    "budoux": {"typesetting"},
    "uharfbuzz": {"typesetting"},
    "pypdf": {"bindery", "proof"},
    "pypdfium2": {"proof", "typesetting", "epub"},
    "ziamath": {"typesetting"},
    "fontTools": {"bindery", "typesetting"},
    "ebooklib": {"epub"},
    "invoke": {"tasks"},
    "rich": {"terminal"},
    "matplotlib": set[str](),
}


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """The line and dotted name of every import of a file, inside functions too; ``from a import b`` is ``a.b``.

    Imports for type checkers alone are left out: they bind nothing when the program runs.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in typing:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield node.lineno, f"{'.' * node.level}{node.module or ''}"
            else:
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def owners(name: str) -> set[str] | None:
    """Who may import ``name``: the longest entry of OWNERS that it begins with decides."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (known := OWNERS.get(".".join(parts[:length]))) is not None:
            return known
    return None


def complaint(room: str, name: str) -> str:
    """Why a module of ``room`` may not import ``name``; empty if it may."""
    top, _, rest = name.partition(".")
    neighbour = rest.partition(".")[0]
    bottom = room in BOTTOM
    if not top:
        return "imports are absolute"
    if top == "casebound":
        if room in STAGES and neighbour not in BOTTOM | {room}:
            return "a stage knows plain data only"
        if bottom and neighbour not in BOTTOM:
            return "plain data knows plain data only"
        return ""
    if bottom and top not in sys.stdlib_module_names and top not in NEEDED.get(room, set()):
        return "plain data needs the standard library only"
    allowed = owners(name)
    if allowed is not None and room not in allowed:
        return f"{top} belongs to {', '.join(sorted(allowed)) or 'nobody'}"
    return ""


def violations(package: Path) -> list[str]:
    """Every import in a package that crosses the layers, as ``file:line: name: why``."""
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        room = inside.parts[0].removesuffix(".py")
        for line, name in imports(path):
            if why := complaint(room, name):
                found.append(f"{inside.as_posix()}:{line}: {name}: {why}")
    return found


def test_the_layers_hold() -> None:
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("epub/pages.py", "from casebound.typesetting import faces", "a stage knows plain data only"),
        ("epub/pages.py", "from casebound import press", "a stage knows plain data only"),
        ("bindery/bind.py", "def bind():\n    import reportlab.lib", "reportlab belongs to typesetting"),
        ("proof/read.py", "from fontTools import ttLib", "fontTools belongs to bindery, typesetting"),
        ("typesetting/set.py", "import sphinx.util", "sphinx belongs to extension, manuscript"),
        ("press/bind.py", "import pypdf", "pypdf belongs to bindery, proof"),
        ("typesetting/set.py", "import matplotlib", "matplotlib belongs to nobody"),
        ("book.py", "import lxml.etree", "plain data needs the standard library only"),
        ("book.py", "import casebound.manuscript", "plain data knows plain data only"),
        ("epub/pages.py", "from .pages import page", "imports are absolute"),
    ],
)
def test_a_seeded_violation_is_caught(tmp_path: Path, file: str, source: str, expected: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    (found,) = violations(tmp_path)
    assert found.startswith(f"{file}:")
    assert found.endswith(expected)


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("epub/pages.py", "from sphinx import addnodes\nfrom casebound.epub import css"),
        ("epub/pages.py", "if TYPE_CHECKING:\n    from sphinx.application import Sphinx"),
        ("press/bind.py", "from casebound.bindery import bind\nfrom casebound import epub"),
        ("book.py", "import dataclasses\nfrom casebound.folios import Folio"),
    ],
)
def test_what_the_layers_allow(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(exist_ok=True)
    path.write_text(source)
    assert violations(tmp_path) == []
