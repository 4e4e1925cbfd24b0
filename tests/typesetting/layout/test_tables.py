"""Tables: their widths, spans and heads, and what becomes of those that no page can hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest
from docutils import nodes
from hypothesis import given, settings
from hypothesis import strategies as st

from casebound.typesetting.layout.tables.tables import Cell, Grid, column_widths
from casebound.typesetting.layout.tables.widths import PADDING
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, lost, of_nodes, tree, words

ROOM = 400.0


def entry(content: str | nodes.Node, **spans: int) -> nodes.entry:
    return nodes.entry("", words(content) if isinstance(content, str) else content, **spans)


def table(*rows: Iterable[str | nodes.Node], heads: Iterable[str] = (), columns: int = 0) -> nodes.table:
    """A table of rows of cells, each a text or a node."""
    made = [nodes.row("", *(cell if isinstance(cell, nodes.entry) else entry(cell) for cell in row)) for row in rows]
    columns = columns or len(made[0].children)
    head = [nodes.thead("", nodes.row("", *map(entry, heads)))] if heads else []
    specs = [nodes.colspec("", colwidth=1) for _ in range(columns)]
    return nodes.table("", nodes.tgroup("", *specs, *head, nodes.tbody("", *made), cols=columns))


@st.composite
def grids(draw: Callable[..., object]) -> Grid:
    columns, rows = int(str(draw(st.integers(1, 12)))), int(str(draw(st.integers(1, 4))))
    cells = {}
    for row in range(rows):
        for column in range(columns):
            least = float(str(draw(st.floats(0, 90))))
            natural = least + float(str(draw(st.sampled_from([0.0, 5.0, 80.0, 3000.0]))))
            cells[row, column] = Cell((), least, natural, int(str(draw(st.integers(1, 3)))))
    given = tuple(float(str(draw(st.floats(0, 100)))) for _ in range(columns)) if draw(st.booleans()) else ()
    return Grid(cells, rows, columns, given=given)


def test_a_column_given_more_than_its_text_needs_lends_to_one_whose_lines_break() -> None:
    cells = {(row, column): Cell((), 30.0, natural) for row in range(4) for column, natural in enumerate((60.0, 220.0))}
    assert column_widths(Grid(cells, 4, 2, given=(50.0, 50.0)), 400.0)[1] >= 220.0 + PADDING


def test_given_widths_are_kept_where_nothing_is_won() -> None:
    cells = {(row, column): Cell((), 30.0, natural) for row in range(4) for column, natural in enumerate((60.0, 900.0))}
    assert column_widths(Grid(cells, 4, 2, given=(50.0, 50.0)), 400.0) == [200.0, 200.0]


@settings(max_examples=200, deadline=None, derandomize=True)
@given(grid=grids())
def test_widths_never_exceed_the_measure(grid: Grid) -> None:
    widths = column_widths(grid, ROOM)
    assert len(widths) == grid.columns
    assert sum(widths) <= ROOM + 0.01
    assert min(widths) > 0


def test_every_column_gets_its_widest_word_where_there_is_room() -> None:
    cells = {(0, 0): Cell((), 50, 60), (0, 1): Cell((), 90, 3000), (0, 2): Cell((), 40, 900)}
    widths = column_widths(Grid(cells, 1, 3), ROOM)
    wanted = [cell.least + around for cell, around in zip(cells.values(), (5, 10, 5), strict=True)]
    assert [width >= least for width, least in zip(widths, wanted, strict=True)] == [True] * 3
    assert sum(widths) == pytest.approx(ROOM)


def test_a_small_table_is_as_wide_as_its_text() -> None:
    cells = {(0, 0): Cell((), 20, 30), (0, 1): Cell((), 20, 50)}
    assert column_widths(Grid(cells, 1, 2), ROOM) == [35, 55]


def test_a_column_that_lacks_little_gets_it() -> None:
    cells = {(0, 0): Cell((), 50, 62), (0, 1): Cell((), 60, 2900), (1, 0): Cell((), 20, 20), (1, 1): Cell((), 20, 90)}
    widths = column_widths(Grid(cells, 2, 2), ROOM)
    assert widths[0] == pytest.approx(67)
    assert sum(widths) == pytest.approx(ROOM)


def test_given_shares_are_no_wider_than_their_text() -> None:
    cells = {(0, 0): Cell((), 20, 25), (0, 1): Cell((), 20, 55)}
    assert column_widths(Grid(cells, 1, 2, given=(1, 3)), ROOM) == pytest.approx([30, 90])
    assert column_widths(Grid(cells, 1, 2, given=(1, 3)), ROOM, asked=200) == pytest.approx([50, 150])


def test_long_words_yield_before_short_ones() -> None:
    cells = {(0, 0): Cell((), 300, 300), (0, 1): Cell((), 300, 300), (1, 0): Cell((), 9, 9), (1, 1): Cell((), 9, 9)}
    widths = column_widths(Grid(cells, 2, 2), ROOM, longest=150)
    assert min(widths) >= 150 and sum(widths) <= ROOM + 0.01


SPANS = """\
Chapter
=======

