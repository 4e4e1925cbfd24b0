"""A book as plain data, from what was read: its facts, its chapters, its indices, its named destinations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace

from sphinx.application import Sphinx

from casebound.manuscript import facts
from casebound.manuscript.domains import domain_indices
from casebound.manuscript.index import index_of
from casebound.manuscript.structure.source_tree import Document
from casebound.model.book import Book, Certification, Chapter, document_target
from casebound.model.diagnostics import Problem
from casebound.model.settings import Settings

__all__ = ["book_of", "in_style", "known_destinations", "set_apart"]


def book_of(
    app: Sphinx, settings: Settings, root: Chapter, documents: Sequence[Document], known: Collection[str], cover: str,
    found: Callable[[Problem], None],
) -> Book:  # fmt: skip
    """The book of a tree of chapters; ``known`` holds its named destinations, ``cover`` is its picture's path."""
    config, names = app.config, tuple(one.docname for one in documents)
    return Book(
        title=settings.title,
        root=root,
        basename=settings.basename,
        author=settings.author,
        subtitle=settings.subtitle,
        release=facts.release(config),
        date=facts.edition_date(config),
        language=facts.language(config),
        publisher=settings.publisher,
        rights=settings.rights,
        imprint=facts.imprint(settings),
        outline_depth=settings.outline_depth,
        subject=settings.subject,
        keywords=settings.keywords,
        identifier=settings.identifier,
        print_identifier=settings.print_identifier,
        contributor=facts.contributor(config),
        cover=cover,
        is_vertical=facts.is_vertical(config),
        certification=_certification(settings),
        index=index_of(app, documents, known) if settings.index else (),
        domain_indices=domain_indices(app, settings.domain_indices, names, known, found),
    )


def _certification(settings: Settings) -> Certification | None:
    """Who certified the EPUB, if anybody is named."""
    name, standard = settings.certified_by, settings.certified_standard
    return Certification(name, standard, settings.certified_credential, settings.certified_report) if name else None


def in_style(book: Book, style: str) -> Book:
    """The book as an edition in another style, which is another publication: it has identifiers of its own."""
    made = facts.made_identifier
    return replace(book, identifier=made(book.identifier, style), print_identifier=made(book.print_identifier, style))


def known_destinations(documents: Iterable[Document]) -> frozenset[str]:
    """Every named destination of the book."""
    known: set[str] = set()
    for one in documents:
        prefix = document_target(one.docname)
        known.add(prefix)
        known.update(prefix + name for name in one.ids)
    return frozenset(known)


def set_apart(root: Chapter) -> dict[str, list[tuple[str, str]]]:
    """For each document the chapters set apart from it, in reading order: name and named destination."""
    apart: dict[str, list[tuple[str, str]]] = {}
    for chapter in root.walk():
        if chapter.name != chapter.docname and not chapter.caption:
            apart.setdefault(chapter.docname, []).append((chapter.name, chapter.heading.target))
    return apart
