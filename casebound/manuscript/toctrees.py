"""Grows the book's tree of chapters out of the toctrees.

One rule: *toctree-at-end*. What stands in a section is its lead; the documents its toctrees name come after
all else in it, wherever the toctrees stand. A section that leads on to documents is set apart as a chapter of
its own, and so is every section beside it that comes later, which keeps their order::

    index.rst                                  the book
      Title          text                        index             text, Conventions
      Conventions    text                          index#internals   text
      Internals      text, toctree: rpc, vm          rpc
      Reading on     text                            vm
                                                   index#reading-on  text
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sphinx.environment import BuildEnvironment

from casebound.book import Chapter, Heading, Matter, document_target
from casebound.manuscript.documents import Document, Part, Toctree
from casebound.problems import Problem, problem

__all__ = ["Growth", "chapter_name", "unreached"]


def chapter_name(docname: str, part: str) -> str:
    """The name of a chapter that is a section set apart from its document."""
    return f"{docname}#{part}"


class Growth:
    """The tree while it grows. ``documents`` holds those of the book in reading order, when it has grown."""

    def __init__(self, env: BuildEnvironment, scan: Callable[[str], Document]) -> None:
        self.env = env
        self.scan = scan
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []
        self._first: dict[str, str] = {}

    def grow(self, root: str) -> Chapter:
        """The root's chapter with all beneath it."""
        return self._document(root, 0, (), Matter.BODY)

    def _document(self, docname: str, depth: int, around: tuple[str, ...], matter: Matter) -> Chapter:
        document = self.documents[docname] = self.scan(docname)
        self.problems += document.problems
        own = self._matter(docname, matter)
        return self._chapter(document, document.top, docname, depth, (*around, docname), own)

    def _chapter(
        self, document: Document, part: Part, name: str, depth: int, around: tuple[str, ...], matter: Matter
    ) -> Chapter:
        docname = document.docname
        apart = next((place for place, beneath in enumerate(part.parts) if beneath.leads_on), len(part.parts))
        # What stands beneath the root is not in front because the root is.
        inherited = matter if depth else Matter.BODY
        children = [
            self._chapter(document, beneath, chapter_name(docname, beneath.name), depth + 1, around, inherited)
            for beneath in part.parts[apart:]
        ]
        for toctree in part.toctrees:
            children += self._named(toctree, depth + 1, around, inherited)
        heading = _heading(docname, part, part.parts[:apart])
        return Chapter(name, docname, depth, heading, tuple(children), matter)

    def _named(self, toctree: Toctree, depth: int, around: tuple[str, ...], matter: Matter) -> Iterator[Chapter]:
        for name in toctree.names:
            if name in around:
                self.problems.append(problem("document-circular", toctree.docname, toctree.line, name=name))
            elif name in self._first:
                first = self._first[name]
                self.problems.append(problem("document-twice", toctree.docname, toctree.line, name=name, first=first))
            else:
                self._first[name] = f"{toctree.docname}:{toctree.line}" if toctree.line else toctree.docname
                yield self._document(name, depth, around, matter)

    def _matter(self, docname: str, inherited: Matter) -> Matter:
        stated = str(self.env.metadata.get(docname, {}).get("matter", "")).strip().lower()
        if not stated:
            return inherited
        try:
            return Matter(stated)
        except ValueError:
            self.problems.append(problem("matter-unknown", docname, 1, value=stated))
            return inherited


def _heading(docname: str, part: Part, parts: tuple[Part, ...]) -> Heading:
    beneath = tuple(_heading(docname, child, child.parts) for child in parts)
    return Heading(part.title, document_target(docname) + part.name, part.number, beneath)


def unreached(env: BuildEnvironment, reached: set[str]) -> Iterator[Problem]:
    """The documents that no toctree leads to, neither from the root nor from a page that is meant to stand alone."""
    included = {name for names in env.included.values() for name in names}
    alone = {name for name in env.all_docs if name in included or "orphan" in env.metadata.get(name, {})}
    known = _closure(env, reached | alone)
    lost = sorted(set(env.all_docs) - known)
    named = {name for names in env.toctree_includes.values() for name in names}
    # First those that nothing names; what is left then goes round in circles of its own.
    for name in [*(name for name in lost if name not in named), *(name for name in lost if name in named)]:
        if name not in known:
            known |= _closure(env, {name})
            yield problem("document-unreached", name, None, name=name)


def _closure(env: BuildEnvironment, names: set[str]) -> set[str]:
    known: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += env.toctree_includes.get(name, [])
    return known
