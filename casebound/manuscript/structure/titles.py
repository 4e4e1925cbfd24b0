"""Titles and terms as plain text, for contents, bookmarks, running heads, links and index: in one line, without what
only pages show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import TypeAlias

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from casebound.manuscript.structure.spoken import spoken

__all__ = ["Spelling", "indexed_terms", "respell", "spelt_by_sphinx", "title_text"]

Spelling: TypeAlias = tuple[str, str]
"""How Sphinx says a title in a link, and the id that the link leads to; none where it leads to a document."""

_SILENT = (
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.generated,
    nodes.comment,
    nodes.system_message,
)
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")  # where a line may or may not break
_TITLES = (nodes.title, nodes.caption, nodes.rubric)


def title_text(title: nodes.Element) -> str:
    """The title in one line, white space folded: no marks of notes, what images and formulas say, HTML without tags."""
    return " ".join(_UNSEEN.sub("", "".join(_words(title))).split())


def _words(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Text):
        yield node.astext()
    elif isinstance(node, nodes.image):
        yield str(node.get("alt", ""))
    elif isinstance(node, nodes.math):
        yield spoken(node.astext())
    elif isinstance(node, nodes.raw):
        yield _raw(node)
    elif not isinstance(node, _SILENT):
        for child in node.children:
            yield from _words(child)


def _raw(raw: nodes.raw) -> str:
    """What raw HTML says, where a tag may part two words; other formats say nothing here."""
    if not {"html", "xhtml"} & set(str(raw.get("format", "")).lower().split()):
        return ""
    return unescape(re.sub(r"<[^<>]*>", "", re.sub(r"<br\b[^<>]*>", " ", raw.astext())))


def spelt_by_sphinx(doctree: nodes.document, name: nodes.Element | None) -> list[tuple[Spelling, nodes.Element]]:
    """The titles and captions that Sphinx spells otherwise in links to them; ``name`` is its title of the document."""
    found: list[tuple[Spelling, nodes.Element]] = []
    for title in (
        title for kind in _TITLES for title in doctree.findall(kind) if any(map(_is_special, title.findall()))
    ):
        owner = title if isinstance(title, nodes.rubric) else title.parent
        found += [((clean_astext(title), identifier), title) for identifier in owner["ids"]]
    if name is not None and any(name.findall(nodes.math)):
        found.append(((clean_astext(name), ""), next(iter(doctree.findall(nodes.title)), name)))
    return found


def indexed_terms(doctree: nodes.document) -> list[tuple[Spelling, nodes.term]]:
    """The terms of glossaries as they are in the index, with the ids that it leads to."""
    return [
        ((str(value), str(identifier)), term)
        for term in doctree.findall(nodes.term)
        for index in term.findall(addnodes.index)
        for _kind, value, identifier, *_rest in index["entries"]
    ]


def _is_special(node: nodes.Node) -> bool:
    return isinstance(node, (nodes.math, nodes.image, nodes.raw, *_SILENT))


def respell(doctree: nodes.document, spellings: Mapping[Spelling, str]) -> None:
    """Let the links to titles say them as ``spellings`` has them: Sphinx says ``\\beta`` where contents say β."""
    for link in doctree.findall(nodes.reference) if spellings else ():
        place = str(link.get("refid") or str(link.get("refuri", "")).partition("#")[2])
        for text in link.findall(nodes.Text):
            if text.parent is not None and len(text.parent) == 1 and (ours := spellings.get((text.astext(), place))):
                text.parent[:] = [nodes.Text(ours)]
                break
