"""The book as plain data: a tree of chapters with their headings, and its index.

A picture of the tree, for a root document with two sections that each end in a toctree::

    root      index                  depth 0   the root document's own opening text
      section   index#internals      depth 1   the section's lead
        chapter   internals/rpc      depth 2
        chapter   internals/scheduling
      section   index#debugging      depth 1
        chapter   debugging/gmr      depth 2
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

__all__ = [
    "Book",
    "Caption",
    "Certification",
    "Chapter",
    "DomainIndex",
    "Heading",
    "IndexEntry",
    "IndexGroup",
    "Matter",
    "Reference",
    "address_target",
    "document_target",
    "is_address",
]


_ADDRESS = "#address-"  # no id of a source begins so


def address_target(chapter: str, number: int) -> str:
    """The named destination of the note that says the address of an outside link: ``docname:#address-1``."""
    return f"{chapter}:{_ADDRESS}{number}"


def is_address(target: str) -> bool:
    """Whether a named destination is that of the note of an address, which the source does not have."""
    return target.rpartition(":")[2].startswith(_ADDRESS)


def document_target(docname: str) -> str:
    """The named destination of a whole document: ``docname:``."""
    return f"{docname}:"


class Matter(Enum):
    """The part of the book that a chapter belongs to."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in a chapter and the headings below it.

    ``title`` is plain text with white space folded; ``target`` is a named destination ``docname:id``;
    ``number`` is the section number (``(1, 2)`` prints as 1.2), empty where the tree is not numbered.
    """

    title: str
    target: str
    number: tuple[int, ...] = ()
    children: tuple[Heading, ...] = ()

    @property
    def numbered_title(self) -> str:
        """The title as it is printed, its number in front."""
        number = ".".join(map(str, self.number))
        return f"{number} {self.title}" if number else self.title


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is typeset in one piece and starts on a new page: a document, or a section set apart from its document.

    ``name`` is unique in the book: the docname, or ``docname#id`` for a section that owns a toctree.
    ``depth`` is 0 for the root's own text, 1 for a section, 2 and more below. The chapter's own headings
    come before its child chapters: lead first, toctree last. ``caption`` marks a part: no text of the source but
    the caption of a toctree on the root page. ``handout`` is what the document says of a handout of its own,
    ``toc_depth`` how many levels of its headings contents show, its title the first; 0 for all.
    """

    name: str
    docname: str
    depth: int
    heading: Heading
    children: tuple[Chapter, ...] = ()
    matter: Matter = Matter.BODY
    caption: bool = False
    handout: bool | None = None
    toc_depth: int = 0

    @property
    def title(self) -> str:
        return self.heading.title

    def walk(self) -> Iterator[Chapter]:
        """This chapter and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Reference:
    """A place an index entry points at; ``main`` marks the principal one.

    ``output`` names the only output that prints the place, PDF or EPUB; empty for both.
    """

    target: str
    main: bool = False
    output: str = ""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """One term of the index with its places, its sub-entries and its cross-references (see, see also).

    ``note`` is what a domain says of it: a synopsis, a platform, that it is deprecated.
    """

    term: str
    references: tuple[Reference, ...] = ()
    subentries: tuple[IndexEntry, ...] = ()
    see: tuple[str, ...] = ()
    seealso: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class IndexGroup:
    """The index entries under one letter."""

    letter: str
    entries: tuple[IndexEntry, ...]


@dataclass(frozen=True, slots=True)
class DomainIndex:
    """The index of a domain: its name as Sphinx knows it (``py-modindex``), its title, its entries."""

    name: str
    title: str
    groups: tuple[IndexGroup, ...]

    @property
    def target(self) -> str:
        """The named destination of its first page."""
        return f":{self.name}"


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as it is printed, with its number, and the named destination of what it describes.

    ``kind`` is the list it belongs to: figures, tables or code.
    """

    kind: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Certification:
    """Who certified that the EPUB conforms to a standard, by what credential; ``report`` is an address."""

    name: str
    standard: str
    credential: str = ""
    report: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """The root document and all that its toctrees reach, with the facts a reader needs to know of it.

    ``date`` is the edition's date as printed, already formatted; ``language`` is a BCP 47 tag. ``captions`` are those
    of the lists that the book has, in reading order. ``imprint`` holds the paragraphs that the imprint has beside the
    book's facts; it is None where there is to be none. ``identifier`` is that of the EPUB edition, ``print_identifier``
    that of the PDF edition; ``cover`` is the absolute path of the picture on the EPUB's cover, empty for a drawn one.
    ``is_vertical`` says that lines run from top to bottom in the EPUB. ``outline_depth`` is how many levels of the tree
    an outline shows, 0 for all of them. ``certification`` is None where nobody has certified the EPUB.
    """

    title: str
    root: Chapter
    basename: str
    author: str = ""
    subtitle: str = ""
    release: str = ""
    date: str = ""
    language: str = "en"
    publisher: str = ""
    rights: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()
    identifier: str = ""
    print_identifier: str = ""
    contributor: str = ""
    cover: str = ""
    is_vertical: bool = False
    index: tuple[IndexGroup, ...] = field(default=())
    domain_indices: tuple[DomainIndex, ...] = ()
    captions: tuple[Caption, ...] = ()
    imprint: tuple[str, ...] | None = ()
    outline_depth: int = 0
    certification: Certification | None = None

    @property
    def indices(self) -> dict[str, str]:
        """The named destinations of the printed indices, by the names that Sphinx has for their pages."""
        general = {"genindex": ":index"} if self.index else {}
        return general | {index.name: index.target for index in self.domain_indices}

    @property
    def sections(self) -> tuple[Chapter, ...]:
        """The children of the root: one section is one handout."""
        return self.root.children

    def chapters(self) -> Iterator[Chapter]:
        """All chapters in reading order, the root's own text first."""
        return self.root.walk()

    def section_titles(self) -> dict[str, str]:
        """The title of the section that a chapter is in, by the chapter's name; sections are in none."""
        within = ((chapter, section) for section in self.sections for chapter in section.walk())
        return {chapter.name: section.title for chapter, section in within if chapter is not section}
