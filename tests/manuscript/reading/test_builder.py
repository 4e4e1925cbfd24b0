"""The builder as Sphinx itself runs it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from casebound.manuscript import READ_EVENT, Manuscript, from_app, read, setup_manuscript
from tests.manuscript.conftest import Read, Write
from tests.manuscript.pictures import outline, page

FILES: dict[str, str | bytes] = {
    "index.rst": page("B", "", "a", "no") + "\nText.\n",
    "a.rst": page("A", ":doc:`lost` :ref:`no`"),
    "lost.rst": page("Lost"),
}


def run(write: Write, tmp_path: Path, conf: str = "") -> tuple[list[Manuscript], list[str]]:
    """What the event hands over, and what Sphinx has warned of."""
    places = write(FILES, conf)
    warnings = io.StringIO()
    found: list[Manuscript] = []

    def take(app: Sphinx) -> None:
        manuscript = from_app(app)
        manuscript.check()
        found.append(manuscript)

    with docutils_namespace():
        app = Sphinx(
            places.source,
            places.conf,
            tmp_path / "out",
            tmp_path / "trees",
            "html",
            status=None,
            warning=warnings,
            confoverrides={"extensions": ["casebound.manuscript"]} if not conf else {},
        )
        setup_manuscript(app)
        app.builder = app.create_builder("casebound")
        app.env._builder_cls = app.builder.__class__
        app.builder.init()
        app.connect(READ_EVENT, take)
        app.build()
    return found, warnings.getvalue().replace(str(places.source), "").splitlines()


def test_the_event_hands_over_the_manuscript(write: Write, tmp_path: Path) -> None:
    (manuscript,), warnings = run(write, tmp_path, "extensions = []")
    assert outline(manuscript) == "index: B\n  a: A\n"
    codes = {"text-after-toctree", "document-unreached", "reference-unprinted", "toctree-dangling", "source-warning"}
    assert {one.code for one in manuscript.problems} == codes
    # What is a fault of casebound's is left to whoever listens.
    plain = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in warnings]
    assert plain == ["/a.rst:4: WARNING: undefined label: 'no' [ref.ref]"]


def test_casebound_is_loaded_once_when_conf_names_it(book: Read) -> None:
    manuscript = book({"index.rst": page("B", "Text.")}, "extensions = ['casebound']")
    assert list(manuscript.app.extensions).count("casebound") == 1
    assert manuscript.problems == []


def test_only_what_changed_is_read_again(write: Write) -> None:
    places = write({"index.rst": page("B", "", "a", "b"), "a.rst": page("A"), "b.rst": page("B")})
    read(places)
    trees = {path: path.stat().st_mtime_ns for path in (places.work / "doctrees").glob("*.doctree")}
    (places.source / "b.rst").write_text(page("Changed"))
    assert read(places).book.sections[1].title == "Changed"
    changed = {path.stem for path, before in trees.items() if path.stat().st_mtime_ns != before}
    assert changed == {"b"}


def test_two_manuscripts_live_side_by_side(write: Write, tmp_path: Path) -> None:
    first = read(write({"index.rst": page("One", ":ref:`no`")}))
    places = write({"index.rst": page("Two", "Text.")})
    second = read(places)
    assert [one.message for one in first.check()] == ["undefined label: 'no'."]
    assert second.check() == []
