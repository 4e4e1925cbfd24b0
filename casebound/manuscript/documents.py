"""What the outline needs to know of each document: its sections, their toctrees, its ids, its layout faults."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import url_re

from casebound.manuscript import branches, layout, numbers, sections
from casebound.manuscript.listening import listener
from casebound.manuscript.places import place
from casebound.problems import Problem, problem

__all__ = ["Document", "Part", "Toctree", "scan"]


@dataclass(frozen=True, slots=True)
class Toctree:
    """The documents that one toctree names, in order, and where it stands."""

    names: tuple[str, ...]
    docname: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document: ``name`` is its first id; the toctrees are those that stand directly in it."""

    name: str
    title: str
    number: tuple[int, ...] = ()
    toctrees: tuple[Toctree, ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def leads_on(self) -> bool:
        """Whether documents follow it: it, or a section beneath it, owns a toctree."""
        return bool(self.toctrees) or any(part.leads_on for part in self.parts)


@dataclass(frozen=True, slots=True)
class Document:
    """One document as far as the outline is concerned; ``ids`` are not yet qualified."""

    docname: str
    top: Part
    ids: frozenset[str]
    text: bool
    problems: tuple[Problem, ...] = field(default=())


def scan(app: Sphinx, docname: str, fallback_title: str) -> Document:
    """Read the document's pickled tree and keep what the outline needs."""
    env = app.env
    doctree = env.get_doctree(docname)
    branches.decide(app, doctree, docname)
    _resolve_titles(app, doctree, docname)
    problems: list[Problem] = []
    if not sections.normalise(doctree, docname, fallback_title):
        problems.append(problem("document-untitled", docname, 1, name=docname))
    top = sections.footing(doctree)
    loose = doctree.children[: doctree.index(top)]
    named = {id(node): _names(env, node, docname, problems) for node in doctree.findall(addnodes.toctree)}
    part = _part(env, docname, top, named, loose)
    problems += layout.faults(app, docname, top, loose, {node for node, names in named.items() if names})
    ids = frozenset(name for node in doctree.findall(nodes.Element) for name in node["ids"])
    return Document(docname, part, ids, layout.has_text(app, top), tuple(problems))


def _resolve_titles(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """A reference in a title reads differently once it is resolved, and the outline says what is printed."""
    titles = doctree.findall(nodes.title)
    if any(True for title in titles for _ in title.findall(addnodes.pending_xref)):
        heard = listener(app)
        before = list(heard.heard)
        app.env.apply_post_transforms(doctree, docname)
        # The same is said again when the chapter is resolved.
        heard.heard = before


def _names(env: BuildEnvironment, node: addnodes.toctree, docname: str, problems: list[Problem]) -> tuple[str, ...]:
    """The existing documents that a toctree names."""
    names: list[str] = []
    where, line = place(env, node, docname)
    for _, name in node["entries"]:
        if name == "self" or url_re.match(name):
            continue
        if name in env.all_docs:
            names.append(name)
        elif name not in virtual_documents(env):
            problems.append(problem("toctree-dangling", where, line, name=name))
    return tuple(names)


def virtual_documents(env: BuildEnvironment) -> set[str]:
    """The names under which Sphinx links to pages that no source stands behind: index, search, domain indices."""
    indices = {f"{domain.name}-{index.name}" for domain in env.domains.sorted() for index in domain.indices}
    return {"genindex", "modindex", "search", *indices}


def _part(
    env: BuildEnvironment,
    docname: str,
    section: nodes.section,
    named: dict[int, tuple[str, ...]],
    loose: Sequence[nodes.Node] = (),
    top: bool = True,
) -> Part:
    toctrees = [
        Toctree(named[id(node)], *place(env, node, docname))
        for node in _own_toctrees([*loose, *section.children])
        if named[id(node)]
    ]
    beneath = (child for child in section.children if isinstance(child, nodes.section))
    return Part(
        section["ids"][0],
        sections.title_text(sections.title_of(section)),
        numbers.section_number(env, docname, section, top),
        tuple(toctrees),
        tuple(_part(env, docname, child, named, top=False) for child in beneath),
    )


def _own_toctrees(children: Sequence[nodes.Node]) -> Iterator[addnodes.toctree]:
    for child in children:
        if not isinstance(child, nodes.section):
            yield from child.findall(addnodes.toctree)
