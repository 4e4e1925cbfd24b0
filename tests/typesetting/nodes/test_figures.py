"""Figures with captions and legends, pictures that give way to a page, and pictures in a line of text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docutils import nodes

from tests.typesetting.conftest import Set
from tests.typesetting.layout.test_tables import table
from tests.typesetting.samples import LOREM, Printed, image, lost, of_nodes, picture, words

Size = tuple[int, int, int, int]


def pictures(book: Printed) -> list[Size]:
    """The images of a book: 0-based page, left edge in the text block, width and height, whole points."""
    document = pypdfium2.PdfDocument(book.pdf)
    paper = book.style.paper  # type: ignore[attr-defined]
    found = []
    try:
        for number, page in enumerate(document):
            for one in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
                left, bottom, right, top = one.get_bounds()
                edge = paper.origin(number % 2 == 0)[0]
                found.append((number, round(left - edge), round(right - left), round(top - bottom)))
    finally:
        document.close()
    return found


def filled(points: int) -> nodes.paragraph:
    """Lines of text that fill about so many points."""
    return nodes.paragraph("", "", nodes.Text(LOREM * (points // 21)))


def figure(path: Path, *rest: nodes.Node, **attributes: object) -> nodes.figure:
    return nodes.figure("", image(path, **attributes), *rest)


def caption(text: str) -> nodes.caption:
    return nodes.caption("", text)


def test_a_picture_a_little_too_high_for_its_page_is_made_smaller(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 400))
    whole = pictures(typeset(of_nodes(figure(path, caption("Below")))))[0]
    book = typeset(of_nodes(filled(350), figure(path, caption("Below"))))
    page, _, width, height = pictures(book)[0]
    assert page == 0
    assert 0.75 * whole[3] <= height < whole[3]
    assert width / height == pytest.approx(300 / 400, abs=0.02)
    assert book.fragment.pages == 1


def test_a_picture_much_too_high_for_its_page_stands_on_the_next(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 400))
    book = typeset(of_nodes(filled(500), figure(path, caption("Below"))))
    assert [size[0] for size in pictures(book)] == [1]
    assert pictures(book)[0][3] == 300
    assert "Below" in book.pages[1]


def test_a_picture_higher_than_a_page_keeps_its_long_caption(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (300, 3000))
    book = typeset(of_nodes(figure(path, caption(LOREM * 6))))
    assert book.fragment.pages == 1
    assert "A service asks" in book.pages[0]
    assert book.off_page() == []


def test_a_legend_longer_than_a_page_goes_on(typeset: Set, tmp_path: Path) -> None:
    legend = nodes.legend("", *(words(f"legend{number}", LOREM) for number in range(40)))
    document = of_nodes(figure(picture(tmp_path / "a.png"), caption("Below"), legend))
    book = typeset(document)
    assert book.fragment.pages > 1
    assert lost(document, book.solid) == []
    assert book.losses == []


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0), ("default", 0.5)])
def test_picture_caption_and_legend_stand_on_the_side_of_the_figure(
    typeset: Set, tmp_path: Path, align: str, share: float
) -> None:
    one = figure(picture(tmp_path / "a.png", (100, 50)), caption("QQQQ"), nodes.legend("", words("ZZZZ")))
    one["align"] = align
    book = typeset(of_nodes(one))
    paper = book.style.paper  # type: ignore[attr-defined]
    measure, edge = paper.block[0], paper.origin(True)[0]
    assert pictures(book)[0][1] == pytest.approx((measure - 75) * share, abs=2)
    for letter in "QZ":
        edges = [(left - edge, right - edge) for _, one, left, _, right, _ in book.boxes() if one == letter]
        middle = edges[0][0] + (edges[-1][1] - edges[0][0]) * share
        assert middle == pytest.approx(measure * share, abs=2)


def test_a_figure_has_the_width_the_author_gave(typeset: Set, tmp_path: Path) -> None:
    one = figure(picture(tmp_path / "a.png", (1000, 50)), caption(LOREM))
    one["width"] = "40%"
    book = typeset(of_nodes(one))
    measure = book.style.paper.block[0]  # type: ignore[attr-defined]
    assert pictures(book)[0][2] == pytest.approx(0.4 * measure, abs=1)
    assert len(book.pages[0].splitlines()) > 3


@pytest.mark.parametrize(
    ("attributes", "points"),
    [
        ({"width": "10em"}, 104),
        ({"width": "10rem"}, 104),
        ({"width": "20ch"}, 104),
        ({"width": "20ex"}, 104),
        ({"width": "160Q"}, 113.4),
        ({"width": "4cm"}, 113.4),
        ({"width": "20vw"}, 119.1),
        ({"width": "20vmin"}, 119.1),
        ({"width": "10vmax"}, 84.2),
        ({"width": "20vi"}, 119.1),
        ({"width": "10vb"}, 84.2),
        ({"height": "5vh"}, 126.3),
        ({"width": "8pc"}, 96),
        ({"width": ".5in"}, 36),
        ({"width": "20VW"}, 119.1),
        ({"width": "20furlong"}, 225),
    ],
)
def test_a_picture_has_the_size_of_the_source_in_every_unit(
    typeset: Set, tmp_path: Path, attributes: dict[str, object], points: float
) -> None:
    path = picture(tmp_path / "a.png", (300, 100))
    assert pictures(typeset(of_nodes(image(path, **attributes))))[0][2] == pytest.approx(points, abs=1)


def test_a_figure_and_a_table_have_the_width_of_the_source_in_every_unit(typeset: Set, tmp_path: Path) -> None:
    one = figure(picture(tmp_path / "a.png", (1000, 50)), caption(LOREM))
    one["width"] = "160Q"
    assert pictures(typeset(of_nodes(one)))[0][2] == pytest.approx(113.4, abs=1)
    two = table(["Words.", "More."])
    two["width"] = "20vw"
    narrow, as_is = typeset(of_nodes(two)), typeset(of_nodes(table([LOREM, LOREM])))
    assert max(right for *_, right, _ in narrow.boxes()) < max(right for *_, right, _ in as_is.boxes())


def test_code_in_a_figure_is_broken_and_its_caption_does_not_stand_alone(typeset: Set) -> None:
    code = nodes.literal_block("", "\n".join(f"node{number} -> node{number + 1};" for number in range(58)))
    document = of_nodes(filled(60), nodes.figure("", code, caption("A graph as its source")))
    book = typeset(document)
    assert lost(document, book.solid) == []
    assert [page.count("node") > 1 for page in book.pages] == [True] * book.fragment.pages
    assert "A graph" in book.pages[-1]


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ({}, (20, 20)),
        ({"width": "100pt"}, (100, 100)),
        ({"height": "30pt"}, (30, 30)),
        ({"scale": 200}, (60, 60)),
        ({"width": "50%"}, (221, 221)),
        ({"width": "900pt"}, (413, 413)),
        ({"width": "10px", "scale": 400}, (30, 30)),
    ],
)
def test_a_picture_in_a_line_has_the_size_of_the_source(
    typeset: Set, tmp_path: Path, attributes: dict[str, object], size: tuple[int, int]
) -> None:
    path = picture(tmp_path / "a.png", (40, 40))
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, **attributes), nodes.Text(" after."))
    book = typeset(of_nodes(line))
    assert pictures(book)[0][2:] == size
    assert book.off_page() == []


def test_a_large_picture_in_a_line_is_not_made_a_sign(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (400, 200))
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path), nodes.Text(" after."))
    assert pictures(typeset(of_nodes(line)))[0][2:] == (300, 150)


def test_a_picture_in_a_line_of_a_cell_stays_in_its_column(typeset: Set, tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", (900, 200))
    line = nodes.paragraph("", "", nodes.Text("Before "), image(path, width="900px"), nodes.Text(" after."))
    book = typeset(of_nodes(table([line, *(LOREM for _ in range(4))])))
    assert pictures(book)[0][2] <= 120
    assert book.off_page() == []


@pytest.mark.parametrize(("align", "share"), [("left", 0.0), ("center", 0.5), ("right", 1.0)])
def test_the_caption_of_one_picture_of_a_figure_is_small_and_stands_below_it(
    typeset: Set, tmp_path: Path, align: str, share: float
) -> None:
    below = nodes.paragraph("", "QQQQ", classes=["subcaption"])
    one = figure(picture(tmp_path / "a.png", (100, 50)), below)
    one["align"] = align
    book = typeset(of_nodes(words("QQQQ"), one))
    paper = book.style.paper  # type: ignore[attr-defined]
    measure, edge = paper.block[0], paper.origin(True)[0]
    found = [(left - edge, right - edge) for _, one, left, _, right, _ in book.boxes() if one == "Q"]
    text, small = (each[-1][1] - each[0][0] for each in (found[:4], found[4:]))
    assert small < 0.9 * text
    assert found[4][0] + small * share == pytest.approx(measure * share, abs=2)
