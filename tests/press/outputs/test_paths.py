"""A path of this machine is in no output; the same letters in an author's text are words like any others."""

from __future__ import annotations

import json
import zipfile

import pytest
from lxml import etree

from casebound.press import press
from tests.press.books import Shop
from tests.press.conftest import EPOCH

EPUB = frozenset({"epub"})

CONF = """\
project = "Tiny Book"
extensions = ["sphinx.ext.todo", "sphinx.ext.autodoc"]
todo_include_todos = True
rst_prolog = ".. |root| replace:: {source}/prolog"

import traceback
from docutils import nodes
from docutils.parsers.rst import Directive

class Failing(Directive):
    def run(self):
        try:
            exec(compile("1 / 0", {source!r} + "/helper.py", "exec"))
        except ZeroDivisionError:
            text = traceback.format_exc()
        return [nodes.literal_block(text, text)]

def setup(app):
    app.add_directive("failing", Failing)
"""

PAGE = """\
Serving files
=============

Put your pages into {source}/www and your keys into {source}/keys. The {source}admin
account may write there; ``{source}`` itself belongs to root, |root| does not.

.. code-block:: sh

   ls {source}
   cp -r site/ {source}/www/

.. code-block:: pytb

   Traceback (most recent call last):
     File "{source}/conf.py", line 3, in <module>

.. literalinclude:: serve.sh

.. csv-table::
   :file: table.csv

.. literalinclude:: new.txt
   :diff: old.txt

.. failing::

.. todo:: Clean {source}/todo.

.. todolist::

.. include:: gone.txt

:download:`x <gone.bin>` and :strange:`{source}/role` and `{source}/target`_
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    folder = tmp_path_factory.mktemp("paths")
    source = str(folder / "source")
    made = Shop.of(
        folder,
        {
            "conf.py": CONF.replace("{source!r}", repr(source)).replace("{source}", source),
            "index.rst": "Tiny Book\n=========\n\nLead.\n\n.. toctree::\n\n   a\n",
            "a.rst": PAGE.replace("{source}", source),
            "serve.sh": f"cd {source}/script\n",
            "table.csv": f"{source}/cell,{source}\n",
            "new.txt": f"new\n{source}/kept\n",
            "old.txt": f"old\n{source}/kept\n",
        },
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        made.make(kinds=EPUB)
    return made


def epub_text(shop: Shop) -> str:
    with zipfile.ZipFile(shop.epub) as archive:
        page = next(name for name in archive.namelist() if name.endswith("a.xhtml"))
        return "".join(etree.fromstring(archive.read(page)).itertext())


def test_the_path_of_the_source_folder_is_a_word_of_the_author_s(shop: Shop) -> None:
    source, text = str(shop.places.source), epub_text(shop)
    for words in (
        "pages into {}/www and your keys into {}/keys.", "The {}admin", "{} itself belongs", "{}/prolog does not",
        "ls {}\n", "cp -r site/ {}/www/", 'File "{}/conf.py", line 3', "cd {}/script", "{}/cell", "{}/kept",
        "Clean {}/todo.",
    ):  # fmt: skip
        assert words.replace("{}", source) in text, words


def test_what_sphinx_and_extensions_say_of_files_names_no_folder(shop: Shop) -> None:
    text = epub_text(shop)
    assert "--- old.txt\n+++ new.txt\n" in text
    assert 'File "helper.py", line 1' in text
    assert "located in a.rst, line" in text


def test_messages_name_files_as_they_lie_in_the_source(shop: Shop) -> None:
    source = str(shop.places.source)
    met = json.loads(shop.places.manifest.read_text(encoding="utf-8"))["problems"]
    said = [one["message"] for one in met]
    assert [one for one in said if source in one] == [one for one in said if "/target" in one or "/role" in one]
    assert any("'gone.txt'" in one for one in said), said
    assert any("gone.bin" in one for one in said)


def test_the_proof_is_content(shop: Shop) -> None:
    verdict = press.prove(shop.places, report=shop.told)
    assert verdict.ok, verdict.summary()


def test_the_current_folder_has_no_say(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = shop.places.manifest.read_bytes()
    monkeypatch.chdir(shop.places.source.parent)
    shop.make(fresh=True, kinds=EPUB)
    assert shop.places.manifest.read_bytes() == before
