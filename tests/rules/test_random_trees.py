"""Random trees of documents, sections and toctrees: what hoisting makes of them is what mending makes of them.

``CASEBOUND_EXAMPLES`` asks for more of them than a person waits for.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebound.model.settings import ProjectFolders
from casebound.press import checking, press
from casebound.press.report import SilentReport

EXAMPLES = int(os.environ.get("CASEBOUND_EXAMPLES", "60"))
UNDERLINES = "=-~^"
TOCTREES = ("toctree", "only", "note", "mixed")
"""A toctree stands by itself, in a branch, or, where it cannot be moved, in a note or beside other text in a branch."""
KINDS = ("text", "list", "comment", "label", "toctree", *TOCTREES)


@dataclass
class Section:
    """A section as it will be written: what stands in it, in order, then its subsections."""

    body: list[object] = field(default_factory=list)
    below: list[Section] = field(default_factory=list)


@st.composite
def sections(draw: st.DrawFn, names: list[str], depth: int = 0) -> Section:
    """A section that names some of the documents in toctrees, which it takes out of ``names``."""
    section = Section()
    for kind in draw(st.lists(st.sampled_from(KINDS), max_size=5)):
        if kind in TOCTREES:
            taken = [names.pop() for _ in range(min(len(names), draw(st.integers(1, 2))))]
            if taken:
                section.body.append((kind, draw(st.booleans()), taken))
        else:
            section.body.append((kind,))
    if depth < 3:
        count = draw(st.integers(0, 2))
        section.below = [draw(sections(names, depth + 1)) for _ in range(count)]
    return section


@st.composite
def books(draw: st.DrawFn) -> dict[str, str]:
    """A tree of documents as source files. Every document has a parent or is unreached."""
    names = [f"d{number}" for number in range(draw(st.integers(1, 7)))]
    waiting, files = list(reversed(names)), {}
    for name in ["index", *names]:
        lines: list[str] = []
        write(draw(sections(waiting)), name, 0, lines, draw(st.sampled_from([names[:2], names])))
        files[f"{name}.rst"] = "\n".join(lines)
    return files


def write(section: Section, name: str, depth: int, lines: list[str], linked: list[str]) -> None:
    title = f"Section {len(lines)} of {name}"
    lines += [title, UNDERLINES[depth] * len(title), "", *(["Opening.", ""] if not lines else [])]
    for kind, *more in section.body:  # type: ignore[misc]
        at = len(lines)
        if kind == "text":
            lines += [f"Text {at}.", ""]
        elif kind == "list":
            lines += [line for one in linked for line in (f"* :doc:`{one}`: text.", "")]
        elif kind == "comment":
            lines += [f".. Comment {at}.", *([""] if at % 2 else [])]
        elif kind == "label":
            lines += [f".. _label-{name}-{at}:", ""]
        else:
            lines += toctree(kind, *more)
    for below in section.below:
        write(below, name, depth + 1, lines, linked)


def toctree(kind: str, hidden: bool, names: list[str]) -> list[str]:
    lines = [".. toctree::", *(["   :hidden:"] if hidden else []), "", *(f"   {name}" for name in names), ""]
    around = {
        "only": [".. only:: book", ""],
        "note": [".. note::", ""],
        "mixed": [".. only:: book", "", "   Text.", ""],
    }
    return [*around[kind], *(f"   {line}" if line else "" for line in lines)] if kind in around else lines


@pytest.mark.usefixtures("recursion")
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(files=books())
def test_hoisting_is_mending(files: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.mkdir()
        for name, text in {"conf.py": "", **files}.items():
            (source / name).write_text(text)
        places = ProjectFolders(source, source, Path(folder) / "build")
        before = press.outline(places, report=SilentReport())
        done = checking.mend(places, report=SilentReport())
        assert press.outline(places, report=SilentReport()) == before
        assert checking.mend(places, report=SilentReport()).files == ()
        # What stays is named.
        left = [each for each in checking.check(places, report=SilentReport()) if each.problem.code in LAYOUT]
        assert bool(left) <= bool(done.findings), [each.problem for each in left]


LAYOUT = {"text-after-toctree", "toctree-too-deep"}


def test_what_lets_others_be_moved_is_moved_first(tmp_path: Path) -> None:
    """A toctree stays where its documents would come after those of one that stays: until that one is moved."""
    listed = "* :doc:`d0`: text.\n\n* :doc:`d1`: text.\n\n"
    hidden = ".. toctree::\n   :hidden:\n\n"
    below = "Below\n~~~~~\n\nText.\n\n.. toctree::\n\n   d3\n\n.. toctree::\n\n   d4\n\nText.\n"
    source = (
        f"Top\n===\n\nOpening.\n\n{listed}{hidden}   d0\n\n{hidden}   d1\n   d2\n\n"
        f"{listed}Section\n-------\n\nText.\n\n{below}"
    )
    places = ProjectFolders(tmp_path / "source", tmp_path / "source", tmp_path / "build")
    places.source.mkdir()
    (places.source / "conf.py").write_text("")
    (places.source / "index.rst").write_text(source)
    for number in range(5):
        (places.source / f"d{number}.rst").write_text(f"D{number}\n==\n\nText.\n")
    done = checking.mend(places, report=SilentReport())
    assert [path.name for path in done.files] == ["index.rst"]
    assert done.diff.count("\n+") - done.diff.count("\n+++") == done.diff.count("\n-")
    assert checking.mend(places, report=SilentReport()).files == ()
