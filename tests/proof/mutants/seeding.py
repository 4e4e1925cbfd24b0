"""How mutants of a PDF are noted and seeded: by the text that shows the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Stream, String

from tests.proof.mutants.editing import Instructions, changed, drawing, page_with, said, texts
from tests.proof.mutants.orchard import Mutant, Outputs
from tests.proof.structure.book import kids
from tests.proof.structure.faults import parents, remove

__all__ = [
    "dressed",
    "edited",
    "exchanged",
    "lost",
    "moved",
    "noting",
    "owner",
    "place",
    "replaced",
    "shifted",
    "sized",
    "swapped",
    "the",
    "wrapped",
    "written",
]

Seed = Callable[[pikepdf.Pdf], None]


def noting(mutants: list[Mutant]) -> Callable[[str], Callable[[Seed], Seed]]:
    """A decorator that notes mutants of the book's PDF in a list, under the name of what makes each."""

    def mutant(kind: str) -> Callable[[Seed], Seed]:
        def note(seed: Seed) -> Seed:
            def on_file(outputs: Outputs) -> None:
                with changed(outputs.pdf) as pdf:
                    seed(pdf)

            mutants.append(Mutant(kind, seed.__name__.replace("_", " "), on_file))
            return seed

        return note

    return mutant


# where something is


def place(instructions: Instructions, text: bytes, near: bytes = b"") -> int:
    """The place of the first operator that shows a text, from the one on that shows another, near it."""
    return next(_places(instructions, text, near))


def the(operator: str, instructions: Instructions, at: int) -> int:
    """The place of the last operator of a name before another: of the ``Tm`` or ``cm`` that holds for it."""
    return next(before for before in range(at, -1, -1) if instructions[before][1] == operator)


def edited(pdf: pikepdf.Pdf, text: bytes, near: bytes, change: Callable[[Instructions, int], None]) -> None:
    """Change the operators of the page that shows a text, knowing its place."""

    def with_place(instructions: Instructions) -> Instructions:
        change(instructions, place(instructions, text, near))
        return instructions

    drawing(pdf, _page(pdf, text, near), with_place)


def owner(pdf: pikepdf.Pdf, text: bytes, near: bytes = b"") -> Any:
    """The element of the structure that a text is in."""
    page = _page(pdf, text, near)
    instructions = _drawn(pdf, page)
    marks = instructions[the("BDC", instructions, place(instructions, text, near))][0][1]
    return parents(pdf)[int(pdf.pages[page].obj.StructParents)][int(marks.MCID)]


def _page(pdf: pikepdf.Pdf, text: bytes, near: bytes) -> int:
    page = page_with(pdf, near or text)
    while next(_places(_drawn(pdf, page), text, near), None) is None:
        page = page_with(pdf, near or text, after=page + 1)
    return page


def _drawn(pdf: pikepdf.Pdf, page: int) -> Instructions:
    return [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(pdf.pages[page])]


def _places(instructions: Instructions, text: bytes, near: bytes) -> Iterator[int]:
    first = next(at for at, shown in texts(instructions) if (near or text) in shown)
    return (at for at, shown in texts(instructions) if at >= first and text in shown)


# how it is changed


