"""Ties: pages, annotations and names must lead to the elements that lead to them (ISO 32000-2 14.7.5, 14.7.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pikepdf import Array

from casebound.proof.pdf.objects import bytes_of, entry, items, number_of, text_of
from casebound.proof.pdf.structure.tagged import PlacedAnnotation, TaggedFile
from casebound.proof.pdf.structure.tree import (
    AnnotationKid,
    ContentKid,
    TaggedElement,
    references_of,
)

__all__ = ["content_ties", "name_ties", "object_ties"]

Owners = dict[tuple[int, int], TaggedElement]
"""The element that each content is in, by page and number."""


def content_ties(tagged: TaggedFile) -> Iterator[str]:
    """What is wrong between the contents of pages, the elements that they are in, and the parent tree."""
    owners: Owners = {}
    for element in tagged.elements:
        for kid in element.kids:
            if isinstance(kid, ContentKid):
                if (kid.page, kid.mcid) in owners:
                    yield f"content {kid.mcid} of page {kid.page + 1} is in two elements"
                owners.setdefault((kid.page, kid.mcid), element)
    parents = _parents(tagged)
    there = {(page, mcid) for page, content in enumerate(tagged.pages) for mcid in content.tagged}
    for page, mcid in sorted(owners.keys() - there):
        yield f"{owners[page, mcid].place} has content {mcid}, which the page does not have"
    for page, mcid in sorted(there - owners.keys()):
        text = tagged.pages[page].tagged[mcid].text[:40]
        yield f"content {mcid} of page {page + 1}, “{text}”, is in no element"
    yield from _page_keys(tagged, parents, owners)


def _page_keys(tagged: TaggedFile, parents: dict[int, Any], owners: Owners) -> Iterator[str]:
    keys = Counter(entry(page, "/StructParents") for page in tagged.file.page_dictionaries)
    for number, page in enumerate(tagged.file.page_dictionaries):
        key = entry(page, "/StructParents")
        if key is None:
            if tagged.pages[number].tagged:
                yield f"page {number + 1} has no key of the parent tree"
            continue
        if keys[key] > 1:
            yield f"page {number + 1} shares its key of the parent tree"
        listed = parents.get(int(key))
        known = [number_of(each) for each in listed] if isinstance(listed, Array) else []
        for mcid in range(max([len(known), *(mcid + 1 for mcid in tagged.pages[number].tagged)], default=0)):
            named = known[mcid] if mcid < len(known) else 0
            owner = owners.get((number, mcid))
            if named != (owner.number if owner is not None else 0):
                yield f"the parent tree names another element for content {mcid} of page {number + 1}"


def object_ties(tagged: TaggedFile) -> Iterator[str]:
    """What is wrong between annotations, the elements that they are in, and the parent tree."""
    parents, owners = _parents(tagged), dict[int, TaggedElement]()
    for element in tagged.elements:
        for kid in element.kids:
            if not isinstance(kid, AnnotationKid):
                continue
            if kid.number not in tagged.annotations:
                yield f"{element.place} has an annotation that is on no page"
            elif kid.number in owners:
                yield f"an annotation on page {tagged.annotations[kid.number].page + 1} is in two elements"
            owners.setdefault(kid.number, element)
    seen: set[int] = set()
    for number, annotation in tagged.annotations.items():
        yield from _annotation_ties(annotation, owners.get(number), parents, seen)
    for page in sorted({annotation.page for annotation in tagged.annotations.values()}):
        if entry(tagged.file.page_dictionaries[page], "/Tabs") != "/S":
            yield f"page {page + 1} has links and no tab order by structure"


def _annotation_ties(
    annotation: PlacedAnnotation, owner: TaggedElement | None, parents: dict[int, Any], seen: set[int]
) -> Iterator[str]:
    where = f"on page {annotation.page + 1}"
    key = entry(annotation.entries, "/StructParent")
    if owner is None:
        yield f"a link {where} is in no element" if annotation.kind == "Link" else f"an annotation {where} is untagged"
        return
    if annotation.kind == "Link" and owner.role not in {"Link", "Reference"}:
        yield f"a link {where} is in the element {owner.written}"
    if not isinstance(key, int):
        yield f"a link {where} has no key of the parent tree"
    elif key in seen:
        yield f"a link {where} shares its key of the parent tree"
    elif number_of(parents.get(key)) != owner.number:
        yield f"the parent tree names another element for a link {where}"
    seen.add(key if isinstance(key, int) else -1)
    if not text_of(entry(annotation.entries, "/Contents")).strip():
        yield f"a link {where} does not say where it leads"


def name_ties(tagged: TaggedFile) -> Iterator[str]:
    """What is wrong with the names of elements, and with the tree that lists them."""
    named: dict[bytes, int] = {}
    for element in tagged.elements:
        name = bytes_of(entry(element.entries, "/ID"))
        if name:
            if name in named:
                yield f"{element.place} shares its name {name.decode('utf-8', 'replace')}"
            named.setdefault(name, element.number)
    listed = dict(_named(entry(tagged.structure, "/IDTree"), set()))
    for name in sorted(named.keys() | listed.keys()):
        if named.get(name) != listed.get(name):
            yield f"the names of elements list {name.decode('utf-8', 'replace')} otherwise than the element says"
    known = {element.number for element in tagged.elements}
    for element in tagged.elements:
        if not known.issuperset(references_of(element)):
            yield f"{element.place} refers to what is no element"
    for element in tagged.elements:
        for name in items(element.attributes.get("Headers")):
            if bytes_of(name) not in named:
                yield f"{element.place} names a head cell that is not there"


def _parents(tagged: TaggedFile) -> dict[int, Any]:
    """The parent tree: what each key of a page or an annotation stands for."""
    return dict(_numbered(entry(tagged.structure, "/ParentTree"), set()))


def _numbered(node: Any, seen: set[int]) -> Iterator[tuple[int, Any]]:
    for key, value in _pairs(node, "/Nums", seen):
        if isinstance(key, int):
            yield key, value


def _named(node: Any, seen: set[int]) -> Iterator[tuple[bytes, int]]:
    for key, value in _pairs(node, "/Names", seen):
        yield bytes_of(key), number_of(value)


def _pairs(node: Any, kind: str, seen: set[int]) -> Iterator[tuple[Any, Any]]:
    """The keys of a number tree or name tree with their values (7.9.6, 7.9.7)."""
    if node is None or number_of(node) in seen:
        return
    seen |= {number_of(node)} - {0}
    listed = items(entry(node, kind))
    yield from zip(listed[::2], listed[1::2], strict=False)
    for kid in items(entry(node, "/Kids")):
        yield from _pairs(kid, kind, seen)
