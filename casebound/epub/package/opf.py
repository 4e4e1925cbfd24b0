"""What the package document says of the book (EPUB 3.3 5.5)."""

from __future__ import annotations

import re
import uuid
from dataclasses import replace
from datetime import datetime

from casebound.epub.markup import XML_LANG, clean
from casebound.epub.package.accessibility import EditionFacts, accessibility
from casebound.epub.package.statements import Statement
from casebound.model.book import Book

__all__ = ["identifier", "language_tag", "metadata"]

_SPACE = uuid.UUID("6f1d7c0a-6d0b-5f5e-9d3e-6a3b1f0c5e21")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def language_tag(language: str) -> str:
    """A BCP 47 tag: Sphinx writes ``pt_BR`` where the tag is ``pt-BR``."""
    tag = language.strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag) else "en"


def identifier(book: Book) -> str:
    """The identifier of the edition: the book's own, or one that follows from title, release and language."""
    name = f"{book.title} {book.release} {book.language}"
    return book.identifier.strip() or f"urn:uuid:{uuid.uuid5(_SPACE, name)}"


def metadata(book: Book, language: str, facts: EditionFacts, modified: datetime) -> tuple[Statement, ...]:
    """Every statement besides identifier and time of change, in order. Nothing that is empty or untrue.

    The date of issue is the book's where it has one that EPUB can say, else the day of ``modified``.
    """
    said = [
        Statement("DC", "title", book.title, (("id", "title"),)),
        Statement(None, "meta", "main", (("refines", "#title"), ("property", "title-type"))),
        Statement("DC", "language", language),
    ]
    if book.subtitle:
        said += [
            Statement("DC", "title", book.subtitle, (("id", "subtitle"),)),
            Statement(None, "meta", "subtitle", (("refines", "#subtitle"), ("property", "title-type"))),
        ]
    if book.author:
        said += [
            Statement("DC", "creator", book.author, (("id", "creator"),)),
            Statement(
                None, "meta", "aut", (("refines", "#creator"), ("property", "role"), ("scheme", "marc:relators"))
            ),
        ]
    if book.contributor:
        said.append(Statement("DC", "contributor", book.contributor))
    said += [Statement("DC", name, value) for name, value in _plain(book)]
    date = book.date.strip()
    said.append(Statement("DC", "date", date if _DATE.fullmatch(date) else f"{modified:%Y-%m-%d}"))
    for one in accessibility(facts, book.certification):
        is_foreign = ("property", "schema:accessibilitySummary") in one.attributes and not language.startswith("en")
        said.append(replace(one, attributes=(*one.attributes, (XML_LANG, "en"))) if is_foreign else one)
    said.append(Statement(None, "meta", "", (("name", "cover"), ("content", "cover-image"))))
    if book.is_vertical:
        # what Kindle asks for
        said.append(Statement(None, "meta", "", (("name", "primary-writing-mode"), ("content", "vertical-rl"))))
    return tuple(Statement(one.namespace, one.name, " ".join(clean(one.value).split()), one.attributes) for one in said)


def _plain(book: Book) -> list[tuple[str, str]]:
    pairs = [("publisher", book.publisher), ("rights", book.rights), ("description", book.subject)]
    pairs += [("subject", keyword) for keyword in book.keywords]
    return [(name, value) for name, value in pairs if value.strip()]
