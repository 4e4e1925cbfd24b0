"""Mutants of the text of an EPUB: letters, words, paragraphs, and what they are marked up as."""

from __future__ import annotations

import re

from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.unzipped import Files, exchanged, moved, noting, replaced, taken, text

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)


# letters and words


@mutant("text")
def a_word_is_another(files: Files) -> None:
    replaced(files, "planting", "light, water and", "light, wine and")


@mutant("text")
def a_not_is_lost(files: Files) -> None:
    replaced(files, "bees", "Bees do not like", "Bees do like")


@mutant("text")
def a_not_is_added(files: Files) -> None:
    replaced(files, "planting", "a stake keeps it", "a stake does not keep it")


@mutant("text")
def a_word_is_there_twice(files: Files) -> None:
    replaced(files, "birds", "Owls hoot at night", "Owls hoot at at night")


@mutant("text")
def two_words_change_places(files: Files) -> None:
    replaced(files, "birds", "Owls hoot at night. Wrens", "Wrens hoot at night. Owls")


@mutant("text")
def two_digits_change_places(files: Files) -> None:
    replaced(files, "planting", "$4.20", "$2.40")


@mutant("text")
def a_decimal_point_is_lost(files: Files) -> None:
    replaced(files, "planting", "12.5 degrees", "125 degrees")


@mutant("text")
def a_minus_is_lost(files: Files) -> None:
    replaced(files, "planting", "\N{MINUS SIGN}3 degrees", "3 degrees")


@mutant("text")
def a_full_stop_is_lost(files: Files) -> None:
    replaced(files, "cellar", "until May. Pears", "until May Pears")


@mutant("text")
def a_comma_is_a_full_stop(files: Files) -> None:
    replaced(files, "planting", "cold at \N{MINUS SIGN}3 degrees, and", "cold at \N{MINUS SIGN}3 degrees. and")


@mutant("text")
def a_sign_is_turned(files: Files) -> None:
    replaced(files, "tools", "x ≤ y", "x ≥ y")


@mutant("text")
def quotation_marks_are_lost(files: Files) -> None:
    replaced(files, "planting", "“three for ten”", "three for ten")


@mutant("text")
def a_space_is_lost(files: Files) -> None:
    replaced(files, "bees", "The queen lives", "The queenlives")


@mutant("text")
def a_capital_is_small(files: Files) -> None:
    replaced(files, "cellar", "until May.", "until may.")


@mutant("text")
def an_accent_is_lost(files: Files) -> None:
    replaced(files, "tools", "naïve", "naive")


@mutant("text")
def a_letter_is_one_of_another_script(files: Files) -> None:
    replaced(files, "tools", "Москва", "Москв\N{LATIN SMALL LETTER A}")


# paragraphs


@mutant("text")
def two_paragraphs_change_places(files: Files) -> None:
    soil = re.findall(r"<p>The soil.*?</p>", text(files, "planting"))[0]
    moved(files, "planting", soil, '<p id="index-0">A tree begins')


@mutant("text")
def a_paragraph_is_in_another_chapter(files: Files) -> None:
    moved(files, "bees", "<p>Bees do not like smoke.</p>", '<aside class="topic"', "birds")


@mutant("text")
def a_paragraph_is_before_its_heading(files: Files) -> None:
    moved(files, "cellar", "<p>Keep it out.</p>", '<section id="light">')


@mutant("text")
def a_paragraph_is_there_twice(files: Files) -> None:
    replaced(files, "bees", "<p>Bees do not like smoke.</p>", "<p>Bees do not like smoke.</p>" * 2)


@mutant("text")
def two_paragraphs_are_one(files: Files) -> None:
    replaced(files, "planting", "Set the tree.</p><p>Hold", "Set the tree. Hold")


@mutant("text")
def lines_of_verse_are_one(files: Files) -> None:
    replaced(files, "tools", 'red,</div>\n<div class="line">pears', "red, pears")


@mutant("text")
def an_indented_line_of_verse_is_not(files: Files) -> None:
    piece = '<div class="line-block"><div class="line">apples are both.</div>\n</div>'
    replaced(files, "tools", piece, '<div class="line">apples are both.</div>')


@mutant("text")
def the_headings_of_two_sections_change_places(files: Files) -> None:
    exchanged(files, "cellar", "</span>Air</h3>", "</span>Light</h3>")


@mutant("text")
def a_heading_has_another_number(files: Files) -> None:
    replaced(files, "pruning", "2.2 </span>How", "2.3 </span>How")


@mutant("text")
def a_heading_is_of_another_level(files: Files) -> None:
    piece = taken(files, "bees", "<h2>", "</h2>")
    replaced(files, "bees", '<section id="id3">', '<section id="id3">' + piece.replace("h2>", "h3>"))


@mutant("text")
def a_heading_is_a_paragraph(files: Files) -> None:
    piece = taken(files, "birds", "<h2>", "</h2>")
    replaced(files, "birds", '<section id="songs">', '<section id="songs">' + piece.replace("h2>", "p>"))


