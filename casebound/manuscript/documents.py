"""What the outline needs to know of each document, kept with the environment from one reading to the next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

import casebound
from casebound.manuscript import branches, continued, sections
from casebound.manuscript.layout import Layout, has_text
from casebound.manuscript.listening import listener
from casebound.manuscript.parts import Document, Part, Text, Toctree

__all__ = ["document", "forget", "keep", "virtual_documents"]

_ATTRIBUTE = "casebound_documents"
_FORM = 1
"""Counts up when what is kept changes its form."""

_Key = tuple[object, ...]


def virtual_documents(env: BuildEnvironment) -> set[str]:
    """The names under which Sphinx links to pages that no source stands behind: index, search, domain indices."""
    indices = {f"{domain.name}-{index.name}" for domain in env.domains.sorted() for index in domain.indices}
    return {"genindex", "modindex", "search", *indices}


def _kept(env: BuildEnvironment) -> dict[str, tuple[_Key, Document]]:
    kept: dict[str, tuple[_Key, Document]] | None = getattr(env, _ATTRIBUTE, None)
    if kept is None:
        kept = {}
        setattr(env, _ATTRIBUTE, kept)
    return kept


def _key(app: Sphinx, docname: str) -> _Key:
    """What a kept document depends on beside its source."""
    config = app.config
    as_is = continued.wanted(config)
    todo = bool(getattr(config, "todo_include_todos", True))
    read = app.env.all_docs.get(docname)
    return (casebound.__version__, _FORM, tuple(sorted(branches.tags_of_book(app))), as_is, todo, read)


def document(app: Sphinx, docname: str) -> Document:
    """The document as it was kept, or as its pickled tree shows it; titles are resolved."""
    kept, key = _kept(app.env), _key(app, docname)
    known = kept.get(docname)
    if known is None or known[0] != key:
        known = kept[docname] = (key, _scan(app, docname))
    found = known[1]
    return _with_resolved_titles(app, found) if found.title_links else found


def keep(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str] | None = None) -> None:
    """Look at the documents (at all where none are named) before the environment is pickled."""
    kept = _kept(env)
    for docname in sorted(env.all_docs if docnames is None else docnames):
        key = _key(app, docname)
        if docname not in kept or kept[docname][0] != key:
            kept[docname] = (key, _scan(app, docname))


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A document is read again, or is gone."""
    _kept(env).pop(docname, None)


def _prepared(app: Sphinx, docname: str) -> tuple[nodes.document, bool]:
    """The document's pickled tree, normalised; whether its title is its own."""
    doctree = app.env.get_doctree(docname)
    branches.decide(app, doctree, docname)
    continued.set_apart(app, doctree)
    titled = sections.normalise(doctree, docname, docname.rpartition("/")[2].replace("_", " "))
    return doctree, titled


def _scan(app: Sphinx, docname: str) -> Document:
    doctree, titled = _prepared(app, docname)
    top = sections.footing(doctree)
    part = Layout(app, docname).part(top, doctree.children[: doctree.index(top)])
    ids = frozenset(name for node in doctree.findall(nodes.Element) for name in node["ids"])
    linked = any(True for title in doctree.findall(nodes.title) for _ in title.findall(addnodes.pending_xref))
    return Document(docname, part, ids, has_text(app, top), titled, linked)


def _with_resolved_titles(app: Sphinx, found: Document) -> Document:
    """A reference in a title reads differently once it is resolved, and the outline says what is printed."""
    doctree, _ = _prepared(app, found.docname)
    # Only the titles are resolved, in a document of their own: the text would take its time.
    stub = doctree.copy()
    for section in doctree.findall(nodes.section):
        stub += nodes.section("", sections.title_of(section).deepcopy(), ids=list(section["ids"]))
    heard = listener(app)
    before = list(heard.heard)
    app.env.apply_post_transforms(stub, found.docname)
    # The same is said again when the chapter is resolved.
    heard.heard = before
    titles = {
        section["ids"][0]: sections.title_text(sections.title_of(section)) for section in stub.findall(nodes.section)
    }
    return dataclasses.replace(found, top=_retitled(found.top, titles))


def _retitled(part: Part, titles: dict[str, str]) -> Part:
    def body() -> Iterator[Text | Toctree | Part]:
        for item in part.body:
            yield _retitled(item, titles) if isinstance(item, Part) else item

    return dataclasses.replace(part, title=titles.get(part.name, part.title), body=tuple(body()))
