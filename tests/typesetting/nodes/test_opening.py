"""How a chapter opens: its section, its title, a short contents of its headings; and a contents that the source has."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest
from docutils import nodes

from casebound.model.book import Book, Chapter, Heading
from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, Printed, printed, tree

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
    assert first_lines(book.pages[0]) == "Internals | Calls | Calls and Casts 1 Queues 1 Timeouts 2"
    assert boxes(book.fragment) == [(0, target) for target in TARGETS]
    assert [link.target for link in book.fragment.links] == TARGETS
    assert book.off_page() == []


def test_the_lines_of_a_short_contents_are_alike(typeset: Set) -> None:
    """No heading is left alone on a last line."""
    headings = ("Shell, Content, Technology", "Start", "Heartbeat and Periodic Tasks", "Stop", "Signals", "Where to Go")
    lines = typeset(chapter(headings), "Internals").pages[0].splitlines()
    counts = [sum(name in line for name in headings) for line in lines]
    assert [count for count in counts if count][:2] == [2, 4]


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
        "Internals | Calls | On these pages | \u2022 Calls and Casts 1 | \u2022 Queues 1 | \u2022 Timeouts 2"
    )


def test_a_style_may_do_without(tmp_path: object) -> None:
    sheet = tmp_path / "bare.yaml"  # type: ignore[operator]
    sheet.write_text("casebound: {short-contents: [1, 0]}\n", encoding="utf-8")
    book = printed(Typesetter([str(sheet)]), tree(chapter(HEADINGS)), "Internals")
    assert first_lines(book.pages[0]) == "Internals | Calls"


def announcement(number: str, name: str, words: str) -> nodes.list_item:
    """An item of a list of chapters as the manuscript hands it over."""
    inner = [nodes.generated("", f"{number}\u2002")] if number else []
    link = nodes.reference("", "", *inner, nodes.inline("", name), refid=f"{name.lower()}:", internal=True)
    return nodes.list_item("", nodes.paragraph("", "", link, nodes.Text(words)))


def test_the_chapters_of_a_section_are_listed_with_numbers_and_folios(typesetter: Typesetter) -> None:
    """Their numbers stand in a column, and the words of all of them begin at one place."""
    document = tree("Internals\n=========\n\nText.\n\n" + LOREM)
    items = [announcement(*one) for one in (("9", "Calls", ": How."), ("10", "Casts", ": " + LOREM), ("", "More", ""))]
    section = document.children[0]
    assert isinstance(section, nodes.section)
    section += nodes.bullet_list("", *items, classes=["chapters"])
    for _ in range(2):  # setting a chapter leaves its tree as it was
        book = printed(typesetter, document)
        assert boxes(book.fragment) == [(0, "calls:"), (0, "casts:"), (0, "more:")]
        assert [link.target for link in book.fragment.links].count("casts:") >= 3  # number, words, folio
        assert book.losses == [] and book.off_page() == []
        numbers = [left_of(book, "9Calls"), left_of(book, "10Casts")]
        words = [left_of(book, "Calls:"), left_of(book, "Casts:"), left_of(book, "More")]
        assert max(numbers) - min(numbers) < 1.5 > max(words) - min(words)  # letters have bearings of their own
        assert min(words) > max(numbers) + 10


def left_of(book: Printed, words: str) -> float:
    """Where these letters begin, in points from the left."""
    letters = book.boxes()
    return letters["".join(each[1] for each in letters).index(words)][2]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Technical Reference Deep Dives", "Technical Reference | Deep Dives"),
        ("Deep Dives", "Deep Dives"),
        ("A Guide to the Internals of It", "A Guide to the | Internals of It"),
        ("My Project documentation", "My Project | documentation"),
        ("Requests documentation", "Requests | documentation"),
        ("SQLAlchemy Documentation", "SQLAlchemy | Documentation"),
        ("Internationalization", "Internationalization"),
        ("Pneumonoultramicroscopicsilicovolcanoconiosis", "Pneumonoultramicroscopicsilicovolcanoconiosis"),
        ("state-of-the-art-documentation-handbook", "state-of-the-art- | documentation- | handbook"),
    ],
)
def test_the_lines_of_a_title_on_the_cover_are_alike(typesetter: Typesetter, title: str, lines: str) -> None:
    assert " | ".join(lettering(typesetter, title)) == lines


def lettering(typesetter: Typesetter, title: str) -> list[str]:
    """The lines of a cover that says nothing but its title; PDFium tells a hyphen at a line's end by U+FFFE."""
    book = Book(title, Chapter("index", "index", 0, Heading(title, "index:")), "book")
    (cover,) = Printed(typesetter.cover(book), typesetter.style).drawn
    return [line.strip() for line in cover.replace("\ufffe", "-\n").splitlines() if line.strip()]


@pytest.mark.parametrize("title", ["Inside OpenStack Compute", "A Guide to the Internals of It", "دليل المستخدم"])
def test_spaces_of_a_title_on_the_cover_do_not_shrink(typesetter: Typesetter, title: str) -> None:
    book = Book(title, Chapter("index", "index", 0, Heading(title, "index:")), "book")
    for width in range(360, 480, 10):
        fragment = typesetter.cover(book, (width, width * 1.6))
        with pikepdf.open(BytesIO(fragment.pdf)) as pdf:
            (page,) = pdf.pages
            operators = list(pikepdf.parse_content_stream(page))
        assert [operands for operands, operator in operators if str(operator) == "Tw" and operands[0] < 0] == []


def test_a_word_that_no_line_can_hold_is_hyphenated_where_its_language_is() -> None:
    law = "Rindfleischetikettierungs\N{LATIN SMALL LETTER U WITH DIAERESIS}berwachungsaufgabengesetzessammlung"
    assert all(line.endswith("-") for line in lettering(Typesetter(language="de"), law)[:-1])
    finnish = "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"  # no dictionary has its hyphens
    assert lettering(Typesetter(language="fi"), finnish) == [finnish]
    assert "".join(lettering(Typesetter(), "x" * 200)) == "x" * 200


@pytest.mark.parametrize("paper", ["ereader", "large-print", "letter"])
def test_title_pages_and_headings_cut_no_word(paper: str) -> None:
    """As large as it stands whole on the title page; in a heading, hyphenated where it is wider than the line."""
    typesetter = Typesetter((paper,), "de")
    title = "Donaudampfschifffahrtsgesellschaftskapit\N{LATIN SMALL LETTER A WITH DIAERESIS}n im Dienst"
    book = Book(title, Chapter("index", "index", 0, Heading(title, "index:")), "book")
    (page,) = Printed(typesetter.title_page(book, "made"), typesetter.style).drawn
    (chapter,) = printed(typesetter, tree(f"{title}\n{'=' * len(title)}\n\nText.\n")).drawn
    for text in (page, chapter):
        lines = text.replace("\ufffe", "-\n").splitlines()
        joined = " ".join(lines).replace("- ", "")
        assert title in joined
        assert all(
            line.rstrip().endswith(("-", title.split()[0], "im", "Dienst", "Text.", "made", "n")) for line in lines
        )
