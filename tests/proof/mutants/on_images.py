"""Mutants of the images and drawings of a PDF."""

from __future__ import annotations

from typing import Any

import pikepdf
from pikepdf import Array, Name

from tests.proof.mutants.editing import Instructions, drawing
from tests.proof.mutants.orchard import Mutant
from tests.proof.mutants.seeding import noting, written

MUTANTS: list[Mutant] = []

mutant = noting(MUTANTS)

TREE, ROWS, HIVE, BIRD = 10, 11, 16, 17  # the 0-based pages of three images and a drawing


def name(pdf: pikepdf.Pdf, page: int) -> str:
    return str(next(iter(pdf.pages[page].Resources.XObject)))


def picture(pdf: pikepdf.Pdf, page: int) -> Any:
    return pdf.pages[page].Resources.XObject[name(pdf, page)]


def shown(pdf: pikepdf.Pdf, page: int, source: str) -> None:
    """Draw the image of a page with other operators; ``Do`` in their place is the image's."""

    def change(instructions: Instructions) -> Instructions:
        at = next(at for at, each in enumerate(instructions) if each[1] == "Do")
        instructions[at - 1 : at + 1] = written(pdf, source.replace("Do", f"{name(pdf, page)} Do"))
        return instructions

    drawing(pdf, page, change)


def repainted(pdf: pikepdf.Pdf, page: int, pixels: bytes) -> None:
    """Give an image of 160 by 120 other pixels."""
    picture(pdf, page).write(pixels)


@mutant("image")
def an_image_is_lost(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "")


@mutant("image")
def an_image_is_another(pdf: pikepdf.Pdf) -> None:
    pdf.pages[HIVE].Resources.XObject[name(pdf, HIVE)] = picture(pdf, TREE)


@mutant("image")
def two_images_change_places(pdf: pikepdf.Pdf) -> None:
    one, other = picture(pdf, TREE), picture(pdf, ROWS)
    pdf.pages[TREE].Resources.XObject[name(pdf, TREE)] = other
    pdf.pages[ROWS].Resources.XObject[name(pdf, ROWS)] = one


@mutant("image")
def an_image_is_squeezed(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "120 0 0 20 0 0 cm Do")


@mutant("image")
def an_image_is_mirrored(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "-120 0 0 90 120 0 cm Do")


@mutant("image")
def an_image_stands_on_its_head(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "120 0 0 -90 0 90 cm Do")


@mutant("image")
def an_image_lies_on_its_side(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "0 90 -120 0 120 0 cm Do")


@mutant("image")
def an_image_is_beside_the_paper(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "120 0 0 90 900 0 cm Do")


@mutant("image")
def an_image_is_cut_by_the_edge_of_the_paper(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "120 0 0 90 -130 0 cm Do")


@mutant("image")
def an_image_is_a_point_high(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "1.3 0 0 1 0 0 cm Do")


@mutant("image")
def an_image_lies_over_the_text(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "480 0 0 360 0 0 cm Do")


@mutant("image")
def an_image_is_in_another_place(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "120 0 0 90 0 -250 cm Do")


@mutant("image")
def a_white_rectangle_covers_an_image(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "q 120 0 0 90 0 0 cm Do Q 1 1 1 rg 0 0 120 90 re f")


@mutant("image")
def a_path_clips_an_image(pdf: pikepdf.Pdf) -> None:
    shown(pdf, HIVE, "0 0 40 30 re W n 120 0 0 90 0 0 cm Do")


@mutant("image")
def an_image_is_white(pdf: pikepdf.Pdf) -> None:
    repainted(pdf, HIVE, b"\xff" * (160 * 120 * 3))


@mutant("image")
def the_lower_half_of_an_image_is_black(pdf: pikepdf.Pdf) -> None:
    pixels = picture(pdf, HIVE).read_bytes()
    repainted(pdf, HIVE, pixels[: len(pixels) // 2] + bytes(len(pixels) - len(pixels) // 2))


@mutant("image")
def the_colours_of_an_image_are_inverted(pdf: pikepdf.Pdf) -> None:
    picture(pdf, HIVE).Decode = Array([1, 0, 1, 0, 1, 0])


@mutant("image")
def an_image_is_transparent(pdf: pikepdf.Pdf) -> None:
    picture(pdf, HIVE).SMask = pdf.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8
    )


@mutant("image")
def an_image_has_few_pixels(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf, HIVE)
    pixels = image.read_bytes()
    rows = [pixels[row * 480 : (row + 1) * 480] for row in range(0, 120, 40)]
    image.write(b"".join(row[at : at + 3] for row in rows for at in range(0, 480, 120)))
    image.Width, image.Height = 4, 3


@mutant("image")
def the_data_of_an_image_break_off(pdf: pikepdf.Pdf) -> None:
    image = picture(pdf, HIVE)
    image.write(image.read_raw_bytes()[:60], filter=Name.FlateDecode)


@mutant("image")
def a_drawing_is_empty(pdf: pikepdf.Pdf) -> None:
    picture(pdf, BIRD).write(b"")


@mutant("image")
def a_drawing_loses_a_shape(pdf: pikepdf.Pdf) -> None:
    bird = picture(pdf, BIRD)
    bird.write(bird.read_bytes()[bird.read_bytes().index(b"\nq") :])


@mutant("image")
def a_drawing_loses_its_label(pdf: pikepdf.Pdf) -> None:
    bird = picture(pdf, BIRD)
    bird.write(bird.read_bytes().replace(b"[(br)24(anch)]TJ", b""))


@mutant("image")
def the_label_of_a_drawing_is_another(pdf: pikepdf.Pdf) -> None:
    bird = picture(pdf, BIRD)
    bird.write(bird.read_bytes().replace(b"(anch)", b"(ench)"))


@mutant("image")
def the_box_of_a_drawing_cuts_it(pdf: pikepdf.Pdf) -> None:
    picture(pdf, BIRD).BBox = Array([0, 0, 40, 40])


@mutant("image")
def a_drawing_stands_on_its_head(pdf: pikepdf.Pdf) -> None:
    shown(pdf, BIRD, "0.75 0 0 0.75 0 0 cm Do")
