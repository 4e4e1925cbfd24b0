"""The checks of a tagged PDF: what holds it together, marks, roles, headings, words, pictures, claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casebound.i18n.wording import word
from casebound.model.book import Chapter
from casebound.model.conformance import archival_level, named, needs_structure
from casebound.model.diagnostics import Problem, problem
from casebound.model.outline import OutlineEntry
from casebound.proof.order import compared
from casebound.proof.pdf.reader import PdfFile, PdfLink
from casebound.proof.pdf.structure.artifacts import artifact_faults
from casebound.proof.pdf.structure.depictions import address_notes, caption_faults, depiction_faults, note_faults
from casebound.proof.pdf.structure.facts import catalog_faults, claimed, colour_faults
from casebound.proof.pdf.structure.grids import grid_faults, table_faults, unrecorded
from casebound.proof.pdf.structure.groups import group_faults
from casebound.proof.pdf.structure.levels import expected_headings, heading_faults
from casebound.proof.pdf.structure.roles import element_faults, role_faults, undescribed
from casebound.proof.pdf.structure.spoken import spoken
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.pdf.structure.ties import content_ties, name_ties, object_ties
from casebound.proof.pdf.structure.tree import TaggedElement
from casebound.proof.report import CheckResult, some
from casebound.proof.source.expectation import SourceReading
from casebound.proof.spoken import SpokenText, web
from casebound.proof.words import spoken_words

__all__ = ["TagClaim", "tag_checks"]

_SET_PLAINLY = {"chapter-failed", "worker-crashed", "node-failed"}  # such a chapter, or a part of it, is plain text
_UNSHOWN = {*_SET_PLAINLY, "math-plain", "image-broken", "image-missing", "drawing-simplified"}
_SHOWN = 4  # faults that a message tells


@dataclass(frozen=True, slots=True)
class TagClaim:
    """What the tags of one file must show: its chapters with their 0-based pages, its outline, how they are read.

    ``headings`` says how headings are set, ``titles`` are all titles of the book, ``folio`` gives the folio of a named
    destination where it is known, ``leads`` says whether a link opens what one of the source does, ``elsewhere``
    whether pages may tell at their feet what is in other files. ``standards`` are those that the book is to meet, None
    where that is not known.
    """

    chapters: Sequence[Chapter]
    pages: Mapping[str, range]
    outline: Sequence[OutlineEntry]
    readings: Mapping[str, SourceReading]
    headings: Mapping[str, str]
    titles: Sequence[str]
    folio: Callable[[str], str | None]
    leads: Callable[[str, str], bool]
    reported: Collection[Problem] = ()
    tagged: bool = True
    elsewhere: bool = False
    standards: Sequence[str] | None = None


def tag_checks(file: PdfFile, claim: TagClaim) -> Sequence[CheckResult]:
    """All checks of the structure of a file; one that is not tagged must not be meant to be."""
    tagged = TaggedFile(file)
    if tagged.structure is None:
        missing = ["it has no structure tree"] if claim.tagged else []
        return (_result("tags", "tags-broken", file, missing, {"tagged": False}), _conformance(tagged, claim))
    ties = [*tagged.tree.faults, *catalog_faults(file), *content_ties(tagged), *object_ties(tagged), *name_ties(tagged)]
    figures = {"elements": len(tagged.elements), "contents": sum(len(page.tagged) for page in tagged.pages)}
    return (
        _result("tags", "tags-broken", file, ties, figures),
        _content(tagged, claim),
        _roles(tagged, claim),
        _headings(tagged, claim),
        *_readings(tagged, claim),
        _conformance(tagged, claim),
    )


def _result(check: str, code: str, file: PdfFile, faults: Iterable[str], figures: Mapping[str, object]) -> CheckResult:
    found = list(dict.fromkeys(faults))
    problems = (problem(code, name=file.name, detail=some(found, _SHOWN)),) if found else ()
    return CheckResult(check, {**figures, "faults": len(found)}, problems)


def _content(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    faults = [f"on page {number}: {fault}" for number, page in enumerate(tagged.pages, 1) for fault in page.faults]
    if claim.readings:
        faults += artifact_faults(tagged, claim.readings.values(), claim.titles)
    artifacts = [text for page in tagged.pages for _, text in page.artifacts]
    figures = {
        "letters tagged": sum(len(each.text) for page in tagged.pages for each in page.tagged.values()),
        "letters in artifacts": sum(map(len, artifacts)),
    }
    return _result("marks", "marks-wrong", tagged.file, faults, figures)


def _roles(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    faults = [*role_faults(tagged.tree), *element_faults(tagged)]
    tables = [element for element in tagged.elements if element.role == "Table"]
    for table in tables:
        faults += grid_faults(table)
    for chapter, own in _by_chapter(tagged, claim):
        faults += _chapter_roles(tagged, claim.readings[chapter.name], own)
    return _result("roles", "tags-misused", tagged.file, faults, {"tables": len(tables)})


def _chapter_roles(tagged: TaggedFile, source: SourceReading, own: Sequence[TaggedElement]) -> Iterator[str]:
    """Tables, captions and notes of a chapter against its source."""
    tables = [element for element in own if element.role == "Table"]
    wanted = source.tables if len(tables) == len(source.tables) else unrecorded(source.tables, own, tagged.pages)
    if len(tables) == len(wanted):
        for table, each in zip(tables, wanted, strict=True):
            yield from table_faults(table, each, tagged.pages)
    else:
        where = f", the last is {tables[-1].place}" if tables else ""
        yield f"there are {len(tables)} tables{where}; the source has {len(wanted)}"
    yield from caption_faults(own, source)
    yield from note_faults(own, source)


def _by_chapter(tagged: TaggedFile, claim: TagClaim) -> Iterator[tuple[Chapter, list[TaggedElement]]]:
    """The elements of each chapter that can be told from the others and was not set as plain text."""
    plain = {each.docname for each in claim.reported if each.code in _SET_PLAINLY}
    owner = {page: name for name, pages in claim.pages.items() for page in pages}
    elements: dict[str, list[TaggedElement]] = {}
    for element in tagged.elements:
        name = owner.get(element.page if element.page is not None else -1)
        if name is not None:
            elements.setdefault(name, []).append(element)
    for chapter in claim.chapters:
        if chapter.name in claim.readings and chapter.name in claim.pages and chapter.docname not in plain:
            yield chapter, elements.get(chapter.name, [])


def _headings(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    root = claim.chapters[0] if claim.chapters else None
    unprinted = root.heading.target if root is not None and claim.readings and root.name not in claim.readings else ""
    expected = expected_headings(tagged, claim.outline, claim.headings, unprinted)
    faults = heading_faults(tagged, expected)
    return _result("headings", "tag-headings-differ", tagged.file, faults, {"headings": len(expected)})


def _readings(tagged: TaggedFile, claim: TagClaim) -> Sequence[CheckResult]:
    if not claim.readings or not claim.pages:
        skipped = "the reading of the source, or the pages of the chapters, are not known"
        return (CheckResult("reading", skipped=skipped), CheckResult("depictions", skipped=skipped))
    return (_order(tagged, claim), _depictions(tagged, claim))


def _order(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    """Words, in order, against the source's."""
    owner = {page: name for name, pages in claim.pages.items() for page in pages}
    said: dict[str, SpokenText] = {}
    unsaid = address_notes(tagged.elements, tagged.pages, claim.readings.values())
    opens = {link.number: _opened(link) for link in tagged.file.links}
    for page, text in spoken(tagged.tree.top, tagged.pages, unsaid, opens):
        said.setdefault(owner.get(page, ""), SpokenText()).extend(text)
    faults = list(group_faults(tagged, claim.chapters, _known(claim)))
    words = parted = 0
    for chapter in claim.chapters:
        source = claim.readings.get(chapter.name)
        if source is None or chapter.name not in claim.pages:
            continue
        tail = spoken_words(word("elsewhere", source.language)) if claim.elsewhere else ()
        own = said.get(chapter.name, SpokenText())
        order = compared(source, own, claim.folio, tail, leads=claim.leads)
        words, parted = words + order.words, parted + order.parted
        faults += [
            f"{chapter.name} on page {each.page + 1}: expected “{each.expected}”, found “{each.found}”"
            for each in order.differences
        ]
    return _result("reading", "reading-differs", tagged.file, faults, {"words": words, "parted otherwise": parted})


