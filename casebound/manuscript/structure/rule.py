"""The rule toctree-at-end: a section's own text first, its toctree last, where that text shows the documents.

*Text after a toctree.* In print a toctree is replaced by its documents, and the text lands after them::

    the source             in print                 as the rule wants it
    Internals              Internals                Internals
      text                   text                     text
      toctree: rpc, vm       rpc                      more text
      more text              vm                       rpc
                             more text                vm

*A toctree too deep.* The text of a section shows its documents, but the toctree has slipped into a subsection::

    Internals              Internals                Internals
      * rpc: ...             * rpc: ...               * rpc: ...
      * vm: ...              * vm: ...                * vm: ...
      Conventions            Conventions              Conventions
        text                   text                     text
        toctree: rpc, vm       rpc                    rpc
                               vm                     vm

That a toctree is in a subsection S is mostly meant. It is too deep where all of this holds:

1. S says something beside the toctree, and its own text has no link to any of the documents;
2. going up from S, the first section A with a link to one of them in its own text links to at least half of them;
3. where the toctree is visible, so that S shows the documents after all: A does so in a list whose items begin with
   the links, S is the last subsection of A, and no other subsection of A leads on to documents.

Then the toctree belongs to A. Links are ``:doc:`` and links to labels in those documents.

*Sections after a toctree* cannot be fixed by moving it: no place after a subsection belongs to its section.

*Front matter* comes first in print too. A toctree of the root page that names nothing else stays before the sections
that lead on to documents::

    The book               The book
      text                   text
      toctree: preface       preface
      Internals              Internals
        toctree: rpc, vm       rpc
                               vm
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sphinx.environment import BuildEnvironment

from casebound.manuscript.documents import virtual_documents
from casebound.manuscript.structure import pictures
from casebound.manuscript.structure.matter import Stated
from casebound.manuscript.structure.source_tree import Document, SourceLink, SourceSection, SourceText, Toctree
from casebound.model.book import Matter
from casebound.model.diagnostics import Level, Problem, problem, weighed

__all__ = ["LayoutRule", "ToctreeMove", "hoisted", "rejoined", "shown"]


@dataclass(frozen=True, slots=True)
class ToctreeMove:
    """A toctree that belongs to the section ``above`` the one it is in."""

    toctree: Toctree
    section: SourceSection
    above: SourceSection


class LayoutRule:
    """Holds documents against the rule. ``found`` is told of each fault."""

    def __init__(self, env: BuildEnvironment, found: Callable[[Problem], None]) -> None:
        self.env = env
        self.found = found
        self._virtual = virtual_documents(env)
        self._stated = Stated(env, lambda docname, one: None)

    def settled(self, part: SourceSection, docname: str = "") -> SourceSection:
        """The section with those toctrees that name documents, and of them those that exist.

        ``docname`` is given for the top section of a document.
        """
        body: list[SourceText | Toctree | SourceSection] = []
        for item in part.body:
            if isinstance(item, Toctree):
                names = tuple(name for name in item.names if self._exists(name, item))
                front = docname == self.env.config.root_doc and all(map(self._is_front, names))
                body += [dataclasses.replace(item, names=names, front=front)] if names else []
            else:
                body.append(self.settled(item) if isinstance(item, SourceSection) else item)
        return dataclasses.replace(part, body=tuple(body))

    def _is_front(self, docname: str) -> bool:
        return self._stated.of(docname) is Matter.FRONT

    def _exists(self, name: str, toctree: Toctree) -> bool:
        if name not in self.env.all_docs and name not in self._virtual:
            self.found(problem("toctree-dangling", toctree.docname, toctree.line, name=name))
        return name in self.env.all_docs

    def moves(self, part: SourceSection, around: tuple[SourceSection, ...] = ()) -> tuple[ToctreeMove, ...]:
        """The toctrees that are too deep, in the order of the source. ``part`` is settled."""
        here = [(toctree, self._belongs(toctree, part, around)) for toctree in part.toctrees]
        own = tuple(ToctreeMove(toctree, part, above) for toctree, above in here if above is not None)
        return own + tuple(move for child in part.parts for move in self.moves(child, (*around, part)))

    def _belongs(
        self, toctree: Toctree, part: SourceSection, around: tuple[SourceSection, ...]
    ) -> SourceSection | None:
        names = set(toctree.names)
        says = any(not isinstance(item, Toctree) for item in part.body)
        if not says or names & shown(self.env, part):
            return None
        above = next((above for above in reversed(around) if names & shown(self.env, above)), None)
        if above is None:
            return None
        seen = shown(self.env, above) if toctree.hidden else {link.name for links in above.lists for link in links}
        if len(seen & names) * 2 < len(names):
            return None
        path = (*around, part)
        return above if toctree.hidden or _alone_at_the_end(path[path.index(above) :]) else None

    def check(self, document: Document, part: SourceSection, moves: Sequence[ToctreeMove]) -> None:
        """Tell of everything that breaks the rule in a document; ``part`` is its settled top section, rejoined."""
        for move in moves:
            self.found(self._too_deep(move, moves))
        self._behind(part, moves)
        if not document.titled:
            self.found(
                problem("document-untitled", document.docname, 1, name=document.docname, title=f"“{part.title}”")
            )
        for section in part.walk():
            if section.blank and (document.titled or section is not part):
                self.found(problem("section-empty", section.docname, section.line, name=f"“{section.title}”"))

    def _too_deep(self, move: ToctreeMove, moves: Sequence[ToctreeMove]) -> Problem:
        found = problem(
            "toctree-too-deep",
            move.toctree.docname,
            move.toctree.line,
            name=f"“{move.section.title}”",
            above=f"“{move.above.title}”",
        )
        if not move.toctree.hidden:
            found = weighed(found, Level.WARNING)
        return self._with_pictures(found, move.above, hoisted(move.above, moves))

    def _with_pictures(self, found: Problem, now: SourceSection, wanted: SourceSection) -> Problem:
        return dataclasses.replace(
            found, now=pictures.section(self.env, now), wanted=pictures.section(self.env, wanted)
        )

    def _behind(self, part: SourceSection, moves: Sequence[ToctreeMove]) -> None:
        """What is after a toctree in its section."""
        before: list[Toctree] = []
        told: set[str] = set()
        for item in part.body:
            if isinstance(item, Toctree):
                before += () if _is_moved(item, moves) else (item,)
                continue
            code = "text-after-toctree" if isinstance(item, SourceText) else "sections-after-toctree"
            leads_on = isinstance(item, SourceSection) and item.leads_on
            if code not in told and any(not (one.front and leads_on) for one in before):
                told.add(code)
                found = problem(code, item.docname, item.line)
                self.found(self._with_pictures(found, part, hoisted(part, moves)))
        for child in part.parts:
            self._behind(child, moves)


def shown(env: BuildEnvironment, part: SourceSection) -> set[str]:
    """The documents that a section's own text links to."""
    return {name for link in part.links if (name := _document_of(env, link))}


