"""Mutants of the text of a PDF."""

from __future__ import annotations

from collections.abc import Callable

import pikepdf

from tests.proof.mutants.editing import Instructions, changed, drawing, page_with, texts
from tests.proof.mutants.orchard import Mutant, Outputs

MUTANTS: list[Mutant] = []


def mutant(kind: str) -> Callable[[Callable[[pikepdf.Pdf], None]], Callable[[pikepdf.Pdf], None]]:
    """Note a mutant of the book's PDF in the list, under the name of what makes it."""

    def note(seed: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
        def on_file(outputs: Outputs) -> None:
            with changed(outputs.pdf) as pdf:
                seed(pdf)

        MUTANTS.append(Mutant(kind, seed.__name__.replace("_", " "), on_file))
        return seed

    return note


def replaced(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    """Have the first text that shows some letters show others."""

    def change(instructions: Instructions) -> Instructions:
        at, shown = next((at, shown) for at, shown in texts(instructions) if old in shown)
        instructions[at] = ([pikepdf.Array([pikepdf.String(shown.replace(old, new, 1))])], "TJ")
        return instructions

    drawing(pdf, page_with(pdf, old), change)


@mutant("text")
def a_word_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"yellow, brown", b"purple, brown")


@mutant("text")
def a_digit_is_another(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"45 cm", b"46 cm")


@mutant("text")
def a_full_stop_is_lost(pdf: pikepdf.Pdf) -> None:
    replaced(pdf, b"door.", b"door")
