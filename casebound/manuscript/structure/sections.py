"""Brings a document into the form that outlines and chapters are cut from: one section, sections in sections only."""

from __future__ import annotations

from itertools import takewhile

from docutils import nodes
from sphinx import addnodes

from casebound.manuscript.structure.titles import title_text
from casebound.model.naming import unique

__all__ = ["close_up", "footing", "normalise", "title_of"]


def footing(doctree: nodes.document) -> nodes.section:
    """The top section of a normalised document."""
    return next(child for child in doctree.children if isinstance(child, nodes.section))


def title_of(section: nodes.section) -> nodes.Element:
    """The title of a section in a normalised document."""
    title = section[0]
    assert isinstance(title, nodes.Element)
    return title


def close_up(doctree: nodes.document) -> None:
    """Put what follows a subsection in its section into that subsection: some directives give a heading alone.

    What prints nothing belongs to what comes next.
    """
    for section in reversed(list(doctree.findall(nodes.section))):
        around = section.parent
        if not isinstance(around, nodes.section):
            continue
        behind = list(takewhile(_is_text_of, around.children[around.index(section) + 1 :]))
        while behind and isinstance(behind[-1], nodes.Invisible):
            behind.pop()
        for node in behind:
            around.remove(node)
        section.extend(behind)


def _is_text_of(node: nodes.Node) -> bool:
    """Whether a node after a subsection may be its text: notes are the document's, documents follow where they may."""
    apart = isinstance(node, nodes.section | nodes.footnote | nodes.citation | nodes.transition)
    return not apart and not any(True for _ in node.findall(addnodes.toctree))


def normalise(doctree: nodes.document, fallback_title: str) -> bool:
    """Rearrange the document in place; gives False where it had no title and ``fallback_title`` was used.

    Afterwards there is one top section and nothing is printed before it; every further one is below it. A
    section is in a section only: one that an extension put elsewhere (in the description of an object, say)
    has become a rubric followed by its content. Every section begins with its title and has an id.
    """
    _dissolve_misplaced(doctree)
    sections = [child for child in doctree.children if isinstance(child, nodes.section)]
    if not sections:
        _wrap(doctree, fallback_title)
    elif len(sections) > 1:
        _gather(doctree, sections[0])
    top = footing(doctree)
    titled = bool(sections) and bool(title_text(top.next_node(nodes.title) or nodes.title()))
    if sections and not titled:
        _entitle(top, fallback_title)
    _take_in(doctree, top)
    _name_sections(doctree)
    return titled


def _take_in(doctree: nodes.document, top: nodes.section) -> None:
    """What is before the title (a sidebar, say, which web pages float beside it) comes after it."""
    position = doctree.index(top)
    loose = [node for node in doctree.children[:position] if not isinstance(node, nodes.Invisible)]
    for node in loose:
        doctree.remove(node)
    top[1:1] = loose


def _dissolve_misplaced(doctree: nodes.document) -> None:
    # In document order: what stood in a dissolved section is looked at after it, in its new place.
    for section in list(doctree.findall(nodes.section)):
        parent = section.parent
        if isinstance(parent, nodes.document):
            continue
        titled = bool(section.children) and isinstance(section[0], nodes.title)
        if isinstance(parent, nodes.section) and titled:
            continue
        place = parent.index(section)
        # docutils would have a first child take over the classes, and refuses where there is none
        parent[place : place + 1] = _dissolved(section, titled)


def _dissolved(section: nodes.section, titled: bool) -> list[nodes.Node]:
    head: nodes.Element = nodes.target()
    children = list(section.children)
    if titled:
        title = children.pop(0)
        assert isinstance(title, nodes.Element)
        head = nodes.rubric("", "", *title.children, classes=list(section["classes"]))
        head.source, head.line = title.source, title.line
    head["ids"] = list(section["ids"])
    return [head, *children] if titled or head["ids"] else children


def _wrap(doctree: nodes.document, title: str) -> None:
    section = nodes.section()
    section += nodes.title("", title)
    section.extend(doctree.children)
    doctree.children = []
    doctree += section


def _gather(doctree: nodes.document, first: nodes.section) -> None:
    position = doctree.index(first)
    later = doctree.children[position + 1 :]
    doctree.children = doctree.children[: position + 1]
    first.extend(later)


def _entitle(section: nodes.section, text: str) -> None:
    if section.children and isinstance(section[0], nodes.title):
        section[0] += nodes.Text(text)
    else:
        section.insert(0, nodes.title("", text))


def _name_sections(doctree: nodes.document) -> None:
    taken = {name.casefold() for node in doctree.findall(nodes.Element) for name in node["ids"]}
    seen: set[str] = set()
    for section in doctree.findall(nodes.section):
        section["ids"] = [name for name in section["ids"] if name not in seen]
        seen.update(section["ids"])
        if section["ids"]:
            continue
        section["ids"] = [unique(nodes.make_id(section[0].astext()) or "section", taken)]
