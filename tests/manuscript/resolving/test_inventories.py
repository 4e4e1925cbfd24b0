"""Links through inventories: their words are kept where there is none, and one lies on this machine or is asked for."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sphinx.cmd.build import main

from casebound.manuscript import read
from tests.manuscript.conftest import Read, Write
from tests.manuscript.pictures import faults, page
from tests.manuscript.trees import links, tree

TEXT = (
    "See :py:func:`foo` and :external+target:py:func:`foo` and :external:py:func:`foo` and :external+target:ref:`lab` "
    "and :external+target:py:func:`~a.foo` and :external+target:ref:`A title <lab>` end."
)
WORDS = "See foo() and foo() and foo() and lab and foo() and A title end."
CONF = "extensions = ['sphinx.ext.intersphinx']\nintersphinx_mapping = {{'target': ({!r}, {!r})}}\n"


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The web pages of a project with an inventory."""
    source = tmp_path_factory.mktemp("target")
    (source / "conf.py").write_text("project = 'Target'\n", encoding="utf-8")
    text = page("Target", ".. py:function:: foo()\n\n.. py:function:: a.foo()\n\n.. _lab:\n\nSec\n---\n")
    (source / "index.rst").write_text(text, encoding="utf-8")
    assert main(["-q", "-b", "html", str(source), str(source / "html")]) == 0
    return source / "html"


@pytest.fixture
def served(target: Path) -> Iterator[tuple[str, list[str]]]:
    """The address of the pages, and what was asked for."""
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *words: object) -> None:
            super().__init__(*words, directory=str(target))  # type: ignore[arg-type]

        def log_request(self, code: object = "-", size: object = "-") -> None:
            asked.append(self.path)

        def log_message(self, *_: object) -> None:
            """Nothing is printed."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", asked
        server.shutdown()
        thread.join()


def words(text: str) -> str:
    return text[text.index("See") :].strip()


def test_words_are_kept_where_the_inventory_is_on_the_network(book: Read, served: tuple[str, list[str]]) -> None:
    address, asked = served
    manuscript = book({"index.rst": page("User", TEXT)}, CONF.format(address, None))
    assert words(tree(manuscript).astext()) == WORDS
    assert faults(manuscript) == " inventory-remote\n"
    assert asked == []


@pytest.mark.parametrize("fetching", [False, True])
def test_a_file_named_by_an_address_is_not_said_to_be_on_the_network(book: Read, target: Path, fetching: bool) -> None:
    for uri, inventory in ((target.as_uri(), None), ("https://example.org/", (target / "objects.inv").as_uri())):
        conf = CONF.format(uri, inventory) + f"casebound_remote_inventories = {fetching}\n"
        manuscript = book({"index.rst": page("User", TEXT)}, conf)
        assert words(tree(manuscript).astext()) == WORDS
        assert faults(manuscript) == " inventory-address\n"


def test_words_are_kept_where_there_is_no_such_inventory_or_role(book: Read) -> None:
    text = (
        "See :external+typo:py:func:`foo` and :external+typo:ref:`A title <lab>` and :external+typo:no:role:`bar` end."
    )
    manuscript = book({"index.rst": page("User", text)}, "extensions = ['sphinx.ext.intersphinx']")
    assert words(tree(manuscript).astext()) == "See foo() and A title and bar end."
    assert {one.code for one in manuscript.problems} == {"source-warning"}
    assert any("'typo'" in one.message for one in manuscript.problems)


def test_a_local_inventory_makes_links(book: Read, target: Path) -> None:
    data = (target / "objects.inv").read_bytes()
    conf = CONF.format("https://example.org/", ("objects.inv", None))
    manuscript = book({"index.rst": page("User", TEXT), "objects.inv": data}, conf)
    assert [text for text, _ in links(tree(manuscript))] == ["foo()", "foo()", "foo()", "Sec", "foo()", "A title"]
    assert links(tree(manuscript))[0][1] == "https://example.org/index.html#foo"
    assert faults(manuscript) == ""


def test_remote_inventories_are_fetched_once_where_asked_for(write: Write, served: tuple[str, list[str]]) -> None:
    address, asked = served
    conf = CONF.format(address, None)
    places = write({"index.rst": page("User", TEXT)}, conf)
    read(places)
    (places.conf / "conf.py").write_text(conf + "casebound_remote_inventories = True\n", encoding="utf-8")
    for _ in range(2):
        manuscript = read(places)
        assert len(links(tree(manuscript))) == 6
        assert links(tree(manuscript))[0] == ("foo()", f"{address}index.html#foo")
        assert faults(manuscript) == ""
    assert asked == ["/objects.inv"]
    (places.conf / "conf.py").write_text(conf, encoding="utf-8")
    again = read(places)
    assert (links(tree(again)), words(tree(again).astext())) == ([], WORDS)


def test_an_inventory_that_cannot_be_fetched_is_said(write: Write) -> None:
    conf = CONF.format("http://127.0.0.1:9/", None) + "casebound_remote_inventories = True\n"
    manuscript = read(write({"index.rst": page("User", TEXT)}, conf))
    assert words(tree(manuscript).astext()) == WORDS
    assert faults(manuscript) == " inventory-failed\n"
