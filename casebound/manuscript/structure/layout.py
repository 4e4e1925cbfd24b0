"""What is printed where: tells text from what no page shows, and brings a section into the form the rule looks at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import docname_join, url_re

from casebound.manuscript.reading.places import place
from casebound.manuscript.structure.sections import title_of
from casebound.manuscript.structure.source_tree import SourceLink, SourceSection, SourceText, Toctree
from casebound.manuscript.structure.titles import title_text

__all__ = ["CONTINUED", "MODULES", "Layout", "has_text", "printed", "unprinted"]

_UNPRINTED = (
    nodes.substitution_definition,
    nodes.system_message,
    nodes.pending,
    nodes.raw,
    nodes.meta,
    nodes.decoration,
    nodes.transition,
    addnodes.highlightlang,
    addnodes.index,
    addnodes.tabular_col_spec,
)
MODULES = ("docutils.nodes", "sphinx.addnodes")
"""Where the nodes come from that are no extension's."""

CONTINUED = "continued"
"""Class of a section that was made of the text after a toctree."""

_LABELS = {"ref", "numref", "any", "myst"}


def unprinted(app: Sphinx, node: nodes.Node) -> bool:
    """Whether a node and all in it is no text of the book."""
    if isinstance(node, _UNPRINTED) or type(node) is nodes.comment:
        return True
    if isinstance(node, nodes.reference) and "headerlink" in node["classes"]:
        return True  # a permalink: web pages show it under the pointer only
    return type(node).__name__ in {"todo_node", "todolist"} and not getattr(app.config, "todo_include_todos", True)


def _printed(app: Sphinx, children: Sequence[nodes.Node]) -> Iterator[nodes.Node]:
    """Toctrees, subsections and whatever a reader sees, in document order; nothing from within a subsection."""
    for child in children:
        if isinstance(child, nodes.title):
            continue
        if isinstance(child, nodes.section | addnodes.toctree | nodes.image):
            yield child
        elif unprinted(app, child):
            yield from child.findall(addnodes.toctree)
        elif isinstance(child, nodes.Text):
            if str(child).strip():
                yield child
        elif not child.children and _draws(child):
            yield child
        else:
            yield from _printed(app, child.children)


def _draws(node: nodes.Node) -> bool:
    """Whether an empty node shows something all the same: one of an extension, that is drawn or filled in later."""
    return not isinstance(node, nodes.Invisible) and type(node).__module__ not in MODULES


def printed(app: Sphinx, children: Sequence[nodes.Node]) -> bool:
    """Whether these nodes put anything on a page, toctrees left aside."""
    return any(not isinstance(node, addnodes.toctree) for node in _printed(app, children))


def has_text(app: Sphinx, section: nodes.section) -> bool:
    """Whether a section says anything beside its title: text of its own, or subsections."""
    return printed(app, section.children)


class Layout:
    """Brings the sections of one normalised document into parts."""

    def __init__(self, app: Sphinx, docname: str) -> None:
        self.app = app
        self.docname = docname

    def part(self, section: nodes.section, loose: Sequence[nodes.Node] = ()) -> SourceSection:
        """A section with all below it. ``loose`` is what is before it in the document and belongs to it."""
        children = [*loose, *section.children]
        own = [child for child in children if not isinstance(child, nodes.section)]
        raw = any(True for child in own for _ in child.findall(nodes.raw))
        body = tuple(self._body(children))
        return SourceSection(
            section["ids"][0],
            title_text(title_of(section)),
            *place(self.app.env, section, self.docname),
            body,
            tuple(self._links(own)),
            tuple(self._lists(own)),
            not body and not raw,
            CONTINUED in section["classes"],
        )

    def _body(self, children: Sequence[nodes.Node]) -> Iterator[SourceText | Toctree | SourceSection]:
        in_text = False
        for node in _printed(self.app, _without_notes(children)):
            if isinstance(node, nodes.section):
                yield self.part(node)
            elif isinstance(node, addnodes.toctree):
                where = place(self.app.env, node, self.docname)
                caption = " ".join(str(node.get("caption") or "").split())
                yield Toctree(_named(node), *where, bool(node.get("hidden")), caption)
            elif not in_text:
                yield SourceText(*place(self.app.env, _directive_of(node), self.docname))
            in_text = not isinstance(node, nodes.section | addnodes.toctree)

    def _links(self, own: Sequence[nodes.Node]) -> Iterator[SourceLink]:
        for child in own:
            for node in child.findall(addnodes.pending_xref):
                link = self._link(node)
                if link is not None:
                    yield link

    def _link(self, node: addnodes.pending_xref) -> SourceLink | None:
        kind, target = node.get("reftype"), str(node.get("reftarget", ""))
        where = place(self.app.env, node, self.docname)
        if node.get("refdomain") == "doc":
            # MyST: the name of a document as it is
            return SourceLink(target, *where)
        if kind == "doc":
            return SourceLink(docname_join(node.get("refdoc", self.docname), target), *where)
        return SourceLink(target, *where, label=True) if kind in _LABELS else None

    def _lists(self, own: Sequence[nodes.Node]) -> Iterator[tuple[SourceLink, ...]]:
        """The lists of which at least half the items begin with the name of a document."""
        for child in own:
            for found in child.findall(lambda node: isinstance(node, nodes.bullet_list | nodes.definition_list)):
                heads = [self._head(item) for item in found.children]
                links = tuple(link for link in heads if link is not None and not link.label)
                if links and len(links) * 2 >= len(heads):
                    yield links

    def _head(self, item: nodes.Node) -> SourceLink | None:
        """The link that an item of a list begins with."""
        node: nodes.Node | None = item
        while node is not None and not isinstance(node, addnodes.pending_xref):
            node = next((child for child in node.children if child.astext().strip()), None)
            if isinstance(node, nodes.bullet_list | nodes.definition_list | nodes.enumerated_list):
                return None
        return self._link(node) if isinstance(node, addnodes.pending_xref) else None


def _without_notes(children: Sequence[nodes.Node]) -> list[nodes.Node]:
    """The nodes without the footnotes after a toctree, which are printed at the foot of the page of their call."""
    toctrees = [any(True for _ in child.findall(addnodes.toctree)) for child in children]
    first = toctrees.index(True) if True in toctrees else len(children)
    return [child for place, child in enumerate(children) if place < first or not isinstance(child, nodes.footnote)]


def _directive_of(node: nodes.Node) -> nodes.Node:
    """What a writer sees the text begin with: the outermost note around it that holds no toctree, else itself."""
    found, around = node, node.parent
    while isinstance(around, nodes.Element) and not isinstance(around, nodes.section):
        note: nodes.Node = around
        if isinstance(around, nodes.Admonition) and note.line and not any(True for _ in note.findall(addnodes.toctree)):
            found = note
        around = note.parent
    return found


def _named(toctree: addnodes.toctree) -> tuple[str, ...]:
    return tuple(name for _, name in toctree["entries"] if name != "self" and not url_re.match(name))
