"""Takes each document through the post-transforms of Sphinx and the extensions, once: some cannot run a second time."""

from __future__ import annotations

import logging
from collections.abc import Callable

from docutils import nodes
from sphinx.application import Sphinx

from casebound.manuscript.reading.listening import listener
from casebound.manuscript.resolving.unlinked import transformed
from casebound.model.diagnostics import Problem

__all__ = ["PostTransforms"]


class PostTransforms:
    """The documents of one book as the post-transforms leave them; ``prepare`` gives one as it was read."""

    def __init__(self, app: Sphinx, prepare: Callable[[str], nodes.document]) -> None:
        self.app = app
        self.prepare = prepare
        self._ids: dict[str, frozenset[str]] = {}
        self._waiting: dict[str, tuple[nodes.document, list[Problem], list[Problem]]] = {}

    def tree(self, docname: str, report: Callable[[Problem], None]) -> nodes.document:
        """The tree of a document, for the caller to change. Raises what a transform raises."""
        if docname not in self._waiting:
            return self._transformed(docname, report)
        doctree, found, said = self._waiting.pop(docname)
        for one in found:
            report(one)
        listener(self.app).heard += said
        return doctree

    def ids(self, docname: str) -> frozenset[str]:
        """The ids that a document has in the end; what is said of it is said when its tree is asked for."""
        if docname not in self._ids:
            heard, found = listener(self.app), list[Problem]()
            before = heard.take()
            try:
                doctree = self._transformed(docname, found.append)
                self._waiting[docname] = (doctree, found, heard.take())
            except Exception:
                # reported in its turn, and printed with the ids that were read
                logging.getLogger(__name__).debug("the ids of %s", docname, exc_info=True)
                self._ids[docname] = frozenset()
            heard.heard = before
        return self._ids[docname]

    def _transformed(self, docname: str, report: Callable[[Problem], None]) -> nodes.document:
        doctree = transformed(self.app.env, docname, lambda: self.prepare(docname), report)
        self._ids[docname] = frozenset(name for node in doctree.findall(nodes.Element) for name in node["ids"])
        return doctree
