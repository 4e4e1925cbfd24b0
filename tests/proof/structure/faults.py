"""Faults to seed into the structure of a finished PDF, each with the check that must find it and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from tests.proof.structure.book import every, kids, within

__all__ = ["FAULTS", "SeededFault"]


class SeededFault(NamedTuple):
    """What is done to a file, the code of the problem that must come of it, and words of its message."""

    name: str
    seed: Callable[[pikepdf.Pdf], None]
    code: str
    says: str


FAULTS: list[SeededFault] = []

BEES, ANTS = 8, 9  # the 0-based pages of two chapters


def seeded(code: str, says: str) -> Callable[[Callable[[pikepdf.Pdf], None]], Callable[[pikepdf.Pdf], None]]:
    """Note a fault in the table."""

    def note(seed: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
        FAULTS.append(SeededFault(seed.__name__, seed, code, says))
        return seed

    return note


# what the seeds are made with


def put(element: Any, inside: list[Any]) -> None:
    element.K = Array(inside)
    for each in inside:
        if isinstance(each, Dictionary) and "/S" in each:
            each.P = element


def paragraph(pdf: pikepdf.Pdf, page: int, place: int = 0) -> Any:
    """A paragraph of one content on a page."""
    found = [each for each in every(pdf, "P") if each.get("/Pg") == pdf.pages[page].obj and len(kids(each)) == 1]
    return found[place]


def same(one: Any, other: Any) -> bool:
    return bool(one.objgen == other.objgen)


def remove(element: Any) -> None:
    """Take an element out of its parent."""
    element.P.K = Array([kid for kid in kids(element.P) if not (isinstance(kid, Dictionary) and same(kid, element))])


def swap(one: Any, other: Any) -> None:
    """Exchange two elements of one parent."""
    inside = kids(one.P)
    at = [next(n for n, kid in enumerate(inside) if isinstance(kid, Dictionary) and same(kid, e)) for e in (one, other)]
    inside[at[0]], inside[at[1]] = inside[at[1]], inside[at[0]]
    one.P.K = Array(inside)


Instructions = list[tuple[list[Any], str]]


def edit(pdf: pikepdf.Pdf, page: int, change: Callable[[Instructions], Instructions]) -> None:
    """Change the operators of a page."""
    sheet = pdf.pages[page]
    sheet.contents_coalesce()
    before = [(list(operands), str(operator)) for operands, operator in pikepdf.parse_content_stream(sheet)]
    after = [(operands, Operator(operator)) for operands, operator in change(before)]
    sheet.Contents = pdf.make_stream(pikepdf.unparse_content_stream(after))


def mark(instructions: Instructions, mcid: int) -> tuple[int, int]:
    """The places of the operators that begin and end a content."""
    begin = next(
        at for at, (operands, operator) in enumerate(instructions)
        if operator == "BDC" and isinstance(operands[1], Dictionary) and operands[1].get("/MCID") == mcid
    )  # fmt: skip
    return begin, next(at for at in range(begin, len(instructions)) if instructions[at][1] == "EMC")


def parents(pdf: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree: what each key stands for."""
    tree = pdf.Root.StructTreeRoot.ParentTree
    leaves = [list(leaf.Nums) for leaf in (tree.Kids if "/Kids" in tree else [tree])]
    return {int(key): value for leaf in leaves for key, value in zip(leaf[::2], leaf[1::2], strict=True)}


def hide(pdf: pikepdf.Pdf, element: Any, page: int) -> None:
    """Make an artifact of all that is in an element, and take it out of the tree: nothing is left over."""
    numbers = [int(kid) for each in [element, *within(element, "P")] for kid in kids(each) if isinstance(kid, int)]
    for mcid in dict.fromkeys(numbers):

        def change(instructions: Instructions, mcid: int = mcid) -> Instructions:
            begin, _ = mark(instructions, mcid)
            instructions[begin] = ([Name.Artifact], "BMC")
            return instructions

        edit(pdf, page, change)
        parents(pdf)[int(pdf.pages[page].obj.StructParents)][mcid] = None
    remove(element)


