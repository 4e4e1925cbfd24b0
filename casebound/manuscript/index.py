"""The index of the book, sorted and grouped by Sphinx, with named destinations in reading order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from types import SimpleNamespace
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _

from casebound.manuscript.reading.addresses import document_of_uri
from casebound.manuscript.structure.source_tree import Document
from casebound.model.book import IndexEntry, IndexGroup, Reference, document_target

__all__ = ["index_of"]


_Entry = tuple[str, str, str, str, str | None]
_SEMICOLON = "\N{GREEK QUESTION MARK}"
"""Stands for a semicolon that parts no sub-entry from its term; it sorts like one."""


def index_of(app: Sphinx, documents: Sequence[Document], known: Collection[str]) -> tuple[IndexGroup, ...]:
    """The index entries of these documents. ``known`` holds every named destination of the book."""
    found = app.env.domains.index_domain.entries
    entries = {one.docname: _spelt(one, found[one.docname]) for one in documents if one.docname in found}
    # create_index asks the environment for nothing but these entries: those of other documents are left out.
    stand_in: Any = SimpleNamespace(domains=SimpleNamespace(index_domain=SimpleNamespace(entries=entries)))
    order = {one.docname: place for place, one in enumerate(documents)}
    alone = {document_target(one.docname) + name: output for one in documents for name, output in one.alone}
    maker = _Maker(order, known, _cross_references(entries), alone)
    groups = IndexEntries(stand_in).create_index(app.builder)
    return tuple(IndexGroup(letter, tuple(maker.entry(*entry) for entry in found)) for letter, found in groups)


def _spelt(document: Document, entries: list[_Entry]) -> list[_Entry]:
    """The entries of a document, its terms as it prints them: Sphinx has formulas as TeX, and what stands for words.

    Those of a branch that no output prints are left out.
    """
    ours = {theirs: term.replace(";", _SEMICOLON) for theirs, term in document.terms}
    return [
        (kind, ours.get((value, place), value), place, main, key)
        for kind, value, place, main, key in entries
        if place not in document.left_out
    ]


def _cross_references(entries: dict[str, list[_Entry]]) -> dict[tuple[str, str], tuple[str, str]]:
    """Term and sub-entry as Sphinx words a cross-reference, to its kind and the term it names."""
    found = {}
    for kind, value, *_rest in (entry for listed in entries.values() for entry in listed):
        if kind not in {"see", "seealso"}:
            continue
        term, _mark, other = (part.strip() for part in value.partition(";"))
        worded = _("see %s") % other if kind == "see" else _("see also %s") % other
        found[term, worded] = (kind, other)
    return found


class _Maker:
    def __init__(
        self, order: dict[str, int], known: Collection[str], cross: dict[tuple[str, str], tuple[str, str]],
        alone: dict[str, str],
    ) -> None:  # fmt: skip
        self.order = order
        self.known = known
        self.cross = cross
        self.alone = alone

    def entry(self, term: str, content: tuple[Any, Any, Any]) -> IndexEntry:
        targets, subentries, _key = content
        plain: list[IndexEntry] = []
        elsewhere: dict[str, list[str]] = {"see": [], "seealso": []}
        for subterm, places in subentries:
            kind, other = self.cross.get((term, subterm), ("", ""))
            if kind and not places:
                elsewhere[kind].append(other)
            else:
                plain.append(IndexEntry(subterm, self._references(places)))
        see, seealso = tuple(elsewhere["see"]), tuple(elsewhere["seealso"])
        return IndexEntry(term.replace(_SEMICOLON, ";"), self._references(targets), tuple(plain), see, seealso)

    def _references(self, places: list[tuple[str | None, str]]) -> tuple[Reference, ...]:
        found: dict[str, bool] = {}
        for main, uri in places:
            name, identifier = document_of_uri(uri) or ("", "")
            target = document_target(name) + identifier
            if target not in self.known:
                target = document_target(name)
            found[target] = found.get(target, False) or bool(main)
        in_order = sorted(found, key=lambda target: (not found[target], self._place(target)))
        return tuple(Reference(target, found[target], self.alone.get(target, "")) for target in in_order)

    def _place(self, target: str) -> int:
        # Docnames and ids may both hold colons: the longest that names a document is meant.
        name = target
        while name and name not in self.order:
            name = name.rpartition(":")[0]
        return self.order[name]
