"""Text inside a line: emphasis, code, links, numbers in front of titles."""

from __future__ import annotations

from collections.abc import Callable

from docutils import nodes
from sphinx import addnodes

from casebound.epub.markup import Element, add, class_list, clean, in_phrasing, local, tag, text
from casebound.epub.page import ChapterPage, is_block
from casebound.epub.registry import renders
from casebound.model.css.strokes import HTML

__all__: list[str] = []

_PLAIN: dict[type[nodes.Element], tuple[str, tuple[str, ...]]] = {
    nodes.emphasis: ("em", ()),
    nodes.strong: ("strong", ()),
    nodes.subscript: ("sub", ()),
    nodes.superscript: ("sup", ()),
    nodes.title_reference: ("cite", ()),
    nodes.option_string: ("span", ()),
    nodes.problematic: ("span", ("problematic",)),
    nodes.substitution_reference: ("span", ()),
    addnodes.literal_emphasis: ("em", ("literal",)),
    addnodes.literal_strong: ("strong", ("literal",)),
    addnodes.manpage: ("em", ("manpage",)),
    addnodes.production: ("span", ()),
    addnodes.desc_inline: ("span", ()),
    addnodes.desc_type: ("span", ()),
    addnodes.desc_sig_element: ("span", ()),
    addnodes.pending_xref: ("span", ()),
    addnodes.pending_xref_condition: ("span", ()),
}


def _writer(name: str, classes: tuple[str, ...]) -> Callable[[ChapterPage, nodes.Element, Element], None]:
    def write(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
        page.inline(node, parent, name, classes)

    return write


for _cls, (_name, _classes) in _PLAIN.items():
    renders(_cls)(_writer(_name, _classes))


@renders(nodes.inline)
def _inline(page: ChapterPage, node: nodes.inline, parent: Element) -> None:
    page.inline(node, parent, next((HTML[name] for name in node["classes"] if name in HTML), "span"))


@renders(nodes.literal)
def _literal(page: ChapterPage, node: nodes.literal, parent: Element) -> None:
    page.inline(node, parent, "kbd" if "kbd" in node["classes"] else "code")


@renders(nodes.abbreviation, nodes.acronym)
def _abbreviation(page: ChapterPage, node: nodes.Element, parent: Element) -> None:
    made = page.inline(node, parent, "abbr")
    if node.get("explanation"):
        made.set("title", str(node["explanation"]))


@renders(nodes.generated)
def _generated(page: ChapterPage, node: nodes.generated, parent: Element) -> None:
    kind = "caption-number" if isinstance(node.parent, nodes.caption) else "section-number"
    page.inline(node, parent, "span", [kind])


@renders(nodes.reference)
def _reference(page: ChapterPage, node: nodes.reference, parent: Element) -> None:
    if not node.get("refid") and not node.get("refuri"):
        page.inline(node, parent, "span")
        return
    if not in_phrasing(parent) and local(parent) != "figure":
        parent = add(parent, "div", ["image"])
    # a link takes its content from where it is: blocks in it need no div
    made = page.element(node, parent, "a" if not any(map(is_block, node.children)) else "div")
    holder = made if made.tag.endswith("}a") else add(made, "a")
    title = node.get("reftitle")
    if title and title != node.astext():
        holder.set("title", str(title))
    page.children(node, holder)
    _name_by_address(node, holder)
    if node.get("refid"):
        page.link(holder, str(node["refid"]), node)
    else:
        holder.set("class", class_list([*(holder.get("class") or "").split(), "external"]))
        page.link_out(holder, str(node["refuri"]), node)


def _name_by_address(node: nodes.reference, link: Element) -> None:
    """A link that shows nothing but a picture without a description is called by where it leads."""
    pictures = list(link.iter(tag("img")))
    said = [*(picture.get("alt", "") for picture in pictures), *map(str, link.itertext())]
    if pictures and not "".join(said).strip():
        address = str(node.get("reftitle") or node.get("refuri") or str(node["refid"]).rpartition(":")[2])
        link.set("aria-label", clean(address))


@renders(addnodes.download_reference)
def _download(page: ChapterPage, node: addnodes.download_reference, parent: Element) -> None:
    if node.get("refuri") or node.get("refid"):
        _reference(page, node, parent)
    else:
        page.inline(node, parent, "span", ["download"])


@renders(nodes.target)
def _target(page: ChapterPage, node: nodes.target, parent: Element) -> None:
    if node.children:
        page.inline(node, parent, "span", ["target"])
    else:
        page.anchor_here(node, parent)


@renders(nodes.label)
def _label(page: ChapterPage, node: nodes.label, parent: Element) -> None:
    page.inline(node, parent, "span", ["label"])


@renders(nodes.Text)
def _text(page: ChapterPage, node: nodes.Text, parent: Element) -> None:
    text(parent, node.astext())
