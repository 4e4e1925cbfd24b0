"""Artifacts: what words they may have, for nobody is told of them (ISO 32000-2 14.8.2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from casebound.i18n.wording import word
from casebound.proof.headings import squeezed
from casebound.proof.pdf.structure.tagged import TaggedFile
from casebound.proof.source.expectation import SourceReading
from casebound.proof.words import spoken_words, tidy

__all__ = ["artifact_faults"]

_MARKS = ("continued", "continues")


def artifact_faults(
    tagged: TaggedFile, readings: Iterable[SourceReading], titles: Sequence[str]
) -> Iterator[str]:  # fmt: skip
    """Words of artifacts that are none of these: the section above a chapter's title, repeated heads of tables with
    their numbers, marks of what goes on, numbers of lines, running heads and folios.
    """
    heads = ""  # where the mark of a note has no space before it
    known = set(spoken_words("\n".join(titles)))
    for reading in readings:
        for key in _MARKS:
            known |= set(spoken_words(word(key, reading.language)))
        repeated = "\n".join(text for table in reading.tables for text in table.repeated)
        known |= {*spoken_words(repeated), *reading.numbered}
        heads += squeezed(tidy(repeated))
    for number, page in enumerate(tagged.pages, 1):
        for kind, text in page.artifacts:
            words = [said for said in spoken_words(text) if said.isalpha()]
            unknown = [said for said in words if said not in known]
            if kind != "Pagination" and any(said not in heads for said in unknown):
                yield f"on page {number}: “{text[:60]}” is an artifact, and is said nowhere else"
