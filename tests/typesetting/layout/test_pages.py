"""How pages are made up: notes at their feet, headings with their text, columns that end level."""

from __future__ import annotations

import re

import pytest

from casebound.model.book import IndexEntry, IndexGroup, Reference
from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, Printed

TITLE = "Chapter\n=======\n\n"


def ends(page: str) -> list[str]:
    """The last words of a page, line by line."""
    return page.split("\n")[-4:]


def pages_with(book: Printed, word: str) -> list[int]:
    """0-based pages on which a word stands."""
    return [number for number, page in enumerate(book.pages) if word in page]


def test_a_note_stands_at_the_foot_of_the_page_that_calls_for_it(typeset: Set) -> None:
    filler = "\n\n".join([LOREM * 3] * 12)
    book = typeset(f"{TITLE}Called early. [#one]_\n\n{filler}\n\nCalled late. [#two]_\n\n"
                   ".. [#one] Firstnote is short.\n.. [#two] Secondnote is short.\n")  # fmt: skip
    assert [re.sub(r"\s+", " ", ends(page)[-1]) for page in book.pages] == [
        "1. Firstnote is short.", "2. Secondnote is short.",
    ]  # fmt: skip
    assert book.losses == []
    assert book.off_page() == []
    places = book.fragment.destinations.values()
    assert sorted(place.page for place in places if place.y < 20) == [0, 1]


@pytest.mark.parametrize("lines", range(34, 50))
def test_call_and_note_share_their_page_wherever_the_page_ends(typeset: Set, lines: int) -> None:
    book = typeset(TITLE + "| line\n" * lines
                   + f"\n{LOREM * 2} Calledhere [#]_ {LOREM * 2}\n\n.. [#] Notehere {LOREM * 2}\n")  # fmt: skip
    assert pages_with(book, "Calledhere") == pages_with(book, "Notehere")
    assert book.off_page() == []


def test_the_rubric_of_notes_goes_with_them_and_other_headings_keep_theirs(typeset: Set) -> None:
    usual = typeset(f"{TITLE}Called. [#]_\n\n.. rubric:: Footnotes\n\n.. [#] Gone to the foot.\n")
    assert "Footnotes" not in usual.text
    own = typeset(f"{TITLE}Called. [#]_\n\n.. rubric:: Sources\n\n.. [#] Kept here.\n")
    assert re.search(r"Called\. ?1 Sources 1\. Kept here\.", own.text)


def test_notes_called_for_in_tables_stand_on_the_page_of_their_row(typeset: Set) -> None:
    rows = "".join(f"   * - Row{number:02} {'[#]_' if number in (3, 60) else ''}\n" for number in range(70))
    notes = ".. [#] Early\n\n.. [#] Late\n"
    book = typeset(f"{TITLE}.. list-table::\n\n{rows}\nAfterwards.\n\n{notes}")
    for row, note in (("Row03", "Early"), ("Row60", "Late")):
        assert [row in page for page in book.pages] == [note in page for page in book.pages]
    assert book.off_page() == []


def test_notes_called_for_by_nobody_stay_where_they_are(typeset: Set) -> None:
    book = typeset(f"{TITLE}Before.\n\n.. [7] Uncalled\n\nAfterwards.\n")
    assert re.search("Before.*Uncalled.*Afterwards", book.text)


@pytest.mark.parametrize("lines", range(36, 46))
def test_code_that_a_page_holds_does_not_begin_at_the_foot_of_another(typeset: Set, lines: int) -> None:
    code = "".join(f"   code{number}\n" for number in range(9))
    book = typeset(TITLE + "| line\n" * lines + f"\n::\n\n{code}")
    begins = [page for page in book.pages if "code0" in page]
    assert "code5" in begins[0]


def test_notes_too_many_for_a_page_are_set_in_the_text(typeset: Set) -> None:
    calls = " ".join(["[#]_"] * 40)
    notes = "".join(f".. [#] Note{number:02} {LOREM * 4}\n" for number in range(40))
    book = typeset(f"{TITLE}Many: {calls}\n\n{notes}")
    assert sorted(re.findall(r"Note\d\d", book.text)) == [f"Note{number:02}" for number in range(40)]
    assert book.off_page() == []


@pytest.mark.parametrize("lines", range(36, 46))
def test_a_heading_has_two_lines_beneath_it(typeset: Set, lines: int) -> None:
    lead = "\n\n".join(["One line."] * 3)
    book = typeset(TITLE + "| line\n" * lines + f"\nHeading\n-------\n\n{lead}\n")
    page = next(page for page in book.pages if "Heading" in page)
    assert page.partition("Heading")[2].count("One line.") >= 2


@pytest.mark.parametrize("lines", range(36, 46))
def test_a_line_of_code_alone_does_not_hold_a_heading_at_the_foot(typeset: Set, lines: int) -> None:
    book = typeset(TITLE + "| line\n" * lines + "\nHeading\n-------\n\n::\n\n   code\n\nBelow it.\n")
    page = next(page for page in book.pages if "Heading" in page)
    assert "Below it." in page


def test_index_columns_end_level(typesetter: Typesetter) -> None:
    entries = tuple(IndexEntry(f"term{number}", (Reference("a:b"),)) for number in range(31))
    fragment = typesetter.index("Index", [IndexGroup("T", entries)], {"a:b": "4"})
    book = Printed(fragment, typesetter.style)
    middle = typesetter.style.paper.origin(True)[0] + typesetter.style.paper.block[0] / 2
    feet = [min(box[3] for box in book.boxes() if (box[2] < middle) is left) for left in (True, False)]
    assert abs(feet[0] - feet[1]) < 26
    assert min(feet) > 300


def test_an_entry_does_not_leave_its_last_line_to_the_next_column(typesetter: Typesetter) -> None:
    below = tuple(IndexEntry(f"below{number}", (Reference("a:b"),)) for number in range(3))
    for before in range(30, 36):
        entries = [IndexEntry(f"term{number}", (Reference("a:b"),)) for number in range(before)]
        more = [IndexEntry(f"more{number}", (Reference("a:b"),), subentries=below) for number in range(30)]
        book = Printed(typesetter.index("Index", [IndexGroup("T", (*entries, *more))], {"a:b": "4"}), typesetter.style)
        middle = typesetter.style.paper.origin(True)[0] + typesetter.style.paper.block[0] / 2
        right = "".join(box[1] for box in book.boxes() if box[0] == 0 and box[2] > middle)
        assert right.startswith(("more", "below1")), right[:12]


def test_a_sidebar_stands_whole_between_its_lines(typeset: Set) -> None:
    book = typeset(f"{TITLE}.. sidebar:: Beside\n   :subtitle: and below\n\n   Words aside.\n\nWords in the text.\n")
    assert re.search("Beside and below Words aside. Words in the text.", book.text)
    assert book.losses == []


def test_a_chapter_does_not_end_with_a_few_lines_on_a_page_of_their_own(typeset: Set) -> None:
    books = [typeset(TITLE + "One line.\n\n" * count) for count in range(27, 37)]
    assert [len(book.pages) for book in books] == sorted(len(book.pages) for book in books)
    last = [book.pages[-1].count("One line.") for book in books if len(book.pages) > 1]
    assert last
    assert min(last) > 1
    assert all(book.off_page() == [] for book in books)
