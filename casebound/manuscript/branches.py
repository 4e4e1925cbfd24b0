"""Decides which branches of a document which output prints: ``only`` by its tags, ``ifconfig`` by the configuration.

The PDF is what LaTeX makes of a source, the EPUB what Sphinx's own builder of EPUB does: ``latex`` is true in the one,
``html`` in the other, unless a neighbour speaks for the output by a name of its own::

    .. only:: html      EPUB        .. only:: not latex    EPUB        .. only:: html
    .. only:: latex     PDF         .. only:: latex        PDF         .. only:: latex
                                                                       .. only:: pdf      PDF
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.tags import Tags

__all__ = ["TAGS", "Medium", "decide", "for_medium", "has_choice", "tags_of_book"]

TAGS = ("pdf", "print", "book")
"""What the builder sets beside the tags of its name."""

_OURS = (*TAGS, "casebound", "builder_casebound")
_MEDIUM = "casebound_medium"
"""The attribute of a container that one output prints, until its chapter's tree is made for each."""

_PASSED_OVER = (nodes.Invisible, nodes.target, addnodes.index)
_STRUCTURE = (nodes.section, addnodes.toctree)


class Medium(Enum):
    """What a source may have branches for."""

    PDF = "PDF"
    EPUB = "EPUB"


def decide(
    app: Sphinx,
    doctree: nodes.document,
    docname: str,
    *,
    apart: bool = False,
    report: Callable[[addnodes.only, str, str], None] | None = None,
    alone: dict[str, Medium] | None = None,
) -> None:
    """Replace each branch by its content or by nothing; its named places stay.

    What one output alone prints is kept ``apart`` for ``for_medium``, or is left out where the PDF does not print it.
    Headings and toctrees are the book's structure, which is one: a branch that has some is decided as the PDF has it.
    ``report`` is told the code of a fault and the name of what it is about; ``alone`` takes the ids that one output
    alone prints, with that output.
    """
    _decide_ifconfig(app, doctree, docname)
    judge = _Judge(app)
    while (branch := next(iter(doctree.findall(addnodes.only)), None)) is not None:
        group = list(_group(branch))
        printed = {medium: judge.printed(group, medium) for medium in Medium}
        if report is not None:
            _tell(judge, group, printed[Medium.PDF], report)
        for child in group:
            media = [medium for medium in Medium if child in printed[medium]]
            if alone is not None and len(media) == 1 and not _has_structure(child):
                alone |= dict.fromkeys(_ids(child), media[0])
            _replace(child, _content(child, media, apart=apart))


def _tell(
    judge: _Judge, group: Sequence[addnodes.only], printed: Sequence[addnodes.only],
    report: Callable[[addnodes.only, str, str], None],
) -> None:  # fmt: skip
    if len(group) > 1 and not printed:
        report(group[0], "branches-unprinted", ", ".join(str(child["expr"]) for child in group))
    for child in group:
        if _has_structure(child) and judge.names(child, "epub"):
            report(child, "branch-structure", str(child["expr"]))


def _content(branch: addnodes.only, media: Sequence[Medium], *, apart: bool) -> list[nodes.Node]:
    in_pdf = Medium.PDF in media
    if not media or _has_structure(branch):
        return branch.children if in_pdf else []
    if apart and len(media) < len(Medium):
        return [nodes.container("", *branch.children, **{_MEDIUM: media[0].value})]
    return branch.children if in_pdf else _places(branch)


def has_choice(tree: nodes.document) -> bool:
    """Whether the outputs print different trees of this one."""
    return any(node.get(_MEDIUM) for node in tree.findall(nodes.container))


def for_medium(tree: nodes.document, medium: Medium) -> bool:
    """Leave in a tree what one output prints, with the named places of the rest; whether there was a choice."""
    found = [node for node in tree.findall(nodes.container) if node.get(_MEDIUM)]
    for node in found:
        at = node.parent.index(node)
        node.parent[at : at + 1] = node.children if node[_MEDIUM] == medium.value else _places(node)
    return bool(found)


