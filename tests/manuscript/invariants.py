"""What holds for every manuscript, whatever its source: the promises of "The chapter tree" in ARCHITECTURE.md."""

from __future__ import annotations

import io
import pickle
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes

from casebound.manuscript import Manuscript
from casebound.model.book import Chapter, Heading, IndexEntry

FORBIDDEN = (
    addnodes.toctree,
    addnodes.only,
    addnodes.pending_xref,
    addnodes.index,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
    addnodes.download_reference,
    nodes.comment,
    nodes.substitution_definition,
    nodes.meta,
    nodes.pending,
    nodes.system_message,
    nodes.problematic,
)


def breaches(manuscript: Manuscript) -> list[str]:
    """Every promise that a manuscript breaks, a line each."""
    trees = {chapter.name: manuscript.tree(chapter) for chapter in manuscript.book.chapters()}
    ids: list[str] = [name for tree in trees.values() for node in tree.findall(nodes.Element) for name in node["ids"]]
    found = [f"id twice: {name}" for name, count in Counter(ids).items() if count > 1]
    known = set(ids)
    for chapter in manuscript.book.chapters():
        tree = trees[chapter.name]
        found += [f"{chapter.name}: {breach}" for breach in _tree(chapter, tree, known)]
        reread = pickle.loads(manuscript.dump(chapter))
        strangers = _classes(manuscript.dump(chapter)) - {
            "docutils",
            "builtins",
            "copyreg",
            "collections",
            "sphinx.addnodes",
        }
        if strangers:
            found.append(f"{chapter.name}: carries {strangers}")
        if reread.pformat() != tree.pformat():
            found.append(f"{chapter.name}: pickled otherwise")
    found += [f"index: {target}" for group in manuscript.book.index for target in _targets(group.entries) - known]
    return found


def _classes(dump: bytes) -> set[str]:
    """The packages (of Sphinx, the modules) whose classes a pickle names."""
    found: set[str] = set()

    class Recorder(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            found.add(module if module.startswith("sphinx") else module.partition(".")[0])
            return super().find_class(module, name)

    Recorder(io.BytesIO(dump)).load()
    return found


def _targets(entries: tuple[IndexEntry, ...]) -> set[str]:
    own = {reference.target for entry in entries for reference in entry.references}
    return own.union(*(_targets(entry.subentries) for entry in entries))


def _tree(chapter: Chapter, tree: nodes.document, known: set[str]) -> Iterator[str]:
    sections = [child for child in tree.children if isinstance(child, nodes.section)]
    if len(sections) != 1:
        yield f"{len(sections)} top sections"
        return
    if tree.reporter is not None or getattr(tree.settings, "env", None) is not None:
        yield "carries its reader"
    if _picture(sections[0]) != _headings(chapter.heading):
        yield f"sections {_picture(sections[0])} are not the headings {_headings(chapter.heading)}"
    if chapter.name == chapter.docname and f"{chapter.docname}:" not in sections[0]["ids"]:
        yield "the document has no name"
    for node in tree.findall():
        yield from _node(chapter, node, known)


def _node(chapter: Chapter, node: nodes.Node, known: set[str]) -> Iterator[str]:
    if type(node).__module__ not in {"docutils.nodes", "sphinx.addnodes"} or isinstance(node, FORBIDDEN):
        yield f"node {type(node).__module__}.{type(node).__name__}"
    if not isinstance(node, nodes.Element):
        return
    for name in node["ids"]:
        if not name.startswith(f"{chapter.docname}:"):
            yield f"id {name}"
    if node.get("backrefs"):
        yield f"backrefs of {node.tagname}"
    if "refid" in node and node["refid"] not in known:
        yield f"link to {node['refid']}"
    if isinstance(node, nodes.reference) and ("refid" in node) == ("refuri" in node):
        yield f"reference {node.attributes}"
    if "refuri" in node and not re.match(r"[a-z][a-z0-9+.-]*:", node["refuri"], re.IGNORECASE):
        yield f"address {node['refuri']}"
    if isinstance(node, nodes.section) and not isinstance(node.parent, nodes.section | nodes.document):
        yield f"section in {node.parent.tagname}"
    if isinstance(node, nodes.image) and ("path" in node) != ("digest" in node):
        yield f"image {node['uri']}"
    if isinstance(node, nodes.literal_block) and not {"language", "linenos", "highlight_args"} <= set(node.attributes):
        yield f"code block without language: {node.attributes}"
    if isinstance(node, nodes.title) and "refid" in node:
        yield "title with a link"


def _picture(section: nodes.section) -> object:
    title = section[0]
    printed = " ".join(
        "".join(str(text) for text in title.findall(nodes.Text) if not _silent(text)).replace("\u2002", " ").split()
    )
    beneath = [_picture(child) for child in section.children if isinstance(child, nodes.section)]
    return (printed, section["ids"][0], beneath)


def _silent(text: nodes.Text) -> bool:
    return isinstance(text.parent, nodes.footnote_reference | nodes.raw)


def _headings(heading: Heading) -> object:
    return (heading.numbered_title, heading.target, [_headings(child) for child in heading.children])
