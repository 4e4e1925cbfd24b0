"""How a chapter opens: its section, its title, a short contents of its headings; and a contents that the source has."""

from __future__ import annotations

import pytest

from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, printed, tree

HEADINGS = ("Calls and Casts", "Queues", "Timeouts")
TARGETS = ["chapter:calls-and-casts", "chapter:queues", "chapter:timeouts"]


def chapter(headings: tuple[str, ...], top: str = "", words: int = 12) -> str:
    """A chapter named Calls with so much text in each of its sections that it has several pages."""
    sections = "".join(f"{title}\n{'-' * 20}\n\n{LOREM * words}\n\n" for title in headings)
    return f"Calls\n=====\n\n{top}\n\nText.\n\n{sections}"


def first_lines(text: str) -> str:
    return " | ".join(line.strip() for line in text.split("Text.")[0].splitlines() if line.strip())


def boxes(fragment: object) -> list[tuple[int, str]]:
    return [(box.page, box.target) for box in fragment.folio_boxes]  # type: ignore[attr-defined]


def test_a_chapter_opens_with_its_headings_and_their_folios(typeset: Set) -> None:
    book = typeset(chapter(HEADINGS), "Internals")
    assert first_lines(book.pages[0]) == "Internals | Calls | Calls and Casts Queues Timeouts"
    assert boxes(book.fragment) == [(0, target) for target in TARGETS]
    assert [link.target for link in book.fragment.links] == TARGETS
    assert book.off_page() == []


@pytest.mark.parametrize(
    ("source", "section"),
    [
        (chapter(HEADINGS, words=1), "Internals"),  # all on one page
        (chapter(HEADINGS[:2], words=20), "Internals"),  # too few
        (chapter(tuple(f"Heading {n}" for n in range(13))), "Internals"),  # too many
        (chapter(HEADINGS), ""),  # an opening page
    ],
)
def test_no_headings_are_listed_where_none_need_be(typeset: Set, source: str, section: str) -> None:
    book = typeset(source, section)
    assert first_lines(book.pages[0]) == " | ".join([*([section] if section else []), "Calls"])
    assert book.fragment.folio_boxes == ()


def test_a_contents_of_the_source_says_where(typeset: Set) -> None:
    book = typeset(chapter(HEADINGS, ".. contents:: On these pages\n   :local:"), "Internals")
    assert boxes(book.fragment) == [(0, target) for target in TARGETS]
    assert first_lines(book.pages[0]) == (
        "Internals | Calls | On these pages | \u2022 Calls and Casts | \u2022 Queues | \u2022 Timeouts"
    )


def test_a_style_may_do_without(tmp_path: object) -> None:
    sheet = tmp_path / "bare.yaml"  # type: ignore[operator]
    sheet.write_text("casebound: {short-contents: [1, 0]}\n", encoding="utf-8")
    book = printed(Typesetter([str(sheet)]), tree(chapter(HEADINGS)), "Internals")
    assert first_lines(book.pages[0]) == "Internals | Calls"
