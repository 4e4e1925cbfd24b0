"""Mutants of handouts: each must be its section of the book, and what it says of the rest must hold."""

from __future__ import annotations

import shutil

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.mutants.editing import changed
from tests.proof.mutants.noting import Notes, bookmark, link, page_of, removed, reprinted, reworded, undrawn
from tests.proof.mutants.orchard import Mutant, Outputs

MUTANTS: list[Mutant] = []
mutant = Notes("handouts", MUTANTS)
GROWING, ANIMALS, KEEPING = range(3)
FOOT = -1  # a page's own folio is the last text of a figure on it


@mutant.files
def a_handout_is_a_copy_of_another(outputs: Outputs) -> None:
    shutil.copy(outputs.handouts[ANIMALS], outputs.handouts[GROWING])


@mutant.files
def two_handouts_are_exchanged(outputs: Outputs) -> None:
    first, second = outputs.handouts[GROWING], outputs.handouts[KEEPING]
    former, latter = first.read_bytes(), second.read_bytes()
    first.write_bytes(latter)
    second.write_bytes(former)


@mutant.files
def a_handout_is_lost(outputs: Outputs) -> None:
    outputs.handouts[ANIMALS].unlink()


@mutant.files
def a_handout_is_empty(outputs: Outputs) -> None:
    outputs.handouts[ANIMALS].write_bytes(b"")


@mutant.files
def a_handout_is_the_book(outputs: Outputs) -> None:
    shutil.copy(outputs.pdf, outputs.handouts[ANIMALS])


@mutant.files
def a_handout_is_pages_of_the_book(outputs: Outputs) -> None:
    with pikepdf.open(outputs.pdf) as book:
        first, last = page_of(book, "index:animals"), page_of(book, "index:keeping")
        del book.pages[last:]
        del book.pages[:first]
        book.save(outputs.handouts[ANIMALS])


@mutant.files
def a_page_of_another_section_is_in_a_handout(outputs: Outputs) -> None:
    with changed(outputs.handouts[GROWING]) as pdf, pikepdf.open(outputs.handouts[ANIMALS]) as other:
        pdf.pages[5] = other.pages[2]


@mutant.handout(GROWING)
def a_page_of_a_handout_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[5]


@mutant.handout(GROWING)
def the_first_page_of_a_handout_is_lost(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]


@mutant.handout(GROWING)
def two_pages_of_a_handout_are_exchanged(pdf: pikepdf.Pdf) -> None:
    kids = pdf.Root.Pages.Kids
    kids[3], kids[5] = kids[5], kids[3]


@mutant.handout(GROWING)
def a_digit_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reworded(pdf, b"12.5 degrees", b"12.6 degrees")


@mutant.handout(ANIMALS)
def a_word_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reworded(pdf, b"yellow, brown", b"purple, brown")


@mutant.handout(KEEPING)
def a_cell_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "cellar:cellar"), b"20", b"30")


@mutant.handout(ANIMALS)
def the_folio_of_a_page_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "bees:bees"), b"9", b"3", FOOT)


@mutant.handout(KEEPING)
def a_folio_of_the_contents_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":contents"), b"13", b"14")


@mutant.handout(GROWING)
def a_folio_of_the_index_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":index"), b"5", b"6")


@mutant.handout(GROWING)
def an_entry_of_the_index_of_a_handout_opens_another_place(pdf: pikepdf.Pdf) -> None:
    link(pdf, ":index", "5").Dest = String("planting:index-0")


@mutant.handout(GROWING)
def a_folio_in_the_text_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:planting"), b" (p. 9)", b" (p. 8)")


@mutant.handout(GROWING)
def the_page_labels_of_a_handout_begin_anew(pdf: pikepdf.Pdf) -> None:
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


@mutant.handout(ANIMALS)
def two_links_to_other_handouts_are_exchanged(pdf: pikepdf.Pdf) -> None:
    first, second = link(pdf, "birds:birds", "Planting"), link(pdf, "birds:birds", "Cellar")
    first.A, second.A = second.A, first.A


@mutant.handout(ANIMALS)
def a_link_opens_no_handout(pdf: pikepdf.Pdf) -> None:
    file = link(pdf, "birds:birds", "Cellar").A.F
    file.F = file.UF = String("04-keeping.pdf")


@mutant.handout(ANIMALS)
def a_link_opens_the_wrong_handout(pdf: pikepdf.Pdf) -> None:
    file = link(pdf, "birds:birds", "Cellar").A.F
    file.F = file.UF = String("01-growing.pdf")


@mutant.handout(ANIMALS)
def a_link_opens_no_place_of_a_handout(pdf: pikepdf.Pdf) -> None:
    link(pdf, "birds:birds", "Cellar").A.D = String("cellar:attic")


