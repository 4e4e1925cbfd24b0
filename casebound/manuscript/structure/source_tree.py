"""A document as the rule sees it: sections, what is printed in them, and their toctrees, as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Document", "SourceLink", "SourceSection", "SourceText", "Toctree"]


@dataclass(frozen=True, slots=True)
class SourceText:
    """Something printed that is directly in a section: a run of it counts once, at its first place."""

    docname: str
    line: int | None


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A link of a section's own text: to the document ``name``, or to the label ``name``."""

    name: str
    docname: str
    line: int | None
    label: bool = False


@dataclass(frozen=True, slots=True)
class Toctree:
    """The documents that one toctree names, in order, and where it is.

    ``front`` marks one of the root page that names front matter only: it comes before the sections.
    """

    names: tuple[str, ...]
    docname: str
    line: int | None
    hidden: bool = False
    caption: str = ""
    front: bool = False


@dataclass(frozen=True, slots=True)
class SourceSection:
    """A section of a document: ``name`` is its first id; ``body`` is what is in it, in the order of the source.

    ``links`` are those of its own text, without the subsections'; ``lists`` those that the items of a list begin
    with, a tuple for each such list. ``blank`` says that nothing at all is under the title, ``continues`` that it
    is the text after a toctree of the section it is in, set apart.
    """

    name: str
    title: str
    docname: str = ""
    line: int | None = None
    body: tuple[SourceText | Toctree | SourceSection, ...] = ()
    links: tuple[SourceLink, ...] = ()
    lists: tuple[tuple[SourceLink, ...], ...] = ()
    blank: bool = False
    continues: bool = False

    @property
    def parts(self) -> tuple[SourceSection, ...]:
        """The subsections."""
        return tuple(item for item in self.body if isinstance(item, SourceSection))

    @property
    def toctrees(self) -> tuple[Toctree, ...]:
        """The toctrees that are directly in it."""
        return tuple(item for item in self.body if isinstance(item, Toctree))

    @property
    def leads_on(self) -> bool:
        """Whether documents follow it: it, or a section below it, owns a toctree."""
        return bool(self.toctrees) or any(part.leads_on for part in self.parts)

    def walk(self) -> Iterator[SourceSection]:
        """This section and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, slots=True)
class Document:
    """One document as far as outline and rule are concerned; ``ids`` are not yet qualified.

    ``text`` says whether it prints anything beside its title, ``titled`` whether its title is its own,
    ``titles`` holds a pickled document of the titles where one reads differently once its links are resolved,
    ``spellings`` the titles and captions that Sphinx spells otherwise in links: its spelling, the id there, and ours.
    ``terms`` has the same of the terms of glossaries that Sphinx spells otherwise in the index, ``left_out`` the ids of
    branches that no output prints, ``alone`` those that one output alone prints, with its name.
    """

    docname: str
    top: SourceSection
    ids: frozenset[str]
    text: bool
    titled: bool = True
    titles: bytes = b""
    spellings: tuple[tuple[tuple[str, str], str], ...] = ()
    terms: tuple[tuple[tuple[str, str], str], ...] = ()
    left_out: frozenset[str] = frozenset()
    alone: tuple[tuple[str, str], ...] = ()
