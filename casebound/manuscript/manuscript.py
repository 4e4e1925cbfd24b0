"""The Manuscript: the book as a tree, and the tree of each of its chapters, ready to be typeset."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx

from casebound.manuscript import branches, facts
from casebound.manuscript.books import book_of, in_style, known_destinations, set_apart
from casebound.manuscript.branches import Medium
from casebound.manuscript.changed import changed
from casebound.manuscript.documents import document
from casebound.manuscript.ignoring import MISPLACED, Ignoring
from casebound.manuscript.reading.doctrees import cache
from casebound.manuscript.reading.extensions.external_files import external_files
from casebound.manuscript.reading.extensions.themes import left_out
from casebound.manuscript.reading.listening import listener, said
from casebound.manuscript.reading.memory import memory
from casebound.manuscript.reading.offline import HiddenInventories
from casebound.manuscript.reading.unprintable import unprintable
from casebound.manuscript.reading.unread import unread
from casebound.manuscript.resolving.captions import captions_of
from casebound.manuscript.resolving.images.diagrams import programs
from casebound.manuscript.resolving.images.images import Images
from casebound.manuscript.resolving.images.remote import Remote
from casebound.manuscript.resolving.resolve import Resolver, cut, part_page
from casebound.manuscript.structure import continued, printed_numbers
from casebound.manuscript.structure.toctrees import ChapterTreeGrowth, unreached
from casebound.manuscript.trees import Trees
from casebound.manuscript.web import WebAddresses
from casebound.model.book import Book, Chapter, document_target
from casebound.model.diagnostics import Problem, problem, stop
from casebound.model.settings import Overrides, Settings
from casebound.system.garbage import at_rest

__all__ = ["Manuscript", "from_app"]


class Manuscript:
    """A book that has been read.

    ``book`` is the tree of chapters, ``settings`` the values of ``conf.py`` with their fallbacks filled in.
    Chapters are resolved when their tree is first asked for, all chapters of a document at once.

    Raises BuildStop for an empty book or an invalid setting.
    """

    def __init__(self, app: Sphinx, *, images: Path) -> None:
        self.app = app
        self.source = Path(app.srcdir)
        self._found: list[Problem] = []
        self._resolved: dict[str, list[Problem]] = {}
        self._trees = Trees()
        self._ignoring = Ignoring(app)
        printed_numbers.name_captions(app)
        self._memory = memory(app)
        root = self._grow()
        self._check_text(root)
        self.settings: Settings = self._with_style_sheets(facts.settings_of(app.config, root.title))
        for one in unreached(app.env, set(self._documents)):
            self._found += self._ignoring.wanted(one.docname, [one])
        self._found += self._ignoring.wanted("", self._inventories())
        self._found += self._ignoring.wanted("", facts.unknown_settings(app.config))
        known = self._known = known_destinations(self._documents.values())
        self._left_out = frozenset(
            document_target(one.docname) + name for one in self._documents.values() for name in one.left_out
        )
        remote = Remote(images.parent / "remote") if self.settings.remote_images else None
        self._images = Images(app, images, remote)
        self._apart = set_apart(root)
        self.book: Book = book_of(
            app, self.settings, root, tuple(self._documents.values()), known, self._cover(), self._found_anywhere
        )
        spellings = dict(pair for one in self._documents.values() for pair in one.spellings)
        self._resolver = Resolver(app, known, self.book.indices, self._images, spellings, self._left_out)

    def _grow(self) -> Chapter:
        app, ignoring = self.app, self._ignoring

        def found(docname: str, one: Problem) -> None:
            self._found += ignoring.wanted(docname, [one])

        def deep(docname: str) -> bool:
            return ignoring.ignores("toctree-too-deep", docname)

        growth = ChapterTreeGrowth(
            app.env, partial(document, app), found, as_is=continued.wanted(app.config), deep=deep
        )
        root = growth.grow(app.config.root_doc)
        self._documents = growth.documents
        for docname in self._documents:
            self._found += ignoring.unknown(docname)
            self._found += unread(app.env, docname)
            self._found += ignoring.wanted(docname, unprintable(app.env, docname))
            self._found += ignoring.wanted(docname, external_files(app.env, docname))
            self._found += ignoring.wanted(docname, left_out(app.env, docname))
        self._memory.save(set(app.env.all_docs))
        return root

    def _check_text(self, root: Chapter) -> None:
        if not root.children and not self._documents[root.docname].text:
            raise stop("book-empty")

    def _inventories(self) -> Iterable[Problem]:
        hidden = getattr(self.app.builder, "offline", None) or HiddenInventories({})
        for name in hidden.names:
            if name in hidden.files:
                yield problem("inventory-address", name=name)
            elif detail := hidden.failed.get(name):
                yield problem("inventory-failed", name=name, detail=detail)
            else:
                yield problem("inventory-remote", name=name)

    def _with_style_sheets(self, settings: Settings) -> Settings:
        """The settings with the style sheets that Sphinx's EPUB has, where they name none themselves."""
        sheets = {} if settings.css else facts.style_sheets(self.app.config, Path(self.app.confdir))
        for name in (name for name, exists in sheets.items() if not exists):
            self._found_anywhere(problem("css-missing", name=name))
        found = tuple(name for name, exists in sheets.items() if exists)
        return replace(settings, css=settings.css or found)

    def _cover(self) -> str:
        """The path of the cover's picture; nothing where ``conf.py`` names none, or none that lies in the source."""
        address = facts.cover(self.app.config, self.settings)
        path = self._images.named(address) if address else None
        if address and path is None:
            self._found_anywhere(problem("cover-missing", name=address))
        return str(path or "")

    def edition(self, style: str) -> Manuscript:
        """The same as an edition in another style; itself for none."""
        if not style:
            return self
        made = copy(self)
        made.book = in_style(self.book, style)
        return made

    def changed(self) -> datetime:
        """When the source was changed last, in UTC."""
        return changed(self.app)

    def _found_anywhere(self, one: Problem) -> None:
        self._found += self._ignoring.wanted("", [one])

    @property
    def language(self) -> str:
        """The book's language as a BCP 47 tag."""
        return self.book.language

    @property
    def web(self) -> WebAddresses:
        """Where the book's places are on the web."""
        return WebAddresses(self.app.config, self.settings.html_builder, self._known)

    @property
    def overrides(self) -> Overrides:
        """What it was read with over ``conf.py``."""
        own = {*branches.TAGS, self.app.builder.name, self.app.builder.format}
        tags = (tag for tag in self.app.tags if tag not in own and not tag.startswith(("builder_", "format_")))
        plain = (str, int, float, bool, list, dict, type(None))
        values = {name: value for name, value in self.app.config.overrides.items() if isinstance(value, plain)}
        return Overrides(values, tuple(sorted(tags)))

    @property
    def documents(self) -> tuple[str, ...]:
        """The documents of the book in reading order."""
        return tuple(self._documents)

    @property
    def problems(self) -> list[Problem]:
        """Everything found so far, as it weighs in a build: a toctree that is hoisted is no error any more.

        That is what was found while reading, in the structure, and in the chapters resolved until now.
        """
        return [self._ignoring.weigh(one) for one in self.faults]

    @property
    def faults(self) -> list[Problem]:
        """The same as a check weighs it."""
        env, ignoring = self.app.env, self._ignoring
        reading = [one for name in sorted(said(env)) for one in ignoring.wanted(name, said(env)[name])]
        heard = ignoring.wanted("", listener(self.app).heard)
        resolved = [one for name in self._documents for one in ignoring.wanted(name, self._resolved.get(name, ()))]
        everything = [*reading, *heard, *self._found, *resolved]
        return list(dict.fromkeys(everything))

    @property
    def misfits(self) -> list[str]:
        """Names of files kept from an earlier build that did not fit, and were made again."""
        return [*cache(self.app).misfits, *self._images.misfits]

    @property
    def misplaced(self) -> list[Problem]:
        """The faults that moving a toctree mends."""
        return [one for one in self._found if one.code in MISPLACED]

    def hold_strictly(self) -> None:
        """Raise BuildStop where ``casebound_toctree`` is strict and a toctree is misplaced."""
        if self.settings.toctree == "strict" and self.misplaced:
            first = self.misplaced[0]
            raise stop("layout-strict", count=len(self.misplaced), first=first.place)

    def collect_captions(self) -> None:
        """Give the book the captions that its lists hold: every chapter is resolved for that."""
        kinds = self.settings.lists
        if kinds:
            found = (one for chapter in self.book.chapters() for one in captions_of(self.tree(chapter), kinds))
            self.book = replace(self.book, captions=tuple(found))

    def file(self, docname: str) -> Path:
        """The source file of a document, or of an included file that a problem names."""
        if docname in self.app.env.found_docs:
            return Path(self.app.env.doc2path(docname))
        return self.source / docname

    def check(self) -> list[Problem]:
        """All problems there are, those of resolving every chapter too.

        What was found in a document the last time counts as long as neither it nor the destinations of the book
        have changed.
        """
        known = hashlib.sha256("\0".join([*sorted(self._known), "", *sorted(self._left_out)]).encode()).hexdigest()
        config = self.app.config
        suppressed = tuple(config.suppress_warnings)
        said_of = (config.html_baseurl, config.nitpicky, suppressed, self.settings.remote_images, programs(self.app))
        for docname in self._documents:
            key = (self.app.env.all_docs[docname], known, said_of)
            if docname not in self._resolved:
                self._resolved[docname] = self._memory.value("resolved", docname, key, partial(self._look, docname))
        self._memory.save(set(self.app.env.all_docs))
        return self.faults

    def _look(self, docname: str) -> list[Problem]:
        """The problems of resolving a document."""
        self._resolve(docname)
        return self._resolved[docname]

    def tree(self, chapter: Chapter, medium: Medium = Medium.PDF) -> nodes.document:
        """The chapter's resolved tree, see "The chapter tree" in ARCHITECTURE.md. Each call gives a copy."""
        pickled = self.dump(chapter, medium)
        with at_rest():
            tree = pickle.loads(pickled)
        assert isinstance(tree, nodes.document)
        return tree

    def dump(self, chapter: Chapter, medium: Medium = Medium.PDF) -> bytes:
        """The pickled tree: it needs docutils and Sphinx to be loaded, and nothing of this process."""
        if chapter.name not in self._trees:
            self._resolve(chapter.docname)
        return self._trees.get(chapter.name, medium)

    def digest(self, chapter: Chapter) -> str:
        """The sha256 of all that is printed of the chapter, its images included, and of the lines it comes from.

        It does not depend on where the source lies.
        """
        tree = self.tree(chapter)
        for image in tree.findall(nodes.image):
            image.attributes.pop("path", None)
        lines = ",".join(f"{node.source or ''}:{node.line or ''}" for node in tree.findall(nodes.Element))
        raw = "\0".join(block.rawsource for block in tree.findall(nodes.FixedTextElement))
        return hashlib.sha256(f"{tree.pformat()}\0{lines}\0{raw}".encode()).hexdigest()

    def _resolve(self, docname: str) -> None:
        known = self._documents[docname]
        heard = listener(self.app)
        found = self._resolved[docname] = []

        with heard.listening(), at_rest():
            before = heard.take()
            tree = self._resolver.resolve(docname, known.top, known.ids, found.append)
            found += heard.take()
            heard.heard = before
        pieces = cut(tree, docname, self.language, self._apart.get(docname, ()))
        for name, piece in pieces.items():
            self._trees.keep(name, piece)
        for chapter in self.book.sections:
            if chapter.caption and chapter.docname == docname:
                self._trees.keep(chapter.name, part_page(chapter, self.language))


def from_app(app: Sphinx) -> Manuscript:
    """The Manuscript of a Sphinx application that has read its source, for ``sphinx-build -b casebound``.

    Sphinx has said by itself what is a ``source-warning`` among the problems, and nothing of the others: whoever
    listens to ``casebound-read`` says them, as warnings of type ``casebound.CODE``.
    """
    manuscript = Manuscript(app, images=Path(app.outdir) / "work" / "images")
    manuscript.hold_strictly()
    manuscript.collect_captions()
    return manuscript
