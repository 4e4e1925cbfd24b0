"""Code: whole when its wrapped lines are joined again, and never off the page."""

from __future__ import annotations

import pytest
from docutils import nodes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sphinx import addnodes

from casebound.typesetting import Typesetter
from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, Printed, of_nodes, printed, words

LONG = "result = service.method(first_argument, second_argument, 'a string with   three spaces', " * 4 + "last)"


def code(text: str, **attributes: object) -> nodes.literal_block:
    return nodes.literal_block(text, text, **attributes)


def unspaced(text: str) -> str:
    return "".join(text.split())


def after_title(book: Printed) -> str:
    return unspaced("".join(book.pages)).removeprefix("Chapter")


@pytest.mark.parametrize("language", ["python", "none", "json", "no-such-language"])
def test_a_long_line_is_whole_when_its_parts_are_joined(typeset: Set, language: str) -> None:
    book = typeset(of_nodes(code(f"before\n{LONG}\nafter", language=language)))
    assert after_title(book) == unspaced(f"before{LONG}after")
    assert len(book.pages[0].splitlines()) > 6
    assert book.off_page() == []


def test_a_lexer_that_cannot_be_loaded_costs_its_colours(typeset: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> object:
        raise ModuleNotFoundError("No module named 'plugin'")

    monkeypatch.setattr("casebound.typesetting.nodes.code.get_lexer_by_name", broken)
    book = typeset(of_nodes(code("first\n  second", language="plugin")))
    assert book.losses == []
    assert "first" in book.text and "second" in book.text


def test_a_line_without_a_space_is_cut_where_its_room_ends(typeset: Set) -> None:
    line = "".join(chr(ord("a") + index % 26) for index in range(500))
    book = typeset(of_nodes(code(line, language="none")))
    assert after_title(book) == line
    assert book.off_page() == []


def test_the_mark_of_a_wrapped_line_is_not_text(typeset: Set) -> None:
    book = typeset(of_nodes(code(LONG, language="none")))
    assert set("".join(book.pages)) <= set("Chapter" + LONG + "\n")


def test_numbers_stand_at_their_lines_on_every_page(typeset: Set) -> None:
    lines = [f"value_{number}" for number in range(1, 121)]
    book = typeset(of_nodes(code("\n".join(lines), linenos=True, language="none", highlight_args={"linenostart": 7})))
    assert book.fragment.pages > 1
    printed_lines = [line.split() for page in book.pages for line in page.splitlines() if "value" in line]
    assert printed_lines == [[str(number + 6), f"value_{number}"] for number in range(1, 121)]


def test_at_least_two_lines_stand_on_each_side_of_a_break(typeset: Set) -> None:
    for filling in range(40, 56):
        body = [nodes.paragraph("", "Line") for _ in range(filling // 2)]
        book = typeset(of_nodes(*body, code("\n".join(f"code {n}" for n in range(6)), language="none")))
        counts = [page.count("code") for page in book.pages]
        assert sum(counts) == 6
        assert 1 not in counts


def test_a_page_does_not_end_within_a_command(typeset: Set) -> None:
    command = ["code 1", "code 2", "code 3 \\", "  code 4 \\", "  code 5", "code 6", "code 7", "code 8"]
    parted = set()
    for filling in range(34, 56):
        body = [nodes.paragraph("", "Line") for _ in range(filling // 2)]
        book = typeset(of_nodes(*body, code("\n".join(command * 2), language="none")))
        parted.add(book.pages[0].count("code") % 8)
    assert not parted & {3, 4} and len(parted) > 1


def test_a_parsed_literal_keeps_its_markup_and_spaces(typeset: Set) -> None:
    block = nodes.literal_block("", "", nodes.Text("if "), nodes.strong("", "x"), nodes.Text(":\n    go\n"))
    book = typeset(of_nodes(block))
    left = {letter: x for _, letter, x, *_ in book.boxes() if letter in "ig"}
    assert book.pages[0].split() == ["Chapter", "if", "x:", "go"]
    assert left["g"] - left["i"] == pytest.approx(4 * 5.1, abs=1.5)
    assert any("Bold" in face for face in book.fragment.used)


@pytest.mark.parametrize("lines", range(34, 44))
def test_a_signature_stays_with_the_text_behind_it(typeset: Set, lines: int) -> None:
    def named(name: str) -> addnodes.desc:
        signature = addnodes.desc_signature("", "", addnodes.desc_name("", name))
        return addnodes.desc("", signature, addnodes.desc_content())

    filler = [nodes.line_block("", *(nodes.line("", "line") for _ in range(lines)))]
    book = typeset(
        of_nodes(*filler, named("lonely"), named("called"), nodes.target(), nodes.paragraph("", "Saidofit."))
    )
    (page,) = (page for page in book.pages if "called" in page)
    assert "Saidofit" in page


BORDERS = {
    "grid": "+" + "-" * 29 + "+" + "-" * 68 + "+",
    "markdown": "|" + "-" * 29 + "|" + "-" * 68 + "|",
    "database": "-" * 30 + "+" + "-" * 69,
    "simple": "=" * 30 + " " + "=" * 69,
    "boxes": "\u251c" + "\u2500" * 29 + "\u253c" + "\u2500" * 68 + "\u2524",
}


@pytest.mark.parametrize("name", BORDERS)
def test_a_table_drawn_in_code_is_set_smaller_where_that_keeps_its_lines_whole(typeset: Set, name: str) -> None:
    row = "| " + "Name".ljust(28) + "| " + "Value".ljust(67) + "|"
    book = typeset(of_nodes(code(f"{row}\n{BORDERS[name]}\n{row}", language="none")))
    assert len(book.pages[0].strip().splitlines()) == 4
    assert book.off_page() == []


def test_other_code_keeps_its_size(typeset: Set) -> None:
    for text in ("x" * 100, "-" * 100, f"{BORDERS['grid']}{'-' * 90}", f"{'=' * 40} failures {'=' * 50}"):
        book = typeset(of_nodes(code(text, language="none")))
        assert len(book.drawn[0].strip().splitlines()) > 2
        assert text in book.pages[0].replace("\ufffe", "-")  # a wrapped line is read and copied whole


def test_what_is_no_parameter_of_a_signature_belongs_to_the_next(typeset: Set) -> None:
    listed = addnodes.desc_parameterlist()
    listed += [addnodes.desc_annotation("", "int: "), addnodes.desc_parameter("", "user")]
    listed += addnodes.desc_optional("", "", addnodes.desc_parameter("", "day"))
    signature = addnodes.desc_signature("", "", addnodes.desc_name("", "/users"), listed)
    book = typeset(of_nodes(addnodes.desc("", signature, addnodes.desc_content())))
    assert "/users(int: user[, day])" in book.text
    note = typeset(of_nodes(nodes.admonition("", words("Nameless."))))
    assert note.text.split() == ["Chapter", "Nameless."]


def test_tabs_and_empty_lines(typeset: Set) -> None:
    book = typeset(of_nodes(code("a\tb\n\n\nc\n\n", language="none")))
    assert [line.split() for line in book.pages[0].splitlines() if line.strip()][1:] == [["a", "b"], ["c"]]


def test_code_in_a_narrow_cell_wraps_within_it(typeset: Set) -> None:
    row = nodes.row(
        "", *(nodes.entry("", one) for one in (words(LOREM * 3), code(LONG, language="python"), words("x")))
    )
    table = nodes.table("", nodes.tgroup("", *(nodes.colspec("", colwidth=1) for _ in "123"), nodes.tbody("", row)))
    book = typeset(of_nodes(table))
    assert book.losses == []
    inside = [letter for _, letter, *_ in book.boxes()]
    assert len(inside) == len(unspaced("Chapter" + LOREM * 3 + LONG + "x"))
    assert book.off_page() == []


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(st.sampled_from("abz019 _.,;:(){}[]<>&\"'\\/|=+-#@$%\n\tΩЖ│→é"), min_size=1, max_size=600).filter(
        str.strip
    ),
    language=st.sampled_from(["python", "c", "bash", "yaml", "default", "html"]),
)
def test_no_letter_of_any_code_is_lost(typesetter: Typesetter, text: str, language: str) -> None:
    book = printed(typesetter, of_nodes(code(text, language=language)))
    assert after_title(book) == unspaced(text)
    assert book.losses == []


def test_a_parameter_longer_than_a_line_goes_on_further_in(typeset: Set) -> None:
    names = [f"alpha{n}: int = {n}" for n in range(3)]
    long = "mapping: Mapping[str, int] = {" + ", ".join(f"word{n}: {n}" for n in range(16)) + "}"
    listed = addnodes.desc_parameterlist("", "", *(addnodes.desc_parameter(text, text) for text in [*names, long]))
    signature = addnodes.desc_signature("", "", addnodes.desc_name("", "paint"), listed)
    book = typeset(of_nodes(addnodes.desc("", signature, addnodes.desc_content())))
    first: dict[float, float] = {}
    for _, _, left, bottom, _, _ in book.boxes():
        line = next((y for y in first if abs(y - bottom) < 6), bottom)
        first[line] = min(first.get(line, left), left)
    edges = [first[line] for line in sorted(first, reverse=True)][1:]
    steps = [round((edge - edges[0]) / (edges[1] - edges[0])) for edge in edges]
    assert steps == [0, 1, 1, 1, 1, 2, 2, 0]


DRAWN = """\
+--------+------+
| 名前   | val  |
+--------+------+
| 한국어 | 12   |
| 😀     | ok   |
| ＡＢ   | ok   |
| ｱﾊﾞ    | ok   |
| ✅ ❌  | ok   |
| ẹ̀M̂ė̃    | ok   |
| ⚠️     | ok   |
| a→b    | ok   |
| อาหาร  | ok   |
| \u200babc    | ok   |
+--------+------+"""


def test_wide_letters_take_two_columns(typeset: Set) -> None:
    """With faces that have them or with boxes: the bars of a table drawn in code stand below each other."""
    book = typeset(of_nodes(nodes.literal_block(DRAWN, DRAWN, language="none")))
    bars: dict[int, list[float]] = {}
    for _, letter, left, bottom, _, _ in book.boxes():
        if letter == "|":
            bars.setdefault(round(bottom / 3), []).append(round(left, 1))
    assert len(bars) == 11
    for lefts in bars.values():
        assert len(lefts) == 3
        assert sorted(lefts) == pytest.approx(sorted(next(iter(bars.values()))), abs=0.6), bars
    assert "名前" in book.solid and "한국어" in book.solid


def test_wide_letters_count_when_a_line_is_wrapped(typeset: Set) -> None:
    code = "x = " + "名" * 200
    book = typeset(of_nodes(nodes.literal_block(code, code, language="none")))
    assert book.off_page() == []
    assert book.solid.count("名") == 200


def test_code_that_goes_on_says_so(typeset: Set) -> None:
    lines = "\n".join(f"   line {number}" for number in range(1, 150))
    book = typeset(f"Chapter\n=======\n\n::\n\n{lines}\n")
    said = [[line.strip() for line in page.splitlines() if "page" in line] for page in book.pages]
    assert said == [
        ["continues on next page"],
        ["continued from previous page", "continues on next page"],
        ["continued from previous page"],
    ]
    printed = [int(line.split()[1]) for page in book.pages for line in page.splitlines() if line.startswith("line ")]
    assert printed == list(range(1, 150))
    assert book.losses == [] and book.off_page() == []
