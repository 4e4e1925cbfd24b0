"""What a web page folds away stands in the tree, each part under its title."""

from __future__ import annotations

from docutils import nodes
from docutils.frontend import get_default_settings
from docutils.utils import new_document

from casebound.manuscript.resolving.unfolded import unfold


def unfolded(*body: nodes.Node) -> list[str]:
    tree = new_document("x", get_default_settings())
    tree += list(body)
    unfold(tree)
    return [f"{node.tagname}: {node.astext()}" for node in tree.findall(nodes.TextElement)]


def paragraph(text: str) -> nodes.paragraph:
    return nodes.paragraph("", text)


def box(*content: nodes.Node, kind: str = "") -> nodes.container:
    return nodes.container("", *content, classes=[kind] if kind else [])


def test_cards() -> None:
    card = box(box(box(box(paragraph("Title")), kind="sd-card-title"), paragraph("Body"), kind="sd-card-body"))
    assert unfolded(card) == ["rubric: Title", "paragraph: Body"]


def test_tabs() -> None:
    tab = box(nodes.label("", "Apples"), box(paragraph("Green")), kind="tabcontainer")
    grouped = box(box(box(paragraph("Linux"))), box(paragraph("Free")))
    assert unfolded(box(tab, grouped, kind="sphinx-tabs")) == [
        "rubric: Apples", "paragraph: Green", "rubric: Linux", "paragraph: Free",
    ]  # fmt: skip


def test_a_title_of_two_lines_stays_as_it_is() -> None:
    title = box(paragraph("One"), paragraph("Two"), kind="sd-card-title")
    assert unfolded(box(title)) == ["paragraph: One", "paragraph: Two"]


def test_boxes_to_be_ticked() -> None:
    done = nodes.raw("", '<input class="task" type="checkbox" checked="checked">', format="html")
    open_one = nodes.raw("", "<input type='checkbox' disabled>", format="html")
    lines = [nodes.paragraph("", "", node, nodes.Text("Task")) for node in (done, open_one)]
    assert unfolded(*lines) == ["paragraph: ☑ Task", "paragraph: ☐ Task"]


def test_a_note_keeps_its_label() -> None:
    assert unfolded(nodes.footnote("", nodes.label("", "1"), paragraph("Note")))[0] == "label: 1"
