"""The context of a chapter: where a node is, and what is known there. It is handed down and never changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from docutils import nodes
from reportlab.lib.colors import Color
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.flowables import Flowable

from casebound.i18n.wording import word
from casebound.model.css.strokes import strokes
from casebound.model.fragment import PLACE, Loss
from casebound.typesetting.graphics.images import Picture, open_picture
from casebound.typesetting.layout.block import stem
from casebound.typesetting.layout.keep_together import KeptTogether
from casebound.typesetting.nodes.doctree import is_inline, place
from casebound.typesetting.nodes.footnotes import at_the_foot
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.styles.stylesheet import HouseStyle
from casebound.typesetting.text.folio import folio_box
from casebound.typesetting.text.paragraph import Paragraph
from casebound.typesetting.text.runs import Anchor, InlineObject, Look, Run, stripped

__all__ = ["Context", "Dispatcher", "Log"]

_SMALLER = 0.82  # of the text: the folio that a link says


class Dispatcher(Protocol):
    """Knows the handler of each kind of node."""

    def blocks(self, context: Context, node: nodes.Node, style: ParagraphStyle | None = None) -> list[Flowable]:
        """The flowables of a node."""

    def runs(self, context: Context, node: nodes.Node, look: Look) -> list[Run]:
        """The runs of an inline node."""


@dataclass(slots=True)
class Log:
    """What is met while a chapter is set: what is lost, and the names that wait for something printed to be at.

    ``lists_headings`` says whether the chapter's opening has listed its headings.
    """

    losses: list[Loss] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    lists_headings: bool = False

    def take(self) -> list[str]:
        """The names that wait; none does afterwards."""
        names, self.waiting = self.waiting, []
        return names


@dataclass(frozen=True, slots=True)
class Context:
    """Where a node is. ``heads`` are the titles above the chapter's own; ``lists_headings``: its opening may.

    ``order`` is the place of each node among all, by its id, ``places`` gives for each of these the place that
    ``Fragment.starts`` has for it; ``own`` are the named destinations of the chapter,
    ``footnotes`` the notes in the footnote areas of its pages, None while they are set, ``explained`` the ids of the
    abbreviations that say what they stand for, ``left_out`` those of inline nodes that say nothing.
    ``depth`` counts the sections round a node.
    """

    compositor: Compositor
    handlers: Dispatcher
    document: nodes.document | None = None
    heads: tuple[str, str] = ("", "")
    lists_headings: bool = True
    page_references: bool = True
    order: Mapping[int, int] = field(default_factory=dict)
    places: Sequence[int] = ()
    left_out: frozenset[int] = frozenset()
    own: frozenset[str] = frozenset()
    explained: frozenset[int] = frozenset()
    footnotes: Mapping[str, KeptTogether | None] = field(default_factory=dict)
    depth: int = 0
    long_signature: bool = False
    log: Log = field(default_factory=Log)

    @classmethod
    def of(cls, document: nodes.document, compositor: Compositor, handlers: Dispatcher, **known: Any) -> Context:
        """The context of a chapter's tree."""
        every = list(document.findall())
        elements = [node for node in every if isinstance(node, nodes.Element)]
        first: dict[tuple[str, str], int] = {}
        for element in elements:
            if isinstance(element, nodes.abbreviation):
                first.setdefault((element.astext(), element.get("explanation", "")), id(element))
        return cls(
            compositor,
            handlers,
            document,
            order={id(node): number for number, node in enumerate(every)},
            places=_places(every),
            own=frozenset(name for element in elements for name in element["ids"]),
            explained=frozenset(first.values()),
            **known,
        )

    # what is known everywhere in the book

    @property
    def styles(self) -> Any:
        """The paragraph styles of the sheets, by name."""
        return self.compositor.styles

    @property
    def house(self) -> HouseStyle:
        return self.compositor.house

    @property
    def language(self) -> str:
        """The book's language."""
        return self.compositor.book_language

    @property
    def mirrored(self) -> bool:
        """Whether pages are laid out from right to left."""
        return self.compositor.mirrored

    @property
    def link_colour(self) -> Color:
        return self.compositor.link_colour

    @property
    def measure(self) -> float:
        """Width of the text block in points."""
        return self.house.block[0]

    def open_picture(self, path: str) -> Picture:
        """The picture in a file, in the faces and the language of the book. Raises BrokenImage."""
        return open_picture(Path(path), self.language, self.house.aliases)

    def folio(self, target: str, look: Look, align: str = "left") -> InlineObject:
        """A box in which the binder prints the folio of a named destination."""
        return folio_box(target, look, self.house.muted, align=align)

    def page_reference(self, target: str, look: Look) -> InlineObject:
        """A box in which the binder prints ``(p. 14)``, smaller than the text round it."""
        text = " " + word("folio", self.language, folio="{folio}")
        around = Look.of(look.base)
        return folio_box(target, around.sized(around.size * _SMALLER), self.house.muted, text)

    # other contexts

    def without(self, node: nodes.Node) -> Context:
        """The context in which an inline node says nothing: it is beside its text."""
        return replace(self, left_out=self.left_out | {id(node)})

    def deeper(self) -> Context:
        """The context within a section of this one."""
        return replace(self, depth=self.depth + 1)

    def without_page_references(self) -> Context:
        """The context of what says no pages after its links."""
        return replace(self, page_references=False)

    def in_signature(self, *, long: bool) -> Context:
        """The context of a signature; the parameters of a ``long`` one are one below the other."""
        return replace(self, long_signature=long)

    def again(self, waiting: Sequence[str]) -> Context:
        """The context of what is set once more, later: the names that waited then are at its first word."""
        return replace(self, log=Log(self.log.losses, list(waiting)))

    def with_footnotes(self) -> tuple[Context, dict[str, KeptTogether]]:
        """The context in which footnotes are set, and these notes by their names."""
        if self.document is None:
            return self, {}
        notes = at_the_foot(self.document, self.language)
        setting = replace(self, footnotes={name: None for note in notes for name in note["ids"]})
        kept = {id(note): KeptTogether(setting.blocks(note)) for note in notes}
        footnotes = {name: kept[id(note)] for note in notes for name in note["ids"]}
        return replace(self, footnotes=dict(footnotes)), footnotes

    # setting nodes

    def blocks(self, node: nodes.Node, style: ParagraphStyle | None = None) -> list[Flowable]:
        """The flowables of a node, as its handler gives them."""
        return self.handlers.blocks(self, node, style)

    def runs(self, node: nodes.Node, look: Look) -> list[Run]:
        """The runs of an inline node, as its handler gives them."""
        return [] if id(node) in self.left_out else self.handlers.runs(self, node, look)

    def inline(self, node: nodes.Element, look: Look) -> list[Run]:
        """The runs of a node's inline content; no space is before the mark of a note."""
        runs: list[Run] = []
        for child in node.children:
            if isinstance(child, nodes.footnote_reference):
                runs = stripped(runs, left=False)
            runs += self.runs(child, look)
        return runs

    def paragraph(
        self, node: nodes.Element, style: ParagraphStyle, before: Sequence[Run] = (), after: Sequence[Run] = ()
    ) -> Paragraph:
        """A node's inline content as one paragraph."""
        look = Look.of(style)
        return Paragraph([*before, *stripped(self.inline(node, look.stroked(strokes(node["classes"])))), *after], style)

    def children(self, node: nodes.Element, style: ParagraphStyle | None = None) -> list[Flowable]:
        """The flowables of all children, runs of inline ones joined to paragraphs."""
        flowables: list[Flowable] = []
        run: list[nodes.Node] = []
        for child in node.children:
            if is_inline(child):
                run.append(child)
                continue
            flowables += self._inline_run(run, style)
            run = []
            flowables += self.blocks(child, style)
        return flowables + self._inline_run(run, style)

    def _inline_run(self, run: Sequence[nodes.Node], style: ParagraphStyle | None) -> list[Flowable]:
        style = style or self.styles["bodytext"]
        look = Look.of(style)
        runs = stripped([each for child in run for each in self.runs(child, look)])
        return [self.owned(Paragraph(runs, style), run[0])] if runs else []

    def owned(self, flowable: Flowable, node: nodes.Node, part: str = "") -> Flowable:
        """A flowable that is what a node says, or a part of it, whichever node's handler has made it."""
        stem(flowable, self.order.get(id(node)), part)
        return flowable

    def plain(self, node: nodes.Node, style: ParagraphStyle | None = None) -> list[Flowable]:
        """A node's text and nothing else: what is set where all else failed."""
        texts = [part for part in node.astext().split("\n\n") if part.strip()]
        return [Paragraph.plain(text, style or self.styles["plain"]) for text in texts]

    def anchors(self, node: nodes.Node, look: Look) -> list[Run]:
        """The names of an inline node, as places in its line."""
        names: list[str] = node.get("ids", []) if isinstance(node, nodes.Element) else []
        return [Anchor(name, look) for name in names]

    def lose(self, code: str, node: nodes.Node, **values: str) -> None:
        """Put on record that a node was not set as written."""
        docname, line = place(node)
        loss = Loss(code, docname, line, values)
        if loss not in self.log.losses:
            self.log.losses.append(loss)


def _places(every: Sequence[nodes.Node]) -> tuple[int, ...]:
    """The place of each node among the elements; of what is in a line of text, that of the element round it."""
    places: dict[int, int] = {}
    count = 0
    for node in every:
        inner = node.parent is not None and (isinstance(node, nodes.Text) or is_inline(node))
        own = node.get(PLACE, count) if isinstance(node, nodes.Element) else -1
        count += isinstance(node, nodes.Element)
        places[id(node)] = places[id(node.parent)] if inner else own
    return tuple(places[id(node)] for node in every)
