"""Blocks of text: sections and their headings, paragraphs, quotations, lines, boxes."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from casebound.epub.markup import Element, add
from casebound.epub.page import ChapterPage, is_block
from casebound.epub.registry import renders
from casebound.epub.words import word
from casebound.i18n.directions import direction_of, is_right_to_left

__all__: list[str] = []


@renders(nodes.section)
def _section(page: ChapterPage, node: nodes.section, parent: Element) -> None:
    with page.deeper():
        page.children(node, page.element(node, parent, "section"))


@renders(nodes.document, addnodes.start_of_file, nodes.field, nodes.option_list_item)
def _grouping(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    """What only groups: its children follow one another."""
    page.anchor_here(node, parent)
    page.children(node, parent)


@renders(nodes.title)
def _title(page: ChapterPage, node: nodes.title, parent: Element) -> None:
    if isinstance(node.parent, nodes.section | nodes.document):
        page.inline(node, parent, f"h{min(max(page.level, 1), 6)}")
    elif isinstance(node.parent, nodes.table):
        page.inline(node, parent, "caption")
    else:
        page.inline(node, parent, "p", ["box-title"])


@renders(nodes.subtitle)
def _subtitle(page: ChapterPage, node: nodes.subtitle, parent: Element) -> None:
    page.inline(node, parent, "p", ["subtitle"])


@renders(nodes.rubric)
def _rubric(page: ChapterPage, node: nodes.rubric, parent: Element) -> None:
    page.inline(node, parent, "p", ["rubric"])


@renders(nodes.paragraph, addnodes.compact_paragraph)
def _paragraph(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    """A paragraph; a block within it ends it, and what follows is a paragraph of its own."""
    line: Element | None = None
    named = False
    for child in node.children:
        if is_block(child):
            page.render(child, parent)
            line = None
            continue
        if line is None:
            if isinstance(child, nodes.Text) and not child.strip() and named:
                continue
            line = add(parent, "p", node.get("classes", ()), _direction(page, node))
            page.speaks(node, line)
        if not named:
            page.anchor(node, line)
            named = True
        page.render(child, line)
    if not named:
        page.anchor_here(node, parent)


def _direction(page: ChapterPage, node: nodes.Element) -> dict[str, str]:
    """The direction of a paragraph of its own that runs otherwise than the book (EPUB 3.3 6.3.1 wants it here)."""
    around = node.parent
    while isinstance(around, nodes.block_quote | nodes.container | nodes.compound):
        around = around.parent
    found = direction_of(node.astext()) if isinstance(around, nodes.section | nodes.document) else ""
    return {"dir": found} if found and (found == "rtl") is not is_right_to_left(page.language) else {}


@renders(nodes.compound, nodes.container, addnodes.only, addnodes.glossary, nodes.decoration)
def _container(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    if node.get("literal_block"):
        page.children(node, page.element(node, parent, "figure", ["listing"]))
    else:
        page.children(node, page.element(node, parent, "div", [type(node).__name__]))


@renders(nodes.block_quote)
def _block_quote(page: ChapterPage, node: nodes.block_quote, parent: Element) -> None:
    page.children(node, page.element(node, parent, "blockquote"))


@renders(nodes.attribution)
def _attribution(page: ChapterPage, node: nodes.attribution, parent: Element) -> None:
    page.inline(node, parent, "p", ["attribution"])


@renders(addnodes.centered)
def _centered(page: ChapterPage, node: addnodes.centered, parent: Element) -> None:
    page.inline(node, parent, "p", ["centered"])


@renders(nodes.line_block)
def _line_block(page: ChapterPage, node: nodes.line_block, parent: Element) -> None:
    page.children(node, page.element(node, parent, "div", ["line-block"]))


@renders(nodes.line)
def _line(page: ChapterPage, node: nodes.line, parent: Element) -> None:
    made = page.inline(node, parent, "div", ["line"])
    if not node.children:
        add(made, "br")


@renders(nodes.transition)
def _transition(page: ChapterPage, node: nodes.transition, parent: Element) -> None:
    page.element(node, parent, "hr")


@renders(nodes.topic)
def _topic(page: ChapterPage, node: nodes.topic, parent: Element) -> None:
    page.children(node, page.element(node, parent, "aside", ["topic"], {"role": "note"}))


@renders(nodes.sidebar)
def _sidebar(page: ChapterPage, node: nodes.sidebar, parent: Element) -> None:
    page.children(node, page.element(node, parent, "aside", ["sidebar"], {"role": "note"}))


@renders(nodes.admonition)
def _titled_admonition(page: ChapterPage, node: nodes.admonition, parent: Element) -> None:
    page.children(node, page.element(node, parent, "aside", ["admonition"], {"role": "note"}))


@renders(
    nodes.attention,
    nodes.caution,
    nodes.danger,
    nodes.error,
    nodes.hint,
    nodes.important,
    nodes.note,
    nodes.tip,
    nodes.warning,
    addnodes.seealso,
)
def _admonition(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    kind = type(node).__name__
    made = page.element(node, parent, "aside", ["admonition", kind], {"role": "note"})
    if not isinstance(next(iter(node.children), None), nodes.title):
        add(made, "p", ["box-title"]).text = word(kind, page.language)
    page.children(node, made)


@renders(addnodes.versionmodified)
def _version_modified(page: ChapterPage, node: addnodes.versionmodified, parent: Element) -> None:
    made = page.element(node, parent, "div", ["version", str(node.get("type", ""))])
    if any(map(is_block, node.children)):
        page.children(node, made)
    else:
        page.children(node, add(made, "p"))


@renders(nodes.header, nodes.footer, addnodes.hlistcol, addnodes.acks)
def _box(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.children(node, page.element(node, parent, "div", [type(node).__name__]))


@renders(
    nodes.comment,
    nodes.substitution_definition,
    nodes.meta,
    nodes.pending,
    nodes.system_message,
    nodes.colspec,
    addnodes.toctree,
    addnodes.index,
    addnodes.highlightlang,
    addnodes.tabular_col_spec,
)
def _not_printed(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    """What is not part of the text; only its named destinations live on."""
    page.anchor_here(node, parent)
