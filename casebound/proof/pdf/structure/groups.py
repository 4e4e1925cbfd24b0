"""Groups: the contents of a chapter are together, in the order of chapters, in elements that hold no other's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casebound.model.book import Chapter
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.pdf.structure.tree import ContentKid, TaggedElement

__all__ = ["group_faults"]


def group_faults(tagged: TaggedFile, chapters: Sequence[Chapter], cut: Mapping[str, range]) -> Iterator[str]:
    """Contents that are among those of another chapter; ``cut`` gives the 0-based pages of each."""
    numbers = {chapter.name: number for number, chapter in enumerate(chapters)}
    owner = {page: numbers[name] for name, pages in cut.items() for page in pages}
    contents = list(_contents(tagged.tree.top))
    chapter_of = [owner.get(kid.page, -1) for _, kid in contents]
    spans = _spans(contents)
    own: dict[int, tuple[int, int]] = {}
    latest = -1
    for at, number in enumerate(chapter_of):
        if 0 <= number < latest:
            yield f"{contents[at][0].place} comes after the chapter {chapters[latest].name}"
            return
        latest = max(latest, number)
        own[number] = (own.get(number, (at, at))[0], at)
    for number, chapter in enumerate(chapters):
        if number in own:
            last = number + sum(1 for _ in chapter.walk()) - 1
            yield from _strangers(chapter, range(number, last + 1), own[number], contents, chapter_of, spans)


Contents = Sequence[tuple[TaggedElement, ContentKid]]


def _strangers(
    chapter: Chapter, family: range, own: tuple[int, int], contents: Contents, chapter_of: Sequence[int],
    spans: Mapping[int, tuple[int, int]],
) -> Iterator[str]:  # fmt: skip
    """What is in the element of a chapter and belongs to none that it holds."""
    around = _common(contents[own[0]][0], contents[own[-1]][0])
    begin, end = spans[id(around)] if around is not None else (0, len(contents))
    for at in range(begin, end):
        if chapter_of[at] not in family:
            where = contents[at if chapter_of[at] >= 0 else own[-1]][0].place
            yield f"the chapter {chapter.name} is no element of its own: see {where}"
            return


def _contents(elements: Sequence[TaggedElement]) -> Iterator[tuple[TaggedElement, ContentKid]]:
    for element in elements:
        for kid in element.kids:
            if isinstance(kid, TaggedElement):
                yield from _contents([kid])
            elif isinstance(kid, ContentKid):
                yield element, kid


def _spans(contents: Contents) -> dict[int, tuple[int, int]]:
    """For each element the places of the first content in it and after the last."""
    spans: dict[int, tuple[int, int]] = {}
    for at, (element, _) in enumerate(contents):
        each: TaggedElement | None = element
        while each is not None:
            spans[id(each)] = (spans.get(id(each), (at, at))[0], at + 1)
            each = each.parent
    return spans


def _common(one: TaggedElement, other: TaggedElement) -> TaggedElement | None:
    """The innermost element that both are in."""
    above: set[int] = set()
    each: TaggedElement | None = one
    while each is not None:
        above.add(id(each))
        each = each.parent
    each = other
    while each is not None and id(each) not in above:
        each = each.parent
    return each
