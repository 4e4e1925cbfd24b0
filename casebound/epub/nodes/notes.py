"""Footnotes, citations and the references that lead to them (EPUB 3.3 D.1, footnote and noteref)."""

from __future__ import annotations

from docutils import nodes

from casebound.epub.markup import EPUB_TYPE, Element, add, class_list, local, text
from casebound.epub.page import ChapterPage, named_destinations
from casebound.epub.registry import renders

__all__: list[str] = []


@renders(nodes.footnote_reference)
def _footnote_reference(page: ChapterPage, node: nodes.footnote_reference, parent: Element) -> None:
    _call(page, node, parent, "noteref", {EPUB_TYPE: "noteref", "role": "doc-noteref"})


@renders(nodes.citation_reference)
def _citation_reference(page: ChapterPage, node: nodes.citation_reference, parent: Element) -> None:
    _call(page, node, parent, "citation-reference", {})


def _call(page: ChapterPage, node: nodes.Element, parent: Element, name: str, attributes: dict[str, str]) -> None:
    made = page.element(node, parent, "a", [name], attributes)
    text(made, "[")
    page.children(node, made)
    text(made, "]")
    target = str(node.get("refid") or node.get("refname") or node.astext())
    if made.get("id") is None:
        made.set("id", page.new_id(f"to-{target.rpartition(':')[2]}"))
    page.calls.append((target, made))
    page.link(made, target, node)


@renders(nodes.footnote)
def _footnote(page: ChapterPage, node: nodes.footnote, parent: Element) -> None:
    attributes = {EPUB_TYPE: "footnote", "role": "doc-footnote"}
    _note(page, node, _collected(parent, "footnotes"), "aside", "footnote", attributes)


@renders(nodes.citation)
def _citation(page: ChapterPage, node: nodes.citation, parent: Element) -> None:
    _note(page, node, _collected(parent, "citations"), "div", "citation", {})


def _note(
    page: ChapterPage, node: nodes.Element, parent: Element, name: str, kind: str, attributes: dict[str, str]
) -> None:
    made = page.element(node, parent, name, [kind], attributes)
    targets = named_destinations(node)
    rest = list(node.children)
    if rest and isinstance(rest[0], nodes.label):
        label = page.element(rest[0], made, "span", ["label"])
        text(label, "[")
        page.children(rest.pop(0), label)
        text(label, "]")
        page.notes.append((targets, made))
    page.each(rest, add(made, "div", ["note-text"]))


def _collected(parent: Element, kind: str) -> Element:
    """The group that notes standing one after the other share."""
    for last in parent.iterchildren(reversed=True):
        if local(last) == "div" and kind in (last.get("class") or "").split() and not (last.tail or "").strip():
            return last
        break
    group = add(parent, "div", [class_list([kind])])
    if kind == "footnotes" and local(group) == "div":
        group.set(EPUB_TYPE, "footnotes")
    return group
