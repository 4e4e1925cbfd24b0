"""Stubs keep the text of roles and directives that nobody knows, and leave alone those that somebody does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from corpora.fetch import CORPORA, fetch
from corpora.table import Corpus

SOURCE = """
Title
=====

:unknown:`plain`, :unknown:`a title <target>`, :keystone:service:`!endpoint`, ``literal``, :pep:`8`, :doc:`other:index`

.. unknown-directive:: an *argument*
   :option: left out

   The content stays.

.. tabs::

   .. tab:: First

      Inside

.. autofunction:: package.function

.. console::

   $ *not* emphasised

.. note:: A known one.

.. shape:: round

See :shape:`round`.
"""

WANTED = """
<title> Title
<literal> plain
<inline> a title
<literal> endpoint
<literal> literal
<paragraph> an argument
<paragraph> The content stays.
<paragraph> First
<paragraph> Inside
<literal> package.function
<literal_block> $ *not* emphasised
<paragraph> A known one.
<desc_signature> round
<literal> round
"""


@pytest.fixture
def lay(tmp_path: Path) -> Callable[[str], tuple[Path, Path]]:
    def make(text: str) -> tuple[Path, Path]:
        from corpora import stubs

        source, conf = tmp_path / "source", tmp_path / "conf"
        source.mkdir()
        conf.mkdir()
        (source / "index.rst").write_text(text, encoding="utf-8")
        shutil.copyfile(stubs.__file__, conf / "corpus_stubs.py")
        (conf / "conf.py").write_text(
            "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\n"
            "extensions = ['corpus_stubs']\nstub_domains = ['keystone']\nstub_objects = [('shape', 'shape')]\n",
            encoding="utf-8",
        )
        return source, conf

    return make


def test_text_is_kept(lay: Callable[[str], tuple[Path, Path]], tmp_path: Path) -> None:
    source, conf = lay(SOURCE)
    said = (tmp_path / "warnings").open("w+", encoding="utf-8")
    with docutils_namespace():
        app = Sphinx(source, conf, tmp_path / "out", tmp_path / "trees", "dummy", status=None, warning=said)
        app.build()
    said.seek(0)
    assert said.read() == ""
    said.close()
    tree = app.env.get_doctree("index")
    shown = [f"<{node.tagname}> {node.astext()}" for node in tree.findall() if hasattr(node, "tagname")]
    for line in WANTED.strip().splitlines():
        assert line in shown, "\n".join(shown)


def test_table() -> None:
    assert set(CORPORA) == {"nova-reference", "nova", "flask", "sphinx", "django"}
    for corpus in CORPORA.values():
        assert isinstance(corpus, Corpus)
        assert len(corpus.sha256) == 64
        compile(corpus.conf, corpus.name, "exec")


@pytest.mark.slow
def test_fetch(tmp_path: Path) -> None:
    fetched = fetch("flask", tmp_path)
    assert (fetched.source / "index.rst").is_file()
    assert (fetched.source.resolve().parent / "CHANGES.rst").is_file()
    assert (fetched.conf / "conf.py").is_file()
    assert fetch("flask", tmp_path) == fetched
