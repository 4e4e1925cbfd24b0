"""Mutants of headings, captions, labels and front matter of a PDF."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Name, String

from tests.proof.mutants.editing import Instructions, drawing, texts
from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.seeding import dressed, edited, exchanged, lost, noting, owner, replaced

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)


COVER, TITLE, IMPRINT, BEES, CELLAR = 0, 2, 3, 16, 19  # 0-based pages


def only(pdf: pikepdf.Pdf, page: int, old: bytes, new: bytes) -> None:
    """Replace the first line of a page that says no more than some words."""

    def change(instructions: Instructions) -> Instructions:
        at = next(at for at, shown in texts(instructions) if shown == old)
        instructions[at] = ([Array([String(new)])], "TJ")
        return instructions

    drawing(pdf, page, change)


# headings


@mutant("title")
def a_word_of_a_heading_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"How to cut", b"Why to cut")


@mutant("title")
def the_number_of_a_section_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"4.1", b"4.2")


@mutant("title")
def the_number_of_a_chapter_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, BEES, b"4", b"5")


@mutant("title")
def a_heading_is_tagged_as_text(pdf: pikepdf.Pdf) -> None:
    owner(pdf, b"Shelves", near=b"6.1").S = Name.P


@mutant("title")
def text_is_tagged_as_a_heading(pdf: pikepdf.Pdf) -> None:
    owner(pdf, b"Bees do not").S = Name.H4


@mutant("title")
def a_heading_is_tagged_a_level_up(pdf: pikepdf.Pdf) -> None:
    owner(pdf, b"Honey", near=b"4.2").S = Name.H2


@mutant("title")
def a_heading_looks_like_text(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, b"Honey", "/SourceSerifPro-Regular.0 10.4 Tf", near=b"4.2")


@mutant("title")
def the_part_above_a_chapter_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, CELLAR, b"Keeping", b"Growing")


# titles and captions


@mutant("title")
def a_warning_is_a_note(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Warning", b"Note")


@mutant("title")
def the_title_of_an_admonition_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"In the wild", b"In the yard")


@mutant("title")
def the_title_of_a_topic_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Nests", b"Pests")


@mutant("title")
def a_centred_line_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Keep it dark", b"Keep it damp")


@mutant("title")
def the_caption_of_a_figure_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"A young tree", b"An old tree", near=b"A tree begins")


@mutant("title")
def the_number_of_a_caption_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Figure 1.1", b"Figure 1.2", near=b"A tree begins")


@mutant("title")
def the_captions_of_two_tables_change_places(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, b"Months of", b"Tools by", near=b"A saw is sharp")


@mutant("title")
def the_caption_of_a_listing_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"A walk through", b"A talk through", near=b"The programs")


@mutant("title")
def a_legend_is_lost(pdf: pikepdf.Pdf) -> None:
    lost(pdf, owner(pdf, b"The rows run north"))


@mutant("title")
def the_number_in_a_reference_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Figure 1.1", b"Figure 1.2", near=b"As ")


# what is named at the margin


@mutant("title")
def two_definitions_change_places(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, b"Where bees keep", b"The twig itself")


@mutant("title")
def two_terms_change_places(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, b"comb", b"scion", near=b"Words")


@mutant("title")
def the_classifier_of_a_term_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"heavy", b"heave")


@mutant("title")
def the_name_of_a_field_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Length:", b"Height:")


@mutant("title")
def an_option_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"-s, --saw", b"-t, --saw")


@mutant("title")
def an_attribution_is_lost(pdf: pikepdf.Pdf) -> None:
    lost(pdf, owner(pdf, b" An old gardener"))


# front and back matter


@mutant("title")
def the_title_on_the_cover_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, COVER, b"The Orchard", b"The Garden")


@mutant("title")
def the_author_on_the_title_page_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, TITLE, b"Ada Ember", b"Ida Ember")


@mutant("title")
def the_subtitle_on_the_title_page_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, TITLE, b"A Book for Trees", b"A Book for Bees")


@mutant("title")
def the_edition_on_the_imprint_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, IMPRINT, b"Edition 1.2", b"Edition 1.3")


@mutant("title")
def the_publisher_on_the_imprint_is_another(pdf: pikepdf.Pdf) -> None:
    only(pdf, IMPRINT, b"Ember Press", b"Amber Press")


@mutant("title")
def the_year_on_the_imprint_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"2026, Ada", b"2025, Ada")


@mutant("title")
def the_identifier_on_the_imprint_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"urn:uuid:1", b"urn:uuid:2")


@mutant("title")
def an_entry_of_the_contents_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Pruning", b"Cutting")


@mutant("title")
def two_entries_of_the_contents_change_places(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, b"Bees", b"Birds")


@mutant("title")
def an_entry_of_the_figures_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"A young tree", b"An old tree")


@mutant("title")
def the_number_of_an_entry_of_the_tables_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Table 2.2", b"Table 2.3")


@mutant("title")
def an_entry_of_the_index_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"bird, ", b"bard, ")


@mutant("title")
def what_the_index_says_to_see_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"honey", b"money", near=b"see ")


@mutant("title")
def a_letter_above_the_index_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"G", b"H", near=b"age (Tree")


@mutant("title")
def a_running_head_is_another(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions, at: int) -> None:
        head = next(each for each in instructions if each[1] == "Tj" and bytes(each[0][0]) == b"The Orchard")
        head[0][0] = String("The Garden")

    edited(pdf, b"As ", b"", change)
