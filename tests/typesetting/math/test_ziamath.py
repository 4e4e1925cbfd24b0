"""Each change inside ziamath: what upstream does without it, and what is done with it.

Where a test fails because upstream does as it should, the change can go.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from ziamath.nodes import msubsup
from ziamath.nodes.menclose import Menclose
from ziamath.nodes.mnode import Mnode
from ziamath.nodes.mrow import Mrow
from ziamath.nodes.mtable import Mtable
from ziamath.nodes.munderover import Mover, Munder, Munderover

from casebound.typesetting.math import enclosures, engine, rules

EM = 10.0
CHANGES: dict[str, tuple[object, object]] = {
    "Mnode.size_px": (Mnode, engine._size_px),
    "Mrow._get_height_nostretch": (Mrow, engine._get_height_nostretch),
    "msubsup.place_super": (msubsup, engine._place_super),
    "Mtable._setup": (Mtable, rules._set_table),
    "Menclose._setup": (Menclose, enclosures._set_other),
    **{f"{kind.__name__}._setup": (kind, engine._set_labelled[kind]) for kind in (Mover, Munder, Munderover)},
}
"""Where each change is made, and what upstream has there."""


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Undoes one change until the test ends."""

    def undo(name: str) -> None:
        place, upstream = CHANGES[name]
        monkeypatch.setattr(place, name.partition(".")[2], upstream)

    return undo


def test_every_change_stands_in_this_file() -> None:
    statements = ast.parse(inspect.getsource(engine)).body
    targets = [ast.unparse(target) for one in statements if isinstance(one, ast.Assign) for target in one.targets]
    changed = [target for target in targets if "." in target and not target.startswith("config.")]
    assert sorted(changed) == sorted(CHANGES)


def laid(content: str) -> tuple[Mnode, list[ElementTree.Element]]:
    """A formula's box and what is drawn of it, in points."""
    box, drawing = engine.lay_out(ElementTree.fromstring(f"<math>{content}</math>"), EM)
    return box, [one for one in drawing.iter() if one is not drawing]


def width(content: str) -> float:
    box = laid(content)[0].bbox
    return float(box.xmax - box.xmin)


@pytest.mark.parametrize(("length", "points"), [("1em", EM), ("2ex", 0.9 * EM), ("5pt", 5.0)])
def test_an_em_is_the_size_of_the_font(without: Callable[[str], None], length: str, points: float) -> None:
    def space() -> float:
        return width(f'<mi>a</mi><mspace width="{length}"/><mi>b</mi>') - width("<mi>a</mi><mi>b</mi>")

    ours = space()
    without("Mnode.size_px")
    assert space() == pytest.approx(ours * 1.333, abs=0.05)
    assert length == "2ex" or ours == pytest.approx(points, abs=0.05)


