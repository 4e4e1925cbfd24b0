"""Lines brought into boxes: what is added to letters and spaces, and what no eye may see."""

from __future__ import annotations

import pytest

from casebound.bindery.fonts.lettering import fitted
from casebound.model.fragment import FolioBox

LINE = " (p. 14)"


def box(width: float, align: str = "justified") -> FolioBox:
    return FolioBox(0, 10.0, 20.0, width, "a:b", "Face", 8.5, align=align)


@pytest.mark.parametrize("lack", [-2.8, -1.0, 0.0, 1.4, 3.0])
def test_a_line_a_figure_too_short_or_long_fills_its_box_unseen(lack: float) -> None:
    fit = fitted(30.0 - lack, LINE, box(30.0))
    assert 30.0 - lack + fit.letters * len(LINE) + fit.spaces * LINE.count(" ") == pytest.approx(30.0)
    assert (fit.indent, fit.scale) == (0.0, 1.0)
    assert abs(fit.letters) <= 0.03 * 8.5
    assert fit.spaces <= 0.16 * 8.5


def test_what_is_left_of_the_room_stands_at_the_left() -> None:
    fit = fitted(20.0, LINE, box(40.0))
    assert fit.indent + 20.0 + fit.letters * len(LINE) + fit.spaces * 2 == pytest.approx(40.0)
    assert fit.indent > 0


def test_a_line_too_wide_for_its_box_is_set_narrower() -> None:
    fit = fitted(40.0, LINE, box(30.0))
    assert (40.0 + fit.letters * len(LINE) + fit.spaces * 2) * fit.scale == pytest.approx(30.0)
    assert fitted(40.0, LINE, box(30.0, "right")).scale == pytest.approx(0.75)


def test_at_the_left_and_at_the_right_nothing_is_stretched() -> None:
    assert fitted(20.0, LINE, box(30.0, "left")).operators() == (b"", b"")
    assert fitted(20.0, LINE, box(30.0, "right")).indent == pytest.approx(10.0)