+-------+-------+-------+
| wide over two | right |
+=======+=======+=======+
| tall  | b2    | c2    |
| over  +-------+-------+
| two   | b3    | c3    |
+-------+-------+-------+
| all three of them     |
+-----------------------+
"""


def test_spans(typeset: Set) -> None:
    book = typeset(SPANS)
    assert lost(tree(SPANS), book.solid) == []
    assert book.losses == []
    left = {letter: x for _, letter, x, *_ in book.boxes() if letter in "23"}
    assert len(left) == 2
    assert book.off_page() == []


def test_a_table_whose_spans_reach_over_its_edges(typeset: Set) -> None:
    odd = table([entry("one", morecols=7, morerows=9), entry("two")], [entry("three", morecols=2)], columns=2)
    book = typeset(of_nodes(odd))
    assert lost(of_nodes(odd), book.solid) == []


def test_a_row_with_more_cells_than_columns(typeset: Set) -> None:
    odd = of_nodes(table(["one", "two"], ["three", "four", "five"], columns=2))
    assert lost(odd, typeset(odd).solid) == []


def test_rows_of_different_lengths(typeset: Set) -> None:
    ragged = table(["one"], ["two", "three", "four"], [], columns=3)
    assert lost(of_nodes(ragged), typeset(of_nodes(ragged)).solid) == []


def test_heads_are_repeated_on_each_page(typeset: Set) -> None:
    rows = [[f"key{number}", f"value{number}"] for number in range(150)]
    book = typeset(of_nodes(table(*rows, heads=["Name", "Meaning"])))
    assert book.fragment.pages > 2
    for page in book.drawn:
        firsts = [line.split() for line in page.splitlines()][:2]
        assert ["Name", "Meaning"] in firsts
    printed_rows = [line.split() for page in book.pages for line in page.splitlines() if line.startswith("key")]
    assert printed_rows == rows
    assert book.off_page() == []


@pytest.mark.parametrize("heads", [(), ("Name", "Meaning")])
def test_a_row_taller_than_a_page(typeset: Set, heads: tuple[str, ...]) -> None:
    tall = nodes.container("", *(words(f"paragraph{number}", LOREM) for number in range(60)))
    document = of_nodes(table(["left", tall], ["next", "row"], heads=heads))
    book = typeset(document)
    assert book.fragment.pages > 2
    assert lost(document, book.solid) == []
    assert book.off_page() == []
    assert book.losses == []


def test_a_head_taller_than_a_page(typeset: Set) -> None:
    document = of_nodes(table(["left", "right"], heads=["Name", " ".join(f"word{n}" for n in range(3000))]))
    book = typeset(document)
    assert lost(document, book.solid) == []


@pytest.mark.parametrize("columns", [30, 60])
def test_many_columns(typeset: Set, columns: int) -> None:
    rows = [[f"cell{row}x{column}" for column in range(columns)] for row in range(3)]
    document = of_nodes(table(*rows, heads=[f"head{column}" for column in range(columns)]))
    book = typeset(document)
    assert lost(document, book.solid) == []
    assert book.off_page() == []


def test_a_table_in_a_table(typeset: Set) -> None:
    inner = table(["inner one", LOREM], heads=["Inner", "Head"])
    document = of_nodes(table(["outer", inner], ["last", LOREM * 2]))
    book = typeset(document)
    assert book.losses == []
    assert lost(document, book.solid) == []
    assert book.off_page() == []


def test_code_in_a_cell_beside_long_text(typeset: Set) -> None:
    book = typeset(of_nodes(table([nodes.literal_block("", "x = 1"), LOREM * 3])))
    assert book.losses == []


def test_a_note_in_a_list_in_a_cell(typeset: Set) -> None:
    note = nodes.warning("", words("Mind the", "gap"), nodes.literal_block("", "code = here"))
    cell = nodes.bullet_list("", nodes.list_item("", words("Item"), note), nodes.list_item("", words("Last")))
    document = of_nodes(table([cell, LOREM]))
    book = typeset(document)
    assert book.losses == []
    assert lost(document, book.solid) == []
    assert "Warning" in book.text
    assert book.off_page() == []


def test_widths_that_the_author_gave(typeset: Set) -> None:
    given = table(["Alpha", "Beta"], ["a", "b"])
    given["classes"] = ["colwidths-given"]
    for spec, width in zip(given.findall(nodes.colspec), (80, 20), strict=True):
        spec["colwidth"] = width
    free, fixed = typeset(of_nodes(table(["Alpha", "Beta"], ["a", "b"]))), typeset(of_nodes(given))
    second = [next(x for _, letter, x, *_ in book.boxes() if letter == "B") for book in (free, fixed)]
    assert second[0] < second[1]
    assert lost(of_nodes(given), fixed.solid) == []


def test_an_empty_table(typeset: Set) -> None:
    hollow = nodes.table("", nodes.tgroup("", nodes.colspec("", colwidth=1), nodes.tbody("")), ids=["chapter:t"])
    book = typeset(of_nodes(words("Before"), hollow))
    assert book.text == "Chapter Before"
    assert "chapter:t" in book.fragment.destinations


def test_narrow_columns_stand_close(typeset: Set) -> None:
    book = typeset("Chapter\n=======\n\n= =\na b\n= =\n1 2\n= =\n")
    letters = {letter: left for _, letter, left, *_ in book.boxes()}
    assert 8 < letters["2"] - letters["1"] < 20
    assert 8 < letters["b"] - letters["a"] < 20


CAPTIONED = """\
Tables in tables
================

.. list-table::

   * - .. table:: Configuration parameters

          == ==
          x  y
          == ==
          1  2
          == ==

     - {lorem}
   * - .. csv-table:: Nested parametrization
          :header: x,y

          1,2

     - .. figure:: none.png

          Interoperability considerations
   * - :Authentication: x
     - .. admonition:: Internationalization

          x
"""


def test_words_of_titles_in_cells_are_whole(typeset: Set) -> None:
    """A title counts for the width of its column as text does."""
    book = typeset(CAPTIONED.format(lorem=LOREM * 3))
    alone = typeset(CAPTIONED.partition("   * - .. csv")[0].format(lorem=LOREM * 3))
    assert {"Configuration", "parameters"} <= set(alone.text.split())
    words = book.text.split()
    titles = (
        "Configuration parameters parametrization Interoperability considerations Authentication: Internationalization"
    )
    assert [word for word in titles.split() if word not in words] == []
    assert book.off_page() == []


def test_a_title_stands_on_one_line_where_there_is_room(typeset: Set) -> None:
    book = typeset(CAPTIONED.format(lorem="Few."))
    assert "Configuration parameters" in [line.strip() for line in book.pages[0].splitlines()]
