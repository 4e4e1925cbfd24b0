"""Resolves one document into the trees of its chapters, as ARCHITECTURE.md promises them to the other stages."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path

from docutils import frontend, nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebound.manuscript import branches
from casebound.manuscript.reading.folders import clean_frames, without_folders
from casebound.manuscript.reading.listening import is_generated, place_of
from casebound.manuscript.reading.places import place
from casebound.manuscript.resolving.announced import NUMBERED, number_announced, numbered
from casebound.manuscript.resolving.formulas import equations
from casebound.manuscript.resolving.formulas.formulas import read_formulas
from casebound.manuscript.resolving.formulas.macros import expand, macros
from casebound.manuscript.resolving.images.diagrams import Diagrams
from casebound.manuscript.resolving.images.images import Images
from casebound.manuscript.resolving.images.subfigures import caption_parts
from casebound.manuscript.resolving.pagination import read_breaks, settle_breaks
from casebound.manuscript.resolving.plain import make_plain
from casebound.manuscript.resolving.post_transforms import PostTransforms
from casebound.manuscript.resolving.qualify import Links, keep_ids, qualify_ids
from casebound.manuscript.resolving.raw import read_raw
from casebound.manuscript.resolving.struck import strike_blocks
from casebound.manuscript.resolving.unfolded import unfold
from casebound.manuscript.resolving.unlinked import in_a_sentence
from casebound.manuscript.structure import continued, printed_numbers, sections
from casebound.manuscript.structure.source_tree import SourceSection
from casebound.manuscript.structure.titles import Spelling, respell, title_text
from casebound.model.book import Chapter, document_target
from casebound.model.diagnostics import Problem, problem

__all__ = ["Resolver", "cut", "part_page"]

# What docutils leaves on nodes beside these while it transforms them leads back to the whole document.
_NODE_FIELDS = {"parent", "children", "attributes", "tagname", "rawsource", "source", "line"}

Report = Callable[[Problem], None]


class Resolver:
    """Resolves documents of one book. ``known`` holds every named destination of it, ``indices`` those of its indices
    by Sphinx's names for their pages, ``spellings`` how links say titles, by how Sphinx lets them say it. ``left_out``
    are the destinations that no output prints."""

    def __init__(
        self, app: Sphinx, known: Collection[str], indices: Mapping[str, str], images: Images,
        spellings: Mapping[Spelling, str], left_out: Collection[str],
    ) -> None:  # fmt: skip
        self.app = app
        self.spellings = spellings
        self.images = images
        self.diagrams = Diagrams(app, images.folder)
        self.macros = macros(app)
        self.post_transforms = PostTransforms(app, self._prepared)
        self._undecided: dict[str, list[Problem]] = {}
        self.links = Links(
            app.env, known, indices, str(app.config.html_baseurl or ""), self.post_transforms.ids, left_out
        )

    def resolve(self, docname: str, top: SourceSection, ids: Collection[str], report: Report) -> nodes.document:
        """The resolved tree of a document; ``ids`` are those it must have, ``top`` has its titles.

        A document that Sphinx or an extension cannot resolve is reported and printed with its links
        unresolved; if that fails too, as its bare text.
        """
        found: list[Problem] = []
        try:
            doctree = self._attempt(docname, top, ids, True, found.append)
        except Exception as error:
            detail = without_folders(self.app.env, in_a_sentence(error), docname)
            found = [problem("chapter-unresolved", docname, name=docname, detail=detail)]
            try:
                doctree = self._attempt(docname, top, ids, False, found.append)
            except Exception:
                logging.getLogger(__name__).debug("bare text of %s", docname, exc_info=True)
                found = [problem("chapter-failed", docname, name=docname, detail=detail)]
                doctree = self._bare(docname, top.title, ids)
        for one in found:
            report(one)
        return doctree

    def _attempt(
        self, docname: str, top: SourceSection, ids: Collection[str], linked: bool, report: Report
    ) -> nodes.document:
        env = self.app.env
        doctree = self.post_transforms.tree(docname, report) if linked else self._prepared(docname)
        read_formulas(doctree)
        for one in self._undecided.pop(docname, ()):
            report(one)
        respell(doctree, self.spellings)
        if linked:
            equations.refer(self.app, docname, doctree)
        expand(self.macros, doctree)

        def unknown(node: nodes.Element) -> None:
            report(problem("node-empty", *place(env, node, docname), name=f"The node {type(node).__name__}"))

        self.images.take_in(docname, doctree)
        caption_parts(doctree)
        self.diagrams.settle(docname, doctree, report)
        printed_numbers.number_captions(env, docname, doctree)
        make_plain(self.app, doctree, unknown)
        unfold(doctree)
        read_breaks(doctree)
        read_raw(doctree, partial(self.images.find, docname), lambda node: place(env, node, docname), report)
        strike_blocks(doctree)
        settle_breaks(doctree, lambda node: place(env, node, docname), report)
        sections.normalise(doctree, top.title)
        _say_plainly(doctree, top)
        keep_ids(doctree, ids)
        printed_numbers.number_titles(env, docname, doctree)
        printed_numbers.number_equations(env, docname, doctree)
        clean_frames(env, docname, doctree)
        self.images.settle(docname, doctree, report)
        self.links.settle(docname, doctree, report)
        number_announced(env, docname, doctree)
        qualify_ids(docname, doctree)
        _name_sources(env, docname, doctree)
        return doctree

    def _prepared(self, docname: str) -> nodes.document:
        doctree = self.app.env.get_doctree(docname)
        found = self._undecided[docname] = list[Problem]()

        def report(branch: nodes.Element, code: str, name: str) -> None:
            found.append(problem(code, *place(self.app.env, branch, docname), name=name))

        branches.decide(self.app, doctree, docname, apart=True, report=report)
        sections.close_up(doctree)
        continued.set_apart(self.app, doctree)
        return doctree

    def _bare(self, docname: str, title: str, ids: Collection[str]) -> nodes.document:
        doctree = self.app.env.get_doctree(docname)
        blocks = [nodes.literal_block("", block) for block in doctree.astext().split("\n\n") if block.strip()]
        section = nodes.section("", nodes.title("", title), *blocks, ids=[nodes.make_id(title) or "section"])
        bare = _new_document(docname, "")
        bare += section
        clean_frames(self.app.env, docname, bare)
        keep_ids(bare, ids)
        qualify_ids(docname, bare)
        return bare


def _say_plainly(doctree: nodes.document, top: SourceSection) -> None:
    """Give each title its text as contents and outline have it: typesetting says headings in other places too."""
    titles = {part.name: part.title for part in top.walk()}
    for section in doctree.findall(nodes.section):
        title = sections.title_of(section)
        title["plain"] = titles.get(section["ids"][0]) or title_text(title)


def _name_sources(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Sources as places below the source folder: no path of this machine."""
    names: dict[str, str] = {}
    for node in doctree.findall():
        if node.source:
            source = str(node.source)
            if source not in names:
                names[source] = _source_name(env, source, docname)
            node.source, node.line = names[source], None if is_generated(source) else node.line


