"""Tables on pages: where they stand, where they are cut, when they are turned, and when they become records."""

from __future__ import annotations

from itertools import pairwise

import pytest
from docutils import nodes

from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.layout.test_tables import entry, table
from tests.typesetting.samples import LOREM, Printed, lost, of_nodes, printed, words


def place(book: Printed, letter: str) -> tuple[int, float, float]:
    """Page, left and top of the first time a letter stands in a book."""
    return next((page, left, top) for page, one, left, _, _, top in book.boxes() if one == letter)


def turned(book: Printed) -> bool:
    """Whether the letters of the second word of a book stand above one another."""
    first, second = [box for box in book.boxes() if box[1] in "QX"][:2]
    return abs(first[2] - second[2]) < 4 < abs(first[3] - second[3])


def spread(count: int, text: str) -> list[str]:
    return [f"{text}{number}" for number in range(count)]


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_a_table_stands_where_the_author_wants_it(typeset: Set, align: str, share: float) -> None:
    one = table(["Quite", "short"])
    one["align"] = align
    left = place(typeset(of_nodes(one)), "Q")[1]
    edge = place(typeset(of_nodes(table(["Quite", "short"]))), "Q")[1]
    measure = typeset(of_nodes(one)).style.paper.block[0]  # type: ignore[attr-defined]
    assert left - edge == pytest.approx((measure - 58) * share, abs=4)


@pytest.mark.parametrize(("width", "second"), [("", 31), ("50%", 117), ("300pt", 155), ("1pt", 31)])
def test_a_table_as_wide_as_the_author_wants_it(typeset: Set, width: str, second: float) -> None:
    one = table(["Quite", "Zulus"])
    one["width"] = width
    book = typeset(of_nodes(one))
    assert place(book, "Z")[1] - place(book, "Q")[1] == pytest.approx(second, abs=4)
    assert book.off_page() == []


def test_a_tall_row_is_broken_and_the_table_stays(typeset: Set) -> None:
    tall = nodes.container("", *(words(f"paragraph{number}", LOREM) for number in range(30)))
    document = of_nodes(table(["left", tall], ["Zulu", "row"], heads=["Name", "Meaning"]))
    book = typeset(document)
    assert [page.count("Name") for page in book.drawn] == [1] * book.fragment.pages
    assert [page.count("Name") for page in book.pages][1:] == [0] * (book.fragment.pages - 1)  # it is read once
    assert [page.count("continued from previous page") for page in book.pages] == [0, 1, 1][: book.fragment.pages]
    assert place(book, "Z")[0] == book.fragment.pages - 1
    assert lost(document, book.solid) == []
    assert book.off_page() == []


def test_code_and_lists_in_a_tall_cell_are_broken_in_themselves(typeset: Set) -> None:
    code = nodes.literal_block("", "\n".join(f"line{number} = {number}" for number in range(120)))
    items = nodes.bullet_list("", *(nodes.list_item("", words(f"item{number}")) for number in range(90)))
    document = of_nodes(table([code, items], heads=["Code", "List"]))
    book = typeset(document)
    assert lost(document, book.solid) == []
    assert book.losses == []
    assert book.off_page() == []


def test_a_cell_that_joins_rows_goes_on_on_the_next_page(typeset: Set) -> None:
    rows: list[list[str | nodes.Node]] = [[f"key{number}", LOREM] for number in range(40)]
    rows[0] = [entry(" ".join(spread(400, "side")), morerows=39), *rows[0]]
    document = of_nodes(table(*rows, columns=3))
    book = typeset(document)
    assert book.fragment.pages > 1
    assert lost(document, book.solid) == []
    assert book.losses == []
    assert book.off_page() == []


def test_a_picture_or_a_heading_in_a_tall_row_waits_for_its_page(typeset: Set) -> None:
    note = nodes.note("", *(words(f"note{number}", LOREM) for number in range(12)))
    tall = nodes.container("", *(words(f"paragraph{number}", LOREM) for number in range(11)), note)
    document = of_nodes(table(["left", tall], heads=["Name", "Meaning"]))
    book = typeset(document)
    note_pages = [number for number, page in enumerate(book.pages) if "Note" in page and "note0" in page]
    assert len(note_pages) == 1
    assert lost(document, book.solid) == []


