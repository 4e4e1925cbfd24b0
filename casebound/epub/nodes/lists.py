"""Lists: bullets, numbers, definitions, fields, options, bibliographic data, grammars."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from casebound.epub.markup import Element, add, text
from casebound.epub.page import ChapterPage
from casebound.epub.registry import renders
from casebound.epub.words import word

__all__: list[str] = []

_NUMBERING = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}
_BRACKETS = {("(", ")"): "in-brackets", ("", ")"): "before-bracket"}
"""The class of a list by what is before and after its numbers; the style sheet writes it."""


@renders(nodes.bullet_list)
def _bullet_list(page: ChapterPage, node: nodes.bullet_list, parent: Element) -> None:
    page.children(node, page.element(node, parent, "ul"))


@renders(nodes.enumerated_list)
def _enumerated_list(page: ChapterPage, node: nodes.enumerated_list, parent: Element) -> None:
    attributes = {}
    kind = _NUMBERING.get(node.get("enumtype", "arabic"), "1")
    if kind != "1":
        attributes["type"] = kind
    if int(node.get("start", 1)) != 1:
        attributes["start"] = str(int(node["start"]))
    brackets = _BRACKETS.get((node.get("prefix", ""), node.get("suffix", ".")))
    page.children(node, page.element(node, parent, "ol", [brackets] if brackets else [], attributes=attributes))


@renders(nodes.list_item)
def _list_item(page: ChapterPage, node: nodes.list_item, parent: Element) -> None:
    page.children(node, page.element(node, parent, "li"))


@renders(nodes.definition_list, nodes.field_list, nodes.docinfo, nodes.option_list)
def _description_list(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.children(node, page.element(node, parent, "dl", [type(node).__name__.replace("_", "-")]))


@renders(nodes.definition_list_item)
def _definition_list_item(page: ChapterPage, node: nodes.definition_list_item, parent: Element) -> None:
    """Terms with their classifiers in the same ``dt``, then the definition."""
    page.anchor_here(node, parent)
    term: Element | None = None
    for child in node.children:
        if isinstance(child, nodes.classifier) and term is not None:
            text(term, " : ")
            page.render(child, term)
            continue
        page.render(child, parent)
        if isinstance(child, nodes.term):
            term = parent[-1]


@renders(nodes.term, nodes.field_name)
def _term(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.inline(node, parent, "dt")


@renders(nodes.classifier)
def _classifier(page: ChapterPage, node: nodes.classifier, parent: Element) -> None:
    page.inline(node, parent, "span", ["classifier"])


@renders(nodes.definition, nodes.field_body, nodes.description, addnodes.desc_content)
def _definition(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    page.children(node, page.element(node, parent, "dd"))


@renders(nodes.option_group)
def _option_group(page: ChapterPage, node: nodes.option_group, parent: Element) -> None:
    term = page.element(node, parent, "dt")
    for number, option in enumerate(node.children):
        if number:
            text(term, ", ")
        page.render(option, term)


@renders(nodes.option)
def _option(page: ChapterPage, node: nodes.option, parent: Element) -> None:
    page.inline(node, parent, "kbd", ["option"])


@renders(nodes.option_argument)
def _option_argument(page: ChapterPage, node: nodes.option_argument, parent: Element) -> None:
    text(parent, str(node.get("delimiter", " ")))
    page.inline(node, parent, "var")


@renders(
    nodes.author,
    nodes.organization,
    nodes.contact,
    nodes.version,
    nodes.revision,
    nodes.status,
    nodes.date,
    nodes.copyright,
    nodes.address,
)
def _bibliographic(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    if isinstance(node.parent, nodes.authors):
        page.inline(node, parent, "p")
        return
    add(parent, "dt").text = word(type(node).__name__, page.language)
    page.inline(node, parent, "dd", ["preserved"] if isinstance(node, nodes.address) else [])


@renders(nodes.authors)
def _authors(page: ChapterPage, node: nodes.authors, parent: Element) -> None:
    add(parent, "dt").text = word("authors", page.language)
    page.children(node, page.element(node, parent, "dd"))


@renders(addnodes.hlist)
def _hlist(page: ChapterPage, node: addnodes.hlist, parent: Element) -> None:
    page.children(node, page.element(node, parent, "div", ["hlist"]))


@renders(addnodes.productionlist)
def _production_list(page: ChapterPage, node: addnodes.productionlist, parent: Element) -> None:
    made = page.element(node, parent, "pre", ["grammar"])
    width = max(
        (len(child.get("tokenname", "")) for child in node.children if isinstance(child, nodes.Element)), default=0
    )
    for child in node.children:
        if isinstance(child, addnodes.production) and "::=" not in child.astext():
            # Sphinx before 8.2 leaves the name and the sign to the writer
            name = str(child.get("tokenname", ""))
            text(made, f"{name.ljust(width)} {'::=' if name else '   '} ")
        page.render(child, made)
        if isinstance(child, addnodes.production) and not child.astext().endswith("\n"):
            text(made, "\n")
