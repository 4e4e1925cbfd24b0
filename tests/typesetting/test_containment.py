"""What fails costs as little as it can: a node, a flowable, a chapter; each is named with its place."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes

from casebound.typesetting.layout.block import Hairline
from casebound.typesetting.layout.tables.tables import Table
from casebound.typesetting.nodes import inline, prose
from tests.typesetting.conftest import Set
from tests.typesetting.samples import Printed, lost, tree

BOOK = """\
Chapter
=======

Before it.

.. _here:

.. rubric:: The rubric

After it, *stressed* words.

.. _table:

=====  =====
Head   Body
=====  =====
Left   Right
=====  =====

----

The end.
"""


def raising(*_: Any, **__: Any) -> Any:
    raise ValueError("cannot at 0x7f00dead\nsecond line")


def details(book: Printed) -> list[str]:
    return [loss.values.get("detail", "") for loss in book.fragment.losses]


def test_nothing_fails(typeset: Set) -> None:
    book = typeset(BOOK)
    assert book.losses == []
    assert book.text == "Chapter Before it. The rubric After it, stressed words. Head Body Left Right The end."


def test_a_handler_that_raises_costs_one_node(typeset: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prose.RubricHandler, "blocks", raising)
    book = typeset(BOOK)
    (rubric,) = tree(BOOK).findall(nodes.rubric)
    assert book.losses == [f"chapter:{rubric.line} node-failed rubric"]
    assert details(book) == ["ValueError: cannot at 0x"]
    assert book.text == typeset(BOOK).text
    assert "chapter:here" in book.fragment.destinations


def test_a_handler_that_raises_in_a_line_costs_one_node(typeset: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inline.EmphasisHandler, "content", raising, raising=False)
    book = typeset(BOOK)
    assert book.losses == ["chapter:10 node-failed emphasis"]
    assert "After it, stressed words." in book.text


def test_a_flowable_that_cannot_be_laid_out_is_set_plainly(typeset: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Table, "_made", raising)
    document = tree(BOOK)
    next(document.findall(nodes.table)).line = 14
    book = typeset(document)
    assert book.losses == ["chapter:14 node-failed table"]
    assert lost(tree(BOOK), book.solid) == []
    assert "Before it. The rubric" in book.text


@pytest.mark.parametrize("method", ["wrap", "draw"])
def test_a_chapter_that_fails_is_set_plainly_with_its_names(
    typeset: Set, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(Hairline, method, raising)
    book = typeset(BOOK)
    assert book.losses == ["chapter: chapter-failed chapter"]
    assert details(book) == ["ValueError: cannot at 0x"]
    assert lost(tree(BOOK), book.solid) == []
    names = {name for node in tree(BOOK).findall(nodes.Element) for name in node["ids"]}
    assert names <= set(book.fragment.destinations)
    assert book.fragment.destinations["chapter:table"].y < book.fragment.destinations["chapter:here"].y
    assert book.off_page() == []


def test_a_failure_leaves_no_trace_in_the_next_chapter(typeset: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    before = typeset(BOOK)
    with monkeypatch.context() as patch:
        patch.setattr(Hairline, "draw", raising)
        patch.setattr(prose.RubricHandler, "blocks", raising)
        assert len(typeset(BOOK).losses) == 2
    assert typeset(BOOK).fragment == before.fragment


def test_an_empty_chapter_has_a_page_and_its_names(typeset: Set) -> None:
    document = tree("")
    document += nodes.section(ids=["chapter:"])
    book = typeset(document)
    assert (book.fragment.pages, book.text, book.losses) == (1, "", [])
    assert list(book.fragment.destinations) == ["chapter:"]
