"""The faultless outputs of a tiny book, for a test to seed its fault into."""

from __future__ import annotations

import pytest

from tests.proof.samples import Copy, Parcel, book_copy, book_parcel, first_handout, second_handout


@pytest.fixture
def copy() -> Copy:
    return book_copy()


@pytest.fixture
def handouts() -> tuple[Copy, Copy]:
    return first_handout(), second_handout()


@pytest.fixture
def parcel() -> Parcel:
    return book_parcel()