def _source_name(env: BuildEnvironment, source: str, docname: str) -> str:
    name = place_of(env, source, docname)
    return Path(os.path.relpath(env.doc2path(name), env.srcdir)).as_posix() if name in env.found_docs else name


def part_page(part: Chapter, language: str) -> nodes.document:
    """The tree of a part: its caption as the title, and a list of what is in it."""
    section = nodes.section("", nodes.title("", part.title), ids=[part.heading.target])
    listed = nodes.bullet_list()
    for chapter in part.children:
        name = nodes.inline("", chapter.heading.title, classes=["doc"])
        whole = chapter.name == chapter.docname
        target = document_target(chapter.docname) if whole else chapter.heading.target
        link = nodes.reference("", "", name, refid=target, internal=True)
        if chapter.heading.number:
            numbered(link, chapter.heading.number)
            listed["classes"] = [NUMBERED]
        listed += nodes.list_item("", nodes.paragraph("", "", link))
    section += listed
    page = _new_document(part.docname, language)
    page += section
    _detach(page)
    return page


def _new_document(docname: str, language: str) -> nodes.document:
    settings = frontend.get_default_settings()
    settings.language_code = language or "en"
    settings.warning_stream = None
    settings.record_dependencies = None  # type: ignore[assignment]
    document = nodes.document(settings, None)  # type: ignore[arg-type]
    document["source"] = docname
    # Neither survives being pickled, and nothing needs them any more.
    document.transformer = None  # type: ignore[assignment]
    return document


def _detach(piece: nodes.document) -> None:
    """Cut every tie of the nodes to the document they come from, and with it to Sphinx and its environment."""
    for node in piece.findall():
        if node is not piece:
            for name in vars(node).keys() - _NODE_FIELDS:
                delattr(node, name)
            node.document = piece
            if isinstance(node, nodes.Element) and not isinstance(node, nodes.FixedTextElement):
                node.rawsource = ""


def cut(
    doctree: nodes.document, docname: str, language: str, apart: Sequence[tuple[str, str]]
) -> dict[str, nodes.document]:
    """The trees of the document's chapters by name: its own under the docname, and each section set apart.

    ``apart`` holds name and qualified id of the sections set apart, in reading order.
    """
    sections_by_id = {name: section for section in doctree.findall(nodes.section) for name in section["ids"]}
    pieces: dict[str, nodes.document] = {}
    # From the last: what is nested in a section is cut out of it before it is cut out itself.
    for name, identifier in reversed(apart):
        piece = _new_document(docname, language)
        section = sections_by_id.get(identifier)
        if section is None or section.parent is None:
            section = nodes.section("", nodes.title("", identifier), ids=[])
        else:
            section.parent.remove(section)
        piece += section
        pieces[name] = piece
    rest = _new_document(docname, language)
    rest.extend(doctree.children)
    pieces[docname] = rest
    for piece in pieces.values():
        _detach(piece)
    return dict(reversed(pieces.items()))