def _opened(link: PdfLink) -> str:
    """What a link opens, as a source says it."""
    if link.kind == "web":
        return web(link.target)
    return link.target if link.kind in {"name", "sibling"} else "an unnamed place"


def _known(claim: TagClaim) -> dict[str, range]:
    """The pages of the chapters that are printed."""
    return {name: pages for name, pages in claim.pages.items() if name in claim.readings}


def _depictions(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    unshown = {each.docname for each in claim.reported if each.code in _UNSHOWN}
    faults: list[str] = []
    count = 0
    for chapter, own in _by_chapter(tagged, claim):
        source = claim.readings[chapter.name]
        count += len(source.depictions)
        found = depiction_faults(own, source, may_lack=chapter.docname in unshown)
        faults += [f"in {chapter.name}, {fault}" for fault in found]
    return _result("depictions", "alt-differs", tagged.file, faults, {"pictures and formulas": count})


def _conformance(tagged: TaggedFile, claim: TagClaim) -> CheckResult:
    """The standards that a file claims: only those that it is to meet, and can; and all of those."""
    claims = claimed(tagged.file)
    structured = [standard for standard in claims if needs_structure(standard)]
    bare = undescribed(tagged.tree) if tagged.structure is not None else []
    faults: list[str] = []
    if structured and tagged.structure is None:
        faults.append(f"it claims {named(structured)} and is not tagged")
    if structured and bare:
        faults.append(f"it claims {named(structured)}, and {bare[0].place} has no alternative text")
    if archival_level(claims):
        faults += colour_faults(tagged.file)
    told = any(each.code == "claim-left-out" and tagged.file.name in each.message for each in claim.reported)
    for standard in claim.standards or () if not bare and not told else ():
        if standard not in claims:
            faults.append(f"it does not claim {named([standard])}, and nobody said why")
    if claim.standards is not None:
        faults += [f"it claims {each}, which it is not to meet" for each in claims if each not in claim.standards]
    return _result("claims", "claim-unfounded", tagged.file, faults, {"claims": list(claims)})
