"""Reads the changed text of a document again, in memory, and says whether its tree differs in more than the move."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util.build_phase import BuildPhase

from casebound.manuscript import branches
from casebound.manuscript.facts import stand_in
from casebound.manuscript.reading.listening import listener, said
from casebound.manuscript.structure import sections
from casebound.manuscript.structure.layout import Layout
from casebound.manuscript.structure.source_tree import SourceSection

__all__ = ["Reread", "difference", "reread"]


@dataclass(frozen=True, slots=True)
class Reread:
    """A document as one text makes it: its tree and what was said while it was read."""

    doctree: nodes.document
    said: tuple[str, ...]

    def part(self, app: Sphinx, docname: str) -> SourceSection:
        """Its top section as the rule sees it; the tree is changed by that."""
        doctree = self.doctree
        doctree.settings.env = app.env
        branches.decide(app, doctree, docname)
        sections.normalise(doctree, stand_in(app.config, docname))
        top = sections.footing(doctree)
        return Layout(app, docname).part(top, doctree.children[: doctree.index(top)])


def reread(app: Sphinx, docname: str, text: str) -> Reread:
    """Read a document as if its file held ``text``; neither the file nor what is kept on disk changes.

    The environment in memory does: whoever mends goes no further with it.
    """
    builder, env, heard = app.builder, app.env, listener(app)
    trees: list[nodes.document] = []

    def replace(app: Sphinx, name: str, content: list[str]) -> None:
        content[0] = text

    app.events.emit("env-purge-doc", env, docname)
    env.clear_doc(docname)
    connected = app.connect("source-read", replace, priority=-1000)
    builder.phase = BuildPhase.READING
    heard.reading = True
    # What Sphinx would write is taken instead.
    setattr(builder, "write_doctree", lambda name, doctree, **_: trees.append(doctree))  # noqa: B010
    try:
        with heard.listening():
            builder.read_doc(docname)
    finally:
        app.disconnect(connected)
        delattr(builder, "write_doctree")
        heard.reading = False
    return Reread(trees[0], tuple(sorted(one.message for one in said(env).get(docname, ()))))


def difference(before: Reread, after: Reread) -> str:
    """What differs beside the places of toctrees and of the comments and labels before them; empty if nothing does."""
    new = Counter(after.said) - Counter(before.said)
    if new:
        return f"Sphinx would say: {next(iter(new))}"
    old, new_tree = before.doctree.deepcopy(), after.doctree.deepcopy()
    if _taken_out(old) != _taken_out(new_tree):
        return "other toctrees or comments would be read."
    one, other = old.pformat().splitlines(), new_tree.pformat().splitlines()
    if one == other:
        return ""
    pairs = zip(one, other, strict=False)
    return "the text would be read otherwise: " + next(
        (f"{first.strip()} as {second.strip()}" for first, second in pairs if first != second), "more or less of it."
    )


def _taken_out(doctree: nodes.document) -> Counter[str]:
    """Take toctrees, comments and the labels of toctrees out of a tree; what they were."""
    taken: Counter[str] = Counter()
    names: set[str] = set()
    for node in list(doctree.findall(addnodes.toctree)):
        wrapper = node.parent if isinstance(node.parent, nodes.compound) else node
        assert wrapper is not None
        labels = [name for label in _labels(wrapper) for name in (*label["ids"], label.get("refid", ""))]
        attributes = sorted((key, str(value)) for key, value in node.attributes.items())
        taken[f"{attributes} {sorted(filter(None, labels))}"] += 1
        around: nodes.Element | None = wrapper
        while around is wrapper or _branches(around):
            names.update(around["ids"])  # type: ignore[index]
            around = around.parent  # type: ignore[union-attr]
        for one in (*_labels(wrapper), wrapper):
            _remove(one)
    for comment in list(doctree.findall(nodes.comment)):
        taken[comment.astext()] += 1
        _remove(comment)
    for target in list(doctree.findall(nodes.target)):
        if target.get("refid") in names or not target.get("refid", "-"):
            _remove(target)
    return taken


def _labels(wrapper: nodes.Element) -> list[nodes.target]:
    """The labels right before a toctree, comments between them left aside."""
    assert wrapper.parent is not None
    found: list[nodes.target] = []
    for before in reversed(wrapper.parent.children[: wrapper.parent.index(wrapper)]):
        if isinstance(before, nodes.target):
            found.append(before)
        elif not isinstance(before, nodes.comment):
            break
    return found


def _branches(node: nodes.Element | None) -> bool:
    """Whether a node shows what is in it or nothing, as the book's tags or settings have it."""
    return isinstance(node, addnodes.only) or type(node).__name__ == "ifconfig"


def _remove(node: nodes.Element) -> None:
    """Take a node out, and the branch around it if nothing is left in it."""
    parent = node.parent
    with suppress(ValueError):
        assert parent is not None
        parent.remove(node)
        if _branches(parent) and not parent.children:
            _remove(parent)
