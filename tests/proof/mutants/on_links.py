"""Mutants of the links of a PDF, and of the places that they open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.mutants.noting import Notes, link, links, named, page_of, place, removed
from tests.proof.mutants.orchard import Mutant

MUTANTS: list[Mutant] = []
mutant = Notes("links", MUTANTS)


def moved(link: Any, right: float = 0, up: float = 0) -> None:
    """Move the rectangle of a link."""
    link.Rect = Array(round(float(at) + by, 2) for at, by in zip(link.Rect, (right, up, right, up), strict=True))


def exchanged(first: Any, second: Any) -> None:
    """Have each of two links open what the other did."""
    assert first.Dest != second.Dest
    first.Dest, second.Dest = String(str(second.Dest)), String(str(first.Dest))


def acting(link: Any, action: Dictionary) -> None:
    """Have a link do something else than open its place."""
    del link.Dest
    link.A = action


@mutant.book
def a_link_is_above_its_text(pdf: pikepdf.Pdf) -> None:
    moved(link(pdf, "planting:planting", "Bees"), up=30)


@mutant.book
def a_link_is_on_the_next_line(pdf: pikepdf.Pdf) -> None:
    moved(link(pdf, "bees:bees", "Hives"), up=-17)


@mutant.book
def a_link_is_on_another_word(pdf: pikepdf.Pdf) -> None:
    moved(link(pdf, "planting:planting", "Bees"), right=-90)


@mutant.book
def a_link_has_no_width(pdf: pikepdf.Pdf) -> None:
    one = link(pdf, "planting:planting", "Bees")
    one.Rect[2] = one.Rect[0]


@mutant.book
def a_link_covers_its_page(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "Bees").Rect = Array([0, 0, 595, 841])


@mutant.book
def a_link_is_outside_its_page(pdf: pikepdf.Pdf) -> None:
    moved(link(pdf, "planting:planting", "Bees"), up=400)


@mutant.book
def two_links_of_a_page_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(link(pdf, "planting:planting", "Pruning"), link(pdf, "planting:planting", "Bees"))


@mutant.book
def two_links_to_figures_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(link(pdf, "planting:fig-rows", "Figure 1.1"), link(pdf, "planting:fig-rows", "Figure 1.2"))


@mutant.book
def all_links_open_one_place(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        for each in page.get("/Annots", ()):
            if "/Dest" in each:
                each.Dest = String("planting:planting")


@mutant.book
def a_link_opens_another_place_of_its_chapter(pdf: pikepdf.Pdf) -> None:
    link(pdf, "pruning:pruning", "Table 2.1").Dest = String("pruning:id2")


@mutant.book
def a_link_opens_another_chapter(pdf: pikepdf.Pdf) -> None:
    link(pdf, "bees:bees", "comb").Dest = String("cellar:cellar")


@mutant.book
def a_link_of_a_chapters_own_contents_opens_another_heading(pdf: pikepdf.Pdf) -> None:
    link(pdf, "bees:bees", "Hives").Dest = String("bees:honey")


@mutant.book
def a_web_address_has_another_letter(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "the society").A.URI = String("https://example.net/sociaty")


@mutant.book
def a_web_address_has_no_query(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "the almanac").A.URI = String("https://example.org/almanac")


@mutant.book
def a_web_address_is_not_secure(pdf: pikepdf.Pdf) -> None:
    link(pdf, "cellar:cellar", "https").A.URI = String("http://example.com/cellar")


@mutant.book
def a_web_address_is_that_of_another_link(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "the society").A.URI = String("https://example.org/almanac?year=2026&page=4")


@mutant.book
def a_web_link_is_lost(pdf: pikepdf.Pdf) -> None:
    removed(pdf, "cellar:cellar", link(pdf, "cellar:cellar", "https"))


@mutant.book
def a_link_is_lost_without_its_tag(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[page_of(pdf, "bees:bees")]
    page.Annots = Array(each for each in page.Annots if str(each.Contents) != "comb")


@mutant.book
def a_link_runs_a_script(pdf: pikepdf.Pdf) -> None:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('bees')"))
    acting(link(pdf, "planting:planting", "Bees"), script)


@mutant.book
def a_link_launches_a_program(pdf: pikepdf.Pdf) -> None:
    acting(link(pdf, "planting:planting", "Bees"), Dictionary(S=Name.Launch, F=String("bees.exe")))


@mutant.book
def a_link_submits_a_form(pdf: pikepdf.Pdf) -> None:
    where = Dictionary(FS=Name.URL, F=String("https://example.com/form"))
    acting(link(pdf, "planting:planting", "Bees"), Dictionary(S=Name.SubmitForm, F=where))


@mutant.book
def a_link_opens_the_last_page(pdf: pikepdf.Pdf) -> None:
    acting(link(pdf, "bees:bees", "2"), Dictionary(S=Name.Named, N=Name.LastPage))


@mutant.book
def a_link_opens_another_file(pdf: pikepdf.Pdf) -> None:
    other = Dictionary(Type=Name.Filespec, F=String("bees.pdf"), UF=String("bees.pdf"))
    action = Dictionary(S=Name.GoToR, F=other, D=String("bees:hives"), NewWindow=True)
    acting(link(pdf, "planting:planting", "Bees"), action)


@mutant.book
def an_entry_of_the_contents_opens_another_chapter(pdf: pikepdf.Pdf) -> None:
    link(pdf, ":contents", "1 Planting").Dest = String("pruning:pruning")


@mutant.book
def two_entries_of_the_contents_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(link(pdf, ":contents", "4 Bees"), link(pdf, ":contents", "6 Cellar"))


@mutant.book
def the_links_of_the_contents_are_lost(pdf: pikepdf.Pdf) -> None:
    for each in links(pdf, ":contents"):
        removed(pdf, ":contents", each)


@mutant.book
def an_entry_of_the_index_opens_another_place(pdf: pikepdf.Pdf) -> None:
    link(pdf, ":index", "12").Dest = String("words:term-comb")


@mutant.book
def an_entry_of_the_index_has_no_link(pdf: pikepdf.Pdf) -> None:
    removed(pdf, ":index", link(pdf, ":index", "10"))


@mutant.book
def two_entries_of_the_list_of_figures_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(*links(pdf, ":figures"))


@mutant.book
def two_marks_of_notes_are_exchanged(pdf: pikepdf.Pdf) -> None:
    exchanged(link(pdf, "bees:bees", "1"), link(pdf, "bees:bees", "2"))


@mutant.book
def a_link_says_that_it_opens_something_else(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "Bees").Contents = String("Birds")


@mutant.book
def a_link_is_hidden(pdf: pikepdf.Pdf) -> None:
    link(pdf, "planting:planting", "Bees").F = 2


@mutant.book
def a_link_opens_a_place_of_another_page(pdf: pikepdf.Pdf) -> None:
    elsewhere = Array([pdf.pages[page_of(pdf, "words:words")].obj, Name.XYZ, 71, 780, None])
    link(pdf, "birds:birds", "Cellar").Dest = elsewhere


@mutant.book
def two_named_places_are_exchanged(pdf: pikepdf.Pdf) -> None:
    first, second = place(pdf, "bees:honey"), place(pdf, "cellar:shelves")
    for at in range(5):
        first[at], second[at] = second[at], first[at]


@mutant.book
def a_named_place_is_at_the_bottom_of_its_page(pdf: pikepdf.Pdf) -> None:
    place(pdf, "cellar:cellar")[3] = Decimal(80)


@mutant.book
def a_named_place_is_another_heading_of_its_page(pdf: pikepdf.Pdf) -> None:
    place(pdf, "cellar:air")[3] = place(pdf, "cellar:shelves")[3]


@mutant.book
def a_named_place_is_on_another_page(pdf: pikepdf.Pdf) -> None:
    place(pdf, "words:term-scion")[0] = pdf.pages[page_of(pdf, "cellar:cellar")].obj


@mutant.book
def the_limits_of_the_names_leave_some_out(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.Dests.Kids[0].Limits = Array([String("bees:"), String("tools:tools")])


@mutant.book
def the_names_are_out_of_order(pdf: pikepdf.Pdf) -> None:
    names = named(pdf)
    names[0], names[1], names[-2], names[-1] = names[-2], names[-1], names[0], names[1]