def _places(node: nodes.Element) -> list[nodes.Node]:
    """The named places in what is not printed: links from elsewhere lead there."""
    names = [name for name in _ids(node) if name not in node["ids"]]
    return [nodes.target(ids=names)] if names else []


def _ids(node: nodes.Element) -> list[str]:
    return [name for inner in node.findall(nodes.Element) for name in inner["ids"]]


def _group(branch: addnodes.only) -> Iterator[addnodes.only]:
    """The branches that are side by side, from the first on: a section is no other wording of a paragraph."""
    parent = branch.parent
    assert parent is not None
    for node in parent.children[parent.index(branch) :]:
        if isinstance(node, addnodes.only):
            if _has_structure(node) != _has_structure(branch):
                return
            yield node
        elif not isinstance(node, _PASSED_OVER):
            return


def _has_structure(branch: addnodes.only) -> bool:
    return any(isinstance(node, _STRUCTURE) for node in branch.findall())


class _Judge:
    """Judges expressions under the tags of each output, with the tags that the build was given."""

    def __init__(self, app: Sphinx) -> None:
        book = tags_of_book(app)
        self._own = {
            Medium.PDF: list(book),
            Medium.EPUB: [*(set(book) - {"pdf", "print"}), "epub", "builder_epub"],
        }
        self._stand_in = {
            Medium.PDF: ("latex", "format_latex", "builder_latex"),
            Medium.EPUB: ("html", "format_html"),
        }

    def printed(self, group: Sequence[addnodes.only], medium: Medium) -> list[addnodes.only]:
        """The branches of a group that an output prints."""
        own, all_tags = Tags(self._own[medium]), Tags([*self._own[medium], *self._stand_in[medium]])
        named = any(_fits(child, own) and not _fits(child, Tags([])) for child in group)
        return [
            child
            for child in group
            if _fits(child, all_tags) and (_fits(child, own) or not named) and not _is_stray(child)
        ]

    def names(self, branch: addnodes.only, tag: str) -> bool:
        """Whether an expression depends on a tag."""
        return _fits(branch, Tags([tag])) != _fits(branch, Tags([]))


def _is_stray(branch: addnodes.only) -> bool:
    """Whether a branch does no more than name citations, as numpydoc has LaTeX do: theirs are beside it here."""
    cited = [node for node in branch.findall(nodes.Element) if _cites(node)]
    rest = branch.astext()
    for node in cited:
        rest = rest.replace(node.astext(), "", 1)
    return str(branch["expr"]).strip() == "latex" and bool(cited) and not any(map(str.isalnum, rest))


def _cites(node: nodes.Element) -> bool:
    cited = isinstance(node, (nodes.citation_reference, nodes.footnote_reference))
    return cited or (isinstance(node, addnodes.pending_xref) and node.get("refdomain") == "citation")


def tags_of_book(app: Sphinx) -> Tags:
    """The tags that the book is printed under, whichever builder runs."""
    builder = app.builder
    running = {builder.name, builder.format, f"builder_{builder.name}", f"format_{builder.format}"}
    return Tags([*(set(app.tags) - running), *_OURS])


def _decide_ifconfig(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    extension = sys.modules.get("sphinx.ext.ifconfig")
    if extension is not None and "sphinx.ext.ifconfig" in app.extensions:
        for node in list(doctree.findall(extension.ifconfig)):
            if node["ids"]:  # what is left out must have no name of its own
                node.parent.insert(node.parent.index(node), nodes.target(ids=node["ids"], names=node["names"]))
                node["ids"], node["names"] = [], []
        extension.process_ifconfig_nodes(app, doctree, docname)


def _fits(branch: addnodes.only, tags: Tags) -> bool:
    try:
        return bool(tags.eval_condition(branch["expr"]))
    except Exception:
        # Sphinx, too, prints a branch whose expression it cannot evaluate; it has warned when it read it.
        return True


def _replace(branch: addnodes.only, children: list[nodes.Node]) -> None:
    kept = list(children)
    if branch["ids"]:
        kept.insert(0, nodes.target(ids=list(branch["ids"])))
    branch.replace_self(kept)
