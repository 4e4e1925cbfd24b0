"""What mutants of links, folios, files and handouts are noted and seeded with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from tests.proof.mutants.editing import Instructions, changed, drawing, page_with, said, texts
from tests.proof.mutants.orchard import Mutant, Outputs

__all__ = ["Notes", "Seed", "link", "links", "named", "page_of", "place", "printed", "removed", "reprinted", "reworded"]

Seed = Callable[[pikepdf.Pdf], None]
"""What changes an opened PDF."""


class Notes:
    """The mutants of a kind, each under the name of the function that makes it."""

    def __init__(self, kind: str, mutants: list[Mutant]) -> None:
        self._kind = kind
        self._mutants = mutants

    def files(self, seed: Callable[[Outputs], None]) -> Callable[[Outputs], None]:
        """Note what changes files as they are."""
        self._mutants.append(Mutant(self._kind, seed.__name__.replace("_", " "), seed))
        return seed

    def book(self, seed: Seed) -> Seed:
        """Note what changes the book's PDF."""

        def on_file(outputs: Outputs) -> None:
            with changed(outputs.pdf) as pdf:
                seed(pdf)

        on_file.__name__ = seed.__name__
        self.files(on_file)
        return seed

    def handout(self, number: int) -> Callable[[Seed], Seed]:
        """Note what changes a handout, counted from 0."""

        def note(seed: Seed) -> Seed:
            def on_file(outputs: Outputs) -> None:
                with changed(outputs.handouts[number]) as pdf:
                    seed(pdf)

            on_file.__name__ = seed.__name__
            self.files(on_file)
            return seed

        return note


def named(pdf: pikepdf.Pdf) -> Any:
    """Names and values of the destinations, in the one leaf of the name tree."""
    return pdf.Root.Names.Dests.Kids[0].Names


def place(pdf: pikepdf.Pdf, name: str) -> Any:
    """The array of a named destination: page, /XYZ, left, top, zoom."""
    names = named(pdf)
    return next(names[at + 1] for at in range(0, len(names), 2) if str(names[at]) == name)


def page_of(pdf: pikepdf.Pdf, name: str) -> int:
    """The 0-based page of a named destination."""
    return next(at for at, page in enumerate(pdf.pages) if page.objgen == place(pdf, name)[0].objgen)


def links(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    """The links of the page of a named destination."""
    return list(pdf.pages[page_of(pdf, name)].Annots)


def link(pdf: pikepdf.Pdf, name: str, contents: str) -> Any:
    """The first link on the page of a named destination whose contents begin so."""
    return next(each for each in links(pdf, name) if str(each.Contents).startswith(contents))


def removed(pdf: pikepdf.Pdf, name: str, link: Any) -> None:
    """Remove a link from a page and from the structure: what it was on becomes mere text."""
    page = pdf.pages[page_of(pdf, name)]
    page.Annots = pikepdf.Array(each for each in page.Annots if each.objgen != link.objgen)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    element = parents[int(link.StructParent)]
    element.S = Name.Span
    element.K = pikepdf.Array(
        each for each in element.K if not isinstance(each, pikepdf.Dictionary) or each.get("/Type") != Name.OBJR
    )
    del parents[int(link.StructParent)]


def printed(instructions: Instructions) -> Iterator[tuple[int, bytes]]:
    """The places of all operators that show text, and what they show."""
    for at, (operands, operator) in enumerate(instructions):
        if operator == "Tj":
            yield at, bytes(operands[0])
        elif operator == "TJ":
            yield at, said(operands)


def reprinted(pdf: pikepdf.Pdf, page: int, old: bytes, new: bytes, nth: int = 0) -> None:
    """Have a text of a 0-based page that is all that its operator shows be another; without letters it goes."""

    def change(instructions: Instructions) -> Instructions:
        at = [at for at, shown in printed(instructions) if shown == old][nth]
        operand = pikepdf.String(new)
        instructions[at] = ([operand], "Tj") if new else ([pikepdf.Array()], "TJ")
        return instructions

    drawing(pdf, page, change)


def reworded(pdf: pikepdf.Pdf, old: bytes, new: bytes, after: int = 0) -> None:
    """Have the first text from a 0-based page on that has some letters have others."""

    def change(instructions: Instructions) -> Instructions:
        at, shown = next((at, shown) for at, shown in texts(instructions) if old in shown)
        instructions[at] = ([pikepdf.Array([pikepdf.String(shown.replace(old, new, 1))])], "TJ")
        return instructions

    drawing(pdf, page_with(pdf, old, after), change)
