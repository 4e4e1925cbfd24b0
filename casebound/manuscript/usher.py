"""Keeps what is known of documents with the environment, and reports faults of layout whatever builder runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from casebound.manuscript import documents
from casebound.manuscript.ignoring import Ignoring
from casebound.manuscript.leads import disagreements
from casebound.manuscript.rule import Rule, hoisted, rejoined
from casebound.problems import Problem

__all__ = ["connect", "layout_faults"]

OWN = "casebound"


def connect(connect_to: Callable[..., int]) -> None:
    """Connect what keeps the memory of documents in step with them."""
    connect_to("env-purge-doc", documents.forget)
    # After the collectors of extensions, which may still change a tree.
    connect_to("env-updated", _keep, priority=900)


def _keep(app: Sphinx, env: BuildEnvironment) -> None:
    if app.builder.name == OWN:
        documents.keep(app, env)
    elif app.config.casebound_check:
        documents.keep(app, env, env.toctree_includes)


def layout_faults(app: Sphinx) -> Iterator[Problem]:
    """The faults of layout in the documents that have toctrees, without growing the book."""
    env = app.env
    ignoring = Ignoring(app)
    for docname in sorted(env.toctree_includes):
        found: list[Problem] = []
        rule = Rule(env, found.append)
        document = documents.document(app, docname)
        whole = rejoined(rule.settled(document.top))
        # Sphinx has named what does not exist.
        found.clear()
        moves = rule.moves(whole)
        rule.check(document, whole, moves)
        found += disagreements(env, hoisted(whole, moves))
        yield from ignoring.built(docname, found)
