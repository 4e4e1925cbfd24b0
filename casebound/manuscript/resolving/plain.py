"""Leaves in a chapter only what is printed, in nodes of docutils and Sphinx: extensions' nodes become plain ones."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from casebound.manuscript.resolving.elements import as_note
from casebound.manuscript.resolving.images.diagrams import bear
from casebound.manuscript.resolving.images.html_fallback import webform
from casebound.manuscript.resolving.listings import listing
from casebound.manuscript.structure import layout

__all__ = ["is_known", "make_plain"]

Unknown = Callable[[nodes.Element], None]

_DISSOLVED = (
    addnodes.only,
    addnodes.start_of_file,
    addnodes.pending_xref,
    addnodes.pending_xref_condition,
    nodes.substitution_reference,
    # An extension's comment with something in it to print: autosummary's table.
    nodes.comment,
)
_PLAIN_VALUES = (str, int, float, bool, type(None))
_DROPPED_ATTRIBUTES = {"names", "dupnames", "internal", "anchorname", "candidates"}


def is_known(node: nodes.Node) -> bool:
    """Whether a node is of a class that typesetting and epub know of."""
    return type(node).__module__ in layout.MODULES


def make_plain(app: Sphinx, doctree: nodes.document, unknown: Unknown) -> None:
    """Rewrite the document in place. ``unknown`` is told of each node whose content could not be had."""
    _Plain(app, unknown).settle(doctree)


class _Plain:
    def __init__(self, app: Sphinx, unknown: Unknown) -> None:
        self.app = app
        self.unknown = unknown

    def settle(self, node: nodes.Element) -> None:
        """Rewrite what is in a node, then its attributes."""
        settled: list[nodes.Node] = []
        for child in list(node.children):
            settled += self._replacement(child, node)
        node.children = []
        node.extend(settled)
        _clean(node)

    def _replacement(self, node: nodes.Node, parent: nodes.Element) -> list[nodes.Node]:
        if not isinstance(node, nodes.Element):
            # Text may be of a lazy or foreign class.
            return [node if type(node) is nodes.Text else nodes.Text(str(node.astext()))]
        if layout.unprinted(self.app, node) and not isinstance(node, nodes.raw | nodes.transition):
            return _ids_of(node)
        if isinstance(node, addnodes.toctree):
            return _ids_of(node) + listing(self.app, node)
        if isinstance(node, addnodes.pending_xref):
            _choose_condition(node)
        self.settle(node)
        if isinstance(node, _DISSOLVED):
            return _ids_of(node) + node.children
        if isinstance(node, nodes.target):
            return _anchor(node)
        if not is_known(node):
            return self._plain(node, parent)
        return _familiar(node)

    def _plain(self, node: nodes.Element, parent: nodes.Element) -> list[nodes.Node]:
        if isinstance(node, nodes.Invisible):
            return _ids_of(node)
        inside_text = isinstance(parent, nodes.TextElement)
        if not node.children and not isinstance(node, nodes.image) and _base(node) is None:
            shown = webform(self.app, node)
            if shown is None:
                self.unknown(node)
                return _ids_of(node)
            bear(shown, node)
            return [shown]
        return [_as_base(node, inside_text)]


def _ids_of(node: nodes.Element) -> list[nodes.Node]:
    return [nodes.target(ids=list(node["ids"]))] if node.get("ids") else []


def _anchor(node: nodes.target) -> list[nodes.Node]:
    """A target keeps its ids and nothing else; one with text becomes text that bears them."""
    if node.children:
        return [nodes.inline("", "", *node.children, ids=list(node["ids"]), classes=list(node["classes"]))]
    return _ids_of(node)


def _choose_condition(node: addnodes.pending_xref) -> None:
    """Of the texts that an unresolved reference offers, the one for when it is not resolved."""
    offered = [child for child in node.children if isinstance(child, addnodes.pending_xref_condition)]
    chosen = next((child for child in offered if child.get("condition") == "*"), offered[0] if offered else None)
    for child in offered:
        if child is not chosen:
            node.remove(child)


def _familiar(node: nodes.Element) -> list[nodes.Node]:
    if isinstance(node, nodes.compound) and "toctree-wrapper" in node["classes"]:
        return [*_ids_of(node), *node.children]
    if isinstance(node, nodes.problematic):
        return [nodes.inline("", "", *node.children, ids=node["ids"], classes=["problematic", *node["classes"]])]
    if isinstance(node, addnodes.download_reference):
        return [_download(node)]
    if isinstance(node, addnodes.number_reference):
        plain = nodes.reference("", "", *node.children)
        plain.update_all_atts_concatenating(node.attributes)
        plain.source, plain.line = node.source, node.line
        return [plain]
    if isinstance(node, nodes.line):
        return _lines(node)
    if isinstance(node, nodes.title):
        node.attributes.pop("refid", None)
    if isinstance(node, nodes.doctest_block):
        node.setdefault("language", "pycon")
    if isinstance(node, nodes.literal_block | nodes.doctest_block):
        node.setdefault("highlight_args", {})
    return [node]


def _lines(node: nodes.line) -> list[nodes.Node]:
    """A line, or the lines that some extension has put in it: HTML has each on its own."""
    inner = [line for line in node.findall(nodes.line) if line is not node]
    if "".join(line.astext() for line in inner) != node.astext() or not inner:
        return [node]
    return [*_ids_of(node), *inner]


def _download(node: addnodes.download_reference) -> nodes.Element:
    if "refuri" in node:
        remote = nodes.reference("", "", *node.children, refuri=node["refuri"], classes=node["classes"])
        remote["ids"] = node["ids"]
        return remote
    plain = nodes.inline("", "", *node.children, ids=node["ids"], classes=["download", *node["classes"]])
    name = str(node.get("reftarget", "")).rpartition("/")[2]
    if name and name not in plain.astext():
        plain += nodes.Text(f" ({name})")
    return plain


def _base(node: nodes.Element) -> type[nodes.Element] | None:
    """The nearest class of docutils or Sphinx that a node is made of; None where it is only of a category."""
    for kind in type(node).__mro__[1:]:
        if kind.__module__ in layout.MODULES and kind.__name__[0].islower() and issubclass(kind, nodes.Element):
            return kind
    return None


def _as_base(node: nodes.Element, inside_text: bool) -> nodes.Element:
    base = _base(node)
    if base is not None and not issubclass(base, nodes.Invisible | nodes.document | nodes.section):
        plain = base("", *node.children) if not issubclass(base, nodes.TextElement) else base("", "", *node.children)
        for name, value in node.attributes.items():
            if name not in {"ids", "classes", "backrefs"}:
                plain[name] = value
    elif inside_text or (isinstance(node, nodes.Inline) and not any(map(_is_block, node.children))):
        plain = nodes.inline("", "", *node.children)
    elif isinstance(node, nodes.Admonition) and not _is_wrapper(node):
        plain = nodes.admonition("", *_blocks(node.children))
    elif "admonition" in node["classes"] and (blocks := _blocks(node.children)):
        plain = as_note(blocks, titled=isinstance(blocks[0], nodes.paragraph))
    else:
        plain = nodes.container("", *_blocks(node.children))
    bear(plain, node)
    return plain


def _is_wrapper(node: nodes.Element) -> bool:
    """Whether a note is nothing but the frame of another."""
    return len(node) == 1 and isinstance(node[0], nodes.Admonition)


def _is_block(node: nodes.Node) -> bool:
    return not isinstance(node, nodes.Text | nodes.Inline)


def _blocks(children: list[nodes.Node]) -> list[nodes.Node]:
    """The children with every run of text and inline nodes put into a paragraph."""
    blocks: list[nodes.Node] = []
    run: list[nodes.Node] = []
    for child in [*children, None]:
        if child is not None and not _is_block(child):
            run.append(child)
            continue
        if any(node.astext().strip() or isinstance(node, nodes.Element) for node in run):
            blocks.append(nodes.paragraph("", "", *run))
        run = []
        if child is not None:
            blocks.append(child)
    return blocks


def _clean(node: nodes.Element) -> None:
    """Keep the attributes that are plain values, which alone can be pickled, compared and read elsewhere."""
    for name in list(node.attributes):
        value = node.attributes[name]
        if name == "backrefs":
            node["backrefs"] = []
        elif name in _DROPPED_ATTRIBUTES and name != "candidates":
            if name in node.list_attributes:
                node[name] = []
            else:
                del node[name]
        elif isinstance(value, set | frozenset):
            node[name] = sorted(map(str, value))
        elif not _is_plain(value):
            del node[name]


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(key, str | int) and _is_plain(inner) for key, inner in value.items())
    return type(value) in _PLAIN_VALUES or (isinstance(value, str | int | float) and _importable(type(value)))


def _importable(kind: type) -> bool:
    module = sys.modules.get(kind.__module__)
    return kind.__module__.startswith(("docutils.", "sphinx.", "builtins")) and hasattr(module, kind.__name__)
