"""The rule's settings: hoist, strict, as-is, what is ignored; and what is remembered between two checks."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.console import strip_colors
from sphinx.util.docutils import docutils_namespace

from casebound.cli import baseline as baselines
from casebound.manuscript import documents, read
from casebound.model.diagnostics import CATALOGUE, BuildStop, Level
from casebound.press import checking
from casebound.press.report import SilentReport
from tests.manuscript.conftest import Read, Write
from tests.manuscript.invariants import breaches
from tests.manuscript.pictures import faults, outline, page

FILES: dict[str, str | bytes] = {
    "index.rst": "B\n=\n\nOpening.\n\n.. toctree::\n\n   a\n\nBehind, see `Sub`_.\n\n.. toctree::\n\n   b\n\n"
    "Far behind.\n\nSub\n---\n\nText.\n",
    "a.rst": page("A"),
    "b.rst": page("B"),
}


def test_hoisting_is_no_error_and_says_so(book: Read) -> None:
    manuscript = book(FILES)
    (built,) = [one for one in manuscript.problems if one.code == "text-after-toctree"]
    assert built.level is Level.WARNING
    assert built.message.endswith("The toctree was hoisted: the book is built as if it stood right.")
    (checked,) = [one for one in manuscript.check() if one.code == "text-after-toctree"]
    assert checked.level is Level.ERROR
    assert outline(manuscript) == "index: B\n  - Sub\n  a: A\n  b: B\n"


def test_strict_stops_a_build_and_no_check(write: Write) -> None:
    places = write(FILES, "casebound_toctree = 'strict'")
    with pytest.raises(BuildStop) as stopped:
        read(places)
    assert str(stopped.value).startswith("1 toctrees are not where the rule requires, the first at index:10.")
    assert "index:10 text-after-toctree\n" in faults(read(places, checking=True))


def test_as_is_keeps_the_order_of_the_source(book: Read) -> None:
    manuscript = book(FILES, "casebound_toctree = 'as-is'")
    assert outline(manuscript) == (
        "index: B\n  a: A\n  index#b-continued: B (continued)\n  b: B\n  index#b-continued-2: B (continued)\n"
        "  index#sub: Sub\n"
    )
    assert breaches(manuscript) == []
    texts = [manuscript.tree(chapter).astext().split("\n\n") for chapter in manuscript.book.chapters()]
    assert [text[1] for text in texts] == ["Opening.", "Text.", "Behind, see Sub.", "Text.", "Far behind.", "Text."]
    (built,) = [one for one in manuscript.problems if one.code == "text-after-toctree"]
    assert (built.level, "hoisted" in built.message) == (Level.WARNING, False)
    assert faults(manuscript) == "index:10 text-after-toctree\nindex:18 sections-after-toctree\n"


@pytest.mark.parametrize(
    "conf", ["casebound_toctree = 'best'", "casebound_ignore = ['no-fault']", "casebound_ignore = 3"]
)
def test_words_that_mean_nothing(write: Write, conf: str) -> None:
    with pytest.raises(BuildStop) as stopped:
        read(write(FILES, conf))
    assert stopped.value.problem.code == "setting-invalid"


@pytest.mark.parametrize(
    ("conf", "field"),
    [
        ("casebound_ignore = ['text-after-toctree', 'sections-after-toctree']", ""),
        ("suppress_warnings = ['casebound.text-after-toctree', 'casebound.sections-after-toctree']", ""),
        ("suppress_warnings = ['casebound']", ""),
        ("", ":casebound-ignore: text-after-toctree, sections-after-toctree\n\n"),
    ],
)
def test_switched_off(book: Read, conf: str, field: str) -> None:
    assert faults(book({**FILES, "index.rst": field + str(FILES["index.rst"])}, conf)) == ""


def test_a_toctree_too_deep_stays_where_that_is_ignored(book: Read) -> None:
    text = "B\n=\n\n* :doc:`a`\n\nSub\n---\n\nText.\n\n.. toctree::\n   :hidden:\n\n   a\n"
    files = {"index.rst": text, "a.rst": page("A")}
    assert outline(book(files)) == "index: B\n  - Sub\n  a: A\n"
    assert outline(book(files, "casebound_ignore = ['toctree-too-deep']")) == "index: B\n  index#sub: Sub\n    a: A\n"


def test_an_unchanged_tree_is_not_looked_at_again(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    places = write({**FILES, "a.rst": page("A", ":doc:`lost`"), "lost.rst": ":orphan:\n\n" + page("Lost")})
    before = checking.check(places, report=SilentReport())
    looked: list[str] = []
    scan = documents._scan
    monkeypatch.setattr(documents, "_scan", lambda app, docname: looked.append(docname) or scan(app, docname))
    assert checking.check(places, report=SilentReport()) == before
    assert looked == []
    (places.source / "b.rst").write_text(page("Other"))
    assert len(checking.check(places, report=SilentReport())) == len(before)
    assert looked == ["b"]


def test_titles_of_other_documents_are_read_anew(write: Write) -> None:
    places = write({"index.rst": page("B", "", "a", "c"), "a.rst": page("See :doc:`c`"), "c.rst": page("Old")})
    assert outline(read(places)) == "index: B\n  a: See Old\n  c: Old\n"
    (places.source / "c.rst").write_text(page("New"))
    assert outline(read(places)) == "index: B\n  a: See New\n  c: New\n"


def built(source: Path, conf: str = "", builder: str = "html", **flags: object) -> tuple[int, list[str]]:
    (source / "conf.py").write_text(f"extensions = ['casebound']\n{conf}\n")
    warnings = io.StringIO()
    out = source.parent / builder
    with docutils_namespace():
        trees = source.parent / "trees"
        app = Sphinx(source, source, out, trees, builder, status=None, warning=warnings, freshenv=True, **flags)
        app.build()
    return app.statuscode, strip_colors(warnings.getvalue()).replace(f"{source}/", "").splitlines()


def test_another_builder_reports_faults_of_layout_where_that_is_asked_for(write: Write) -> None:
    source, asked = write(FILES).source, "casebound_check = True\n"
    code, warnings = built(source, asked)
    assert code == 0
    assert [line.rpartition(" ")[2] for line in warnings] == [
        "[casebound.text-after-toctree]",
        "[casebound.sections-after-toctree]",
    ]
    assert warnings[0].startswith("index.rst:10: WARNING: Text follows a toctree in its section")
    assert built(source, asked, warningiserror=True)[0] == 1
    assert built(source, asked + "casebound_ignore = ['text-after-toctree', 'sections-after-toctree']") == (0, [])


QUICKSTART = """\
My Project documentation
========================

