"""The structure of tables: each source beside the elements that poppler reads from its pages."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.bindery.readers import tags
from tests.typesetting.chapter_structure.test_elements import below_title, elements, opened
from tests.typesetting.conftest import Set
from tests.typesetting.layout.test_tables import table
from tests.typesetting.samples import of_nodes

TABLE = (
    """
    .. list-table:: A table
       :header-rows: 1
       :stub-columns: 1

       * - A
         - B
       * - 1
         -
    """,
    """
    Table
      Caption
        "A table"
      THead
        TR
          TH /Scope /Column
            "A"
          TH /Scope /Column
            "B"
      TBody
        TR
          TH /Scope /Row
            "1"
          TD
    """,
)

HEADLESS = (
    """
    +-----+-----+
    | a   | b   |
    +-----+     |
    | c   |     |
    +-----+-----+
    """,
    """
    Table
      TBody
        TR
          TH /Scope /Row
            "a"
          TD /RowSpan 2
            "b"
        TR
          TH /Scope /Row
            "c"
    """,
)

HEADS_OVER_HEADS = (
    """
    +-----------+-----+
    | Both      | b   |
    +-----+-----+-----+
    | A   | B   | C   |
    +=====+=====+=====+
    | 1   | 2   | 3   |
    +-----+-----+-----+
    """,
    """
    Table
      THead
        TR
          TH <chapter:#.5.0.0> /Scope /Column /ColSpan 2
            "Both"
          TH <chapter:#.5.0.2> /Scope /Column
            "b"
        TR
          TH <chapter:#.5.1.0> /Scope /Column
            "A"
          TH <chapter:#.5.1.1> /Scope /Column
            "B"
          TH <chapter:#.5.1.2> /Scope /Column
            "C"
      TBody
        TR
          TD /Headers [(chapter:#.5.0.0) (chapter:#.5.1.0)]
            "1"
          TD /Headers [(chapter:#.5.0.0) (chapter:#.5.1.1)]
            "2"
          TD /Headers [(chapter:#.5.0.2) (chapter:#.5.1.2)]
            "3"
    """,
)


@pytest.mark.parametrize(("source", "structure"), [TABLE, HEADLESS, HEADS_OVER_HEADS])
def test_tables(typeset: Set, tmp_path: Path, source: str, structure: str) -> None:
    assert below_title(typeset, source, tmp_path) == dedent(structure).lstrip("\n")


def test_a_table_without_end_is_a_list_of_records(typeset: Set, tmp_path: Path) -> None:
    wide = table([f"value {number}" for number in range(151)], heads=[f"name {number}" for number in range(151)])
    found = tags(typeset(of_nodes(wide)).pdf, tmp_path)
    assert "Table" not in found and found.count("LI\n") == 151
    assert 'Lbl\n            "name 150"\n          LBody\n            "value 150"' in found


def test_the_head_of_a_table_is_read_once(typeset: Set, tmp_path: Path) -> None:
    rows = [[f"key{number}", f"value{number}"] for number in range(90)]
    book = typeset(of_nodes(table(*rows, heads=["Name", "Meaning"])))
    assert book.fragment.pages > 1
    assert book.text.count("Meaning") == 1
    assert "".join(book.drawn).count("Meaning") == book.fragment.pages
    with opened(book.pdf) as file:
        heads = [one for one in elements(file, "/TH") if one.A.Scope == "/Column"]
        assert [len(one.K) for one in heads] == [book.fragment.pages] * 2  # all that is printed is in an element
