"""One chapter's XHTML file in the making: the walk over its tree, its ids, its links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from docutils import nodes

from casebound.epub.links import DestinationIndex, web_address
from casebound.epub.losses import Losses
from casebound.epub.markup import XML_LANG, Element, add, local, page_skeleton, tag, tags, text
from casebound.epub.names import safe_id
from casebound.epub.pictures.pictures import Pictures
from casebound.epub.registry import handler_of
from casebound.i18n.passages import language_of
from casebound.model.book import Chapter
from casebound.model.fragment import PLACE
from casebound.model.naming import unique

__all__ = ["STYLE_SHEET", "ChapterPage", "is_block", "named_destinations"]

STYLE_SHEET = "styles/epub.css"
# docutils has some parts of a line that are not Inline
_IN_LINE = (
    nodes.Inline,
    nodes.Invisible,
    nodes.classifier,
    nodes.label,
    nodes.option,
    nodes.option_argument,
    nodes.option_string,
)
_CODE = (nodes.literal, nodes.FixedTextElement)  # whose language is none of people
_STRUCTURE = tags("ul ol dl table thead tbody tr colgroup")


def is_block(node: nodes.Node) -> bool:
    """Whether a node cannot be in a line of text: it is a block, or has one within."""
    if isinstance(node, nodes.Text | nodes.raw):
        return False
    if not isinstance(node, _IN_LINE):
        return True
    return any(map(is_block, node.children))


def named_destinations(node: nodes.Element) -> list[str]:
    """The named destinations that lead to a node."""
    return list(map(str, node["ids"]))


class ChapterPage:
    """The file of one chapter: handlers write nodes into it; ``settling`` settles links when every page is written.

    ``links`` are elements with the named destination they lead to and the node they are of, ``notes`` the destinations
    of each note and its element, ``calls`` the destination of a note and an element that calls it.
    """

    def __init__(
        self, chapter: Chapter, file: str, language: str, anchors: DestinationIndex, pictures: Pictures, losses: Losses
    ) -> None:
        self.chapter = chapter
        self.file = file
        self.language = language
        self.anchors = anchors
        self.pictures = pictures
        self.losses = losses
        self.level = 0
        self.root, self.body = page_skeleton(chapter.heading.numbered_title, language, STYLE_SHEET)
        self._ids: set[str] = set()
        self.links: list[tuple[Element, str, nodes.Node]] = []
        self.notes: list[tuple[Sequence[str], Element]] = []
        self.calls: list[tuple[str, Element]] = []
        self.blocks: dict[int, Element] = {}
        """What the nodes of the tree became, by their places among its elements in document order."""
        self._order: dict[int, int] = {}

    def part(self, file: str) -> ChapterPage:
        """An empty file for a part of the same chapter; ids are unique in the files of a chapter together."""
        made = ChapterPage(self.chapter, file, self.language, self.anchors, self.pictures, self.losses)
        made._ids = self._ids
        return made

    # the walk

    def write(self, document: nodes.document) -> None:
        """Write a whole chapter tree."""
        elements = list(document.findall(nodes.Element))
        self._order = {id(element): element.get(PLACE, place) for place, element in enumerate(elements)}
        self.render(document, self.body)
        for element in elements:
            # what is written by the node it is in begins where that does
            around = self._order.get(id(element.parent), -1)
            self.blocks.setdefault(self._order[id(element)], self.blocks.get(around, self.body))

    def render(self, node: nodes.Node, parent: Element) -> None:
        """Write one node at the end of ``parent``. A node that fails is written as plain text and reported."""
        if isinstance(node, nodes.Text):
            text(parent, node.astext())
            return
        handler = handler_of(type(node))
        count, before = len(parent), _ending(parent)
        try:
            if handler is None:
                self._plainly(node, parent)
            else:
                handler(self, node, parent)
        except Exception as error:
            _restore(parent, count, before)
            self.report("node-failed", node, name=type(node).__name__, detail=str(error) or type(error).__name__)
            text(add(parent, "div" if is_block(node) else "span", ["plain"]), node.astext())
        if len(parent) > count and id(node) in self._order:
            self.blocks.setdefault(self._order[id(node)], parent[count])

    def children(self, node: nodes.Node, parent: Element) -> None:
        """Write all children of a node at the end of ``parent``."""
        self.each(node.children, parent)

    def each(self, found: Iterable[nodes.Node], parent: Element) -> None:
        """Write nodes one after the other at the end of ``parent``."""
        for child in found:
            self.render(child, parent)

    def _plainly(self, node: nodes.Node, parent: Element) -> None:
        assert isinstance(node, nodes.Element)
        self.report("node-unknown", node, name=type(node).__name__)
        element = self.element(node, parent, "div" if is_block(node) else "span", [type(node).__name__])
        self.children(node, element)

    # elements

    def element(
        self,
        node: nodes.Element,
        parent: Element,
        name: str,
        classes: Sequence[str] = (),
        attributes: Mapping[str, str] | None = None,
    ) -> Element:
        """A new element for a node, with the node's classes and its named destinations."""
        made = add(parent, name, [*classes, *node.get("classes", ())], attributes)
        self.speaks(node, made)
        self.anchor(node, made)
        return made

    def speaks(self, node: nodes.Element, element: Element) -> None:
        """Let an element say in which language its node is, where that is not the book's."""
        if (language := language_of(node.get("classes", ()))) and not isinstance(node, _CODE):
            element.set("lang", language)
            element.set(XML_LANG, language)

    def became(self, node: nodes.Element, element: Element) -> None:
        """Remember the element of a node that is written with the one it is in, as a cell with its row."""
        if id(node) in self._order:
            self.blocks.setdefault(self._order[id(node)], element)

    def inline(self, node: nodes.Element, parent: Element, name: str, classes: Sequence[str] = ()) -> Element:
        """An inline element with all that is in it; a div where a block is in it."""
        block = any(map(is_block, node.children))
        made = self.element(node, parent, "div" if block else name, classes)
        self.children(node, made)
        return made

    def anchor(self, node: nodes.Element, element: Element) -> None:
        """Let the node's named destinations lead to the element."""
        targets = named_destinations(node)
        self.anchors.claim(targets, self.file, element, f"{self.chapter.docname}:", self._ids)

    def anchor_here(self, node: nodes.Element, parent: Element) -> None:
        """Let the node's named destinations lead to this place in ``parent``."""
        if node.get("ids"):
            self.anchor(node, parent if local(parent) in _STRUCTURE else add(parent, "span", ["target"]))

    def new_id(self, wanted: str) -> str:
        """An id that is not yet used in this file."""
        return unique(safe_id(wanted), self._ids)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """One level of headings down."""
        self.level += 1
        try:
            yield
        finally:
            self.level -= 1

    # links

    def link(self, element: Element, target: str, node: nodes.Node) -> None:
        """Remember that an ``a`` element leads to a named destination."""
        if local(element) == "a":
            self.links.append((element, target, node))

    def link_out(self, element: Element, address: str, node: nodes.Node) -> None:
        """Let an ``a`` element lead to a web address; one that cannot be followed leaves the text."""
        if local(element) != "a":
            return
        href = web_address(address)
        if href:
            element.set("href", href)
        else:
            self.unlink(element, address, node)

    def unlink(self, element: Element, target: str, node: nodes.Node) -> None:
        """Leave the text of a link that leads nowhere, and report it."""
        element.tag = tag("span")
        for name in list(element.attrib):
            if name not in ("class", "id"):
                del element.attrib[name]
        self.report("reference-dangling", node, name=target)

    def report(self, code: str, node: nodes.Node | None = None, **values: str) -> None:
        """Name a problem at the node's place in the source."""
        self.losses.report(code, self.chapter.docname, node, **values)


def _ending(parent: Element) -> str | None:
    return parent[-1].tail if len(parent) else parent.text


def _restore(parent: Element, count: int, ending: str | None) -> None:
    for child in list(parent)[count:]:
        parent.remove(child)
    if len(parent):
        parent[-1].tail = ending
    else:
        parent.text = ending