.. toctree::
   :maxdepth: 2
   :caption: Contents:

   usage

Indices and tables
==================

* :ref:`genindex`
* :ref:`search`
"""


@pytest.mark.parametrize(
    "builder", ["html", "dirhtml", "singlehtml", "epub", "latex", "man", "text", "gettext", "dummy"]
)
def test_an_added_extension_fails_no_other_builder(write: Write, builder: str) -> None:
    source = write({"index.rst": QUICKSTART, "usage.rst": page("Usage", "Text [#f]_.\n\n.. [#f] A note.")}).source
    assert built(source, "version = '1'\ncopyright = '2026'", builder, warningiserror=True) == (0, [])


def test_baseline_outlives_moved_lines(write: Write, tmp_path: Path) -> None:
    places = write(FILES)
    baseline = tmp_path / "baseline.json"
    baselines.record(baseline, checking.check(places, report=SilentReport()))
    assert {each["code"] for each in json.loads(baseline.read_text())["faults"]} == {
        "text-after-toctree",
        "sections-after-toctree",
    }
    index = places.source / "index.rst"
    index.write_text(index.read_text().replace("Opening.", "Opening.\n\nMore."))
    assert baselines.new(baseline, checking.check(places, report=SilentReport())) == []
    index.write_text(index.read_text() + "\n.. toctree::\n\n   b\n\nNew.\n")
    fresh = baselines.new(baseline, checking.check(places, report=SilentReport()))
    assert sorted(each.problem.code for each in fresh) == ["document-twice", "text-after-toctree"]


def test_the_manual_names_every_fault_of_the_rule_with_its_level() -> None:
    manual = (Path(__file__).parents[3] / "CHECKING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[a-z-]+`.*?) \| (\w+)", manual, re.MULTILINE)
    named = {code: level for codes, level in rows for code in re.findall(r"`([a-z-]+)`", codes)}
    levels = {"error": Level.ERROR, "warning": Level.WARNING, "information": Level.INFO}
    assert {code: CATALOGUE[code].level for code in named if code in CATALOGUE} == {
        code: levels[level] for code, level in named.items() if code in CATALOGUE
    }
    assert len(named.keys() & CATALOGUE.keys()) == 13