def metadata(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    data = pdf.Root.Metadata.read_bytes()
    assert old in data
    pdf.Root.Metadata.write(data.replace(old, new))


# the catalog


@seeded("tags-broken", "does not say that it is tagged")
def the_file_is_not_marked(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


@seeded("tags-broken", "does not say that it is tagged")
def the_marks_are_not_mentioned(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


@seeded("tags-broken", "calls its own tags suspect")
def the_tags_are_suspect(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Suspects = True


@seeded("tags-broken", "names no language")
def the_language_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


@seeded("tags-broken", "the language of the catalog is")
def the_language_is_none(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = String("plain English")


@seeded("tags-broken", "show the name of the file")
def the_title_is_not_displayed(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences.DisplayDocTitle


@seeded("tags-broken", "no title")
def the_metadata_lose_the_title(pdf: pikepdf.Pdf) -> None:
    metadata(pdf, b"Small Things</rdf:li>", b"</rdf:li>")


@seeded("tags-broken", "no structure tree")
def the_structure_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@seeded("claim-unfounded", "is not tagged")
def the_claim_stays_without_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


@seeded("claim-unfounded", "no output intent")
def the_output_intent_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@seeded("claim-unfounded", "do not describe")
def the_schema_is_removed(pdf: pikepdf.Pdf) -> None:
    metadata(pdf, b"pdfaExtension:schemas", b"pdfaExtension:others")


@seeded("claim-unfounded", "does not claim PDF/UA-1")
def a_claim_is_removed(pdf: pikepdf.Pdf) -> None:
    metadata(pdf, b"pdfuaid:part", b"pdfuaid:none")


@seeded("claim-unfounded", "no alternative text")
def a_claim_without_reason(pdf: pikepdf.Pdf) -> None:
    del every(pdf, "Figure")[0].Alt


@seeded("claim-unfounded", "which it is not to meet")
def a_claim_of_something_else(pdf: pikepdf.Pdf) -> None:
    metadata(pdf, b"<pdfaid:conformance>A", b"<pdfaid:conformance>U")


# ties


@seeded("tags-broken", "no tab order")
def the_tab_order_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[BEES].obj.Tabs


@seeded("tags-broken", "the parent tree names another element")
def the_keys_of_two_pages_are_exchanged(pdf: pikepdf.Pdf) -> None:
    one, other = pdf.pages[BEES].obj, pdf.pages[ANTS].obj
    one.StructParents, other.StructParents = other.StructParents, one.StructParents


@seeded("tags-broken", "has no key of the parent tree")
def the_key_of_a_page_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[BEES].obj.StructParents


@seeded("tags-broken", "the parent tree names another element for content 0")
def an_entry_of_the_parent_tree_is_wrong(pdf: pikepdf.Pdf) -> None:
    owners = parents(pdf)[BEES]
    owners[0] = owners[1]


@seeded("tags-broken", "is in no element")
def a_content_is_dropped_from_the_tree(pdf: pikepdf.Pdf) -> None:
    remove(paragraph(pdf, ANTS))


@seeded("tags-broken", "is in two elements")
def a_content_is_claimed_twice(pdf: pikepdf.Pdf) -> None:
    element = paragraph(pdf, ANTS)
    element.K = Array([*kids(element), *kids(element)])


@seeded("marks-wrong", "is there twice")
def a_content_is_there_twice(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        begin, _ = mark(instructions, 1)
        instructions[begin] = ([Name.P, Dictionary(MCID=0)], "BDC")
        return instructions

    edit(pdf, ANTS, change)


@seeded("tags-broken", "which the page does not have")
def a_content_is_removed_from_the_page(pdf: pikepdf.Pdf) -> None:
    def change(instructions: Instructions) -> Instructions:
        begin, end = mark(instructions, 1)
        return instructions[:begin] + instructions[end + 1 :]

    edit(pdf, ANTS, change)


@seeded("tags-broken", "is in no element")
def the_annotation_of_a_link_is_removed_from_it(pdf: pikepdf.Pdf) -> None:
    link = every(pdf, "Link")[-1]
    link.K = Array([kid for kid in kids(link) if not isinstance(kid, Dictionary)])


@seeded("tags-misused", "has no annotation")
def a_link_without_annotation(pdf: pikepdf.Pdf) -> None:
    the_annotation_of_a_link_is_removed_from_it(pdf)


@seeded("tags-broken", "does not say where it leads")
def the_text_of_a_link_is_removed(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[BEES].obj.Annots[0].Contents


@seeded("tags-broken", "for a link on page 9")
def the_keys_of_two_links_are_exchanged(pdf: pikepdf.Pdf) -> None:
    one, other = list(pdf.pages[BEES].obj.Annots)[:2]
    one.StructParent, other.StructParent = other.StructParent, one.StructParent


@seeded("tags-broken", "names another parent")
def a_parent_is_wrong(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).P = every(pdf, "Part")[0]


@seeded("tags-misused", "has no name")
def the_name_of_a_note_is_removed(pdf: pikepdf.Pdf) -> None:
    del every(pdf, "Note")[0].ID


@seeded("tags-broken", "shares its name")
def the_name_of_a_note_is_given_twice(pdf: pikepdf.Pdf) -> None:
    paragraph(pdf, ANTS).ID = every(pdf, "Note")[0].ID


@seeded("tags-broken", "the names of elements list")
def the_names_lose_a_note(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.IDTree


@seeded("tags-misused", "nothing refers to the Note")
def nothing_calls_for_a_note(pdf: pikepdf.Pdf) -> None:
    for element in every(pdf, "Reference"):
        if "/Ref" in element:
            del element.Ref
