"""Garbage is collected less often while a book is made, and as before when it is done."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from casebound.system.garbage import collect_rarely, collecting_rarely


@pytest.fixture(autouse=True)
def _threshold() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)


def test_it_is_called_rarely_for_a_while() -> None:
    gc.set_threshold(700, 10, 10)
    with pytest.raises(ValueError, match="x"), collecting_rarely():
        assert gc.get_threshold()[0] > 10_000
        raise ValueError("x")
    assert gc.get_threshold() == (700, 10, 10)


@pytest.mark.parametrize("own", [(0, 10, 10), (100_000, 50, 50)])
def test_who_has_chosen_otherwise_is_left_alone(own: tuple[int, int, int]) -> None:
    gc.set_threshold(*own)
    collect_rarely()
    assert gc.get_threshold() == own
