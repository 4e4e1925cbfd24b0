"""Depictions: pictures, formulas, notes and captions of the tags against those of the source, chapter by chapter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from casebound.proof.headings import squeezed
from casebound.proof.pdf.content.marked import PageContent
from casebound.proof.pdf.structure.spoken import text_of
from casebound.proof.pdf.structure.tree import TaggedElement, name_of, references_of
from casebound.proof.source.expectation import Depiction, SourceReading

__all__ = ["address_notes", "caption_faults", "depiction_faults", "note_faults"]

_ROLES = {"Figure", "Formula"}


def depiction_faults(
    elements: Sequence[TaggedElement], source: SourceReading, *, may_lack: bool
) -> Iterator[str]:  # fmt: skip
    """Pictures and formulas, in order, with what they say where nobody sees them.

    ``may_lack`` says that some are not shown: the build has told of them.
    """
    found = [element for element in elements if element.role in _ROLES]
    at = 0
    for wanted in source.depictions:
        if at < len(found) and _is_same(found[at], wanted):
            at += 1
        elif wanted.role and not may_lack:
            if at < len(found):
                yield f"{found[at].place} says {_said(found[at].text('/Alt'))}; the source has {_told(wanted)}"
            else:
                yield f"{_told(wanted)} of the source is in no element"
            return
    if at < len(found):
        yield f"{found[at].place} says {_said(found[at].text('/Alt'))}; the source has no such thing there"


def _is_same(element: TaggedElement, wanted: Depiction) -> bool:
    return element.role == (wanted.role or "Figure") and _folded(element.text("/Alt")) == _folded(wanted.alt)


def _folded(text: str | None) -> str:
    return " ".join((text or "").split())


def _said(text: str | None) -> str:
    return f"“{_folded(text)[:80]}”" if text else "nothing"


def _told(wanted: Depiction) -> str:
    what = "a formula" if wanted.role == "Formula" else "a picture"
    return f"{what}, {_said(wanted.alt)}" if wanted.alt else f"{what} without a description"


def note_faults(elements: Sequence[TaggedElement], source: SourceReading) -> Iterator[str]:
    """Notes that the source has, and that something calls for, by their names."""
    notes = {name_of(element): element for element in elements if element.role == "Note"}
    called = {number for element in elements if element.role == "Reference" for number in references_of(element)}
    for name in sorted(source.notes):
        note = notes.get(name)
        if note is None:
            yield f"the note {name} is no Note with this name"
        elif name in source.called and note.number not in called:
            yield f"nothing refers to the {note.place}, {name}"


def caption_faults(elements: Sequence[TaggedElement], source: SourceReading) -> Iterator[str]:
    """Captions: as many as the source has."""
    found = [element for element in elements if element.role == "Caption"]
    if len(found) != source.captions:
        where = f", the last is {found[-1].place}" if found else ""
        yield f"there are {len(found)} captions{where}; the source has {source.captions}"


def address_notes(
    elements: Sequence[TaggedElement], pages: Sequence[PageContent], sources: Collection[SourceReading]
) -> set[int]:
    """The numbers of notes that no source has, and that say the address of a link."""
    known = {name for source in sources for name in source.notes}
    addresses = {squeezed(address.removeprefix("mailto:")) for source in sources for address in source.addresses}
    notes = (element for element in elements if element.role == "Note" and name_of(element) not in known)
    return {note.number for note in notes if _without_label(note, pages) in addresses}


def _without_label(note: TaggedElement, pages: Sequence[PageContent]) -> str:
    return squeezed("".join(text_of(part, pages) for part in note.elements if part.role != "Lbl"))
