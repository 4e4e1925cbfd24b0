"""Every node class of docutils and Sphinx has a handler that somebody decided on."""

from __future__ import annotations

import inspect

import pytest
from docutils import nodes
from sphinx import addnodes

from casebound.typesetting.nodes.base import BookHandler
from tests.typesetting.conftest import Set
from tests.typesetting.samples import of_nodes

ABSTRACT = {"Node", "Element", "TextElement", "FixedTextElement", "PureTextElement", "translatable"}
"""Bases that no tree holds as they are, and Sphinx's mark on nodes whose text is translated."""

PLAIN = {"_desc_classes_injector", "substitution_reference"}
"""Set by the handler of a base, or never met: Sphinx's own base of signatures, a reference the manuscript resolves."""


def classes() -> dict[str, type]:
    """All node classes by name, Sphinx's too."""
    found: dict[str, type] = {}
    for module in (nodes, addnodes):
        for name, one in vars(module).items():
            if inspect.isclass(one) and issubclass(one, nodes.Node) and one.__module__ == module.__name__:
                found[name] = one
    return found


def served(one: type) -> bool:
    """Whether a class stands in the dispatch, or is one of the kinds of a signature's element."""
    decided = BookHandler.dispatchdict
    return one in decided or (issubclass(one, addnodes.desc_sig_element) and addnodes.desc_sig_element in decided)


def test_every_class_is_decided_on() -> None:
    without = {name for name, one in classes().items() if not served(one)}
    assert without == ABSTRACT | PLAIN


def test_docutils_has_no_class_that_the_walk_misses() -> None:
    assert set(nodes.node_class_names) - classes().keys() == set()


@pytest.mark.parametrize("kind", [nodes.authors, addnodes.acks, nodes.field_name])
def test_what_only_groups_is_no_loss(typeset: Set, kind: type[nodes.Element]) -> None:
    content = nodes.Text("Words") if issubclass(kind, nodes.TextElement) else nodes.paragraph("", "Words")
    assert typeset(of_nodes(kind("", content))).losses == []


def test_a_class_of_an_extension_is_set_plainly_and_named(typeset: Set) -> None:
    class Ribbon(nodes.Element):
        pass

    ribbon = Ribbon("", nodes.paragraph("", "Red ribbon"), ids=["chapter:ribbon"])
    ribbon.line = 12
    book = typeset(of_nodes(ribbon))
    assert book.losses == ["chapter:12 node-unknown Ribbon"]
    assert book.text == "Chapter Red ribbon"
    assert "chapter:ribbon" in book.fragment.destinations


def test_a_class_of_an_extension_in_a_line_keeps_its_text(typeset: Set) -> None:
    class Ribbon(nodes.Element):
        pass

    line = nodes.paragraph("", "", nodes.Text("A "), Ribbon("", nodes.Text("red")), nodes.Text(" one"))
    book = typeset(of_nodes(line))
    assert book.text == "Chapter A red one"
    assert [loss.partition(" ")[2] for loss in book.losses] == ["node-unknown Ribbon"]
