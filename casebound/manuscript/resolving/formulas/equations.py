r"""Equations that a formula names: ``\eqref`` and ``\ref`` show the number of a ``:label:`` or of a ``\label``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebound.tex import Command, respelt

__all__ = ["refer"]

_LABEL = re.compile(r"\\label\s*\{([^{}]*)\}")
_TAG = re.compile(r"\\tag\*?\s*\{([^{}]*)\}")
_ALONE = re.compile(r"\s*\\(eqref|ref)\s*\{([^{}]*)\}\s*")


def refer(app: Sphinx, docname: str, doctree: nodes.document) -> None:
    r"""Put the numbers of equations where formulas name them; a formula that is nothing else becomes a link.

    Labels are those of the whole book, as Sphinx's LaTeX spells them too, and the ``\label`` of the document's own
    formulas. What nobody has labelled stays as it is.
    """
    formulas = [node for node in doctree.findall(_is_formula) if isinstance(node, nodes.Element)]
    if not any(r"\eqref" in node.astext() or r"\ref" in node.astext() for node in formulas):
        return
    numbers = _Numbers(app, docname, dict(_labels(doctree)))
    for node in formulas:
        alone = _ALONE.fullmatch(node.astext()) if isinstance(node, nodes.math) else None
        if alone and (link := numbers.link(alone[2], bare=alone[1] == "ref")):
            node.replace_self(link)
            continue
        said = respelt(node.astext(), numbers.commands)
        if said != node.astext():
            node.children = []
            node += nodes.Text(said)


def _is_formula(node: nodes.Node) -> bool:
    return isinstance(node, nodes.math | nodes.math_block)


def _labels(doctree: nodes.document) -> Iterator[tuple[str, tuple[str, str]]]:
    r"""Each ``\label`` of a document's formulas with its block's label in the book, and a number of its own."""
    for block in doctree.findall(nodes.math_block):
        label, number = str(block.get("label") or ""), str(block.get("number") or "")
        for row in block.astext().split(r"\\"):
            tag = _TAG.search(row)
            for name in _LABEL.findall(row):
                yield name, (label, tag[1] if tag else "" if label else number)


class _Numbers:
    """The numbers of a book's equations, as one document shows them."""

    def __init__(self, app: Sphinx, docname: str, inner: dict[str, tuple[str, str]]) -> None:
        self.app, self.docname, self.inner = app, docname, inner
        self.form = str(app.config.math_eqref_format or "({number})")
        self.commands = {
            "eqref": Command(lambda name: self._said(name, bare=False), nested=False),
            "ref": Command(lambda name: self._said(name, bare=True), nested=False),
        }

    def link(self, name: str, *, bare: bool) -> nodes.reference | None:
        """A link to an equation, its number ``bare`` or as ``:eq:`` shows it; None where the book has no such label."""
        label, number = self._labelled(name)
        domain = self.app.env.domains.math_domain
        xref = addnodes.pending_xref("", refdomain="math", reftype="eq", reftarget=label)
        builder = self.app.builder
        link = domain.resolve_xref(self.app.env, self.docname, builder, "eq", label, xref, nodes.inline())
        if link is not None and (number or bare):
            shown = self._shown(number or self._bare(link.astext()), bare=bare)
            link.children = []
            link += nodes.Text(shown)
        return link

    def _said(self, name: str, *, bare: bool) -> str | None:
        _, number = self._labelled(name)
        link = self.link(name, bare=bare)
        shown = link.astext() if link is not None else self._shown(number, bare=bare) if number else ""
        return rf"\text{{{shown}}}" if shown else None

    def _labelled(self, name: str) -> tuple[str, str]:
        """The label of the book that a name means, and the number where it is not that label's."""
        known = self.app.env.domains.math_domain.equations
        kind, _, rest = name.partition(":")
        if name not in known and kind == "equation":
            docname, _, label = rest.rpartition(":")
            if known.get(label, ("",))[0] == docname:
                return label, ""
        return (name, "") if name in known else self.inner.get(name, (name, ""))

    def _shown(self, number: str, *, bare: bool) -> str:
        return number if bare else self.form.format(number=number)

    def _bare(self, shown: str) -> str:
        """The number within what ``:eq:`` shows."""
        found = re.fullmatch(re.escape(self.form).replace(r"\{number\}", "(.*)"), shown)
        return found[1] if found else shown
