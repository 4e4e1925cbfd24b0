"""What the package document says of the access to a book (EPUB Accessibility 1.1 2, 3.5; schema.org's vocabulary).

Each statement is true of this very edition: it follows from what has been packed, never from what is usual.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebound.epub.package.statements import Statement
from casebound.model.book import Certification

__all__ = ["EditionFacts", "accessibility", "is_flexible"]

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FIXED = re.compile(
    r"(?<![\w-])(?:font|font-size|line-height|letter-spacing|word-spacing)\s*:[^;}]*?\d(?:px|pt|pc|cm|mm|in|q)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """What is true of the finished edition.

    ``pictures`` counts those of the text that are no decoration, ``undescribed`` those of them without alternative
    text. ``flexible`` says that no style sheet sets sizes of text that a reader cannot change.
    """

    pictures: int = 0
    undescribed: int = 0
    moving: bool = False
    formulas: bool = False
    index: bool = False
    flexible: bool = True
    vertical: bool = False
    page_source: str = ""

    @property
    def described(self) -> bool:
        return not self.undescribed


def is_flexible(css: str) -> bool:
    """Whether a reader can change the size and the spacing of text: a style sheet gives neither in absolute units."""
    return not _FIXED.search(_COMMENT.sub("", css))


def accessibility(facts: EditionFacts, certification: Certification | None) -> Iterator[Statement]:
    """The statements in order. The claim to conform is the certifier's: without a name there is none.

    A book with pictures that nothing describes makes no claim either: it does not conform (WCAG 2.1, 1.1.1).
    """
    for name, value in (*_modes(facts), *_features(facts)):
        yield Statement(None, "meta", value, (("property", f"schema:{name}"),))
    # what moves is not looked at: it may flash
    yield Statement(None, "meta", "unknown" if facts.moving else "none", (("property", "schema:accessibilityHazard"),))
    yield Statement(None, "meta", _summary(facts), (("property", "schema:accessibilitySummary"),))
    if facts.page_source:
        yield Statement(None, "meta", facts.page_source, (("property", "pageBreakSource"),))
    if certification and facts.described:
        yield from _claim(certification)


def _modes(facts: EditionFacts) -> Iterator[tuple[str, str]]:
    """The cover does not count: its words are on the title page."""
    yield "accessMode", "textual"
    if facts.pictures:
        yield "accessMode", "visual"
    if facts.described:
        yield "accessModeSufficient", "textual"
    if facts.pictures:
        yield "accessModeSufficient", "textual,visual"


def _features(facts: EditionFacts) -> Iterator[tuple[str, str]]:
    held = {
        "structuralNavigation": True,
        "tableOfContents": True,
        "readingOrder": True,
        "ARIA": True,
        "displayTransformability": facts.flexible,
        "alternativeText": bool(facts.pictures) and facts.described,
        "MathML": facts.formulas,
        "index": facts.index,
        "pageNavigation": bool(facts.page_source),
        "pageBreakMarkers": bool(facts.page_source),
        "verticalWriting": facts.vertical,
    }
    return (("accessibilityFeature", feature) for feature, is_true in held.items() if is_true)


def _summary(facts: EditionFacts) -> str:
    sentences = ["Headings, lists, tables, notes and links are marked as such."]
    if facts.flexible:
        sentences.append("Text flows and can be enlarged.")
    if facts.undescribed:
        sentences.append(f"Pictures without alternative text: {facts.undescribed} of {facts.pictures}.")
    elif facts.pictures:
        sentences.append("All pictures have alternative text.")
    if facts.formulas:
        sentences.append("Formulas are MathML, with their TeX as alternative text.")
    if facts.page_source:
        sentences.append("The page numbers are those of the PDF edition.")
    if facts.moving:
        sentences.append("There are pictures that move; nobody has looked at whether they flash.")
    return " ".join(sentences)


def _claim(certification: Certification) -> Iterator[Statement]:
    conformance, certifier = ("refines", "#conformance"), ("refines", "#certifier")
    standard = (("id", "conformance"), ("property", "dcterms:conformsTo"))
    yield Statement(None, "meta", certification.standard, standard)
    named = (conformance, ("id", "certifier"), ("property", "a11y:certifiedBy"))
    yield Statement(None, "meta", certification.name, named)
    if certification.credential:
        credential = (certifier, ("property", "a11y:certifierCredential"))
        yield Statement(None, "meta", certification.credential, credential)
    if certification.report:
        link = (certifier, ("rel", "a11y:certifierReport"), ("href", certification.report))
        yield Statement(None, "link", "", link)
