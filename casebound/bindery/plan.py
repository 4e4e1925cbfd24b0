"""The plan of one file: its gatherings in order, its outline, its facts, and what is in other files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from casebound.model.folios import FolioStyle
from casebound.model.fragment import Fragment
from casebound.model.outline import OutlineEntry

__all__ = ["BindingPlan", "BoundFile", "DanglingTarget", "Gathering", "NoteWords", "OutsideDestination"]


@dataclass(frozen=True, slots=True)
class Gathering:
    """A fragment with its place in a file.

    ``first_folio`` is the number of its first page. The running heads are plain text and are clipped to the
    measure. An ``opening`` has no running head on its first page, its folio is at the foot. A ``bare``
    gathering has neither heads nor folios. A ``full_page`` fragment is as large as the paper and placed at 0, 0.
    At the foot of ``noted`` pages are the notes of what they refer to in other files. ``level`` is that of its title
    among the headings of the file, from 1.
    Raises ValueError for a fragment with a destination, link or folio box on a page that it does not have.
    """

    fragment: Fragment
    folio_style: FolioStyle = FolioStyle.ARABIC
    first_folio: int = 1
    head_verso: str = ""
    head_recto: str = ""
    opening: bool = True
    bare: bool = False
    full_page: bool = False
    noted: bool = False
    level: int = 1

    def __post_init__(self) -> None:
        fragment = self.fragment
        pages = {place.page for place in fragment.destinations.values()}
        pages |= {link.page for link in fragment.links} | {box.page for box in fragment.folio_boxes}
        for page in sorted(pages.difference(range(fragment.pages))):
            raise ValueError(f"{fragment.name} has {fragment.pages} pages, its sidecar names page {page}")


@dataclass(frozen=True, slots=True)
class OutsideDestination:
    """Where a named destination is outside the file, and how its links open it.

    They open it in another file by its relative, URL-safe name, or at a web address; with neither they are plain
    text. ``note`` says on paper where it is: ``Scheduling (Internals, p. 14 of the book)``.
    """

    file: str
    folio: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class NoteWords:
    """The text before the notes of a page, and the text that replaces those that have no room, with ``{count}`` in it.

    ``listed`` is the named destination of the list where these are.
    """

    before: str = ""
    more: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class BindingPlan:
    """Everything that makes one file.

    ``open_depth`` is the number of outline levels that are opened: with 0 a viewer shows the top entries
    only, with 1 also their children; the entries of the targets in ``closed`` stay shut. ``elsewhere`` gives the
    destinations that links open in other files, ``folios`` the folios of destinations for boxes whose target is not
    in this file. ``notes`` are the words round the notes at the foot of pages. ``created`` is an aware time; without
    it the file carries no dates. A ``tagged`` file has the structure of its fragments.
    ``conformance`` are the standards (``casebound.model.conformance``) that the file claims if it can.
    """

    title: str
    gatherings: tuple[Gathering, ...]
    author: str = ""
    subject: str = ""
    keywords: str = ""
    language: str = ""
    identifier: str = ""
    producer: str = "casebound"
    creator: str = "casebound"
    created: datetime | None = None
    outline: tuple[OutlineEntry, ...] = ()
    open_depth: int = 1
    closed: frozenset[str] = frozenset()
    elsewhere: Mapping[str, OutsideDestination] = field(default_factory=dict)
    notes: NoteWords = field(default_factory=NoteWords)
    folios: Mapping[str, str] = field(default_factory=dict)
    tagged: bool = True
    conformance: tuple[str, ...] = ()


class DanglingTarget(NamedTuple):
    """A target that is nowhere, and the fragment that names it; ``gathering`` is empty for the outline."""

    gathering: str
    target: str


@dataclass(frozen=True, slots=True)
class BoundFile:
    """A finished file: its bytes, its number of pages, the folio of every destination, and what leads nowhere.

    ``claims`` are the standards that it claims to conform to.
    """

    pdf: bytes = field(repr=False)
    pages: int
    folios: dict[str, str]
    dangling: tuple[DanglingTarget, ...]
    claims: tuple[str, ...] = ()
