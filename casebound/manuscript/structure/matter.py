"""Which chapters are front matter, which the body, which back matter (Chicago Manual of Style 1.4, DIN 1422-4).

What is before the body is read before it, in roman folios: so front matter is the run of chapters the book
begins with, back matter the run it ends with, whatever the documents say of themselves::

    index       text              front     it is before the preface
    preface     :matter: front    front
    internals                     body      arabic folios from here on, from 1
    licence     :matter: front    body      told: the body has begun
    glossary    :matter: back     back
    colophon    :matter: back     back

A document says it of all below it. A section that is no document of its own (a caption, a section of the root
page) is what all its documents are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import takewhile

from sphinx.environment import BuildEnvironment
from sphinx.util.matching import Matcher

from casebound.manuscript.facts import stated
from casebound.model.book import Chapter, Matter
from casebound.model.diagnostics import Problem, problem

__all__ = ["Stated", "settled"]

Found = Callable[[str, Problem], None]


class Stated:
    """What fields (``:matter: front``) and settings (``casebound_front_matter``) say of documents; fields win.

    ``found`` is told of a field that says something else. Raises BuildStop for a setting that is no list of strings.
    """

    def __init__(self, env: BuildEnvironment, found: Found) -> None:
        self._env = env
        self._found = found
        self._named = [
            (Matter.FRONT, "casebound_front_matter", stated(env.config, "front_matter")),
            (Matter.BACK, "casebound_back_matter", stated(env.config, "back_matter")),
        ]

    def of(self, docname: str) -> Matter | None:
        """What is said of a document; None where nothing is."""
        field = str(self._env.metadata.get(docname, {}).get("matter", "")).strip().lower()
        if field:
            try:
                return Matter(field)
            except ValueError:
                self._found(docname, problem("matter-unknown", docname, 1, value=field))
        return next((matter for matter, _, patterns in self._named if Matcher(patterns)(docname)), None)

    def unmatched(self, docnames: Collection[str]) -> Iterator[Problem]:
        """Names and patterns of the settings that fit no document of the book."""
        for _, setting, patterns in self._named:
            for pattern in patterns:
                if not any(map(Matcher([pattern]), docnames)):
                    yield problem("matter-unmatched", setting=setting, name=pattern)


def settled(root: Chapter, found: Found) -> Chapter:
    """The tree with each chapter's matter as it is in the book; what cannot be there is told."""
    root = _gathered(root)
    chapters = list(root.walk())
    wanted = [chapter.matter for chapter in chapters]
    if wanted[1:2] == [Matter.FRONT]:
        wanted[0] = Matter.FRONT
    front = sum(1 for _ in takewhile(lambda matter: matter is Matter.FRONT, wanted))
    back = sum(1 for _ in takewhile(lambda matter: matter is Matter.BACK, reversed(wanted[front:])))
    known = {chapter.name: Matter.BODY for chapter in chapters}
    known |= {chapter.name: Matter.FRONT for chapter in chapters[:front]}
    known |= {chapter.name: Matter.BACK for chapter in chapters[len(chapters) - back :]}
    for chapter in _misplaced(root, known):
        found(
            chapter.docname,
            problem("matter-misplaced", chapter.docname, 1, name=chapter.docname, where=_SIDE[chapter.matter]),
        )
    return _with_matter(root, known)


_SIDE = {Matter.FRONT: "before", Matter.BACK: "after"}


def _gathered(chapter: Chapter) -> Chapter:
    children = tuple(map(_gathered, chapter.children))
    matter = {child.matter for child in children}
    own = chapter.matter
    if chapter.depth and chapter.name != chapter.docname and own is Matter.BODY and len(matter) == 1:
        (own,) = matter
    return replace(chapter, children=children, matter=own)


def _misplaced(chapter: Chapter, known: dict[str, Matter], around: Matter = Matter.BODY) -> Iterator[Chapter]:
    """The chapters that say what is not so, without those that only take after one around them."""
    if chapter.matter not in (known[chapter.name], around):
        yield chapter
    for child in chapter.children:
        yield from _misplaced(child, known, chapter.matter)


def _with_matter(chapter: Chapter, known: dict[str, Matter]) -> Chapter:
    children = tuple(_with_matter(child, known) for child in chapter.children)
    return replace(chapter, children=children, matter=known[chapter.name])
