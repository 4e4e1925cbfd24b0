"""One word for one thing: no two classes of the package have the same name."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "casebound"


def shared_names(package: Path) -> list[str]:
    """The names of classes that stand in more than one place, each with the places."""
    places = defaultdict(list)
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(package).as_posix()}:{node.lineno}")
    return [f"{name}: {', '.join(where)}" for name, where in sorted(places.items()) if len(where) > 1]


def test_each_class_name_is_used_once() -> None:
    assert shared_names(PACKAGE) == []


def test_a_name_that_is_used_twice_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("class Page: pass")
    (tmp_path / "b.py").write_text("\nclass Page:\n    class Part: pass")
    assert shared_names(tmp_path) == ["Page: a.py:1, b.py:2"]
