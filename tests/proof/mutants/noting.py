"""What mutants of links, folios, files and handouts are noted and seeded with."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from tests.proof.mutants.editing import Instructions, changed, drawing, page_with, said, texts
from tests.proof.mutants.orchard import Mutant, Outputs

__all__ = [
    "Notes",
    "Seed",
    "bookmark",
    "link",
    "links",
    "named",
    "page_of",
    "place",
    "printed",
    "removed",
    "reprinted",
    "revised",
    "reworded",
    "tagged",
    "undrawn",
]

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
    page.Annots = Array(each for each in page.Annots if each.objgen != link.objgen)
    parents = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    element = parents[int(link.StructParent)]
    element.S = Name.Span
    element.K = Array(each for each in element.K if not isinstance(each, Dictionary) or each.get("/Type") != Name.OBJR)
    del parents[int(link.StructParent)]


def tagged(pdf: pikepdf.Pdf, annotation: Any, role: Name) -> None:
    """Put an annotation in the structure: in the paragraph that has the first link of its page."""
    root = pdf.Root.StructTreeRoot
    parents, key = pikepdf.NumberTree(root.ParentTree), int(root.ParentTreeNextKey)
    paragraph = parents[int(annotation.P.Annots[0].StructParent)].P
    kid = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=annotation.P)
    element = pdf.make_indirect(Dictionary(S=role, P=paragraph, K=Array([kid]), Pg=annotation.P))
    paragraph.K.append(element)
    parents[key] = element
    annotation.StructParent, root.ParentTreeNextKey = key, key + 1


def bookmark(pdf: pikepdf.Pdf, title: str) -> Any:
    """The bookmark with a title."""

    def found(parent: Any) -> Any:
        mark = parent.get("/First")
        while mark is not None:
            inner = mark if str(mark.Title) == title else found(mark)
            if inner is not None:
                return inner
            mark = mark.get("/Next")
        return None

    return found(pdf.Root.Outlines)


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
        instructions[at] = ([operand], "Tj") if new else ([Array()], "TJ")
        return instructions

    drawing(pdf, page, change)


def reworded(pdf: pikepdf.Pdf, old: bytes, new: bytes, after: int = 0) -> None:
    """Have the first text from a 0-based page on that has some letters have others."""

    def change(instructions: Instructions) -> Instructions:
        at, shown = next((at, shown) for at, shown in texts(instructions) if old in shown)
        instructions[at] = ([Array([pikepdf.String(shown.replace(old, new, 1))])], "TJ")
        return instructions

    drawing(pdf, page_with(pdf, old, after), change)


def undrawn(pdf: pikepdf.Pdf, page: int) -> None:
    """Take away the first picture of a 0-based page."""

    def change(instructions: Instructions) -> Instructions:
        at = next(at for at, (_, operator) in enumerate(instructions) if operator == "Do")
        return instructions[:at] + instructions[at + 1 :]

    drawing(pdf, page, change)


def revised(pdf: pikepdf.Pdf, before: bytes, objects: dict[int, bytes]) -> bytes:
    """The bytes of a file with objects in place of others appended, which are given by their numbers (7.5.6)."""
    after, places = before, b""
    size, root, info = int(pdf.trailer.Size), pdf.Root.objgen[0], pdf.trailer.Info.objgen[0]
    for number, data in objects.items():
        places += b"\1" + len(after).to_bytes(4, "big") + bytes(2)
        after += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    start = len(after)
    places += b"\1" + start.to_bytes(4, "big") + bytes(2)
    index = b" ".join(b"%d 1" % number for number in (*objects, size))
    former = int(re.findall(rb"startxref\s+(\d+)", before)[-1])
    table = b"/Type /XRef /Size %d /Index [ %b ] /W [ 1 4 2 ] /Prev %d" % (size + 1, index, former)
    table = b"<< %b /Root %d 0 R /Info %d 0 R /Length %d >>" % (table, root, info, len(places))
    after += b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (size, table, places)
    return after + b"startxref\n%d\n%%%%EOF\n" % start
