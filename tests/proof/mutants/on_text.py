"""Mutants of the text of a PDF: letters, words, sentences, paragraphs."""

from __future__ import annotations

import pikepdf

from tests.proof.mutants.editing import Instructions, drawing, page_with
from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.seeding import (
    dressed,
    edited,
    exchanged,
    lost,
    moved,
    noting,
    owner,
    place,
    replaced,
    shifted,
    swapped,
    the,
    wrapped,
    written,
)  # fmt: skip
from tests.proof.structure.faults import parents, swap

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)


# letters and marks


@mutant("text")
def a_digit_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"45 cm", b"46 cm")


@mutant("text")
def two_digits_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"12.5 degrees", b"15.2 degrees")


@mutant("text")
def a_decimal_point_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"12.5 degrees", b"125 degrees")


@mutant("text")
def a_minus_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"\x12", b"", near=b"The soil")


@mutant("text")
def a_currency_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"$4.20", b"4.20")


@mutant("text")
def a_degree_sign_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"4 \xb0C", b"4 C")


@mutant("text")
def a_full_stop_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"door.", b"door")


@mutant("text")
def a_full_stop_is_a_question_mark(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Keep it out.", b"Keep it out?")


@mutant("text")
def a_comma_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"yellow, brown", b"yellow brown")


@mutant("text")
def a_semicolon_is_a_comma(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"patience;", b"patience,")


@mutant("text")
def an_opening_quote_closes(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"\x1c", b"\x1d", near=b"The soil")


@mutant("text")
def an_arrow_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"\x92", b"", near=b"na\xefve")


@mutant("text")
def an_accent_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"caf\xe9", b"cafe")


@mutant("text")
def greek_letters_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"\xbd\xb1\xb9", b"\xb1\xbd\xb9")


@mutant("text")
def cyrillic_letters_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"A:2", b":A2", near=b"Clean the tools")


@mutant("text")
def two_letters_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"smoke", b"smkoe")


@mutant("text")
def a_letter_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"gloves", b"loves")


@mutant("text")
def a_capital_is_small(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Wrens sing", b"wrens sing")


@mutant("text")
def an_exponent_is_drawn_on_the_line(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions, at: int) -> None:
        instructions[the("Ts", instructions, at)][0][0] = 0
        instructions[the("Tf", instructions, at)][0][1] = 10.4

    edited(pdf, b"3", b"O and x", change)


# words


@mutant("text")
def a_word_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"yellow, brown", b"purple, brown")


@mutant("text")
def a_common_word_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"guard the door", b"guard a door")


@mutant("text")
def a_common_word_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"lives in it", b"lives it")


@mutant("text")
def a_negation_is_added(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Apples keep", b"Apples do not keep")


@mutant("text")
def a_negation_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Pears do not.", b"Pears do.")


@mutant("text")
def a_word_stands_twice(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"in the sun", b"in the the sun")


@mutant("text")
def two_words_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"hive stands", b"stands hive")


@mutant("text")
def a_space_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"A hive", b"Ahive")


@mutant("text")
def a_space_stands_in_a_word(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Workers", b"Work ers")


@mutant("text")
def the_words_of_a_link_are_others(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"the almanac", b"the calendar")


@mutant("text")
def the_hyphen_of_a_broken_word_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"-", b"", near=b"misunder")


@mutant("text")
def a_broken_word_is_spoken_as_another(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions, at: int) -> None:
        instructions[the("BDC", instructions, at)][0][1].ActualText = pikepdf.String("understandings,")

    edited(pdf, b"misunder", b"", change)


@mutant("text")
def a_broken_word_is_not_spoken(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions, at: int) -> None:
        instructions[the("BDC", instructions, at)][0][1].ActualText = pikepdf.String("")

    edited(pdf, b"misunder", b"", change)


# sentences and paragraphs


@mutant("text")
def a_sentence_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b" Robins sing all day.", b"")


@mutant("text")
def two_sentences_change_places(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"Wrens sing at dawn. Robins sing all day.", b"Robins sing all day. Wrens sing at dawn.")


@mutant("text")
def two_paragraphs_change_places(pdf: pikepdf.Pdf) -> None:
    exchanged(pdf, b"Open the window", b"Keep it out")


@mutant("text")
def two_paragraphs_are_drawn_in_each_others_places(pdf: pikepdf.Pdf) -> None:
    shifted(pdf, b"Open the window", 0, -53.5)
    shifted(pdf, b"Keep it out", 0, 53.5)


@mutant("text")
def two_paragraphs_are_read_in_another_order(pdf: pikepdf.Pdf) -> None:
    swap(owner(pdf, b"A hive stands"), owner(pdf, b"Bees do not"))


@mutant("text")
def two_lines_are_drawn_in_each_others_places(pdf: pikepdf.Pdf) -> None:
    moved(pdf, b"The soil", 0, -14)
    moved(pdf, b"for ten", 0, 14)


@mutant("text")
def two_lines_change_places(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions, at: int) -> None:
        second = place(instructions, b"for ten")
        end = next(place for place in range(second, len(instructions)) if instructions[place][1] == "EMC")
        swapped(instructions, slice(at, the("Tm", instructions, second) - 1), slice(second, end))

    edited(pdf, b"The soil", b"", change)


@mutant("text")
def a_paragraph_is_lost(pdf: pikepdf.Pdf) -> None:
    lost(pdf, owner(pdf, b"Bees do not"))


@mutant("text")
def a_paragraph_is_printed_twice(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, b"Bees do not", after="0 -12 Td [(Bees do not like smoke.)] TJ")


AGAIN = "/Artifact BMC BT 1 0 0 1 0 -9 Tm /SourceSerifPro-Regular.0 10.4 Tf [({})] TJ ET EMC"


@mutant("text")
def a_paragraph_is_printed_again_as_an_artifact(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, b"Bees do not", after=AGAIN.format("Bees do not like smoke."))


@mutant("text")
def a_sentence_that_nobody_wrote_is_an_artifact(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, b"Bees do not", after=AGAIN.format("Bees like smoke."))


@mutant("text")
def a_paragraph_is_on_another_page_of_its_chapter(pdf: pikepdf.Pdf) -> None:
    words = b"Nobody prunes there."
    element, page = owner(pdf, words), page_with(pdf, words)
    owners = [parents(pdf)[int(pdf.pages[each].obj.StructParents)] for each in (page, page + 1)]
    mcid = len(owners[1])
    source = (
        f"/P <</MCID {mcid}>> BDC BT 1 0 0 1 82 400 Tm /SourceSerifPro-Regular.0 10.4 Tf [({words.decode()})] TJ ET EMC"
    )
    replaced(pdf, words, b"")
    owners[0][int(element.K)] = None
    drawing(pdf, page + 1, lambda instructions: [*instructions, *written(pdf, source)])
    owners[1].append(element)
    element.K, element.Pg = mcid, pdf.pages[page + 1].obj