def test_a_wide_table_of_short_words_is_turned(typeset: Set) -> None:
    rows = [["QX", *spread(18, "word")], ["row", *spread(18, "more")]]
    document = of_nodes(table(*rows, heads=["Name", *spread(18, "head")]))
    book = typeset(document)
    assert turned(book)
    assert lost(document, book.solid) == []
    assert book.off_page() == []


def test_a_long_turned_table_repeats_its_head(typeset: Set) -> None:
    rows = [["QX", *spread(18, "word")] for _ in range(70)]
    document = of_nodes(table(*rows, heads=["Name", *spread(18, "head")]))
    book = typeset(document)
    assert turned(book)
    assert book.fragment.pages > 2
    assert ["Name" in page for page in book.drawn] == [True] * book.fragment.pages
    assert book.off_page() == []


def test_a_turned_table_has_its_page_to_itself(typeset: Set) -> None:
    document = of_nodes(words(LOREM * 20), table(["QX", *spread(18, "word")]), words("After it.", LOREM))
    book = typeset(document)
    assert ["word17" in page for page in book.pages] == [False, True, False]
    assert book.pages[2].startswith("After it.")


def test_text_goes_on_before_a_numbered_table_that_is_turned(typeset: Set) -> None:
    one = table(["QX", *spread(18, "word")])
    one.insert(0, nodes.title("", "", nodes.generated("", "Table 7"), nodes.Text(" Turned")))
    book = typeset(of_nodes(words(LOREM * 8), one, words("After it.", LOREM)))
    assert ["word17" in page for page in book.pages] == [False, True]
    assert "After it." in book.pages[0]


def test_a_title_is_turned_with_its_table(typeset: Set) -> None:
    one = table(["first", *spread(18, "word")])
    one.insert(0, nodes.title("", "QX is its title"))
    assert turned(typeset(of_nodes(one)))


def test_records_have_their_heads_beside_them(typeset: Set) -> None:
    rows = [[f"cell{row}x{column}" for column in range(160)] for row in range(2)]
    document = of_nodes(table(*rows, heads=spread(160, "head")))
    book = typeset(document)
    lines = [line.split() for page in book.pages for line in page.splitlines()]
    assert ["head7", "cell0x7"] in lines and ["head159", "cell1x159"] in lines
    assert lost(document, book.solid) == []


def test_no_head_of_a_record_stands_at_a_foot(typeset: Set) -> None:
    heads = [f"a head of a column that is rather long number{column}" for column in range(160)]
    book = typeset(of_nodes(table(spread(160, "cell"), heads=heads)))
    assert [page.splitlines()[-1][:4] for page in book.pages[:-1]] == ["cell"] * (book.fragment.pages - 1)


def test_a_word_that_does_not_fit_its_column_is_hyphenated(typeset: Set) -> None:
    one = table(["incomprehensibilities", "misunderstandings", *spread(5, "internationalization")])
    book = typeset(of_nodes(one))
    assert "\ufffe" in "\n".join(book.drawn)  # PDFium's word for a hyphen at the end of a line
    assert {"incomprehensibilities", "misunderstandings"} < set(book.text.split())  # which is not read


def test_titles_and_marks_say_the_number(typeset: Set) -> None:
    one = table(*([f"key{number}", "value"] for number in range(60)), heads=["Name", "Value"])
    one.insert(0, nodes.title("", "", nodes.generated("", "Table 7\u2002"), nodes.Text("Keys")))
    book = typeset(of_nodes(one))
    assert "Table 7 \u2013 continued from previous page" in " ".join(book.pages[1].split())


def test_rows_joined_on_the_next_page_share_what_their_cell_wants(typeset: Set) -> None:
    rows: list[list[str | nodes.Node]] = [[f"key{number}", "value"] for number in range(50)]
    for first in (0, 25):
        rows[first] = [entry(" ".join(spread(60, "side")), morerows=24), *rows[first]]
    tops = [top for _, letter, _, _, _, top in typeset(of_nodes(table(*rows, columns=3))).boxes() if letter == "k"]
    steps = [above - below for above, below in pairwise(tops) if above > below]
    assert max(steps) < 2 * min(steps)


def test_a_wide_table_in_large_print_is_turned() -> None:
    document = of_nodes(table(*([["QX", *spread(9, "word")]] * 9)))
    book = printed(Typesetter(["large-print"]), document)
    assert book.losses == []
    assert turned(book)
    assert book.off_page() == []
