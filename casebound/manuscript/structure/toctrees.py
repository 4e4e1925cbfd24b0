"""Grows the book's tree of chapters out of the toctrees.

One rule: *toctree-at-end*. What is in a section is its lead; the documents its toctrees name come after
all else in it, wherever the toctrees are. A section that leads on to documents is set apart as a chapter of
its own, and so is every section beside it that comes later, which keeps their order::

    index.rst                                  the book
      Title          text                        index             text, Conventions
      Conventions    text                          index#internals   text
      Internals      text, toctree: rpc, vm          rpc
      Reading on     text                            vm
                                                   index#reading-on  text

A toctree with a caption, directly under the title of the root page, opens a part: a chapter that holds nothing
but the caption and the list of its documents::

    index.rst                                  the book
      Title          text                        index             text
                     toctree "Using it": a       index#part-using-it
                                                   a

The caption of the only toctree of the root document opens none, nor does one that says "Contents" (as Sphinx's
quickstart writes it): the documents below it are the sections of the book.

Under ``casebound_toctree = "as-is"`` the documents of a toctree come where it is, and all that follows it in its
section comes after them, text included (see ``continued``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.locale import _

from casebound.i18n.wording import word
from casebound.manuscript.structure.leads import disagreements
from casebound.manuscript.structure.matter import Stated, settled
from casebound.manuscript.structure.printed_numbers import number_of
from casebound.manuscript.structure.reach import reach
from casebound.manuscript.structure.renumbering import renumber
from casebound.manuscript.structure.rule import LayoutRule, hoisted, rejoined
from casebound.manuscript.structure.source_tree import Document, SourceSection, SourceText, Toctree
from casebound.model.book import Chapter, Heading, Matter, document_target
from casebound.model.diagnostics import Problem, problem
from casebound.model.naming import unique

__all__ = ["ChapterTreeGrowth", "unreached"]

_SAID = {"yes": True, "true": True, "no": False, "false": False}  # in MyST a field is true or false

Found = Callable[[str, Problem], None]
"""Told of a problem and of the document it is a problem of."""


def chapter_name(docname: str, part: str) -> str:
    """The name of a chapter that is a section set apart from its document."""
    return f"{docname}#{part}"


class ChapterTreeGrowth:
    """The tree while it grows. ``documents`` holds those of the book in reading order, when it has grown."""

    def __init__(
        self,
        env: BuildEnvironment,
        scan: Callable[[str], Document],
        found: Found,
        *,
        as_is: bool = False,
        deep: Callable[[str], bool] = lambda docname: False,
    ) -> None:
        """``deep`` says of which documents the toctrees that are too deep stay where they are."""
        self.env = env
        self.scan = scan
        self.found = found
        self.as_is = as_is
        self.deep = deep
        self.documents: dict[str, Document] = {}
        self._first: dict[str, str] = {}
        self._parts: list[str] = []
        self._stated = Stated(env, found)

    def grow(self, root: str) -> Chapter:
        """The root's chapter with all below it, each chapter with its matter, its headings with their numbers."""
        grown = settled(self._document(root, 0, (), Matter.BODY), self.found)
        for one in self._stated.unmatched(self.documents):
            self.found("", one)
        renumber(self.env, grown)
        return self._numbered(grown)

    def _document(self, docname: str, depth: int, around: tuple[str, ...], inherited: Matter) -> Chapter:
        document = self.documents[docname] = self.scan(docname)
        own = self._stated.of(docname) or inherited
        return self._chapter(self._checked(document), docname, docname, depth, (*around, docname), own)

    def _checked(self, document: Document) -> SourceSection:
        """The document's top section, its toctrees where the rule wants them; what is wrong with it is told."""

        def found(one: Problem) -> None:
            self.found(document.docname, one)

        rule = LayoutRule(self.env, found)
        part = rule.settled(document.top, document.docname)
        whole = rejoined(part)
        moves = rule.moves(whole)
        rule.check(document, whole, moves)
        right = hoisted(whole, () if self.deep(document.docname) else moves)
        for one in disagreements(self.env, right):
            found(one)
        return part if self.as_is else right

    def _chapter(
        self, part: SourceSection, docname: str, name: str, depth: int, around: tuple[str, ...], matter: Matter
    ) -> Chapter:
        items = [item for item in part.body if not isinstance(item, SourceText)]
        led = (place for place, item in enumerate(items) if isinstance(item, Toctree) or item.leads_on)
        apart = next(led, len(items))
        # What is below the root is not in front because the root is.
        inherited = matter if depth else Matter.BODY
        children: list[Chapter] = []
        for item in items[apart:]:
            if isinstance(item, Toctree) and depth == 0 and name == docname and self._opens_part(item, part):
                children += self._captioned(item, docname, around, inherited)
            elif isinstance(item, Toctree):
                children += self._named(docname, item, depth + 1, around, inherited)
            else:
                beneath = chapter_name(docname, item.name)
                children.append(self._chapter(item, docname, beneath, depth + 1, around, inherited))
        sections = tuple(item for item in items[:apart] if isinstance(item, SourceSection))
        heading = _heading(docname, part, sections)
        handout = self._handout(docname) if name == docname else None
        toc_depth = self.env.metadata.get(docname, {}).get("tocdepth", 0) if name == docname else 0
        return Chapter(name, docname, depth, heading, tuple(children), matter, handout=handout, toc_depth=toc_depth)

    def _opens_part(self, toctree: Toctree, root: SourceSection) -> bool:
        """Whether the caption of a toctree tells its documents from others of the book."""
        caption = toctree.caption.strip(" :\N{FULLWIDTH COLON}").casefold()
        toctrees = (one for part in root.walk() for one in part.toctrees)
        leading = [one for one in toctrees if any(name in self.env.found_docs for name in one.names)]
        return bool(caption) and caption not in _contents(self.env.config.language) and len(leading) > 1

    def _captioned(self, toctree: Toctree, docname: str, around: tuple[str, ...], matter: Matter) -> Iterator[Chapter]:
        """The part that the caption of a toctree on the root page opens; none where it names no document."""
        children = tuple(self._named(docname, toctree, 2, around, matter))
        if children:
            taken = {name.casefold() for name in (*self.documents[docname].ids, *self._parts)}
            name = unique(f"part-{nodes.make_id(toctree.caption) or len(self._parts) + 1}", taken)
            self._parts.append(name)
            heading = Heading(toctree.caption, document_target(docname) + name)
            yield Chapter(chapter_name(docname, name), docname, 1, heading, children, matter, caption=True)

    def _handout(self, docname: str) -> bool | None:
        """What the document's field ``:handout:`` says."""
        stated = self.env.metadata.get(docname, {}).get("handout")
        said = _SAID.get(str(stated).strip().lower())
        if stated is not None and said is None:
            self.found(docname, problem("handout-unknown", docname, 1, value=stated))
        return said

    def _named(
        self, owner: str, toctree: Toctree, depth: int, around: tuple[str, ...], matter: Matter
    ) -> Iterator[Chapter]:
        where = (toctree.docname, toctree.line)
        for name in toctree.names:
            if name in around:
                self.found(owner, problem("document-circular", *where, name=name))
            elif name in self._first:
                self.found(owner, problem("document-twice", *where, name=name, first=self._first[name]))
            else:
                self._first[name] = f"{toctree.docname}:{toctree.line}" if toctree.line else toctree.docname
                yield self._document(name, depth, around, matter)

    def _numbered(self, chapter: Chapter) -> Chapter:
        heading = self._with_numbers(chapter.docname, chapter.heading)
        return replace(chapter, heading=heading, children=tuple(map(self._numbered, chapter.children)))

    def _with_numbers(self, docname: str, heading: Heading) -> Heading:
        name = heading.target.removeprefix(document_target(docname))
        number = number_of(self.env, docname, "" if name == self.documents[docname].top.name else name)
        beneath = tuple(self._with_numbers(docname, child) for child in heading.children)
        return replace(heading, number=number, children=beneath)


def _contents(language: str) -> set[str]:
    """What a list of everything is called, in the language of the book and in English."""
    words = (word("contents", language or "en"), _("Table of Contents"), "Contents", "Table of Contents")
    return {each.casefold() for each in words}


def _heading(docname: str, part: SourceSection, parts: tuple[SourceSection, ...]) -> Heading:
    beneath = tuple(_heading(docname, child, child.parts) for child in parts)
    return Heading(part.title, document_target(docname) + part.name, children=beneath)


def unreached(env: BuildEnvironment, reached: set[str]) -> Iterator[Problem]:
    """The documents that no toctree leads to, neither from the root nor from a page that is meant to be alone."""
    included = {name for names in env.included.values() for name in names}
    alone = {name for name in env.all_docs if name in included or "orphan" in env.metadata.get(name, {})}
    known = reach(env, reached | alone)
    lost = sorted(set(env.all_docs) - known)
    named = {name for names in env.toctree_includes.values() for name in names}
    # First those that nothing names; what is left then goes round in circles of its own.
    for name in [*(name for name in lost if name not in named), *(name for name in lost if name in named)]:
        if name not in known:
            known |= reach(env, {name})
            yield problem("document-unreached", name, None, name=name)
