"""EPUBCheck, the reference validator, on a book that has everything in it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from casebound.model.folios import PageStart
from casebound.proof.epub.validator import command, unavailable
from tests.epub import kitchen
from tests.epub.samples import CERTIFIED


@pytest.mark.skipif(bool(unavailable()), reason=unavailable())
def test_a_book_with_everything_passes(tmp_path: Path) -> None:
    shelf = kitchen.book(tmp_path)
    shelf.facts = {**shelf.facts, "certification": CERTIFIED}
    edition = shelf.pack(starts=[PageStart("1", "index", 0), PageStart("2", "index", 30), PageStart("3", "a/B c", 0)])
    path = tmp_path / "book.epub"
    path.write_bytes(edition.data)
    said = subprocess.run(command(path, "--usage"), capture_output=True, text=True, check=False).stdout
    messages = json.loads(said[said.index("{") :])["messages"]
    assert [(one["ID"], one["message"], one["locations"][:1]) for one in messages if one["severity"] != "INFO"] == []
