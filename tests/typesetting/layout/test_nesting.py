"""What stands in what, and what stays with what on a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes

from tests.typesetting.conftest import Set
from tests.typesetting.samples import LOREM, image, lost, of_nodes, picture, words


def nest(depth: int, kind: type[nodes.Element] = nodes.bullet_list) -> nodes.Element:
    """Lists in lists, each level with its own word."""
    inner = kind("", nodes.list_item("", words(f"level{depth}")))
    for level in range(depth - 1, 0, -1):
        inner = kind("", nodes.list_item("", words(f"level{level}"), inner))
    return inner


@pytest.mark.parametrize("kind", [nodes.bullet_list, nodes.enumerated_list])
def test_lists_60_deep(typeset: Set, kind: type[nodes.Element]) -> None:
    document = of_nodes(nest(60, kind))
    book = typeset(document)
    assert book.losses == []
    assert lost(document, book.solid) == []
    assert book.off_page() == []


NESTS = {
    "quotes": lambda inner: nodes.block_quote("", inner),
    "notes": lambda inner: nodes.note("", inner),
    "definitions": lambda inner: nodes.definition_list(
        "", nodes.definition_list_item("", nodes.term("", "Term"), nodes.definition("", inner))
    ),
    "line blocks": lambda inner: nodes.line_block("", nodes.line("", "Line"), inner),
}


@pytest.mark.parametrize("kind", NESTS)
def test_40_deep(typeset: Set, kind: str) -> None:
    inner: nodes.Element = nodes.line("", "innermost") if kind == "line blocks" else words("innermost")
    for _ in range(40):
        inner = NESTS[kind](inner)
    book = typeset(of_nodes(inner))
    assert book.losses == []
    assert "innermost" in book.solid
    assert book.off_page() == []


def filler(count: int) -> list[nodes.Node]:
    return [words(f"Filler {number}.") for number in range(count)]


def page_of(pages: list[str], text: str) -> int:
    (found,) = (number for number, page in enumerate(pages) if text in page)
    return found


def test_a_heading_never_stands_at_the_foot_of_a_page(typeset: Set) -> None:
    places = set()
    for count in range(18, 42):
        section = nodes.section("", nodes.title("", "Heading"), words("Opening", LOREM * 3), ids=["chapter:h"])
        book = typeset(of_nodes(*filler(count), section))
        heading = page_of(book.pages, "Heading")
        assert heading == page_of(book.pages, "Opening")
        assert book.fragment.destinations["chapter:h"].page == heading
        places.add(heading)
    assert places == {0, 1}


def test_headings_one_below_the_other_stay_together(typeset: Set) -> None:
    for count in range(24, 40, 2):
        inner = nodes.section("", nodes.title("", "Below"), words("Opening", LOREM), ids=["chapter:i"])
        outer = nodes.section("", nodes.title("", "Above"), inner, ids=["chapter:o"])
        pages = typeset(of_nodes(*filler(count), outer)).pages
        assert page_of(pages, "Above") == page_of(pages, "Below") == page_of(pages, "Opening")


def test_a_caption_stands_with_its_picture(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "wide.png", (300, 200))
    places = set()
    for count in range(10, 40, 2):
        figure = nodes.figure("", image(path), nodes.caption("", "The caption"), ids=["chapter:f"])
        book = typeset(of_nodes(*filler(count), figure, words("After.")))
        assert book.losses == []
        page = book.fragment.destinations["chapter:f"].page
        assert page_of(book.pages, "The caption") == page
        places.add(page)
    assert places == {0, 1}


@pytest.mark.parametrize("size", [(100, 4000), (4000, 100), (3000, 3000)])
def test_a_picture_larger_than_the_page_is_set_within_it(typeset: Set, tmp_path: Path, size: tuple[int, int]) -> None:
    figure = nodes.figure("", image(picture(tmp_path / "big.png", size)), nodes.caption("", "The caption"))
    book = typeset(of_nodes(words("Before."), figure))
    assert book.losses == []
    assert book.fragment.pages <= 2
    assert "The caption" in book.text
    assert book.off_page() == []


def test_a_legend_longer_than_a_page(typeset: Set, tmp_path: Path) -> None:
    legend = nodes.legend("", *(words(f"legend{number}", LOREM) for number in range(40)))
    figure = nodes.figure("", image(picture(tmp_path / "p.png")), nodes.caption("", "The caption"), legend)
    document = of_nodes(figure)
    book = typeset(document)
    assert lost(document, book.solid) == []
    assert book.off_page() == []


def test_a_paragraph_longer_than_a_page(typeset: Set) -> None:
    document = of_nodes(words(*(f"word{number}" for number in range(3000))))
    book = typeset(document)
    assert lost(document, book.solid) == []
    assert book.fragment.pages > 3
    assert min(len(page.splitlines()) for page in book.pages) >= 2


def test_the_name_of_a_linked_picture_in_a_figure(typeset: Set, tmp_path: Path) -> None:
    link = nodes.reference("", "", image(picture(tmp_path / "p.png")), refuri="https://a.org/", ids=["chapter:x"])
    assert "chapter:x" in typeset(of_nodes(nodes.figure("", link))).fragment.destinations
