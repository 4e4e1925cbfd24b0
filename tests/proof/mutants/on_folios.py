"""Mutants of what readers find their way by: folios, page labels, running heads, the outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.mutants.editing import Instructions, drawing
from tests.proof.mutants.noting import Notes, bookmark, link, page_of, printed, reprinted
from tests.proof.mutants.orchard import Mutant

MUTANTS: list[Mutant] = []
mutant = Notes("folios", MUTANTS)
outline = Notes("outline", MUTANTS)
FOOT = -1  # a page's own folio is the last text on it


def exchanged(pdf: pikepdf.Pdf, page: int, first: bytes, second: bytes) -> None:
    """Have two texts of a 0-based page stand where the other did."""

    def change(instructions: Instructions) -> Instructions:
        places = [next(at for at, shown in printed(instructions) if shown == each) for each in (first, second)]
        for at, new in zip(places, (second, first), strict=True):
            instructions[at] = ([String(new)], "Tj")
        return instructions

    drawing(pdf, page, change)


def numbered(pdf: pikepdf.Pdf, *ranges: tuple[int, Dictionary]) -> None:
    """Label the pages anew, from 0-based pages on."""
    pdf.Root.PageLabels = Dictionary(Nums=Array(each for one in ranges for each in one))


def renumbered(pdf: pikepdf.Pdf, pages: Sequence[int], by: int) -> None:
    """Print other folios at the feet or heads of the pages of the book's body."""
    for page in pages:
        folio = page - 7
        reprinted(pdf, page, b"%d" % folio, b"%d" % (folio + by), FOOT)


@mutant.book
def a_folio_of_the_contents_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":contents"), b"5", b"6")


@mutant.book
def two_folios_of_the_contents_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, page_of(pdf, ":contents"), b"9", b"12")


@mutant.book
def a_folio_of_the_contents_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":contents"), b"13", b"")


@mutant.book
def a_folio_of_the_contents_is_roman(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":contents"), b"10", b"x")


@mutant.book
def a_folio_of_the_index_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":index"), b"12", b"11")


@mutant.book
def a_folio_of_the_index_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":index"), b"10", b"")


@mutant.book
def two_folios_of_the_index_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, page_of(pdf, ":index"), b"7", b"12")


@mutant.book
def two_folios_of_the_index_are_exchanged_with_their_links(pdf: pikepdf.Pdf) -> None:
    page = page_of(pdf, ":index")
    exchanged(pdf, page, b"7", b"12")
    first, second = link(pdf, ":index", "7"), link(pdf, ":index", "12")
    for key in ("/Dest", "/Contents"):
        first[key], second[key] = String(str(second[key])), String(str(first[key]))


@mutant.book
def two_folios_of_the_list_of_figures_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, page_of(pdf, ":figures"), b"3", b"4")


@mutant.book
def a_folio_of_the_list_of_tables_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":tables"), b"12", b"21")


@mutant.book
def a_folio_of_the_list_of_code_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":listings"), b"7", b"")


@mutant.book
def a_folio_in_the_text_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:planting"), b" (p. 5)", b" (p. 6)")


@mutant.book
def a_folio_in_the_text_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "cellar:cellar"), b" (p. 9)", b"")


@mutant.book
def two_folios_in_the_text_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, page_of(pdf, "birds:birds"), b" (p. 3)", b" (p. 12)")


@mutant.book
def a_folio_of_a_chapters_own_contents_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "bees:bees"), b" 9", b" 8")


@mutant.book
def the_folio_at_the_foot_of_a_page_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:planting"), b"3", b"8", FOOT)


@mutant.book
def the_folio_at_the_head_of_a_page_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:fig-rows"), b"4", b"14", FOOT)


@mutant.book
def the_folio_of_a_page_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "bees:bees"), b"9", b"", FOOT)


@mutant.book
def the_folio_of_a_page_of_the_front_matter_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":tables"), b"vii", b"", FOOT)


@mutant.book
def the_folios_of_two_pages_are_exchanged(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "cellar:cellar"), b"12", b"13", FOOT)
    reprinted(pdf, page_of(pdf, "words:words"), b"13", b"12", FOOT)


@mutant.book
def the_folio_of_a_page_is_roman(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "cellar:cellar"), b"12", b"xii", FOOT)


@mutant.book
def the_folio_of_a_page_of_the_front_matter_is_arabic(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":contents"), b"v", b"5", FOOT)


@mutant.book
def the_page_labels_are_shifted(pdf: pikepdf.Pdf) -> None:
    numbered(pdf, (0, Dictionary(S=Name.r)), (8, Dictionary(S=Name.D, St=2)))


