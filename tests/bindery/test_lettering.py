"""Lines brought into boxes: what is added to letters and spaces, and what no eye may see."""

from __future__ import annotations

import pytest

from casebound.bindery.fonts.lettering import Fit, fitted
from casebound.model.fragment import FolioBox

LINE = " (p. 14)"


def box(width: float, align: str = "justified") -> FolioBox:
    return FolioBox(0, 10.0, 20.0, width, "a:b", "Face", 8.5, align=align)


def filled(fit: Fit, width: float) -> float:
    """The width of the line as it is set, with the room at its left."""
    return fit.indent + (width + fit.letters * len(LINE) + fit.spaces * LINE.count(" ")) * fit.scale


@pytest.mark.parametrize("lack", [-2.8, -1.0, 0.0, 1.4, 3.0, 4.3])
def test_a_line_a_figure_too_short_or_long_fills_its_box_unseen(lack: float) -> None:
    """The space before its figures, which stands between two letters, looks the same before one and before two."""
    fit = fitted(30.0 - lack, LINE, box(30.0))
    assert filled(fit, 30.0 - lack) == pytest.approx(30.0)
    assert -0.03 * 8.5 <= fit.letters <= 0.04 * 8.5
    assert abs(fit.scale - 1) <= 0.0401
    space = 0.22 * 8.5
    assert (space + 2 * fit.letters + fit.spaces) * fit.scale - space < 0.6
    assert fit.indent < 0.25 * 8.5


def test_what_is_left_of_the_room_stands_at_the_left() -> None:
    fit = fitted(20.0, LINE, box(40.0))
    assert filled(fit, 20.0) == pytest.approx(40.0)
    assert fit.indent > 15


def test_a_line_too_wide_for_its_box_is_set_narrower() -> None:
    assert filled(fitted(40.0, LINE, box(30.0)), 40.0) == pytest.approx(30.0)
    assert fitted(40.0, LINE, box(30.0, "right")).scale == pytest.approx(0.75)
    assert fitted(0.0, "", box(30.0)) == Fit(30.0)


def test_at_the_left_and_at_the_right_nothing_is_stretched() -> None:
    assert fitted(20.0, LINE, box(30.0, "left")).operators() == (b"", b"")
    assert fitted(20.0, LINE, box(30.0, "right")).indent == pytest.approx(10.0)