def test_what_a_row_costs_is_not_doubled_by_each_row_it_stands_in(
    without: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    setup, made = Mrow._setup, 0

    def counted(self: Mrow, **kwargs: object) -> None:
        nonlocal made
        made += 1
        setup(self, **kwargs)

    def rows(depth: int) -> int:
        nonlocal made
        made, content = 0, "<mi>x</mi>"
        for _ in range(depth):
            content = f"<mfrac><mn>1</mn><mrow><mn>1</mn><mo>+</mo>{content}</mrow></mfrac>"
        laid(content)
        return made

    def growth() -> list[int]:
        counts = [rows(depth) for depth in (3, 4, 5, 6)]
        return [after - before for before, after in pairwise(counts)]

    monkeypatch.setattr(Mrow, "_setup", counted)
    steady = growth()
    assert all(after <= before + 1 for before, after in pairwise(steady))
    without("Mrow._get_height_nostretch")
    first, second, third = growth()
    assert second >= 1.9 * first and third >= 1.9 * second


def test_a_power_stands_as_high_beside_a_bracket_as_beside_a_letter(without: Callable[[str], None]) -> None:
    def heights() -> list[float]:
        return [
            laid(f"<msup>{base}<mn>2</mn></msup>")[0].bbox.ymax
            for base in ("<mi>x</mi>", '<mo stretchy="false">)</mo>')
        ]

    letter, bracket = heights()
    assert bracket == pytest.approx(letter, abs=0.1)
    without("msubsup.place_super")
    letter, bracket = heights()
    assert bracket > letter + 0.15 * EM


LABELLED = {
    "Mover": "<mover>{arrow}{words}</mover>",
    "Munder": "<munder>{arrow}{words}</munder>",
    "Munderover": "<munderover>{arrow}{words}<mi>x</mi></munderover>",
}


@pytest.mark.parametrize("kind", LABELLED)
def test_an_arrow_is_longer_than_the_words_on_it(without: Callable[[str], None], kind: str) -> None:
    words = "<mtext>much longer than an arrow</mtext>"
    formula = LABELLED[kind].format(arrow='<mo stretchy="words">→</mo>', words=words)

    def arrow() -> float:
        box = laid(formula)[0].nodes[0].base.bbox
        return float(box.xmax - box.xmin)

    smaller = 0.7 * width(words)  # the size of labels
    assert arrow() > smaller
    without(f"{kind}._setup")
    assert arrow() < 1.5 * EM < smaller


TABLE = (
    "<mtable {}><mtr><mtd><mi>a</mi></mtd><mtd><mi>b</mi></mtd></mtr><mtr><mtd/><mtd><mi>d</mi></mtd></mtr></mtable>"
)


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        ('rowlines="solid"', 1),
        ('columnlines="double"', 2),
        ('frame="top:solid left:solid"', 2),
        ('parts="1:solid:1-2"', 1),
    ],
)
def test_the_lines_of_a_table_are_drawn(without: Callable[[str], None], lines: str, count: int) -> None:
    def rectangles() -> int:
        return [one.tag for one in laid(TABLE.format(lines))[1]].count("rect")

    assert rectangles() == count
    without("Mtable._setup")
    assert rectangles() == 0


def enclosed(notation: str) -> tuple[float, list[ElementTree.Element]]:
    box, drawn = laid(f'<menclose notation="{notation}"><mi>x</mi></menclose>')
    return float(box.bbox.xmax), drawn


def frame() -> Iterator[float]:
    """The width of a box that frames a letter, of the frame, and how far that stands off the letter's foot."""
    right, drawn = enclosed("box")
    (rectangle,) = [one for one in drawn if one.tag == "rect"]
    yield right
    yield float(rectangle.get("width", ""))
    yield float(rectangle.get("y", "")) + float(rectangle.get("height", "")) + laid("<mi>x</mi>")[0].bbox.ymin


def test_a_frame_stands_off_its_letter_and_its_box_is_as_wide(without: Callable[[str], None]) -> None:
    box, drawn, off = frame()
    assert (box, off) == (pytest.approx(drawn), pytest.approx(0.2 * EM, abs=0.01))
    without("Menclose._setup")
    box, drawn, off = frame()
    assert box > drawn + 0.1 * EM and off < 0.15 * EM


@pytest.mark.parametrize("notation", ["updiagonalstrike", "downdiagonalstrike", "horizontalstrike"])
def test_a_stroke_ends_where_its_box_does(without: Callable[[str], None], notation: str) -> None:
    def ends() -> tuple[float, float]:
        box, drawn = enclosed(notation)
        strokes = [one.get("d", "") for one in drawn if one.get("stroke")]
        rectangles = [float(one.get("width", "")) for one in drawn if one.tag == "rect"]
        return box, max([*rectangles, *(float(re.split(r"[ ,]+", stroke)[-2]) for stroke in strokes)])

    box, stroke = ends()
    assert stroke == pytest.approx(box, abs=0.01)
    without("Menclose._setup")
    box, stroke = ends()
    assert stroke < box - 0.1 * EM


def test_the_head_of_an_arrow_is_an_outline(without: Callable[[str], None]) -> None:
    """ziamath's is a marker of SVG, which nothing here draws."""

    def markers() -> int:
        return [one.tag for one in enclosed("updiagonalarrow")[1]].count("marker")

    assert markers() == 0
    without("Menclose._setup")
    assert markers() == 1
