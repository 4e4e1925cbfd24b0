"""Faults in what elements are and say: roles, headings, the order of words, descriptions."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.structure.book import elements, every, kids, within
from tests.proof.structure.faults import (
    ANTS,
    BEES,
    Instructions,
    edit,
    hide,
    mark,
    paragraph,
    parents,
    put,
    remove,
    same,
    seeded,
    swap,
)  # fmt: skip

__all__: list[str] = []


def row(pdf: pikepdf.Pdf, table: int, place: int) -> Any:
    return within(every(pdf, "Table")[table], "TR")[place]


# types


@seeded("tags-misused", "has no standard type")
def a_type_nobody_knows(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).S = Name.Stanza


@seeded("tags-broken", "stands for itself")
def a_type_that_stands_for_itself(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Stanza=Name.Verse, Verse=Name.Stanza)


@seeded("tags-misused", "of what it is the head")
def a_head_without_scope(pdf: pikepdf.Pdf) -> None:
    del every(pdf, "TH")[0].A


@seeded("tags-misused", "cells that are heads")
def a_head_is_a_plain_cell(pdf: pikepdf.Pdf) -> None:
    every(pdf, "TH")[0].S = Name.TD


@seeded("tags-misused", "cells that are heads")
def a_plain_cell_is_a_head(pdf: pikepdf.Pdf) -> None:
    cell = every(pdf, "TD")[0]
    cell.S, cell.A = Name.TH, Dictionary(O=Name.Table, Scope=Name.Row)


@seeded("tags-misused", "has 2 cells, others have 3")
def a_cell_is_lost(pdf: pikepdf.Pdf) -> None:
    remove(elements(row(pdf, 0, 1))[1])


@seeded("tags-misused", "row 1 of Table on page 9 has 3 cells, others have 5")
def a_cell_is_too_wide(pdf: pikepdf.Pdf) -> None:
    elements(row(pdf, 0, 1))[1].A = Dictionary(O=Name.Table, ColSpan=3)
    elements(row(pdf, 0, 2))[1].A = Dictionary(O=Name.Table, ColSpan=2)


@seeded("tags-misused", "has 1 cells, others have 2")
def a_wide_cell_is_narrow(pdf: pikepdf.Pdf) -> None:
    del elements(row(pdf, 2, 0))[0].A


@seeded("tags-misused", "reaches below its last row")
def a_cell_is_too_high(pdf: pikepdf.Pdf) -> None:
    elements(row(pdf, 0, 2))[1].A = Dictionary(O=Name.Table, RowSpan=2)


@seeded("tags-misused", "0 rows of heads; the source has 3, 3 and 1")
def the_heads_are_among_the_rows(pdf: pikepdf.Pdf) -> None:
    table = every(pdf, "Table")[0]
    caption, heads, body = elements(table)
    put(body, [*elements(heads), *elements(body)])
    put(table, [caption, body])


@seeded("tags-misused", "the source has 3, 3 and 1")
def a_row_is_lost(pdf: pikepdf.Pdf) -> None:
    remove(row(pdf, 0, 2))


@seeded("tags-misused", "there are 0 tables; the source has 1")
def a_table_is_only_text(pdf: pikepdf.Pdf) -> None:
    table = every(pdf, "Table")[2]
    for element in [table, *within(table, "TBody"), *within(table, "TR")]:
        element.S = Name.Div
    for element in every(pdf, "TD")[-3:]:
        element.S = Name.P


@seeded("tags-misused", "LI on page 9 holds Lbl, P")
def an_item_without_a_body(pdf: pikepdf.Pdf) -> None:
    every(pdf, "LBody")[0].S = Name.P


@seeded("tags-misused", "is in Div")
def items_without_a_list(pdf: pikepdf.Pdf) -> None:
    every(pdf, "L")[0].S = Name.Div


@seeded("tags-misused", "has no label")
def a_label_is_lost(pdf: pikepdf.Pdf) -> None:
    items = [each for each in every(pdf, "L") if each.get("/A", {}).get("/ListNumbering") == Name.Disc]
    hide(pdf, within(items[0], "Lbl")[0], BEES)


@seeded("reading-differs", "expected “1.”, found “”")
def a_number_is_lost(pdf: pikepdf.Pdf) -> None:
    items = [each for each in every(pdf, "L") if each.get("/A", {}).get("/ListNumbering") == Name.Decimal]
    hide(pdf, within(items[0], "Lbl")[0], BEES)


@seeded("tags-misused", "captions")
def a_caption_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    every(pdf, "Caption")[0].S = Name.P


@seeded("tags-misused", "P on page 9 is in Table")
def the_caption_of_a_table_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    elements(every(pdf, "Table")[0])[0].S = Name.P


@seeded("tags-misused", "opens nothing")
def an_entry_of_the_contents_opens_nothing(pdf: pikepdf.Pdf) -> None:
    link = every(pdf, "Link")[0]
    annotation = next(kid.Obj for kid in kids(link) if isinstance(kid, Dictionary))
    page = pdf.pages[4].obj
    page.Annots = Array([each for each in page.Annots if not same(each, annotation)])
    link.S, link.K = Name.Span, Array([kid for kid in kids(link) if not isinstance(kid, Dictionary)])


@seeded("tags-misused", "does not say where it is")
def the_box_of_a_picture_is_removed(pdf: pikepdf.Pdf) -> None:
    del every(pdf, "Figure")[0].A


@seeded("tags-misused", "is empty")
def an_element_is_empty(pdf: pikepdf.Pdf) -> None:
    part = every(pdf, "Part")[0]
    part.K = Array([*kids(part), pdf.make_indirect(Dictionary(S=Name.P, P=part))])


@seeded("tags-misused", "is in the language")
def the_language_of_an_element_is_none(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).Lang = String("?")


@seeded("tags-misused", "P on page 10 is in a line of P")
def a_paragraph_in_a_line(pdf: pikepdf.Pdf) -> None:
    outer = paragraph(pdf, ANTS)
    inner = pdf.make_indirect(Dictionary(S=Name.P, P=outer, Pg=pdf.pages[ANTS].obj, K=Array(kids(outer))))
    parents(pdf)[ANTS][int(kids(outer)[0])] = inner
    outer.K = Array([inner])


# headings


@seeded("tag-headings-differ", "H5 on page 9 follows H3")
def a_level_is_skipped(pdf: pikepdf.Pdf) -> None:
    every(pdf, "H4")[0].S = Name.H5


@seeded("tag-headings-differ", "expected H3 “Honey”, found none")
def a_heading_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    every(pdf, "H3")[0].S = Name.P


@seeded("tag-headings-differ", "found H3 “Ants walk in lines.”")
def a_paragraph_is_a_heading(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).S = Name.H3


@seeded("tag-headings-differ", "expected H2 “Ants”, found H1 “Ants”")
def a_heading_has_another_level(pdf: pikepdf.Pdf) -> None:
    every(pdf, "H2")[1].S = Name.H1


@seeded("tag-headings-differ", "expected H1 “Contents”, found none")
def the_heading_of_the_contents_is_a_paragraph(pdf: pikepdf.Pdf) -> None:
    every(pdf, "H1")[0].S = Name.P


@seeded("tag-headings-differ", "follows nothing")
def the_first_heading_is_no_first_one(pdf: pikepdf.Pdf) -> None:
    every(pdf, "H1")[0].S = Name.H2


# words


@seeded("reading-differs", "ants on page 10: expected “They never sleep.”, found “”")
def two_paragraphs_are_exchanged(pdf: pikepdf.Pdf) -> None:
    found = [paragraph(pdf, ANTS, at) for at in range(3)]
    one, other = found[0], next(each for each in found if same(each.P, every(pdf, "Div")[-1]) and each is not found[1])
    one.K, other.K = other.K, one.K
    owners = parents(pdf)[ANTS]
    owners[int(kids(one)[0])], owners[int(kids(other)[0])] = one, other


@seeded("reading-differs", "expected")
def two_rows_are_exchanged(pdf: pikepdf.Pdf) -> None:
    swap(row(pdf, 0, 1), row(pdf, 0, 2))


@seeded("reading-differs", "expected “Ants walk in lines.”, found “”")
def a_text_to_be_read_is_empty(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).ActualText = String("")


@seeded("reading-differs", "expected “walk”, found “run”")
def a_text_to_be_read_is_another(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).ActualText = String("Ants run in lines.")


@seeded("reading-differs", "expected “Ants walk in lines.”, found “”")
def a_text_to_be_read_on_the_page_is_empty(pdf: pikepdf.Pdf) -> None:
    number = int(kids(paragraph(pdf, ANTS))[0])

    def change(instructions: Instructions) -> Instructions:
        begin, end = mark(instructions, number)
        opened = ([Name.Span, Dictionary(ActualText=String(""))], "BDC")
        return [*instructions[: begin + 1], opened, *instructions[begin + 1 : end], ([], "EMC"), *instructions[end:]]

    edit(pdf, ANTS, change)


@seeded("reading-differs", "the chapter ants is no element of its own")
def a_paragraph_is_in_the_part_of_another_chapter(pdf: pikepdf.Pdf) -> None:
    heading, bees = every(pdf, "H2")[1], every(pdf, "H2")[0].P
    remove(heading)
    put(bees, [*kids(bees), heading])


@seeded("reading-differs", "comes after the chapter")
def a_paragraph_is_after_another_chapter(pdf: pikepdf.Pdf) -> None:
    moved, moss = paragraph(pdf, ANTS), every(pdf, "H2")[2].P
    remove(moved)
    put(moss, [*kids(moss), moved])


@seeded("reading-differs", "expected “”, found “(p. 44)”")
def a_page_reference_is_wrong(pdf: pikepdf.Pdf) -> None:
    """The page that a reference names is not that on which its target is."""

    def change(instructions: Instructions) -> Instructions:
        for at, (operands, operator) in enumerate(instructions):
            if operator == "Tj" and b"(p." in bytes(operands[0]):
                instructions[at] = ([String(" (p. 44)")], operator)
        return instructions

    edit(pdf, BEES, change)


# descriptions


@seeded("alt-differs", "says nothing; the source has a picture, “A bee on a flower”")
def a_description_is_empty(pdf: pikepdf.Pdf) -> None:
    every(pdf, "Figure")[0].Alt = String("")


@seeded("alt-differs", "says “An ant at rest”; the source has a picture, “A bee on a flower”")
def two_descriptions_are_exchanged(pdf: pikepdf.Pdf) -> None:
    one, other = every(pdf, "Figure")
    one.Alt, other.Alt = other.Alt, one.Alt


@seeded("alt-differs", "the source has a formula")
def a_formula_says_something_else(pdf: pikepdf.Pdf) -> None:
    every(pdf, "Formula")[0].Alt = String("w = 3 l")


@seeded("alt-differs", "of the source is in no element")
def a_picture_is_no_picture(pdf: pikepdf.Pdf) -> None:
    every(pdf, "Figure")[1].S = Name.Div