def _document_of(env: BuildEnvironment, link: SourceLink) -> str:
    if not link.label or link.name in env.all_docs:
        return link.name
    domain = env.domains.standard_domain
    name = link.name.lower()
    known = domain.labels.get(name) or domain.anonlabels.get(name)
    return str(known[0]) if known else ""


def _alone_at_the_end(path: Sequence[SourceSection]) -> bool:
    """Whether each section of the path is the last of the one before, and the only one that leads on."""
    return all(
        above.parts[-1] is below and not any(part.leads_on for part in above.parts[:-1])
        for above, below in itertools.pairwise(path)
    )


def _is_moved(toctree: Toctree, moves: Sequence[ToctreeMove]) -> bool:
    return any(move.toctree is toctree for move in moves)


def hoisted(part: SourceSection, moves: Sequence[ToctreeMove]) -> SourceSection:
    """The section with each toctree at the end of the section that it belongs to, front matter before its sections."""
    leading = next(
        (place for place, item in enumerate(part.body) if isinstance(item, SourceSection) and item.leads_on), 0
    )
    first = [item for item in part.body[:leading] if isinstance(item, Toctree) and item.front]
    body: list[SourceText | Toctree | SourceSection] = []
    for place, item in enumerate(part.body):
        body += first if place == leading else ()
        if not isinstance(item, Toctree):
            body.append(hoisted(item, moves) if isinstance(item, SourceSection) else item)
    own = [one for one in part.toctrees if one not in first and not _is_moved(one, moves)]
    come = [move.toctree for move in moves if move.above is part]
    return dataclasses.replace(part, body=(*body, *own, *come))


def rejoined(part: SourceSection) -> SourceSection:
    """The section with the text after its toctrees in it again, see ``continued``."""

    def body() -> Iterator[SourceText | Toctree | SourceSection]:
        for item in part.body:
            if isinstance(item, SourceSection) and item.continues:
                yield from item.body
            else:
                yield rejoined(item) if isinstance(item, SourceSection) else item

    behind = [child for child in part.parts if child.continues]
    links = tuple(link for child in behind for link in child.links)
    lists = tuple(links for child in behind for links in child.lists)
    return dataclasses.replace(part, body=tuple(body()), links=part.links + links, lists=part.lists + lists)
