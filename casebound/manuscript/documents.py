"""What the outline needs to know of each document, kept from one reading to the next."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import docname_join
from sphinx.util.docutils import LoggingReporter

from casebound.manuscript import branches
from casebound.manuscript.facts import stand_in
from casebound.manuscript.reading.listening import listener
from casebound.manuscript.reading.memory import memory
from casebound.manuscript.resolving.formulas.macros import expand, macros, stated
from casebound.manuscript.structure import continued, sections
from casebound.manuscript.structure.layout import Layout, has_text
from casebound.manuscript.structure.source_tree import Document, SourceSection, SourceText, Toctree
from casebound.manuscript.structure.titles import indexed_terms, respell, spelt_by_sphinx, title_text

__all__ = ["document", "virtual_documents"]


def virtual_documents(env: BuildEnvironment) -> set[str]:
    """The names under which Sphinx links to pages that have no source: index, search, domain indices."""
    indices = {f"{domain.name}-{index.name}" for domain in env.domains.values() for index in domain.indices}
    return {"genindex", "modindex", "search", *indices}


def _key(app: Sphinx, docname: str) -> tuple[object, ...]:
    """What a kept document depends on: when it was read, and the settings that change what is printed of it."""
    config = app.config
    todo = bool(getattr(config, "todo_include_todos", True))
    read = app.env.all_docs.get(docname)
    tags = tuple(sorted(branches.tags_of_book(app)))
    return (read, tags, continued.wanted(config), todo, stand_in(config, docname), stated(app))


def document(app: Sphinx, docname: str) -> Document:
    """The document as it was kept, or as its pickled tree shows it; titles are resolved."""
    found = _kept(app, docname)
    return _with_resolved_titles(app, found) if found.titles else found


def _kept(app: Sphinx, docname: str) -> Document:
    return memory(app).value("document", docname, _key(app, docname), lambda: _scan(app, docname))


def _prepared(app: Sphinx, docname: str) -> tuple[nodes.document, bool, frozenset[str], dict[str, branches.Medium]]:
    """The document's pickled tree, normalised; whether its title is its own; the ids that no output prints.

    Then those that one output alone prints.
    """
    doctree = app.env.get_doctree(docname)
    written = _ids(doctree)
    alone = dict[str, branches.Medium]()
    branches.decide(app, doctree, docname, alone=alone)
    left_out = written - _ids(doctree)
    sections.close_up(doctree)
    continued.set_apart(app, doctree)
    titled = sections.normalise(doctree, stand_in(app.config, docname))
    return doctree, titled, left_out, alone


def _ids(doctree: nodes.document) -> frozenset[str]:
    return frozenset(name for node in doctree.findall(nodes.Element) for name in node["ids"])


def _scan(app: Sphinx, docname: str) -> Document:
    doctree, titled, left_out, alone = _prepared(app, docname)
    top = sections.footing(doctree)
    special = spelt_by_sphinx(doctree, app.env.titles.get(docname))
    indexed = indexed_terms(doctree)
    if any(True for _, title in (*special, *indexed) for _ in title.findall(nodes.math)):
        expand(macros(app), doctree)
    spelt = tuple((theirs, title_text(title)) for theirs, title in special)
    terms = tuple((theirs, ours) for theirs, term in indexed if (ours := title_text(term)) not in ("", theirs[0]))
    part = Layout(app, docname).part(top, doctree.children[: doctree.index(top)])
    ids = _ids(doctree)
    linked = any(True for title in doctree.findall(nodes.title) for _ in title.findall(addnodes.pending_xref))
    titles = _titles(doctree) if linked else b""
    said = tuple((name, medium.value) for name, medium in alone.items())
    return Document(docname, part, ids, has_text(app, top), titled, titles, spelt, terms, left_out - ids, said)


def _titles(doctree: nodes.document) -> bytes:
    """The titles of the sections, in a pickled document of their own: resolving all the text would take its time."""
    stub = doctree.copy()
    for section in doctree.findall(nodes.section):
        stub += nodes.section("", sections.title_of(section).deepcopy(), ids=list(section["ids"]))
    for node in stub.findall():
        node.document = stub
    # As Sphinx pickles a tree.
    stub.reporter = stub.transformer = None  # type: ignore[assignment]
    stub.settings = stub.settings.copy()
    stub.settings.warning_stream = stub.settings.env = None
    stub.settings.record_dependencies = None  # type: ignore[assignment]
    return pickle.dumps(stub, pickle.HIGHEST_PROTOCOL)


def _with_resolved_titles(app: Sphinx, found: Document) -> Document:
    """A reference in a title reads differently once it is resolved, and the outline says what is printed."""
    stub: nodes.document = pickle.loads(found.titles)
    stub.settings.env = app.env
    stub.reporter = LoggingReporter(str(app.env.doc2path(found.docname)))
    heard = listener(app)
    before = list(heard.heard)
    spellings = {
        theirs: ours for name in _linked(app, stub, found.docname) for theirs, ours in _kept(app, name).spellings
    }
    app.env.apply_post_transforms(stub, found.docname)
    respell(stub, spellings)
    # The same is said again when the chapter is resolved.
    heard.heard = before
    titles = {section["ids"][0]: title_text(sections.title_of(section)) for section in stub.findall(nodes.section)}
    return dataclasses.replace(found, top=_retitled(found.top, titles))


def _linked(app: Sphinx, stub: nodes.document, docname: str) -> set[str]:
    """The documents that links in titles lead to, by their names or by labels."""
    labels = app.env.domains.standard_domain.labels
    found = set()
    for link in stub.findall(addnodes.pending_xref):
        target = str(link.get("reftarget", ""))
        found.add(docname_join(str(link.get("refdoc", docname)), target))
        found.update(labels[name][0] for name in (target, target.lower()) if name in labels)
    return found & app.env.all_docs.keys()


def _retitled(part: SourceSection, titles: dict[str, str]) -> SourceSection:
    def body() -> Iterator[SourceText | Toctree | SourceSection]:
        for item in part.body:
            yield _retitled(item, titles) if isinstance(item, SourceSection) else item

    return dataclasses.replace(part, title=titles.get(part.name, part.title), body=tuple(body()))
