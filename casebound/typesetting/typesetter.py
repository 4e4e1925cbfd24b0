"""The typesetter: sets chapters and matter as fragments, one after the other, with one compositor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from docutils import nodes
from reportlab import rl_config
from reportlab.platypus.flowables import Flowable

from casebound.model.book import Book, IndexGroup
from casebound.model.diagnostics import Problem
from casebound.model.fragment import Fragment, Loss
from casebound.model.outline import OutlineEntry
from casebound.model.structure import Kid
from casebound.model.style import RGB, Style
from casebound.typesetting.addresses import show_addresses
from casebound.typesetting.chapter_structure import structure_of
from casebound.typesetting.fonts import faces
from casebound.typesetting.fonts.missing import scripts
from casebound.typesetting.layout.block import EmptyBlock, name_first
from casebound.typesetting.layout.canvas import RecordingCanvas
from casebound.typesetting.layout.footnote_area import FootnoteArea
from casebound.typesetting.layout.pagination import TextColumns, fill
from casebound.typesetting.matter import matter
from casebound.typesetting.nodes import Dispatch
from casebound.typesetting.nodes.context import Context, Log
from casebound.typesetting.nodes.doctree import failure, place
from casebound.typesetting.styles import stylesheet
from casebound.typesetting.styles.compositor import Compositor
from casebound.typesetting.text.paragraph import Paragraph

__all__ = ["Typesetter"]

_TAIL = 120.0  # points of a last page, a heading and a few lines: such a chapter is set closer, to save it
_MANY = 40  # pages of a chapter that is not set twice for that
_CLOSE = 0.8  # what spaces between paragraphs are multiplied by then

Drawing = Callable[[RecordingCanvas], object]


class Typesetter:
    """Sets fragments. Not safe for threads: reportlab keeps state per process; use one per process.

    ``styles`` are variants of the house style in order; ``language`` is the book's;
    with ``page_references`` a link to another chapter says its page on paper; ``show_urls`` says where addresses of
    outside links are said (no, footnote, inline), empty leaves it to the style. The marks of ``tagged`` pages belong to
    elements of a structure. Raises BuildStop for a style or face that does not exist, or a style sheet that means
    nothing.
    """

    def __init__(
        self, styles: Sequence[str] = (), language: str = "en", *, page_references: bool = True, show_urls: str = "",
        tagged: bool = True,
    ) -> None:  # fmt: skip
        rl_config.useA85 = 0
        self._house = stylesheet.load(styles, language)
        self._show_urls = show_urls or self._house.show_urls
        self._compositor = Compositor(self._house, language)
        self._page_references, self._tagged = page_references, tagged

    @property
    def style(self) -> Style:
        """The page, for the bindery."""
        return self._house.style

    @property
    def remarks(self) -> tuple[Problem, ...]:
        """What is wrong with the style sheets and stops nothing."""
        return self._house.remarks

    @property
    def accents(self) -> tuple[RGB, RGB]:
        """The house's own accent, and that of the style."""
        return self._house.usual_accent, self._house.accent

    @property
    def sheets(self) -> tuple[Path, ...]:
        """The files of the style sheets, in order."""
        return self._house.sheets

    def chapter(self, name: str, tree: nodes.document, section: str = "") -> Fragment:
        """A chapter's fragment. ``section`` is the title printed small above the chapter's own.

        A chapter that cannot be set is set as plain text; what was lost is in the fragment.
        """
        self._house.fonts.choose()
        context = self._context(tree, section)
        try:
            show_addresses(tree, name, self._show_urls)
            if self._show_urls != "no":
                context = self._context(tree, section)  # the notes of addresses have places in the tree, too
            fragment, used = self._set(name, context)
            if fragment.pages == 1 and context.log.lists_headings:  # all of them in sight
                context = replace(context, lists_headings=False, log=Log())
                fragment, used = self._set(name, context)
            if 1 < fragment.pages <= _MANY and used < _TAIL:
                closer, _ = self._set(name, replace(context, log=Log()), _CLOSE)
                fragment = min(fragment, closer, key=lambda one: one.pages)
            return fragment
        except Exception as error:
            context.lose("chapter-failed", tree, name=name, detail=failure(error))
            return self.plain(name, tree, context.log)

    def _context(self, tree: nodes.document, section: str) -> Context:
        known = {"heads": (section, ""), "page_references": self._page_references}
        return Context.of(tree, self._compositor, Dispatch(), **known)

    def plain(self, name: str, tree: nodes.document, log: Log | None = None) -> Fragment:
        """A chapter's text and nothing else, its names where they belong."""
        self._house.fonts.choose()
        context = replace(self._context(tree, ""), log=log or Log())
        story: list[Flowable] = []
        names: dict[str, None] = {}
        placed: set[str] = set()
        style = self._compositor.styles["plain"]
        for node in tree.findall(nodes.Element):
            names |= dict.fromkeys(name for name in node["ids"] if name not in placed)
            if _is_text_block(node) and node.astext().strip():
                names |= dict.fromkeys(name for inner in node.findall(nodes.Element) for name in inner["ids"])
                paragraph = context.owned(Paragraph.plain(node.astext(), style), node)
                story += name_first([paragraph], list(names))
                placed.update(names)
                names = {}
        story += name_first([EmptyBlock(0 if story else 1)], list(names)) if names or not story else []
        return self._fragment(name, lambda canvas: fill(canvas, story, self._columns), context=context)

    def cover(self, book: Book, size: tuple[float, float] | None = None) -> Fragment:
        """The cover: one page so wide and so high, in points; as large as the paper unless it is said."""
        size = size or (self.style.paper.width, self.style.paper.height)

        def draw(canvas: RecordingCanvas) -> None:
            matter.draw_cover(self._compositor, canvas, book, size)
            canvas.showPage()

        return self._fragment(":cover", draw, size, ":cover")

    def title_page(self, book: Book, made: str, names: Sequence[str] = ()) -> Fragment:
        """The title page; ``made`` says how the book was made, ``names`` are named destinations at its head."""
        return self._matter(":title", lambda: name_first(matter.title_page(self._compositor, book, made), names))

    def imprint(self, book: Book, made: str) -> Fragment:
        """The imprint, for the back of the title page."""
        return self._matter(":imprint", lambda: matter.imprint(self._compositor, book, made), first=":imprint")

    def blank(self) -> Fragment:
        """An empty page."""
        return self._fragment(":blank", lambda canvas: canvas.showPage())

    def contents(self, title: str, entries: Sequence[OutlineEntry], depth: int, name: str = "contents") -> Fragment:
        """The contents, or another list of places, with boxes for the folios; its first page is named ``:name``."""
        story = lambda: matter.contents(self._compositor, title, entries, depth)  # noqa: E731
        return self._matter(f":{name}", story, first=f":{name}")

    def captions(self, title: str, entries: Sequence[OutlineEntry], name: str) -> Fragment:
        """A list of captions, with boxes for the folios; its first page is named ``:name``."""
        story = lambda: matter.captions(self._compositor, title, entries)  # noqa: E731
        return self._matter(f":{name}", story, first=f":{name}")

    def handout_opening(self, book: Book, section: OutlineEntry, pages: str) -> Fragment:
        """The first page of a section's handout; ``pages`` says which pages of the book it holds."""
        story = lambda: matter.handout_opening(self._compositor, book, section, pages)  # noqa: E731
        return self._matter(f":opening of {section.target}", story, first=":contents")

    def index(
        self, title: str, groups: Sequence[IndexGroup], folios: Mapping[str, str], name: str = "index"
    ) -> Fragment:
        """An index, with the folios that its targets have in the book; its first page is named ``:name``."""

        def draw(canvas: RecordingCanvas) -> None:
            head, entries = matter.index(self._compositor, title, groups, folios)
            matter.fill_index(canvas, head, entries, self._house.block)

        return self._fragment(f":{name}", draw, first=f":{name}", index=True)

    def _matter(self, name: str, story: Callable[[], Sequence[Flowable]], first: str = "") -> Fragment:
        """A fragment of flowables that belong to no chapter; ``first`` names the top of its first page."""
        return self._fragment(name, lambda canvas: fill(canvas, story(), self._columns), first=first)

    @property
    def _columns(self) -> TextColumns:
        return TextColumns(*self._house.block)

    def _set(self, name: str, context: Context, closeness: float = 1.0) -> tuple[Fragment, float]:
        """A chapter's fragment, and how many points of its last page are used."""
        log, used, tree = context.log, 0.0, context.document
        assert tree is not None

        def draw(canvas: RecordingCanvas) -> None:
            nonlocal used
            inner, notes = context.with_footnotes()
            flowables = inner.blocks(tree)
            names = log.take()
            if names or not flowables:
                flowables = [*flowables, *name_first([EmptyBlock(0)], names)]
            footnotes = FootnoteArea(notes, self._house.hairline)
            used = fill(canvas, flowables, replace(self._columns, closeness=closeness), footnotes=footnotes)

        return self._fragment(name, draw, context=context), used

    def _fragment(
        self, name: str, draw: Drawing, size: tuple[float, float] | None = None, first: str = "",
        context: Context | None = None, *, index: bool = False,
    ) -> Fragment:  # fmt: skip
        """Draw onto a canvas and gather what it recorded; ``first`` names the top of the first page.

        ``size`` is the width and height of its pages in points, as printed; by default those of the text block.
        ``context`` is that of a chapter; the matter may be an ``index``.
        """
        size = size or self.style.paper.block
        canvas, buffer = self._canvas(size)
        if first:
            canvas.bookmarkPage(first)
        draw(canvas)
        pages = canvas.getPageNumber() - 1
        canvas.save()
        written = faces.written()
        tree = context.document if context else None
        losses = context.log.losses if context else ()
        return Fragment(
            name=name,
            pages=pages,
            size=(round(size[0], 2), round(size[1], 2)),
            destinations=dict(sorted(canvas.destinations.items())),
            links=tuple(canvas.links),
            folio_boxes=tuple(canvas.folio_boxes),
            opening=canvas.opening,
            empty=tuple(canvas.empty),
            starts=tuple(_starts(canvas, pages, context)),
            structure=_structure(canvas, context, index=index) if self._tagged else (),
            used=written.used,
            glyphs=written.glyphs,
            losses=(*losses, *_missing(written.missing, tree)),
            pdf=buffer.getvalue(),
        )

    def _canvas(self, size: tuple[float, float]) -> tuple[RecordingCanvas, BytesIO]:
        """A canvas whose pages are so large, and where its file is written; the faces have written nothing yet."""
        self._house.fonts.choose()
        for face in faces.registered():
            face.reset()
        buffer, base = BytesIO(), next(faces.registered()).fontName
        canvas = RecordingCanvas(
            buffer, scale=self._house.scale, pagesize=size, pageCompression=1, invariant=1, initialFontName=base,
            mirrored=self._compositor.mirrored, tagged=self._tagged,
        )  # fmt: skip
        canvas._doctemplate = None
        return canvas, buffer


