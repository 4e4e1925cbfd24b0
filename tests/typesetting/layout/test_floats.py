"""Numbered figures give way: where a page lacks room for one, the text goes on and the figure heads the next page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docutils import nodes

from casebound.typesetting import Typesetter
from tests.typesetting.samples import LOREM, image, picture, printed, tree


def figure(folder: Path, number: int, *, numbered: bool = True, high: int = 250) -> nodes.figure:
    """A figure so many points high with its caption."""
    shown = image(picture(folder / f"{number}.png"), width="300pt", height=f"{high}pt")
    label = [nodes.generated("", f"Fig. {number}\u2002")] if numbered else []
    return nodes.figure("", shown, nodes.caption("", "", *label, nodes.Text(f"Figure{number}")))


def picture_of(typesetter: Typesetter, *where: tuple[int, nodes.Node], paragraphs: int = 26) -> list[str]:
    """Each page as the paragraphs (P) and figures (F) that stand on it, runs of paragraphs joined."""
    document = tree("Chapter\n=======\n\n" + "\n\n".join(f"P{n:02} {LOREM * 2}" for n in range(paragraphs)))
    section = document.children[0]
    assert isinstance(section, nodes.section)
    for place, node in reversed(where):
        section.insert(place + 1, node)
    book = printed(typesetter, document)
    assert book.losses == [] and book.off_page() == []
    marks = [re.findall(r"\b(P\d\d|Figure\d)", page) for page in book.pages]
    return [re.sub(r"(P\d\d)(?: P\d\d)+", lambda run: f"{run[1]}-{run[0][-2:]}", " ".join(each)) for each in marks]


def test_a_numbered_figure_heads_the_next_page(typesetter: Typesetter, tmp_path: Path) -> None:
    assert picture_of(typesetter, (10, figure(tmp_path, 1))) == ["P00-12", "Figure1 P13-20", "P21-25"]


@pytest.mark.parametrize(
    ("letters", "pages"),
    [
        (10, ["P00-07 Figure1", "P08-21", "P22-25"]),  # made a little smaller, it stands here
        (7.2, ["P00-12", "Figure1 P13-20", "P21-25"]),  # its letters would be too small then
        (6, ["P00-12", "Figure1 P13-20", "P21-25"]),
        (0, ["P00-07 Figure1", "P08-21", "P22-25"]),  # it has none
    ],
)
def test_a_drawing_is_not_made_smaller_than_can_be_read(
    typesetter: Typesetter, tmp_path: Path, letters: float, pages: list[str]
) -> None:
    text = f'<g transform="scale(2)"><text x="5" y="20" font-size="{letters / 2}">Drawn</text></g>' if letters else ""
    path = tmp_path / "drawn.svg"
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="300pt" height="250pt" viewBox="0 0 300 250">{text}</svg>'
    )
    drawn = nodes.figure(
        "", image(path), nodes.caption("", "", nodes.generated("", "Fig. 1\u2002"), nodes.Text("Figure1"))
    )
    assert picture_of(typesetter, (8, drawn)) == pages


def test_one_that_the_text_cannot_refer_to_stays_where_it_is(typesetter: Typesetter, tmp_path: Path) -> None:
    assert picture_of(typesetter, (10, figure(tmp_path, 1, numbered=False))) == ["P00-09", "Figure1 P10-17", "P18-25"]


def test_figures_keep_their_order(typesetter: Typesetter, tmp_path: Path) -> None:
    places = [(9, figure(tmp_path, 1)), (10, figure(tmp_path, 2, high=20)), (11, figure(tmp_path, 3, high=400))]
    assert picture_of(typesetter, *places) == ["P00-12", "Figure1 Figure2 Figure3", "P13-25"]


def test_figures_at_the_end_keep_their_order(typesetter: Typesetter, tmp_path: Path) -> None:
    places = [(9, figure(tmp_path, 1, high=500)), (10, figure(tmp_path, 2, high=500)), (10, figure(tmp_path, 3))]
    assert picture_of(typesetter, *places, paragraphs=10) == ["P00-09", "Figure1", "Figure2", "Figure3"]


def test_one_in_a_list_stays_in_it(typesetter: Typesetter, tmp_path: Path) -> None:
    item = nodes.list_item("", nodes.paragraph("", "An item"), figure(tmp_path, 1))
    assert picture_of(typesetter, (10, nodes.bullet_list("", item))) == ["P00-09", "Figure1 P10-17", "P18-25"]


def test_a_turned_table_of_several_pages_gives_way_too(typesetter: Typesetter) -> None:
    rows = [[f"Cell{row}of{column}xxxxxx" for column in range(9)] for row in range(60)]
    wide = "".join(f"   * - {cells}\n" for cells in map("\n     - ".join, rows))
    source = tree(f"Chapter\n=======\n\nBefore.\n\n.. list-table:: Wide\n\n{wide}\n" + "\n\n".join([LOREM * 2] * 9))
    table = next(source.findall(nodes.table))
    title = table.children[0]
    assert isinstance(title, nodes.title)
    title.insert(0, nodes.generated("", "Table 1\u2002"))
    book = printed(typesetter, source)
    assert "A service asks" in book.pages[0] and "Cell0of0" not in book.pages[0]
    assert ["Cell" in page for page in book.pages[1:3]] == [True, True]
    assert book.losses == [] and book.off_page() == []


def test_a_figure_that_waits_for_the_next_page_stands_before_what_is_asked_to_begin_one(
    typesetter: Typesetter, tmp_path: Path
) -> None:
    asked = nodes.paragraph("", "P99 begins a page.", classes=["new-page"])
    where = ((10, figure(tmp_path, 1)), (11, asked))
    assert picture_of(typesetter, *where) == ["P00-10", "Figure1", "P99-23", "P24-25"]