def written(pdf: pikepdf.Pdf, source: str) -> Instructions:
    """Operators from how they are written in a content."""
    stream = Stream(pdf, source.encode("ascii"))
    return [(list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(stream)]


def replaced(pdf: pikepdf.Pdf, old: bytes, new: bytes, near: bytes = b"") -> None:
    """Have the first operator that shows some letters show others; what it kerns elsewhere stays."""

    def change(instructions: Instructions, at: int) -> None:
        instructions[at] = ([_spelled(instructions[at][0], old, new)], "TJ")

    edited(pdf, old, near, change)


def _spelled(operands: list[Any], old: bytes, new: bytes) -> Array:
    start = said(operands).index(old)
    end = start + len(old)
    result: list[Any] = []
    at = 0
    for piece in operands[0]:
        if not isinstance(piece, String):
            if not start < at < end:
                result.append(piece)
            continue
        data = bytes(piece)
        inserted = new if at <= start < at + len(data) else b""
        result.append(String(data[: max(0, start - at)] + inserted + data[max(0, end - at) :]))
        at += len(data)
    return Array(result)


def dressed(pdf: pikepdf.Pdf, text: bytes, before: str = "", after: str = "", near: bytes = b"") -> None:
    """Write operators around the one that shows a text: inside its text object."""

    def change(instructions: Instructions, at: int) -> None:
        instructions[at : at + 1] = [*written(pdf, before), instructions[at], *written(pdf, after)]

    edited(pdf, text, near, change)


def wrapped(pdf: pikepdf.Pdf, text: bytes, before: str = "", after: str = "", near: bytes = b"") -> None:
    """Write operators around the text object that shows a text: in the place it is drawn at."""

    def change(instructions: Instructions, at: int) -> None:
        begin = the("BT", instructions, at)
        end = next(behind for behind in range(at, len(instructions)) if instructions[behind][1] == "ET")
        instructions[begin : end + 1] = [
            *written(pdf, before), *instructions[begin : end + 1], *written(pdf, after)
        ]  # fmt: skip

    edited(pdf, text, near, change)


def swapped(instructions: Instructions, one: slice, other: slice) -> None:
    """Exchange two stretches of operators; the second is behind the first."""
    instructions[other], instructions[one] = instructions[one], instructions[other]


def exchanged(pdf: pikepdf.Pdf, one: bytes, other: bytes, near: bytes = b"") -> None:
    """Have the operators that show two texts on a page show each other's."""

    def change(instructions: Instructions, at: int) -> None:
        second = place(instructions, other, near or one)
        instructions[at], instructions[second] = instructions[second], instructions[at]

    edited(pdf, one, near, change)


def moved(pdf: pikepdf.Pdf, text: bytes, x: float, y: float, near: bytes = b"") -> None:
    """Move the line of a text by its matrix."""
    _by(pdf, text, near, "Tm", x, y)


def shifted(pdf: pikepdf.Pdf, text: bytes, x: float, y: float, near: bytes = b"") -> None:
    """Move the paragraph or cell of a text by the matrix of where it is drawn."""
    _by(pdf, text, near, "cm", x, y)


def _by(pdf: pikepdf.Pdf, text: bytes, near: bytes, operator: str, x: float, y: float) -> None:
    def change(instructions: Instructions, at: int) -> None:
        operands, _ = instructions[the(operator, instructions, at)]
        operands[4], operands[5] = float(operands[4]) + x, float(operands[5]) + y

    edited(pdf, text, near, change)


def sized(pdf: pikepdf.Pdf, text: bytes, size: float, near: bytes = b"") -> None:
    """Draw a text in another size."""

    def change(instructions: Instructions, at: int) -> None:
        instructions[the("Tf", instructions, at)][0][1] = size

    edited(pdf, text, near, change)


def lost(pdf: pikepdf.Pdf, element: Any) -> None:
    """Take an element without links out of the structure, and what is in it out of its page: nothing is left over."""
    numbers = _numbers(element)
    page = next(each for each in _every(element) if "/Pg" in each).Pg
    sheet = next(at for at, each in enumerate(pdf.pages) if each.obj.objgen == page.objgen)

    def change(instructions: Instructions) -> Instructions:
        for mcid in numbers:
            begin, end = _marks(instructions, mcid)
            kept = [each for each in instructions[begin:end] if each[1] in {"Tf", "Tm", "q", "Q", "BT", "ET"}]
            instructions[begin : end + 1] = kept
        return instructions

    drawing(pdf, sheet, change)
    for mcid in numbers:
        parents(pdf)[int(page.StructParents)][mcid] = None
    remove(element)


def _every(element: Any) -> list[Any]:
    below = [each for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid for each in _every(kid)]
    return [element, *below]


def _numbers(element: Any) -> list[int]:
    return [int(kid) for each in _every(element) for kid in kids(each) if isinstance(kid, int)]


def _marks(instructions: Instructions, mcid: int) -> tuple[int, int]:
    begin = next(
        at for at, (operands, operator) in enumerate(instructions)
        if operator == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") == mcid
    )  # fmt: skip
    return begin, next(at for at in range(begin, len(instructions)) if instructions[at][1] == "EMC")
