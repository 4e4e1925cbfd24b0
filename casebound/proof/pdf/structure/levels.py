"""Levels: the headings of the tags, with their text, must be those of the outline (ISO 14289-1 7.4)."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebound.i18n.wording import languages, word
from casebound.model.outline import OutlineEntry, walk
from casebound.proof.headings import is_read, leftward, squeezed
from casebound.proof.outlines import outline
from casebound.proof.pdf.content.marked import PageContent
from casebound.proof.pdf.reader import Bookmark
from casebound.proof.pdf.structure.spoken import text_of
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.words import tidy

__all__ = ["expected_headings", "heading_faults"]

_DEEPEST = 6  # levels that PDF 1.7 has
_ROLES = {f"H{level}": level for level in range(1, _DEEPEST + 1)}


@dataclass(frozen=True, slots=True)
class _Titled:
    """A heading: its level, its title in outlines, how it is set."""

    level: int
    title: str
    heading: str

    def is_said(self, level: int, text: str) -> bool:
        if level != self.level:
            return False
        if leftward(self.heading):  # drawn from its end
            return Counter(squeezed(tidy(text))) == Counter(squeezed(tidy(self.heading)))
        if not is_read(self.title, self.heading, text):
            return False
        return "\0" in self.heading or len(squeezed(tidy(text))) == len(squeezed(tidy(self.heading)))


def expected_headings(
    tagged: TaggedFile, wanted: Sequence[OutlineEntry], headings: Mapping[str, str], unprinted: str
) -> list[_Titled]:
    """The headings of a file: ``wanted``, the book's, and those of what the file's outline has around them.

    ``headings`` says how those of the book are set; ``unprinted`` is a named destination that has none. A cover has
    none either, nor has a contents on the front page of a handout: what its bookmark is called is not printed there.
    """
    file = tagged.file
    found = outline(file.name, "", wanted, _entries(file.outline))[1]
    around = [*file.outline[: len(found.front)], *file.outline[len(file.outline) - len(found.back) :]]
    covers = {word("cover", language) for language in languages()}
    placed: list[tuple[int, _Titled]] = []
    for mark in around:
        spot = file.destinations.get(mark.target) if mark.target else mark.spot
        cover = spot is not None and spot.page == 0 and mark.title in covers
        if spot is not None and not cover and _is_printed(mark.title, tagged.pages[spot.page]):
            placed.append((spot.page, _Titled(1, mark.title, mark.title)))
    for depth, entry in walk(wanted):
        spot = file.destinations.get(entry.target)
        if entry.target != unprinted and spot is not None:
            titled = _Titled(min(depth + 1, _DEEPEST), entry.title, headings.get(entry.target, entry.title))
            placed.append((spot.page, titled))
    placed.sort(key=lambda each: each[0])
    return [titled for _, titled in placed]


def _is_printed(title: str, page: PageContent) -> bool:
    text = "".join(content.text for content in page.tagged.values())
    return squeezed(tidy(title)) in squeezed(tidy(text))


def _entries(marks: Sequence[Bookmark]) -> tuple[OutlineEntry, ...]:
    return tuple(OutlineEntry(mark.title, mark.target, _entries(mark.children)) for mark in marks)


def heading_faults(tagged: TaggedFile, expected: Sequence[_Titled]) -> Iterator[str]:
    """Where the headings of the tags are not those expected; levels that are skipped."""
    elements = [element for element in tagged.elements if element.role in _ROLES]
    levels = [_ROLES[element.role] for element in elements]
    for at, (level, before) in enumerate(zip(levels, [0, *levels], strict=False)):
        if level > before + 1:
            yield f"{elements[at].place} follows {f'H{before}' if before else 'nothing'}"
    texts = [" ".join(text_of(element, tagged.pages).split()) for element in elements]
    same = len(texts) == len(expected) and all(
        titled.is_said(level, text) for titled, level, text in zip(expected, levels, texts, strict=True)
    )
    if same:
        return
    wanted = [f"H{titled.level} {squeezed(tidy(titled.title))}" for titled in expected]
    found = [
        f"H{level} {squeezed(tidy(_as_expected(text, level, [*expected[at : at + 1], *expected])))}"
        for at, (text, level) in enumerate(zip(texts, levels, strict=True))
    ]
    for tag, i, to, j, until in difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if tag != "equal":
            said = [f"H{level} “{text}”" for text, level in zip(texts[j:until], levels[j:until], strict=True)]
            missing = [f"H{titled.level} “{titled.title}”" for titled in expected[i:to]]
            place = elements[min(j, len(elements) - 1)].place if elements else "the file"
            yield f"at {place}: expected {', '.join(missing[:3]) or 'none'}, found {', '.join(said[:3]) or 'none'}"


def _as_expected(text: str, level: int, expected: Sequence[_Titled]) -> str:
    """The title of the heading that a text says; the text where it says none."""
    return next((titled.title for titled in expected if titled.is_said(level, text)), text)