def _starts(canvas: RecordingCanvas, pages: int, context: Context | None) -> Iterator[int]:
    """The place of the node that each page begins with, in the count of chapters where it is one."""
    for page in range(pages):
        origin = canvas.starts.get(page, -1)
        yield context.places[origin] if context is not None and origin >= 0 else origin


def _structure(canvas: RecordingCanvas, context: Context | None, *, index: bool) -> tuple[Kid, ...]:
    filed = canvas.marks.filed
    if context is None or context.document is None:
        return matter.structure_of(filed, index=index)
    return structure_of(context.document, context.order, filed)


def _missing(points: Sequence[int], tree: nodes.document | None) -> Iterator[Loss]:
    """What to say of characters that no face has, script by script."""
    for script in scripts(points):
        docname, line = place(_node_with(tree, script.letters)) if tree is not None else ("", None)
        values = {"name": script.name, "letters": script.letters, "help": script.help}
        yield Loss("glyph-missing", docname, line, values)


def _is_text_block(node: nodes.Element) -> bool:
    inner = isinstance(node, nodes.Inline) or isinstance(node.parent, nodes.TextElement)
    return isinstance(node, nodes.TextElement) and not inner


def _node_with(tree: nodes.document, letters: str) -> nodes.Node:
    """The first text that has one of some letters."""
    return next((text for text in tree.findall(nodes.Text) if not set(letters).isdisjoint(text)), tree)
