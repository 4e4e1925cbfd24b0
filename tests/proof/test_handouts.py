"""Handouts: their outlines together are the sections of the book, their links reach their siblings."""

from __future__ import annotations

from pathlib import Path

from casebound.model.outline import OutlineEntry
from casebound.proof import Claim, Verdict, prove
from tests.proof.samples import BOOK, DEBUGGING, INTERNALS, WORDS, Copy, sibling


def proven(handouts: tuple[Copy, Copy], folder: Path) -> Verdict:
    first = handouts[0].write(folder / "01-internals.pdf")
    second = handouts[1].write(folder / "02-debugging.pdf")
    return prove(Claim(BOOK, handouts=((INTERNALS, first), (DEBUGGING, second)), words=WORDS))


def test_faultless(handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    verdict = proven(handouts, tmp_path)
    assert verdict.problems == (), verdict.summary()
    assert verdict.figures["handouts"]["outline"] == {"ok": True, "entries": 6, "files": 2}
    assert verdict.figures["01-internals.pdf"]["links"]["to siblings"] == 1


def test_link_to_a_name_the_sibling_lacks(handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    handouts[0].links.append((0, sibling("02-debugging.pdf", "gmr:none")))
    verdict = proven(handouts, tmp_path)
    assert [entry.message for entry in verdict.problems] == [
        "01-internals.pdf has a link that leads nowhere: page 1: no destination gmr:none in 02-debugging.pdf."
    ]


def test_link_to_an_unreadable_sibling(handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    (tmp_path / "03.pdf").write_bytes(b"nothing")
    handouts[0].links.append((0, sibling("03.pdf", "gmr:")))
    assert "03.pdf cannot be read" in proven(handouts, tmp_path).problems[0].message


def test_outlines_together(handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    handouts[1].outline = (OutlineEntry("Contents"), OutlineEntry("Debugging", "debugging:"))
    verdict = proven(handouts, tmp_path)
    assert {entry.code for entry in verdict.problems} == {"outline-differs"}
    assert "outline of the handouts together" in verdict.problems[-1].message
    assert "-  Reports" in verdict.problems[-1].message


def test_one_handout_missing(handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    first = handouts[0].write(tmp_path / "01-internals.pdf")
    absent = tmp_path / "02-debugging.pdf"
    verdict = prove(Claim(BOOK, handouts=((INTERNALS, first), (DEBUGGING, absent)), words=WORDS))
    assert {entry.code for entry in verdict.problems} == {"output-missing", "link-dangling"}
    assert "skipped: not every handout can be read" in verdict.summary()


def test_pages_have_the_folios_of_the_book(copy: Copy, handouts: tuple[Copy, Copy], tmp_path: Path) -> None:
    book, first = copy.write(tmp_path / "book.pdf"), handouts[0]
    first.links.clear()
    claim = Claim(BOOK, pdf=book, handouts=((INTERNALS, first.write(tmp_path / "01-internals.pdf")),), words=WORDS)
    assert prove(claim).problems == ()
    cells = first.sheet("cells")
    cells.label = cells.folio = "9"
    first.write(tmp_path / "01-internals.pdf")
    assert [entry.message for entry in prove(claim).problems] == [
        "01-internals.pdf prints folios that its page labels do not show: cells: is on 9, in the book on 4."
    ]
