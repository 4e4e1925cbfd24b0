"""casebound among other builders: what one leaves behind has no say in what another makes, whichever comes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.cmd.build import main

CONF = 'project = "Shared"\nextensions = ["casebound"]\n'
ONE = """\
One
===

.. csv-table:: The table
   :url: {address}

A bell: \x07 end.

.. raw:: html

   <!-- a comment -->
"""

Build = Callable[..., int]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A book of two documents, of which web pages show more than a book."""
    source = tmp_path / "docs"
    source.mkdir()
    (source / "data.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (source / "conf.py").write_text(CONF, encoding="utf-8")
    (source / "index.rst").write_text("Shared\n======\n\n.. toctree::\n\n   one\n", encoding="utf-8")
    one = ONE.replace("{address}", (source / "data.csv").as_uri())
    (source / "one.rst").write_text(one, encoding="utf-8")
    return source


def make(source: Path, build: Path, *builders: str) -> None:
    """``make casebound html`` as Sphinx's quickstart writes it."""
    for builder in builders:
        main(["-M", builder, str(source), str(build), "-q"])


def separately(source: Path, build: Path, *builders: str) -> None:
    """``sphinx-build -b`` with one folder of doctrees for all."""
    for builder in builders:
        main(["-q", "-b", builder, "-d", str(build / "trees"), str(source), str(build / builder)])


def outputs(folder: Path) -> dict[str, bytes]:
    """What a reader gets of a builder: pages of the web, or the files of a book."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".html", ".pdf", ".epub"} or path.name == "manifest.json"
        if "work" not in path.parts[len(folder.parts) :]
    }


@pytest.mark.parametrize("run", [make, separately], ids=["make", "sphinx-build -d"])
def test_the_order_of_builders_has_no_effect(source: Path, tmp_path: Path, run: Callable[..., None]) -> None:
    run(source, tmp_path / "book first", "casebound", "html")
    run(source, tmp_path / "pages first", "html", "casebound")
    pages = outputs(tmp_path / "book first" / "html")
    assert b"<table" in pages["one.html"]
    assert pages == outputs(tmp_path / "pages first" / "html")
    book = outputs(tmp_path / "book first" / "casebound")
    assert set(book) >= {"pdf/shared.pdf", "epub/shared.epub", "manifest.json"}
    assert book == outputs(tmp_path / "pages first" / "casebound")


def test_casebound_leaves_nothing_in_doctrees_that_others_read(source: Path, tmp_path: Path) -> None:
    main(["-q", "-b", "html", "-d", str(tmp_path / "trees"), str(source), str(tmp_path / "html")])
    before = {path: path.read_bytes() for path in (tmp_path / "trees").rglob("*") if path.is_file()}
    main(["-q", "-b", "casebound", "-d", str(tmp_path / "trees"), str(source), str(tmp_path / "book")])
    assert {path: path.read_bytes() for path in (tmp_path / "trees").rglob("*") if path.is_file()} == before


def test_a_second_build_reads_nothing_again(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in ("2 added, 0 changed", "0 added, 0 changed"):
        main(["-b", "casebound", str(source), str(tmp_path / "book")])
        assert words in capsys.readouterr().out
    main(["-E", "-b", "casebound", str(source), str(tmp_path / "book")])
    assert "2 added, 0 changed" in capsys.readouterr().out
