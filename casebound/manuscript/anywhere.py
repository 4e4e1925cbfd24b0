"""Finds the faults of layout under any builder of Sphinx, without growing the book."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx.application import Sphinx

from casebound.manuscript import documents
from casebound.manuscript.ignoring import Ignoring
from casebound.manuscript.reading.memory import memory
from casebound.manuscript.structure.leads import disagreements
from casebound.manuscript.structure.rule import LayoutRule, hoisted, rejoined
from casebound.model.diagnostics import Problem

__all__ = ["layout_faults"]


def layout_faults(app: Sphinx) -> Iterator[Problem]:
    """The faults of layout in the documents that have toctrees."""
    env = app.env
    ignoring = Ignoring(app)
    for docname in sorted(env.toctree_includes):
        found: list[Problem] = []
        rule = LayoutRule(env, found.append)
        document = documents.document(app, docname)
        whole = rejoined(rule.settled(document.top, docname))
        # Sphinx has named what does not exist.
        found.clear()
        moves = rule.moves(whole)
        rule.check(document, whole, moves)
        found += disagreements(env, hoisted(whole, moves))
        yield from ignoring.built(docname, found)
    memory(app).save(set(env.all_docs))
