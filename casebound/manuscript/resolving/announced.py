"""Lists of chapters, which an author writes beside a toctree or a visible toctree prints: each with its number.

A list in which every item begins with a link to a document that this one names in a toctree::

    * :doc:`rpc`: How the services talk.        1  RPC over AMQP: How the services talk.
    * :doc:`cells`: How they are divided.       2  Cells: How they are divided.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.environment import BuildEnvironment

from casebound.manuscript.resolving.listings import CLASS
from casebound.manuscript.structure.printed_numbers import number_of
from casebound.model.book import document_target

__all__ = ["NUMBERED", "number_announced", "numbered"]

NUMBERED = "chapters"
"""Class of a list whose links begin with the numbers of chapters."""

_EN_SPACE = "\u2002"


def number_announced(env: BuildEnvironment, docname: str, doctree: nodes.document) -> None:
    """Begin each link of such a list with the number of its document; links are settled, ids not yet qualified."""
    named = {document_target(name): name for name in env.toctree_includes.get(docname, ())}
    for listed in list(doctree.findall(nodes.bullet_list)):
        links = [_first_link(item) for item in listed.children]
        targets = [str(link.get("refid", "")) if link is not None else "" for link in links]
        if not named or not (CLASS in listed["classes"] or all(target in named for target in targets)):
            continue
        for link, target in zip(links, targets, strict=True):
            number = number_of(env, named[target], "") if target in named else ()
            if link is not None and number:
                numbered(link, number)
                listed["classes"] = list(dict.fromkeys([*listed["classes"], NUMBERED]))


def numbered(link: nodes.reference, number: tuple[int, ...]) -> None:
    """Begin a link with a number and an en space."""
    text = ".".join(map(str, number)) + _EN_SPACE
    link.insert(0, nodes.generated("", text, classes=["sectnum"]))


def _first_link(item: nodes.Node) -> nodes.reference | None:
    """The link that an item begins with."""
    node: nodes.Node = item
    for kind in (nodes.list_item, nodes.paragraph):
        if not isinstance(node, kind) or not node.children:
            return None
        node = node.children[0]
    return node if isinstance(node, nodes.reference) else None