@mutant.book
def the_page_labels_and_the_folios_of_pages_are_shifted(pdf: pikepdf.Pdf) -> None:
    numbered(pdf, (0, Dictionary(S=Name.r)), (8, Dictionary(S=Name.D, St=2)))
    renumbered(pdf, range(8, 22), by=1)


@mutant.book
def the_page_labels_are_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.PageLabels


@mutant.book
def the_page_labels_of_the_front_matter_are_letters(pdf: pikepdf.Pdf) -> None:
    numbered(pdf, (0, Dictionary(S=Name.a)), (8, Dictionary(S=Name.D)))


@mutant.book
def the_page_labels_have_a_prefix(pdf: pikepdf.Pdf) -> None:
    numbered(pdf, (0, Dictionary(S=Name.r)), (8, Dictionary(S=Name.D, P=String("A-"))))


@mutant.book
def a_running_head_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:fig-rows"), b"The Orchard", b"The Orchids")


@mutant.book
def a_running_head_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:fig-rows"), b"The Orchard", b"")


@mutant.book
def a_running_head_is_a_chapters(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:fig-rows"), b"The Orchard", b"Bees")


@mutant.book
def the_section_over_a_chapter_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "bees:bees"), b"Animals", b"Growing")


@mutant.book
def the_section_over_a_chapter_is_lost(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "words:words"), b"Keeping", b"")


def childless(mark: Any) -> None:
    """Take the bookmarks below one away."""
    for key in ("/First", "/Last", "/Count"):
        del mark[key]


@outline.book
def a_bookmark_has_another_title(pdf: pikepdf.Pdf) -> None:
    bookmark(pdf, "4.2 Honey").Title = String("4.2 Money")


@outline.book
def a_bookmark_has_another_number(pdf: pikepdf.Pdf) -> None:
    bookmark(pdf, "6 Cellar").Title = String("8 Cellar")


@outline.book
def the_bookmarks_have_no_titles(pdf: pikepdf.Pdf) -> None:
    mark = pdf.Root.Outlines.First
    while mark is not None:
        mark.Title = String("")
        mark = mark.get("/Next")


@outline.book
def two_bookmarks_are_in_another_order(pdf: pikepdf.Pdf) -> None:
    first, second = bookmark(pdf, "2.1 When to cut"), bookmark(pdf, "2.2 How to cut")
    for key in ("/Title", "/Dest"):
        first[key], second[key] = String(str(second[key])), String(str(first[key]))


@outline.book
def two_bookmarks_open_each_others_places(pdf: pikepdf.Pdf) -> None:
    first, second = bookmark(pdf, "4.1 Hives"), bookmark(pdf, "4.2 Honey")
    first.Dest, second.Dest = String(str(second.Dest)), String(str(first.Dest))


@outline.book
def a_bookmark_is_a_level_too_high(pdf: pikepdf.Pdf) -> None:
    mark = bookmark(pdf, "1.1.1 Where it stands")
    sister = mark.Parent
    childless(sister)
    sister.Next, mark.Prev = mark, sister
    mark.Parent, sister.Parent.Last = sister.Parent, mark
    sister.Parent.Count = -2


@outline.book
def a_bookmark_is_lost(pdf: pikepdf.Pdf) -> None:
    childless(bookmark(pdf, "5 Birds"))


@outline.book
def a_bookmark_of_the_matter_is_lost(pdf: pikepdf.Pdf) -> None:
    before, after = bookmark(pdf, "Contents"), bookmark(pdf, "Tables")
    before.Next, after.Prev = after, before
    pdf.Root.Outlines.Count -= 1


@outline.book
def a_bookmark_of_the_matter_opens_another_page(pdf: pikepdf.Pdf) -> None:
    bookmark(pdf, "Figures").Dest = String(":tables")


@outline.book
def a_bookmark_is_added(pdf: pikepdf.Pdf) -> None:
    last = bookmark(pdf, "Index")
    mark = Dictionary(Title=String("Appendix"), Dest=String(":index"), Parent=last.Parent, Prev=last)
    last.Next = last.Parent.Last = pdf.make_indirect(mark)
    pdf.Root.Outlines.Count += 1


@outline.book
def a_bookmark_runs_a_script(pdf: pikepdf.Pdf) -> None:
    mark, script = bookmark(pdf, "7 Words"), Dictionary(S=Name.JavaScript, JS=String("app.alert('words')"))
    mark.A = Dictionary(S=Name.GoTo, D=String(str(mark.Dest)), Next=script)
    del mark.Dest


@outline.book
def the_outline_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines
