"""Runs after runs: what is kept, what is made again, and that nobody can tell from the outputs."""

from __future__ import annotations

import gc
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from casebound.model.diagnostics import BuildStop
from casebound.press import press, workers
from casebound.system.garbage import at_rest
from tests.press.books import Shop, codes, outline
from tests.press.outputs.test_outputs import Built


def test_a_second_run_typesets_nothing_and_gives_the_same_bytes(made: Shop, typeset: list[str], built: Built) -> None:
    assert made.make().exit_code == 0
    assert typeset == []
    assert made.told.stages[1] == ("typesetting", 6, 6)
    assert made.outputs() == built[0].outputs()


def test_an_edit_typesets_one_chapter_and_gives_the_bytes_of_a_clean_build(
    made: Shop, tmp_path: Path, typeset: list[str], built: Built
) -> None:
    clean = Shop.of(tmp_path / "elsewhere", build="out")
    for shop in (made, clean):
        shop.edit("internals/rpc.rst", "A call waits", "An edited call waits, ever so long,")
    made.make()
    assert typeset == ["internals/rpc"]
    clean.make(jobs=1)
    assert len(typeset) == 7
    assert made.outputs() == clean.outputs()
    assert made.outputs()["pdf/tiny-book.pdf"] != built[0].outputs()["pdf/tiny-book.pdf"]


def test_a_new_picture_typesets_its_chapter(made: Shop, typeset: list[str]) -> None:
    Image.new("RGB", (90, 30), "red").save(made.places.source / "bus.png")
    made.make(kinds=frozenset({"pdf"}))
    assert typeset == ["internals/rpc"]


def test_a_lost_or_cut_fragment_is_typeset_again(made: Shop, typeset: list[str]) -> None:
    first = made.outputs()
    sidecars = sorted((made.places.work / "fragments").glob("*.json"))
    sidecars[0].unlink()
    sidecars[1].write_text(sidecars[1].read_text()[:100])
    made.make(kinds=frozenset({"pdf"}))
    assert len(typeset) == 2
    assert made.outputs() == first


def test_fragments_with_damaged_pages_are_typeset_again(made: Shop, typeset: list[str]) -> None:
    first = made.outputs()
    for path in (made.places.work / "fragments").glob("*.pdf"):
        path.write_bytes(path.read_bytes()[:200])
    made.make(kinds=frozenset({"pdf"}))
    assert len(typeset) == 6
    assert made.outputs() == first


def test_fragments_of_chapters_that_are_gone_are_swept_away(made: Shop) -> None:
    made.edit("index.rst", "   internals/cells\n", "")
    (made.places.source / "internals/cells.rst").unlink()
    made.edit("debugging/gmr.rst", " and :ref:`setup`", "")
    made.make(kinds=frozenset({"pdf"}))
    assert len(list((made.places.work / "fragments").glob("*.json"))) == 5
    assert "Cells" not in outline(made.book)


def test_stale_handouts_are_taken_away_and_others_files_stay(made: Shop) -> None:
    own = made.places.build / "handouts" / "notes.pdf"
    own.write_bytes(b"mine")
    index = made.places.source / "index.rst"
    index.write_text(index.read_text().partition("Debugging\n")[0].replace("; see also :doc:`debugging/gmr`", ""))
    (made.places.source / "debugging/gmr.rst").unlink()
    made.edit("internals/rpc.rst", "Reports are in :doc:`/debugging/gmr`, more", "More")
    result = made.make()
    assert (result.exit_code, codes(result.problems)) == (0, [])
    assert [path.name for path in made.handouts()] == ["01-internals.pdf", "notes.pdf"]
    assert "handouts/02-debugging.pdf" not in [entry["path"] for entry in made.manifest()["outputs"]]


def test_a_renamed_section_has_one_handout(made: Shop) -> None:
    made.edit("index.rst", "Debugging\n---------", "Finding out\n-----------")
    made.make(kinds=frozenset({"handouts"}))
    assert [path.name for path in made.handouts()] == ["01-internals.pdf", "02-finding-out.pdf"]


def test_without_workers_to_spare_the_bytes_are_the_same(tmp_path: Path, built: Built) -> None:
    for jobs in (1, 7):
        shop = Shop.of(tmp_path / str(jobs))
        shop.make(jobs=jobs, kinds=frozenset({"pdf"}))
        assert shop.book.read_bytes() == built[0].book.read_bytes()


def test_fresh_typesets_everything_again(made: Shop, typeset: list[str]) -> None:
    first = made.outputs()
    made.make(kinds=frozenset({"pdf"}), fresh=True)
    assert len(typeset) == 6
    assert made.outputs() == first


def test_the_edition_carries_source_date_epoch(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    shop.make(kinds=frozenset({"pdf", "epub"}))
    with pikepdf.open(shop.book) as pdf:
        assert str(pdf.trailer.Info.CreationDate).startswith("D:20010909014640")
    with zipfile.ZipFile(shop.epub) as archive:
        package = next(archive.read(name) for name in archive.namelist() if name.endswith(".opf"))
        assert b"2001-09-09T01:46:40Z" in package
        assert {info.date_time[0] for info in archive.infolist()} <= {1980, 2001}


def test_without_source_date_epoch_a_pdf_has_no_dates(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    shop.make(kinds=frozenset({"pdf"}))
    with pikepdf.open(shop.book) as pdf:
        assert "/CreationDate" not in pdf.trailer.Info and "/ModDate" not in pdf.trailer.Info


@pytest.mark.parametrize("epoch", ["yesterday", "1e9", "99999999999999999999"])
def test_a_source_date_epoch_that_is_no_time(shop: Shop, monkeypatch: pytest.MonkeyPatch, epoch: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(BuildStop) as stopped:
        shop.make(kinds=frozenset({"pdf"}))
    assert stopped.value.problem.code == "setting-invalid"
    assert "SOURCE_DATE_EPOCH" in str(stopped.value)
    assert not shop.book.exists()


def test_strict_counts_warnings(made: Shop) -> None:
    (made.places.source / "spare.rst").write_text("Spare\n=====\n\nWords.\n")
    kinds = frozenset({"epub"})
    easy, strict = made.make(kinds=kinds), made.make(kinds=kinds, strict=True)
    assert codes(easy.problems) == codes(strict.problems) == ["spare document-unreached"]
    assert (easy.exit_code, strict.exit_code) == (0, 1)
    assert made.epub.is_file()


def test_clean_takes_away_what_was_made_and_nothing_else(made: Shop) -> None:
    (made.places.build / "mine.txt").write_text("mine")
    press.clean(made.places)
    assert [path.name for path in made.places.build.iterdir()] == ["mine.txt"]
    press.clean(made.places)


def test_a_worker_leaves_alone_what_the_press_holds_in_memory() -> None:
    """Looking through it for garbage would copy it, page by page, into each worker."""
    with workers._pool(1, workers.TypesettingOptions()) as pool:
        assert pool.submit(gc.get_freeze_count).result() > 100_000


def test_the_collector_rests_while_a_tree_is_made_and_wakes_again() -> None:
    with pytest.raises(KeyError), at_rest():
        with at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled()
        raise KeyError
    assert gc.isenabled()
