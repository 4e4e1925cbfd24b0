"""What fails costs as little as it can: a worker, a stage, the disk; earlier outputs stay whole."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes

from casebound.model.diagnostics import BuildStop
from casebound.model.fragment import Fragment
from casebound.system import files
from casebound.typesetting import Typesetter
from casebound.typesetting.nodes import prose
from tests.press.books import Shop, codes, outline, pages
from tests.press.outputs.test_outputs import Built


class Broken(Exception):
    pass


def breaking(*_: Any, **__: Any) -> Any:
    raise Broken


@pytest.mark.parametrize(
    "where", ["casebound.epub.pack", "casebound.press.manifest.render", "casebound.press.binder.Binder.handout_files"]
)
def test_a_failing_build_leaves_the_outputs_whole(made: Shop, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    before = made.outputs()
    made.edit("internals/rpc.rst", "A call waits", "An edited call waits")
    monkeypatch.setattr(where, breaking)
    with pytest.raises(Broken):
        made.make()
    assert made.outputs() == before


def test_a_full_disk_leaves_the_outputs_whole(made: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.outputs()
    made.edit("internals/rpc.rst", "A call waits", "An edited call waits")
    original = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if "epub" in self.name:
            original(self, data[:100])
            raise OSError(28, "No space left on device")
        return original(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BuildStop) as stopped:
        made.make()
    assert stopped.value.problem.code == "build-unwritable"
    assert "No space left on device" in str(stopped.value)
    assert made.outputs() == before


def test_a_folder_in_the_place_of_an_output_leaves_the_others_whole(made: Shop) -> None:
    before = made.outputs()
    made.edit("internals/rpc.rst", "A call waits", "An edited call waits")
    made.epub.unlink()
    made.epub.parent.rmdir()
    made.epub.parent.write_text("a file")
    with pytest.raises(BuildStop) as stopped:
        made.make()
    assert stopped.value.problem.code == "build-unwritable"
    after = made.outputs()
    assert after.pop("epub") == b"a file"
    before.pop("epub/tiny-book.epub")
    assert after == before


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "deep" / "file"
    files.write(path, b"one")
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(5, "broken")))
    with pytest.raises(BuildStop):
        files.write(path, b"two")
    assert path.read_bytes() == b"one"
    assert [one.name for one in path.parent.iterdir()] == ["file"]


def crashing(parent: int) -> Any:
    """A handler that ends its process, unless that is the test's own."""

    def crash(*_: Any, **__: Any) -> Any:
        assert os.getpid() != parent
        os._exit(13)

    return crash


def test_a_crashed_worker_costs_one_chapter_its_looks(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, built: Built, typeset: list[str]
) -> None:
    monkeypatch.setattr(prose.RubricHandler, "blocks", crashing(os.getpid()))
    result = shop.make()
    assert result.exit_code == 1
    assert codes(result.problems) == ["debugging/gmr worker-crashed"]
    assert list(shop.outputs()) == list(built[0].outputs())
    assert outline(shop.book) == outline(built[0].book)
    text = " ".join(line for lines in pages(shop.book) for line in lines)
    for words in ("A rubric", "Signals.", "A cast does not wait.", "What a process says of itself"):
        assert words in text
    assert shop.told.stages[1] == ("typesetting", 6, 6)
    assert [entry["code"] for entry in shop.manifest()["problems"]] == ["worker-crashed"]
    typeset.clear()
    again = shop.make()
    assert (again.exit_code, typeset) == (1, [])


def test_a_chapter_that_crashes_its_worker_even_as_plain_text_costs_no_other(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, built: Built
) -> None:
    plain = Typesetter.plain

    def fragile(self: Typesetter, name: str, tree: nodes.document) -> Fragment:
        if any(tree.findall(nodes.rubric)):
            os._exit(13)
        return plain(self, name, tree)

    monkeypatch.setattr(prose.RubricHandler, "blocks", crashing(os.getpid()))
    monkeypatch.setattr(Typesetter, "plain", fragile)
    result = shop.make()
    assert result.exit_code == 1
    assert "debugging/gmr worker-crashed" in codes(result.problems)
    assert list(shop.outputs()) == list(built[0].outputs())
    assert outline(shop.book) == outline(built[0].book)


def test_a_failing_node_fails_the_build_with_its_outputs_complete(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, built: Built
) -> None:
    monkeypatch.setattr(prose.RubricHandler, "blocks", breaking)
    result = shop.make()
    assert result.exit_code == 1
    assert [code.split(":")[0] for code in codes(result.problems)] == ["debugging/gmr"]
    assert [problem.code for problem in result.problems] == ["node-failed"]
    assert result.problems[0].line in (11, 12, 13)
    assert list(shop.outputs()) == list(built[0].outputs())