@mutant.handout(ANIMALS)
def a_link_opens_another_place_of_a_handout(pdf: pikepdf.Pdf) -> None:
    link(pdf, "bees:bees", "comb").A.D = String("words:term-scion")


@mutant.handout(ANIMALS)
def a_link_to_a_handout_opens_the_web(pdf: pikepdf.Pdf) -> None:
    link(pdf, "bees:bees", "comb").A = Dictionary(S=Name.URI, URI=String("https://example.com/comb"))


@mutant.handout(KEEPING)
def a_link_to_a_handout_is_lost(pdf: pikepdf.Pdf) -> None:
    removed(pdf, "cellar:cellar", link(pdf, "cellar:cellar", "Bees"))


@mutant.handout(ANIMALS)
def a_title_elsewhere_in_the_book_is_another(pdf: pikepdf.Pdf) -> None:
    reworded(pdf, b"7 Words", b"7 Wards", page_of(pdf, ":elsewhere"))


@mutant.handout(ANIMALS)
def a_folio_elsewhere_in_the_book_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, ":elsewhere"), b"13", b"12")


@mutant.handout(ANIMALS)
def an_entry_elsewhere_in_the_book_is_lost(pdf: pikepdf.Pdf) -> None:
    page = page_of(pdf, ":elsewhere")
    removed(pdf, ":elsewhere", link(pdf, ":elsewhere", "7 Words"))
    reprinted(pdf, page, b"7 Words", b"")
    reprinted(pdf, page, b"13", b"")


@mutant.handout(ANIMALS)
def two_entries_elsewhere_in_the_book_open_each_others_places(pdf: pikepdf.Pdf) -> None:
    first, second = link(pdf, ":elsewhere", "1 Planting"), link(pdf, ":elsewhere", "6 Cellar")
    first.A, second.A = second.A, first.A


@mutant.handout(GROWING)
def a_folio_at_a_foot_is_another(pdf: pikepdf.Pdf) -> None:
    old, new = b"4 Bees (Animals, p. 9 of the book)", b"4 Bees (Animals, p. 8 of the book)"
    reprinted(pdf, page_of(pdf, "planting:planting"), old, new)


@mutant.handout(KEEPING)
def a_section_at_a_foot_is_another(pdf: pikepdf.Pdf) -> None:
    old, new = b"4 Bees (Animals, p. 9 of the book)", b"4 Bees (Growing, p. 9 of the book)"
    reprinted(pdf, page_of(pdf, "cellar:cellar"), old, new)


@mutant.handout(GROWING)
def the_title_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, 0, b"Growing", b"Grafting")


@mutant.handout(GROWING)
def the_book_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, 0, b"The Orchard", b"The Garden")


@mutant.handout(GROWING)
def the_edition_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, 0, b"Edition 1.2", b"Edition 1.3")


@mutant.handout(GROWING)
def the_pages_that_a_handout_says_it_has_are_others(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, 0, b"Pages 2 to 7 of the book", b"Pages 2 to 8 of the book")


@mutant.handout(GROWING)
def the_running_head_of_a_handout_is_of_another_section(pdf: pikepdf.Pdf) -> None:
    reprinted(pdf, page_of(pdf, "planting:fig-rows"), b"The Orchard \xb7 Growing", b"The Orchard \xb7 Keeping")


@mutant.handout(KEEPING)
def a_bookmark_of_a_handout_has_another_title(pdf: pikepdf.Pdf) -> None:
    bookmark(pdf, "6.1 Shelves").Title = String("6.1 Shells")


@mutant.handout(KEEPING)
def a_bookmark_of_a_handout_opens_another_place(pdf: pikepdf.Pdf) -> None:
    bookmark(pdf, "Elsewhere in the book").Dest = String(":index")


@mutant.handout(GROWING)
def a_handout_says_that_its_title_is_another(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = String("The Orchard: Animals")
    metadata = pdf.Root.Metadata
    metadata.write(metadata.read_bytes().replace(b"The Orchard: Growing", b"The Orchard: Animals"))


@mutant.handout(ANIMALS)
def a_handout_has_no_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot
    del pdf.Root.MarkInfo


@mutant.handout(ANIMALS)
def a_picture_of_a_handout_is_lost(pdf: pikepdf.Pdf) -> None:
    undrawn(pdf, page_of(pdf, "bees:bees"))


@mutant.handout(GROWING)
def a_picture_of_a_handout_is_another(pdf: pikepdf.Pdf) -> None:
    one, other = pdf.pages[2].Resources.XObject, pdf.pages[3].Resources.XObject
    (name,), (another,) = one.keys(), other.keys()
    one[name] = other[another]
