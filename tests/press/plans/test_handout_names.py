"""Which chapters have a handout of their own, and what its file is called."""

from __future__ import annotations

import pytest

from casebound.model.book import Book, Chapter, Heading, Matter
from casebound.model.diagnostics import BuildStop
from casebound.press.plans.handouts import chosen, handouts_of


def chapter(
    title: str, depth: int, *children: Chapter, handout: bool | None = None, matter: Matter = Matter.BODY
) -> Chapter:
    return Chapter(title, title, depth, Heading(title, f"{title}:"), children, matter, handout=handout)


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


def names(*sections: Chapter) -> list[str]:
    return [handout.name for handout in handouts_of(book(*sections), 1)]


def test_names_stay_when_a_preface_is_written_or_a_handout_given_up() -> None:
    preface = chapter("Preface", 1, matter=Matter.FRONT)
    assert names(preface, *TWO) == ["01-internals", "02-debugging"]
    assert names(chapter("Internals", 1, handout=False), TWO[1]) == ["02-debugging"]


def test_front_and_back_matter_that_stand_alone_have_a_handout_where_they_ask_for_it() -> None:
    front = [chapter(title, 1, matter=Matter.FRONT, handout=True) for title in ("Preface", "Thanks", "PREFACE")]
    tables = chapter("Tables", 1, chapter("Ports", 2, matter=Matter.BACK), matter=Matter.BACK)
    colophon = chapter("Colophon", 1, matter=Matter.BACK)
    assert names(*front, TWO[0], tables, colophon) == [
        *("00-preface", "00-thanks", "00-preface-2", "01-internals", "02-tables"),
    ]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Überblick & <Ziele>", "01-uberblick-ziele"),
        ("日本語", "01-日本語"),
        ("第一章 API 概要", "01-第一章-api-概要"),
        ("हिन्दी में", "01-हिन्दी-में"),
        ("2023 C++ & .NET", "01-2023-c-net"),
        ("User\u2019s Guide, Don't Panic", "01-users-guide-dont-panic"),
        ("!", "01-section"),
    ],
)
def test_titles_of_all_kinds(title: str, name: str) -> None:
    assert [handout.name for handout in handouts_of(book(chapter(title, 1)), 1)] == [name]


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        *((number, "01-02-scheduling") for number in ("1.2", "01-02", "01-02-scheduling.pdf", "scheduling")),
        *((number, "02-debugging") for number in ("2", "02", "Debugging")),
        *((number, "03-2024-in-review") for number in ("3", "2024-in-review", "2024 in Review")),
    ],
)
def test_a_handout_is_chosen_by_number_or_name(wanted: str, name: str) -> None:
    handouts = handouts_of(book(*TWO, chapter("2024 in Review", 1)), 2)
    assert [handout.name for handout in chosen(handouts, wanted)] == [name]


def test_a_handout_that_there_is_not() -> None:
    for wanted in ("4", "3.2024", "0", "1.", "."):
        with pytest.raises(BuildStop, match="02-debugging"):
            chosen(handouts_of(book(*TWO, chapter("2024 in Review", 1)), 1), wanted)
    with pytest.raises(BuildStop, match="The handouts are: none"):
        chosen((), "Debugging")
