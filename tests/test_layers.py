"""The rooms keep apart: imports run one way, none in a circle, each library has its room, no room is too full."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
PACKAGE = TESTS.parent / "casebound"

STAGES = {"manuscript", "typesetting", "bindery", "epub", "proof"}
ORDER = ({"model"}, {"i18n", "tex", "svg", "system"}, STAGES, {"press"}, {"cli"}, {"tasks", "extension"})
"""The rooms from the bottom up; each knows those below it and none beside it, but plain data know each other."""

BOTTOM = ORDER[0] | ORDER[1]
WITHIN = {"typesetting": ("fonts", "styles", "text", "structure", "graphics", "math", "layout", "nodes", "matter")}
"""The rooms of a stage from the bottom up; what stands in none of them stands above them all."""

# What plain data needs beside the standard library.
NEEDED = {"svg": {"lxml", "tinycss2", "cssselect2"}}
# Folders of tests that are no rooms: whole books, by what is looked at.
BY_TOPIC = {"press": {"outputs", "runs", "styles"}, "proof": {"mutants"}}
MODULES, LINES, FUNCTION = 16, 300, 40  # the most in a folder, in a file, in a function

# Who may import a library; one that is not named here is free to all but plain data.
OWNERS = {
    "sphinx": {"manuscript", "extension"},
    "sphinx.addnodes": {"manuscript", "typesetting", "epub", "proof"},
    "sphinx.locale": {"manuscript", "typesetting", "epub"},
    "docutils": {"manuscript", "typesetting", "epub", "proof", "press"},
    "rst2pdf": {"typesetting"},
    "reportlab": {"typesetting"},
    "pyphen": {"typesetting"},
    "budoux": {"typesetting"},
    "uharfbuzz": {"typesetting"},
    "pypdf": {"bindery"},
    "pikepdf": {"proof"},
    "pypdfium2": {"proof", "typesetting", "epub"},
    "ziamath": {"typesetting"},
    "fontTools": {"bindery", "typesetting"},
    "ebooklib": {"epub"},
    "invoke": {"tasks", "cli"},
    "rich": {"cli"},
    "matplotlib": set[str](),
}


def imports(path: Path, *, typing: bool = False) -> Iterator[tuple[int, str]]:
    """The line and dotted name of every import of a file, inside functions too; ``from a import b`` is ``a.b``.

    Imports for type checkers alone are left out unless they are asked for: they bind nothing when the program runs.
    """
    tree = ast.parse(path.read_text(encoding="utf-8"))
    unbound = (
        set()
        if typing
        else {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}
            for statement in node.body
            for inner in ast.walk(statement)
        }
    )
    for node in ast.walk(tree):
        if id(node) in unbound:
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


def level(room: str) -> int:
    """How high a room stands; the package itself stands above all."""
    return next((number for number, rooms in enumerate(ORDER) if room in rooms), len(ORDER))


def complaint(parts: Sequence[str], name: str) -> str:
    """Why a module may not import ``name``; empty if it may. ``parts`` is where it stands in the package."""
    room = parts[0]
    top, _, rest = name.partition(".")
    if not top:
        return "imports are absolute"
    if top == "casebound":
        target = rest.split(".")
        if room in STAGES and target[0] in STAGES - {room}:
            return "a stage knows plain data only"
        if level(target[0]) > level(room):
            return f"{target[0]} stands above {room}"
        order = WITHIN.get(room, ())
        if (
            target[0] == room
            and parts[1] in order
            and (len(target) < 2 or height(target[1], order) > height(parts[1], order))
        ):
            return f"{'.'.join(target[:2])} stands above {room}.{parts[1]}"
        return ""
    if room in BOTTOM and top not in sys.stdlib_module_names and top not in NEEDED.get(room, set()):
        return "plain data needs the standard library only"
    allowed = owners(name)
    if allowed is not None and room not in allowed:
        return f"{top} belongs to {', '.join(sorted(allowed)) or 'nobody'}"
    return ""


def height(room: str, order: Sequence[str]) -> int:
    return order.index(room) if room in order else len(order)


def violations(package: Path) -> list[str]:
    """Every import in a package that crosses the layers, as ``file:line: name: why``."""
    found = []
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package)
        parts = inside.with_suffix("").parts
        for line, name in imports(path):
            if why := complaint(parts, name):
                found.append(f"{inside.as_posix()}:{line}: {name}: {why}")
    return found


def modules(package: Path) -> dict[str, Path]:
    """The modules of a package, by their dotted names."""
    found = {}
    for path in sorted(package.rglob("*.py")):
        parts = path.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def graph(package: Path) -> dict[str, set[str]]:
    """What each module of a package imports of it, for type checkers too."""
    known = modules(package)
    return {
        name: {target for _, each in imports(path, typing=True) if (target := nearest(each, known)) and target != name}
        for name, path in known.items()
    }


def nearest(name: str, known: Mapping[str, Path]) -> str:
    """The module that an import names, or that it names something of; empty for a module of others."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def circle(package: Path) -> list[str]:
    """Modules that import each other in a circle; none if there are none."""
    try:
        TopologicalSorter(graph(package)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def overfull(package: Path) -> list[str]:
    """Folders and files that hold too much."""
    found = [
        f"{folder.relative_to(package.parent)}: {count} modules"
        for folder in [package, *(path for path in package.rglob("*") if path.is_dir())]
        if (count := len(list(folder.glob("*.py")))) > MODULES
    ]
    for path in sorted(package.rglob("*.py")):
        if (count := path.read_text(encoding="utf-8").count("\n")) > LINES:
            found.append(f"{path.relative_to(package.parent)}: {count} lines")
    return found


def overlong(package: Path) -> list[str]:
    """Functions that hold too much."""
    return [
        f"{path.relative_to(package.parent)}: {node.name} has {count} lines"
        for path in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (count := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION
    ]


def test_the_layers_hold() -> None:
    assert violations(PACKAGE) == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circle(PACKAGE) == []


def test_no_room_no_file_and_no_function_is_too_full() -> None:
    assert overfull(PACKAGE) + overlong(PACKAGE) == []


def test_no_folder_and_no_file_of_tests_is_too_full_and_their_rooms_are_those_of_the_package() -> None:
    assert overfull(TESTS) == []
    rooms = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    named = {room for room in rooms if (TESTS / room).is_dir()}
    for room in named:
        inside = {path.name for path in (TESTS / room).rglob("*") if any(path.glob("test_*.py"))}
        extra = inside - {path.name for path in (PACKAGE / room).rglob("*") if path.is_dir()}
        assert extra <= BY_TOPIC.get(room, set()), room


def test_a_circle_is_found_whole(tmp_path: Path) -> None:
    package = tmp_path / "casebound"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "model" / "a.py").write_text("def f():\n    from casebound.model.b import x")
    (package / "model" / "b.py").write_text("if TYPE_CHECKING:\n    from casebound.model import a")
    assert set(circle(package)) == {"casebound.model.a", "casebound.model.b"}
    (package / "model" / "b.py").write_text("import casebound")
    assert circle(package) == []


def test_what_is_too_full_is_told(tmp_path: Path) -> None:
    package = tmp_path / "casebound"
    package.mkdir()
    for number in range(MODULES + 1):
        (package / f"m{number}.py").write_text("")
    (package / "m1.py").write_text("def f():\n" + "    pass\n" * (LINES + 1))
    assert overfull(package) + overlong(package) == [
        "casebound: 17 modules",
        "casebound/m1.py: 302 lines",
        "casebound/m1.py: f has 302 lines",
    ]


@pytest.mark.parametrize(
    ("file", "source", "expected"),
    [
        ("epub/pages.py", "from casebound.typesetting import faces", "a stage knows plain data only"),
        ("epub/pages.py", "from casebound import press", "press stands above epub"),
        ("bindery/bind.py", "def bind():\n    import reportlab.lib", "reportlab belongs to typesetting"),
        ("proof/read.py", "from fontTools import ttLib", "fontTools belongs to bindery, typesetting"),
        ("typesetting/set.py", "import sphinx.util", "sphinx belongs to extension, manuscript"),
        ("press/bind.py", "import pypdf", "pypdf belongs to bindery"),
        ("typesetting/set.py", "import matplotlib", "matplotlib belongs to nobody"),
        ("model/book.py", "import lxml.etree", "plain data needs the standard library only"),
        ("model/book.py", "import casebound.manuscript", "manuscript stands above model"),
        (
            "typesetting/text/words.py",
            "from casebound.typesetting.layout import block",
            "typesetting.layout stands above typesetting.text",
        ),
        (
            "typesetting/fonts/faces.py",
            "from casebound.typesetting import typesetter",
            "typesetting.typesetter stands above typesetting.fonts",
        ),
        ("press/make.py", "from casebound.cli import terminal", "cli stands above press"),
        ("epub/pages.py", "from .pages import page", "imports are absolute"),
    ],
)
def test_a_seeded_violation_is_caught(tmp_path: Path, file: str, source: str, expected: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
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
        ("model/book.py", "import dataclasses\nfrom casebound.model.folios import Folio"),
    ],
)
def test_what_the_layers_allow(tmp_path: Path, file: str, source: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)
    assert violations(tmp_path) == []
