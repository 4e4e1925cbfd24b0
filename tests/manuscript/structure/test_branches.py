"""Branches of a source that one output prints, or none: what is named in them, and the headings they hold."""

from __future__ import annotations

import pytest
from docutils import nodes

from tests.manuscript.conftest import Read
from tests.manuscript.pictures import faults, outline, page
from tests.manuscript.trees import links, tree

IFCONFIG = "extensions = ['sphinx.ext.ifconfig']\n"
BRANCHES = "Text.\n\n.. ifconfig:: {}\n\n   Branch\n   ------\n\n   Inner.\n"


@pytest.mark.parametrize(("condition", "headings"), [("True", "Book\n  index: Branch\n"), ("False", "Book\n")])
def test_a_heading_in_a_branch_of_the_configuration_is_in_the_outline_where_it_is_printed(
    book: Read, condition: str, headings: str
) -> None:
    manuscript = book({"index.rst": page("Book", BRANCHES.format(condition))}, IFCONFIG)
    assert ("Branch" in outline(manuscript)) == ("Branch" in headings)
    assert ("Inner." in tree(manuscript).astext()) == (condition == "True")


@pytest.mark.parametrize("condition", ["True", "False"])
def test_a_branch_of_the_configuration_keeps_its_name(book: Read, condition: str) -> None:
    text = f"See :ref:`it <here>`.\n\n.. _here:\n\n.. ifconfig:: {condition}\n\n   Inner.\n"
    manuscript = book({"index.rst": page("Book", text)}, IFCONFIG)
    assert faults(manuscript) == ""
    named = {name for node in tree(manuscript).findall(nodes.Element) for name in node["ids"]}
    assert {target for _, target in links(tree(manuscript))} <= named != set()


@pytest.mark.parametrize("tag", ["epub", "latex"])
def test_what_is_named_in_a_branch_of_one_output_can_be_linked_to_in_both(book: Read, tag: str) -> None:
    text = f"Text.\n\n.. only:: {tag}\n\n   .. _here:\n\n   Inner.\n"
    files = {"index.rst": page("Book", "See :ref:`it <here>`.", "other"), "other.rst": page("Other", text)}
    manuscript = book(files)
    assert faults(manuscript) == ""
    assert links(tree(manuscript)) == [("it", "other:here")]
