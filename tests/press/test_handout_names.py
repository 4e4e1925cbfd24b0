"""Which chapters have a handout of their own, and what its file is called."""

from __future__ import annotations

import pytest

from casebound.book import Book, Chapter, Heading
from casebound.plans import handouts_of


def chapter(title: str, depth: int, *children: Chapter, handout: bool | None = None) -> Chapter:
    return Chapter(title, title, depth, Heading(title, f"{title}:"), children, handout=handout)


def book(*sections: Chapter) -> Book:
    return Book("Book", chapter("Book", 0, *sections), "book")


TWO = (
    chapter("Internals", 1, chapter("RPC over AMQP", 2, chapter("Deep", 3)), chapter("Scheduling", 2)),
    chapter("Debugging", 1, chapter("Reports", 2)),
)


@pytest.mark.parametrize(
    ("depth", "wanted"),
    [
        (0, []),
        (1, ["01-internals", "02-debugging"]),
        (
            2,
            ["01-internals", "01-01-rpc-over-amqp", "01-02-scheduling", "02-debugging", "02-01-reports"],
        ),
    ],
)
def test_depth(depth: int, wanted: list[str]) -> None:
    assert [handout.name for handout in handouts_of(book(*TWO), depth)] == wanted


def test_a_document_may_say_otherwise() -> None:
    inner = chapter("Wanted", 2, handout=True)
    found = handouts_of(book(chapter("Kept", 1, inner), chapter("Unwanted", 1, handout=False)), 1)
    assert [handout.name for handout in found] == ["01-kept", "01-01-wanted"]


def test_names_stay_when_a_section_is_added_behind() -> None:
    before = [handout.name for handout in handouts_of(book(*TWO), 2)]
    after = [handout.name for handout in handouts_of(book(*TWO, chapter("More", 1)), 2)]
    assert after[: len(before)] == before


@pytest.mark.parametrize(
    ("title", "name"), [("Überblick & <Ziele>", "01-uberblick-ziele"), ("日本語", "01-日本語"), ("!", "01-section")]
)
def test_titles_of_all_kinds(title: str, name: str) -> None:
    assert [handout.name for handout in handouts_of(book(chapter(title, 1)), 1)] == [name]
