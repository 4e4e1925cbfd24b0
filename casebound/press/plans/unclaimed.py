"""Why a file does not claim a standard that the book is to meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from casebound.model.book import Book
from casebound.model.conformance import named
from casebound.model.diagnostics import Problem, problem
from casebound.model.settings import Settings

__all__ = ["unclaimed"]

_TOLD = 5  # places that a sentence names


def unclaimed(
    book: Book, settings: Settings, name: str, claims: Collection[str], chapters: Collection[str],
    problems: Iterable[Problem],
) -> Problem | None:  # fmt: skip
    """What to say of a file of these chapters that claims no more than ``claims``; None where that is all.

    ``problems`` are those of the source, which name the images without alternative text.
    """
    lacking = [standard for standard in settings.conformance if standard not in claims]
    if not lacking:
        return None
    if not settings.tagged:
        detail = "casebound_tagged is False"
    elif not book.language:
        detail = "the book names no language"
    else:
        documents = {chapter.docname for chapter in book.chapters() if chapter.name in chapters}
        places = [one.place for one in problems if one.fault.code == "alt-missing" and one.docname in documents]
        more = f" and {len(places) - _TOLD} more" if len(places) > _TOLD else ""
        detail = f"images have no alternative text ({', '.join(places[:_TOLD])}{more})"
    return problem("conformance-left-out", name=name, standards=named(lacking), detail=detail)
