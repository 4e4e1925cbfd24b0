"""Mutants of what a person sees of a text in a PDF: its colour, its place, its size, what lies over it."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.proof.mutants.editing import Instructions, drawing, page_with
from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.seeding import dressed, edited, moved, noting, shifted, sized, the, wrapped, written

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)

SMOKE, OWLS = b"Bees do not like smoke.", b"Owls hoot"  # two paragraphs of a line


def state(pdf: pikepdf.Pdf, text: bytes, settings: Dictionary) -> None:
    """Draw a text in a graphics state."""
    page = pdf.pages[page_with(pdf, text)]
    page.add_resource(settings, Name.ExtGState, Name.State)
    dressed(pdf, text, "/State gs")


# colour


@mutant("ink")
def a_text_is_white(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "1 1 1 rg")


@mutant("ink")
def a_text_is_nearly_white(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "0 0 0.02 0 k")


@mutant("ink")
def a_title_has_the_colour_of_the_cover(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, b"The Orchard", "0.059 0.298 0.361 rg")


@mutant("ink")
def a_line_of_code_has_the_colour_of_its_box(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, b"plant", "0.960784 0.964706 0.968627 rg", near=b"else")


@mutant("ink")
def a_text_is_outlined_in_white(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "1 1 1 RG 4 w 2 Tr", "0 Tr")


@mutant("ink")
def a_text_is_invisible(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "3 Tr", "0 Tr")


@mutant("ink")
def a_word_is_invisible(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, b"slanted", "3 Tr", "0 Tr")


@mutant("ink")
def a_text_only_clips(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "7 Tr", "0 Tr")


@mutant("ink")
def a_text_is_transparent(pdf: pikepdf.Pdf) -> None:
    state(pdf, SMOKE, Dictionary(Type=Name.ExtGState, ca=0))


@mutant("ink")
def a_text_is_blended_away(pdf: pikepdf.Pdf) -> None:
    state(pdf, SMOKE, Dictionary(Type=Name.ExtGState, BM=Name.Screen))


@mutant("ink")
def a_text_is_in_a_layer_that_is_off(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Name=String("Notes"), OFF=Array([layer])))
    pdf.pages[page_with(pdf, SMOKE)].add_resource(layer, Name.Properties, Name.Layer)
    wrapped(pdf, SMOKE, "/OC /Layer BDC", "EMC")


# what lies over it


@mutant("ink")
def a_white_rectangle_covers_a_text(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, after="/Artifact BMC 1 1 1 rg -2 -2 200 18 re f EMC")


@mutant("ink")
def a_white_rectangle_covers_a_word(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, after="/Artifact BMC 1 1 1 rg 23 -2 28 18 re f EMC")


@mutant("ink")
def a_white_rectangle_covers_the_lower_half_of_a_line(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, after="/Artifact BMC 1 1 1 rg -2 -2 200 8 re f EMC")


@mutant("ink")
def a_line_strikes_a_text_out(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, after="/Artifact BMC 0 G 1 w 0 6.2 m 110 6.2 l S EMC")


@mutant("ink")
def an_image_covers_a_text(pdf: pikepdf.Pdf) -> None:
    name = next(iter(pdf.pages[page_with(pdf, SMOKE)].Resources.XObject))
    wrapped(pdf, SMOKE, after=f"/Artifact BMC q 200 0 0 18 -2 -2 cm {name} Do Q EMC")


@mutant("ink")
def a_white_rectangle_covers_a_page(pdf: pikepdf.Pdf) -> None:
    cover = written(pdf, "/Artifact BMC 1 1 1 rg 0 0 600 850 re f EMC")
    drawing(pdf, page_with(pdf, SMOKE), lambda instructions: [*instructions, *cover])


@mutant("ink")
def an_annotation_covers_a_text(pdf: pikepdf.Pdf) -> None:
    sheet = pdf.pages[page_with(pdf, SMOKE)]
    look = pdf.make_stream(b"1 1 1 rg 0 0 200 18 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 18])
    box = Dictionary(
        Type=Name.Annot, Subtype=Name.Square, Rect=[69, 445, 269, 463], F=4, Contents=String(""), AP=Dictionary(N=look)
    )
    sheet.obj.Annots.append(pdf.make_indirect(box))


# where it is


@mutant("ink")
def a_line_lies_over_half_of_another(pdf: pikepdf.Pdf) -> None:
    moved(pdf, b"for ten", 0, 7, near=b"The soil")


@mutant("ink")
def a_line_lies_over_another(pdf: pikepdf.Pdf) -> None:
    moved(pdf, b"for ten", 0, 14, near=b"The soil")


@mutant("ink")
def a_word_lies_over_another(pdf: pikepdf.Pdf) -> None:
    moved(pdf, b", and what lives", -60, 0)


@mutant("ink")
def a_paragraph_lies_over_a_heading(pdf: pikepdf.Pdf) -> None:
    shifted(pdf, SMOKE, 0, -41)


@mutant("ink")
def a_paragraph_lies_over_the_folio(pdf: pikepdf.Pdf) -> None:
    shifted(pdf, SMOKE, 170, -395)


@mutant("ink")
def a_paragraph_is_below_the_paper(pdf: pikepdf.Pdf) -> None:
    shifted(pdf, SMOKE, 0, -600)


@mutant("ink")
def a_paragraph_is_cut_by_the_edge_of_the_paper(pdf: pikepdf.Pdf) -> None:
    shifted(pdf, SMOKE, 470, 0)


@mutant("ink")
def a_line_runs_over_the_edge_of_the_paper(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, OWLS, "30 Tw", "0 Tw")


@mutant("ink")
def a_path_clips_a_text(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, "0 -2 30 20 re W n")


@mutant("ink")
def a_path_clips_the_tops_of_a_line(pdf: pikepdf.Pdf) -> None:
    wrapped(pdf, SMOKE, "0 -2 200 8 re W n")


# how large it is, and how it lies


@mutant("ink")
def a_text_is_tiny(pdf: pikepdf.Pdf) -> None:
    sized(pdf, SMOKE, 1)


@mutant("ink")
def a_text_is_huge(pdf: pikepdf.Pdf) -> None:
    sized(pdf, SMOKE, 40)


@mutant("ink")
def a_text_is_narrowed_to_a_tenth(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "10 Tz", "100 Tz")


@mutant("ink")
def the_words_of_a_line_overlap(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "-14 Tw", "0 Tw")


@mutant("ink")
def the_words_of_a_line_touch(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "-2.4 Tw", "0 Tw")


@mutant("ink")
def the_letters_of_a_line_overlap(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "-3.5 Tc", "0 Tc")


@mutant("ink")
def the_letters_of_a_line_are_far_apart(pdf: pikepdf.Pdf) -> None:
    dressed(pdf, SMOKE, "12 Tc", "0 Tc")


def turned(pdf: pikepdf.Pdf, a: float, b: float, c: float, d: float, x: float) -> None:
    """Draw a text under another matrix."""

    def change(instructions: Instructions, at: int) -> None:
        operands, _ = instructions[the("Tm", instructions, at)]
        operands[:5] = [a, b, c, d, x]

    edited(pdf, SMOKE, b"", change)


@mutant("ink")
def a_text_is_mirrored(pdf: pikepdf.Pdf) -> None:
    turned(pdf, -1, 0, 0, 1, 110)


@mutant("ink")
def a_text_is_upside_down(pdf: pikepdf.Pdf) -> None:
    turned(pdf, 1, 0, 0, -1, 0)


@mutant("ink")
def a_text_runs_down_the_page(pdf: pikepdf.Pdf) -> None:
    turned(pdf, 0, -1, 1, 0, 250)


# the paper


def paper(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """The page of most mutants."""
    return pdf.pages[page_with(pdf, SMOKE)].obj


@mutant("page")
def the_crop_of_a_page_cuts_its_text(pdf: pikepdf.Pdf) -> None:
    paper(pdf).CropBox = Array([0, 0, 300, 841.89])


@mutant("page")
def the_crop_of_a_page_cuts_its_folio(pdf: pikepdf.Pdf) -> None:
    paper(pdf).CropBox = Array([0, 70, 595.28, 841.89])


@mutant("page")
def a_page_is_smaller(pdf: pikepdf.Pdf) -> None:
    paper(pdf).MediaBox = Array([0, 0, 420, 595])


@mutant("page")
def a_page_lies_on_its_side(pdf: pikepdf.Pdf) -> None:
    paper(pdf).Rotate = 90


@mutant("page")
def a_page_stands_on_its_head(pdf: pikepdf.Pdf) -> None:
    paper(pdf).Rotate = 180


@mutant("page")
def a_page_is_twice_as_large(pdf: pikepdf.Pdf) -> None:
    paper(pdf).UserUnit = 2


@mutant("page")
def a_page_is_drawn_as_a_stamp(pdf: pikepdf.Pdf) -> None:
    small = written(pdf, "0.1 0 0 0.1 0 0 cm")
    drawing(pdf, page_with(pdf, SMOKE), lambda instructions: [*small, *instructions])


@mutant("page")
def a_page_is_drawn_beside_the_paper(pdf: pikepdf.Pdf) -> None:
    beside = written(pdf, "1 0 0 1 300 0 cm")
    drawing(pdf, page_with(pdf, SMOKE), lambda instructions: [*beside, *instructions])
