"""Files are replaced whole, all or none, and nothing is left beside them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from casebound.system.files import replace


def test_files_are_replaced_and_keep_their_rights(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for path in (one, two):
        path.write_bytes(b"before")
        path.chmod(0o750)
    replace({one: b"after"}, keep_rights=True)
    replace({two: b"after"})
    assert (one.read_bytes(), two.read_bytes()) == (b"after", b"after")
    assert stat.S_IMODE(one.stat().st_mode) == 0o750
    assert stat.S_IMODE(two.stat().st_mode) != 0o750
    assert sorted(tmp_path.iterdir()) == [one, two]


def test_where_one_cannot_be_written_none_is_replaced(tmp_path: Path) -> None:
    one, taken = tmp_path / "one", tmp_path / "taken"
    one.write_bytes(b"before")
    taken.mkdir()
    with pytest.raises(IsADirectoryError, match="taken is a folder") as failed:
        replace({one: b"after", taken: b"after"})
    assert failed.value.filename == str(taken)
    assert one.read_bytes() == b"before"
    assert sorted(tmp_path.iterdir()) == [one, taken]


def test_a_name_that_is_too_long_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 254)
    with pytest.raises(OSError, match="too long") as failed:
        replace({path: b"after"})
    assert failed.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []
