"""Mutants of what an EPUB leads to and shows: its links, pictures and formulas, and what a style or a mark hides."""

from __future__ import annotations

import re

from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.unzipped import (
    Files,
    blank,
    exchanged,
    file,
    hidden,
    link,
    mirrored,
    noting,
    picture,
    replaced,
    taken,
    text,
)  # fmt: skip

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)
SMOKE = "<p>Bees do not like smoke.</p>"


# links


@mutant("links")
def two_links_to_chapters_lead_to_each_others(files: Files) -> None:
    exchanged(files, "planting", 'href="pruning.xhtml"', 'href="bees.xhtml"')


@mutant("links")
def a_link_leads_to_another_figure(files: Files) -> None:
    replaced(files, "planting", 'href="#fig-rows"', 'href="#fig-tree"')


@mutant("links")
def a_web_address_has_another_letter(files: Files) -> None:
    replaced(files, "planting", "https://example.net/society", "https://example.net/sociaty")


@mutant("links")
def a_web_address_has_lost_its_query(files: Files) -> None:
    replaced(files, "planting", "?year=2026&amp;page=4", "")


@mutant("links")
def a_link_is_mere_text(files: Files) -> None:
    markup = link(files, "birds", "Planting")
    replaced(files, "birds", markup, re.sub("</?a[^>]*>", "", markup))


@mutant("links")
def a_link_is_on_another_word(files: Files) -> None:
    replaced(files, "cellar", link(files, "cellar", "Bees"), "Bees")
    replaced(files, "cellar", "Keep it out.", '<a href="bees.xhtml">Keep</a> it out.')


@mutant("links")
def a_link_shows_nothing(files: Files) -> None:
    replaced(files, "birds", link(files, "birds", "Cellar"), 'Cellar<a href="cellar.xhtml"></a>')


@mutant("links")
def all_links_of_a_page_lead_to_one_place(files: Files) -> None:
    page = text(files, "list-of-tables")
    files[file("list-of-tables")] = re.sub(r'<a href="[^"]*"', '<a href="cellar.xhtml#id1"', page).encode()


@mutant("links")
def the_marks_of_two_notes_lead_to_each_others(files: Files) -> None:
    exchanged(files, "bees", 'href="#home"', 'href="#dance"')


@mutant("links")
def a_note_leads_back_to_another_mark(files: Files) -> None:
    replaced(files, "bees", 'role="doc-backlink" href="#id2"', 'role="doc-backlink" href="#id1"')


@mutant("links")
def a_place_that_links_lead_to_is_elsewhere(files: Files) -> None:
    replaced(files, "words", ' id="term-comb"', "")
    replaced(files, "words", "<p><abbr", '<p id="term-comb"><abbr')


@mutant("links")
def two_terms_of_the_index_lead_to_each_others(files: Files) -> None:
    exchanged(files, "general-index", "words.xhtml#term-comb", "words.xhtml#term-graft")


@mutant("links")
def a_term_of_the_index_is_lost(files: Files) -> None:
    taken(files, "general-index", '<li><p><a href="birds.xhtml#index-0">', "</li>")


@mutant("links")
def two_places_of_the_contents_change_places(files: Files) -> None:
    exchanged(files, "nav", '"cellar.xhtml#air"', '"cellar.xhtml#light"')


@mutant("links")
def two_entries_of_the_contents_change_places(files: Files) -> None:
    piece = taken(files, "nav", '<li><a href="pruning.xhtml#when', "</li>")
    replaced(files, "nav", "How to cut</a></li>", "How to cut</a></li>" + piece)


@mutant("links")
def an_entry_of_the_contents_has_another_title(files: Files) -> None:
    replaced(files, "nav", "5.1 Songs", "5.1 Song")


@mutant("links")
def an_entry_of_the_contents_leads_to_another_chapter(files: Files) -> None:
    replaced(files, "nav", '<a href="birds.xhtml#songs"', '<a href="bees.xhtml#honey"')


@mutant("links")
def a_list_of_figures_has_lost_one(files: Files) -> None:
    taken(files, "list-of-figures", '<li><p><a href="planting.xhtml#fig-rows">', "</li>")


# pictures and formulas


@mutant("pictures")
def a_picture_is_lost(files: Files) -> None:
    taken(files, "bees", '<div class="image">', "</div>")


@mutant("pictures")
def two_pictures_change_places(files: Files) -> None:
    exchanged(files, "planting", picture(files, "planting", "A young"), picture(files, "planting", "Three rows"))


@mutant("pictures")
def a_picture_says_nothing(files: Files) -> None:
    replaced(files, "bees", 'alt="A hive with an open door"', 'alt=""')


@mutant("pictures")
def a_picture_says_something_else(files: Files) -> None:
    replaced(files, "birds", 'alt="A bird on a branch"', 'alt="A bird in the hand"')


@mutant("pictures")
def two_pictures_say_what_the_other_should(files: Files) -> None:
    exchanged(files, "planting", "A young tree beside its stake", "Three rows of trees from above")


@mutant("pictures")
def a_picture_has_the_bytes_of_another(files: Files) -> None:
    one, other = picture(files, "planting", "A young"), picture(files, "planting", "Three rows")
    files[file(one)] = files[file(other)]


@mutant("pictures")
def a_picture_is_white(files: Files) -> None:
    path = file(picture(files, "bees", "A hive"))
    files[path] = blank(files[path])


@mutant("pictures")
def a_picture_is_mirrored(files: Files) -> None:
    path = file(picture(files, "bees", "A hive"))
    files[path] = mirrored(files[path])


@mutant("pictures")
def a_picture_has_no_width(files: Files) -> None:
    replaced(files, "bees", 'alt="A hive with an open door"', 'alt="A hive with an open door" width="0"')


@mutant("pictures")
def a_drawing_shows_nothing(files: Files) -> None:
    path = file(picture(files, "birds", "A bird"))
    files[path] = re.sub(rb"(<svg[^>]*>).*(</svg>)", rb"\1\2", files[path], flags=re.DOTALL)


@mutant("formulas")
def a_formula_is_another(files: Files) -> None:
    replaced(files, "pruning", "<mo>+</mo><mn>1</mn></mrow>", "<mo>-</mo><mn>1</mn></mrow>")


@mutant("formulas")
def a_fraction_is_upside_down(files: Files) -> None:
    replaced(files, "pruning", "</mrow><mn>2</mn></mfrac>", "</mrow></mfrac>")
    replaced(files, "pruning", "<mfrac>", "<mfrac><mn>2</mn>")


@mutant("formulas")
def a_formula_says_something_else(files: Files) -> None:
    replaced(files, "pruning", r'alttext="w = \rho l r^2"', r'alttext="w = \rho l r^3"')


@mutant("formulas")
def a_formula_is_lost(files: Files) -> None:
    taken(files, "pruning", '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext', "</math>")


@mutant("formulas")
def a_formula_has_the_picture_of_another(files: Files) -> None:
    exchanged(files, "pruning", picture(files, "pruning", "w ="), picture(files, "pruning", "a ="))


@mutant("formulas")
def a_formula_has_another_number(files: Files) -> None:
    replaced(files, "pruning", '<span class="equation-number">(2.1)', '<span class="equation-number">(2.2)')


# what is hidden


@mutant("hidden")
def notes_are_not_displayed(files: Files) -> None:
    hidden(files, ".footnote p { display: none; }")


@mutant("hidden")
def boxes_are_invisible(files: Files) -> None:
    hidden(files, ".warning { visibility: hidden; }")


@mutant("hidden")
def a_text_has_no_size(files: Files) -> None:
    hidden(files, ".epigraph { font-size: 0; }")


@mutant("hidden")
def code_is_white_on_white(files: Files) -> None:
    hidden(files, "pre { color: white; background: white; }")


@mutant("hidden")
def a_text_is_off_the_page(files: Files) -> None:
    hidden(files, ".centered { position: absolute; left: -9999px; }")
