"""A book PDF without a fault passes; each seeded fault is found and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from casebound.model.diagnostics import problem
from casebound.model.outline import OutlineEntry
from casebound.proof import Claim, Verdict, prove
from casebound.proof.words import count
from tests.proof.samples import BOOK, WORDS, Copy, claim_pdf, named, sibling


def codes(verdict: Verdict) -> set[str]:
    return {entry.code for entry in verdict.problems}


@pytest.mark.parametrize("closely", [False, True])
def test_faultless(copy: Copy, tmp_path: Path, closely: bool) -> None:
    verdict = prove(claim_pdf(copy.write(tmp_path / "book.pdf")), closely=closely)
    assert verdict.ok, verdict.summary()
    assert verdict.problems == ()
    figures = verdict.figures["book.pdf"]
    assert figures["outline"] == {
        "ok": True, "entries": 7, "deep": 3, "matter": ["Cover", "Contents", "Index"], "misplaced": 0,
    }  # fmt: skip
    assert figures["links"]["inside"] == 2
    assert figures["links"]["dangling"] == 0
    assert figures["words"]["words"] == sum(counter.total() for counter in WORDS.values())
    assert (figures["words"]["lost"], figures["words"]["compared by"]) == (0, "chapter")
    assert figures["folios"] == {"ok": True, "folios": 8, "blank": 0, "without": 1, "differing": 0}
    assert figures["faces"]["fonts"] == 1


def _drop_chapter(copy: Copy) -> None:
    internals = copy.outline[3]
    pruned = OutlineEntry(internals.title, internals.target, internals.children[:1])
    copy.outline = (*copy.outline[:3], pruned, *copy.outline[4:])


def _sink_chapter(copy: Copy) -> None:
    """Cells one level too deep, beneath the chapter before it."""
    internals = copy.outline[3]
    rpc, cells = internals.children
    sunk = OutlineEntry(rpc.title, rpc.target, (*rpc.children, cells))
    copy.outline = (*copy.outline[:3], OutlineEntry(internals.title, internals.target, (sunk,)), *copy.outline[4:])


def _swap_sections(copy: Copy) -> None:
    entries = list(copy.outline)
    entries[3], entries[4] = entries[4], entries[3]
    copy.outline = tuple(entries)


def _retitle(copy: Copy) -> None:
    copy.outline = tuple(
        OutlineEntry("Debuging", e.target, e.children) if e.title == "Debugging" else e for e in copy.outline
    )


def _misdirect(copy: Copy) -> None:
    """The bookmark of Debugging opens Internals."""
    copy.outline = tuple(
        OutlineEntry(e.title, "internals:", e.children) if e.title == "Debugging" else e for e in copy.outline
    )


def _forget_destination(copy: Copy) -> None:
    del copy.sheet("rpc").names["rpc:casts"]


def _shuffle_names(copy: Copy) -> None:
    copy.shuffled = True


def _lose_line(copy: Copy) -> None:
    copy.sheet("cells").lines.pop(1)


def _move_line(copy: Copy) -> None:
    """A chapter's line on another chapter's page: the file has the words, the chapter has not."""
    line = copy.sheet("cells").lines.pop(1)
    copy.sheet("gmr").lines.append((20.0, 100.0, line[2]))


def _leave_paper(copy: Copy) -> None:
    copy.sheet("cells").lines.append((270.0, 100.0, "over the edge"))


def _standard_font(copy: Copy) -> None:
    copy.sheet("cells").font = "Helvetica"


def _other_folio(copy: Copy) -> None:
    copy.sheet("cells").folio = "44"


def _no_folio(copy: Copy) -> None:
    copy.sheet("cells").folio = ""


def _other_roman(copy: Copy) -> None:
    copy.sheets[1].folio = "v"


def _missing_glyph(copy: Copy) -> None:
    copy.sheet("cells").lines.append((20.0, 100.0, "a glyph \ue123 is not there"))


def _link(link: Dictionary) -> Callable[[Copy], None]:
    def seed(copy: Copy) -> None:
        copy.links.append((3, link))

    return seed


_GONE = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[1, 1, 9, 9], Dest=Array([None, Name.Fit]))

FAULTS = [
    (_drop_chapter, "outline-differs", "-  Cells"),
    (_sink_chapter, "outline-differs", "+    Cells"),
    (_swap_sections, "outline-differs", "Debugging"),
    (_retitle, "outline-differs", "+Debuging"),
    (_misdirect, "outline-differs", "“Debugging” opens page 4, its heading is on page 7"),
    (_link(named("nowhere:")), "link-dangling", "page 4: no destination nowhere:"),
    (_link(sibling("99-none.pdf", "gmr:")), "link-dangling", "no file 99-none.pdf"),
    (_link(_GONE), "link-dangling", "no such page"),
    (_shuffle_names, "link-dangling", "in the name tree"),
    (_lose_line, "words-lost", "Databases, apart, stand"),
    (_move_line, "words-lost", "Databases, apart, stand"),
    (_missing_glyph, "glyph-empty", "1 characters, on page 6"),
    (_leave_paper, "text-off-page", "page 6: “over the edge”"),
    (_standard_font, "face-not-embedded", "Helvetica"),
    (_other_folio, "folio-differs", "page 6 is labelled “4”"),
    (_no_folio, "folio-differs", "page 6 is labelled “4”"),
    (_other_roman, "folio-differs", "page 2 is labelled “ii”"),
]


@pytest.mark.parametrize(("seed", "code", "word"), FAULTS, ids=lambda value: getattr(value, "__name__", None))
def test_fault(copy: Copy, tmp_path: Path, seed: Callable[[Copy], None], code: str, word: str) -> None:
    seed(copy)
    verdict = prove(claim_pdf(copy.write(tmp_path / "book.pdf")))
    assert codes(verdict) == {code}, verdict.as_json()
    assert any(word in entry.message for entry in verdict.problems), verdict.as_json()
    assert not verdict.ok
    assert "✗" in verdict.summary()


def test_heading_without_destination(copy: Copy, tmp_path: Path) -> None:
    _forget_destination(copy)
    verdict = prove(claim_pdf(copy.write(tmp_path / "book.pdf")))
    assert codes(verdict) == {"outline-differs", "link-dangling"}
    assert "“Casts”: there is no destination rpc:casts" in verdict.problems[0].message


@pytest.mark.parametrize(("sheet", "height", "plain"), [("cells", 255.0, False), ("rpc", 40.0, True)])
def test_heading_not_at_its_place(copy: Copy, tmp_path: Path, sheet: str, height: float, plain: bool) -> None:
    """Bookmark and destination agree, the heading is elsewhere: on the same page only the thorough proof sees it."""
    del copy.sheet("rpc").names["rpc:casts"]
    copy.sheet(sheet).names["rpc:casts"] = height
    claim = claim_pdf(copy.write(tmp_path / "book.pdf"))
    assert prove(claim).ok == plain
    verdict = prove(claim, closely=True)
    page = copy.sheets.index(copy.sheet(sheet)) + 1
    assert [entry.message.splitlines()[1] for entry in verdict.problems] == [
        f"“Casts” opens page {page}, where it cannot be read"
    ]


def test_lost_word_names_its_chapter(copy: Copy, tmp_path: Path) -> None:
    _lose_line(copy)
    verdict = prove(claim_pdf(copy.write(tmp_path / "book.pdf")))
    assert [entry.docname for entry in verdict.problems] == ["cells"]
    assert verdict.figures["book.pdf"]["words"]["lost words"] == {"cells": {"Databases": 1, "apart": 1, "stand": 1}}


def test_reported_loss_is_not_silent(copy: Copy, tmp_path: Path) -> None:
    _missing_glyph(copy)
    told = problem("glyph-missing", "cells", 4, name="character", letters="U+E123", help="")
    words = {**WORDS, "cells": WORDS["cells"] + Counter(["p\ue123q"])}
    path = copy.write(tmp_path / "book.pdf")
    assert prove(Claim(BOOK, pdf=path, words=lambda: words, reported=(told,))).ok is True


def test_head_with_an_apostrophe(copy: Copy, tmp_path: Path) -> None:
    """Its box stands higher than those of the letters: the line is still one."""
    sheet = copy.sheet("cells")
    sheet.lines[-1] = (20.0, 280.0, "’")
    sheet.lines.append((30.0, 280.0, "as a user’s"))
    assert prove(claim_pdf(copy.write(tmp_path / "book.pdf"))).ok


def test_an_author_that_reads_as_a_folio(copy: Copy, tmp_path: Path) -> None:
    """Folios stand at the head of these pages: what stands at the foot of the cover is none."""
    copy.sheets[0].lines.append((20.0, 30.0, "x"))
    assert prove(claim_pdf(copy.write(tmp_path / "book.pdf"))).ok


def test_word_broken_between_pages(copy: Copy, tmp_path: Path) -> None:
    rest = replace(copy.sheet("cells"), label="4a", folio="4a", names={}, lines=[(20.0, 200.0, "tinuation follows")])
    rest.lines.append((20.0, 280.0, "Running head"))
    copy.sheet("cells").lines.insert(2, (20.0, 100.0, "A long con-"))
    copy.sheets.insert(6, rest)
    path = copy.write(tmp_path / "book.pdf")
    words = {**WORDS, "cells": WORDS["cells"] + count("A long continuation follows")}
    assert prove(Claim(BOOK, pdf=path, words=words)).ok
    words["cells"]["continuation"] += 1
    assert codes(prove(Claim(BOOK, pdf=path, words=words))) == {"words-lost"}


def test_missing_and_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    epub = tmp_path / "book.epub"
    claim = Claim(BOOK, path, epub, ((BOOK.sections[0], tmp_path / "01.pdf"),))
    assert codes(prove(claim)) == {"output-missing"}
    for broken in (path, epub, tmp_path / "01.pdf"):
        broken.write_bytes(b"%PDF-1.7\nnothing here")
    assert codes(prove(claim)) == {"output-unreadable"}


def test_cut_off_file(copy: Copy, tmp_path: Path) -> None:
    """A file cut off at any place gives problems, never an exception."""
    data = copy.write(tmp_path / "whole.pdf").read_bytes()
    path = tmp_path / "book.pdf"
    for tenth in range(1, 10):
        path.write_bytes(data[: len(data) * tenth // 10])
        assert not prove(claim_pdf(path)).ok


def test_as_json_is_the_same_for_the_same_outputs(copy: Copy, tmp_path: Path) -> None:
    _lose_line(copy)
    claim = claim_pdf(copy.write(tmp_path / "book.pdf"))
    text = prove(claim).as_json()
    assert text == prove(claim).as_json()
    assert json.loads(text)["problems"][0]["code"] == "words-lost"


def test_embedded_fonts_inside_forms(copy: Copy, tmp_path: Path) -> None:
    """A font that only a form XObject uses must be embedded too."""
    path = copy.write(tmp_path / "book.pdf")
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        form = pdf.make_stream(b"")
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Courier)
        form.Type, form.Subtype, form.BBox = Name.XObject, Name.Form, Array([0, 0, 1, 1])
        form.Resources = Dictionary(Font=Dictionary(F9=font))
        pdf.pages[3].obj.Resources.XObject = Dictionary(X1=form)
        pdf.save(path)
    verdict = prove(claim_pdf(path))
    assert codes(verdict) == {"face-not-embedded"}
    assert "Courier" in verdict.problems[0].message