@mutant("text")
def a_paragraph_is_a_heading(files: Files) -> None:
    replaced(files, "birds", "<p>Owls hoot at night. Wrens", "<h3>Owls hoot at night.</h3><p>Wrens")


@mutant("text")
def the_title_of_a_box_is_another(files: Files) -> None:
    replaced(files, "pruning", '<p class="box-title">Warning</p>', '<p class="box-title">Note that</p>')


@mutant("text")
def the_texts_of_two_notes_change_places(files: Files) -> None:
    exchanged(files, "bees", "Most of them.", "They dance to tell the way.")


@mutant("text")
def a_note_has_another_mark(files: Files) -> None:
    replaced(files, "bees", 'id="id2" href="#dance">[2]', 'id="id2" href="#dance">[1]')


# lists and tables


@mutant("lists")
def two_items_change_places(files: Files) -> None:
    exchanged(files, "planting", "<p>Dig a hole of 40 centimetres.</p>", "<p>Water it well.</p>")


@mutant("lists")
def a_list_starts_with_one(files: Files) -> None:
    replaced(files, "planting", '<ol start="4">', "<ol>")


@mutant("lists")
def bullets_are_numbers(files: Files) -> None:
    piece = taken(files, "planting", "<ul><li><p>fine", "</ul>")
    replaced(files, "planting", "<li><p>sand</p>", "<li><p>sand</p>" + piece.replace("ul>", "ol>"))


@mutant("lists")
def a_list_in_a_list_is_not(files: Files) -> None:
    piece = taken(files, "planting", "<ul><li><p>fine", "</ul>")
    items = piece.removeprefix("<ul>").removesuffix("</ul>")
    replaced(files, "planting", "<li><p>loam</p>", items + "<li><p>loam</p>")


@mutant("lists")
def a_term_and_what_it_means_change_places(files: Files) -> None:
    replaced(
        files, "pruning", "<dt>shears</dt>\n<dd><p>For thin branches.", "<dt>For thin branches.</dt>\n<dd><p>shears"
    )


@mutant("lists")
def what_two_terms_mean_changes_places(files: Files) -> None:
    exchanged(files, "words", "Where bees keep honey.", "A twig on another tree.")


@mutant("tables")
def two_rows_change_places(files: Files) -> None:
    exchanged(files, "cellar", "<p>apple</p></td>\n<td><p>20</p>", "<p>quince</p></td>\n<td><p>12</p>")


@mutant("tables")
def two_columns_change_places(files: Files) -> None:
    for one, other in (("Tool", "Price"), ("shears", "12"), ("saw", "31")):
        exchanged(files, "pruning", f"<p>{one}</p>", f"<p>{other}</p>")


@mutant("tables")
def a_cell_is_empty(files: Files) -> None:
    replaced(files, "pruning", "<p>cherry</p>", "")


@mutant("tables")
def a_cell_is_a_head(files: Files) -> None:
    replaced(files, "cellar", "<td><p>pear</p></td>", '<th scope="row"><p>pear</p></th>')


@mutant("tables")
def a_head_is_a_cell(files: Files) -> None:
    replaced(files, "pruning", '<th scope="row"><p>thick</p></th>', "<td><p>thick</p></td>")


@mutant("tables")
def two_captions_change_places(files: Files) -> None:
    exchanged(files, "pruning", "Months of pruning", "Tools by branch")


@mutant("tables")
def a_reference_names_another_table(files: Files) -> None:
    replaced(files, "pruning", 'std-numref">Table 2.1', 'std-numref">Table 2.2')


# code and what is marked within a line


@mutant("code")
def two_lines_change_places(files: Files) -> None:
    exchanged(
        files,
        "tools",
        "plant(row)",
        'prune(row<span class="o">.</span>tree, depth<span class="o">=</span>step <span class="o">-</span> '
        '<span class="mi">1</span>)',
    )


@mutant("code")
def two_lines_are_one(files: Files) -> None:
    replaced(files, "tools", 'rows:\n</span><span class="line"><span class="number">3 </span>', "rows:")


@mutant("code")
def an_operator_is_another(files: Files) -> None:
    replaced(files, "tools", "&gt;=", "&gt;")


@mutant("code")
def an_indentation_is_lost(files: Files) -> None:
    replaced(files, "tools", '5 </span>        <span class="k">else', '5 </span><span class="k">else')


@mutant("code")
def a_line_has_another_number(files: Files) -> None:
    replaced(files, "tools", '<span class="number">4 </span>', '<span class="number">5 </span>')


@mutant("code")
def a_default_is_another(files: Files) -> None:
    replaced(files, "tools", '<span class="default_value">0</span>', '<span class="default_value">1</span>')


@mutant("text")
def an_emphasis_is_lost(files: Files) -> None:
    replaced(files, "planting", "<em>not</em>", "not")


@mutant("text")
def a_power_is_not_raised(files: Files) -> None:
    replaced(files, "pruning", "x<sup>3</sup>", "x3")
